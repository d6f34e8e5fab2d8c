"""A demo site, built and served for a measurement as an installation would serve it: no demo notice, no robots sent away."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GRANIAN = str(Path(sys.executable).parent / "granian")
ONE_PROCESS = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "1", "--log-level", "warning"]


def build_demo() -> None:
    """In the empty VAR_DIR that ``bin/bench`` gives; takes a minute."""
    for command in (["migrate", "-v0"], ["demo_data"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(application: str, **environment: str) -> Iterator[str]:
    """The address of a granian with one process and one thread; it ends with the block."""
    port = free_port()
    address = f"http://localhost:{port}"
    real = {"GREENSHEETS_DEMO": "0", "DEBUG": "0", "SITE_URL": address, "SECRET_KEY": secrets.token_hex(32)}
    command = [GRANIAN, *ONE_PROCESS, "--host", "127.0.0.1", "--port", str(port), application]
    process = subprocess.Popen(command, env={**os.environ, **real, **environment})
    try:
        wait_for(f"{address}/")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  our own server
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{address} did not answer within half a minute.")


def pages(address: str) -> dict[str, str]:
    """The four kinds of page that readers open most, by what they are."""
    return {
        "home": "/",
        "list": "/vacancies/",
        "advert": _first(f"{address}/vacancies/", r'href="(/vacancies/\d+-[^"?]+)'),
        "article": _first(f"{address}/news/", r'class="pictured">\s*<div>\s*<h2><a href="(/news/[^"]+)"'),
    }


def _first(address: str, pattern: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310  our own server
        found = re.search(pattern, answer.read().decode())
    if not found:
        raise SystemExit(f"{address} links to nothing that matches {pattern}")
    return found[1]
