"""Requests a second of public pages that are ready in memory, beside a bare Django "hello" on the same server.

All servers are granian with one process and one thread, and take turns: a slow minute hits all of them. ``wrk`` makes the
load where it is installed (apt-get install wrk); otherwise a loop in Python does, which is slower than what it measures:
then trust the ratios only. Both run on the machine that they measure.
"""

import http.client
import re
import shutil
import statistics
import subprocess
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

from .measure import row
from .serving import build_demo, pages, served, wait_for

ROUNDS, SECONDS = 5, 2
CONNECTIONS = 4


def requests_a_second(address: str) -> float:
    wait_for(address)  # until whatever the last round left in the queue is done
    return by_wrk(address) if shutil.which("wrk") else by_loop(address)


def by_wrk(address: str) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "10s", "-H", "Accept-Encoding: br", address]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if failed := re.search(r"Non-2xx.*|Socket errors.*", report):
        raise SystemExit(f"{address}: {failed[0]}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", report)[1])


def by_loop(address: str) -> float:
    """One connection, one request after another."""
    parts, done = urlsplit(address), 0
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    end = (started := time.perf_counter()) + SECONDS
    while time.perf_counter() < end:
        connection.request("GET", parts.path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status}")
        done += 1
    connection.close()
    return done / (time.perf_counter() - started)


def main() -> None:
    build_demo()
    with ExitStack() as stack:
        hello = stack.enter_context(served("bench.serving.hello:application"))
        ready = stack.enter_context(served("greensheets_site.wsgi:application"))
        contenders = {'bare Django "hello"': f"{hello}/"}
        contenders |= {f"{name}, ready in memory": ready + path for name, path in pages(ready).items()}
        rates = {name: [] for name in contenders}
        for number in range(ROUNDS + 1):
            for name, address in contenders.items():
                rate = requests_a_second(address)
                if number:  # the first round fills caches and is not counted
                    rates[name].append(rate)
    report(rates)


def report(rates: dict[str, list[float]]) -> None:
    how = f"wrk, {CONNECTIONS} connections" if shutil.which("wrk") else "a loop in Python, one connection: trust the ratios only"
    print(f"granian, one process, one thread; {how}; medians of {ROUNDS} interleaved rounds of {SECONDS} s")
    base = statistics.median(next(iter(rates.values())))
    for name, taken in rates.items():
        middle = statistics.median(taken)
        row(name, f"{middle:,.0f} a second", f"{middle / base:.2f} times hello; {min(taken):,.0f} to {max(taken):,.0f}")


if __name__ == "__main__":
    main()
