"""What the measurements share: fair comparisons, medians, and memory of a child process.

A measurement is a module beside this one that prints rows when run; ``make bench`` runs them all, each with an empty VAR_DIR.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def interleaved(contenders: dict[str, Callable[[], object]], rounds: int = 5) -> dict[str, list[float]]:
    """Seconds of each contender in each round, taking turns: a slow minute of the machine then hits all of them alike."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, work in contenders.items():
            took = seconds(work)
            if number:  # the first round warms caches and is not counted
                times[name].append(took)
    return times


def peak_memory(*command: str) -> int:
    """The most memory, in bytes, that a Python child held at once; ``command`` is what follows ``python``."""
    return spent(*command)[1]


def spent(*command: str) -> tuple[float, int]:
    """Processor seconds and peak memory of a Python child: what it cost, however busy the machine is with other things."""
    child = subprocess.Popen([sys.executable, *command])
    _, status, usage = os.wait4(child.pid, 0)  # this child's own figure; RUSAGE_CHILDREN only knows the largest of all
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def row(what: str, figure: str, note: str = "") -> None:
    print(f"{what:<58}{figure:>16}  {note}".rstrip(), flush=True)


def report(times: dict[str, list[float]], per: int = 1, unit: str = "run") -> None:
    """A row for each contender: its median for one unit of work, its spread, and its ratio to the first contender."""
    base = statistics.median(next(iter(times.values())))
    for name, taken in times.items():
        middle = statistics.median(taken)
        spread = f"{min(taken) / per * 1000:.1f} to {max(taken) / per * 1000:.1f} ms"
        row(name, f"{middle / per * 1000:.1f} ms/{unit}", f"{middle / base:.2f} times the first; {spread}, {len(taken)} rounds")
