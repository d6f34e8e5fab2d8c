"""Runs the press as a child process with limits of time and memory, and passes on its progress.

Memory that rendering takes is never returned, and a hostile advert may take any amount: a child that ends gives all of it back,
and one that does not end is killed. It is given no environment but a locale, so no secret either.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from web.quantities import size

from .. import rules

POLL = 0.25
BASE = Path(__file__).resolve().parents[2]


class PressFailed(Exception):
    """The child ended without a result; the message is for staff."""


class PressStopped(Exception):
    """The claim on the bulletin was lost, so the child was killed."""


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (rules.PRESS_MEMORY, rules.PRESS_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (rules.PRESS_SECONDS, rules.PRESS_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(folder: Path, alive: Callable[[str], bool], module: str = "editions.press", seconds: float = rules.PRESS_SECONDS) -> None:
    """Run the child on ``folder`` until it ends. ``alive`` is called with its progress every few moments; False stops it."""
    environment = {"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "TZ": "UTC"}
    with (folder / "errors.txt").open("wb") as errors:
        child = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
            [sys.executable, "-m", module, str(folder)],
            cwd=BASE,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            preexec_fn=limit,  # noqa: PLW1509  only sets limits
            start_new_session=True,
        )
        try:
            watch(child, folder, alive, seconds)
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    if child.returncode != 0:
        raise PressFailed(reason(child.returncode, folder))


def watch(child: subprocess.Popen[bytes], folder: Path, alive: Callable[[str], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while child.poll() is None:
        if time.monotonic() > deadline:
            raise PressFailed(f"The PDF was not ready after {seconds:.0f} seconds and was stopped.")
        if not alive(progress(folder)):
            raise PressStopped
        time.sleep(POLL)


def progress(folder: Path) -> str:
    """The child's last line in ``progress.txt``."""
    try:
        return (folder / "progress.txt").read_text(encoding="utf-8")[:120]
    except OSError:
        return ""


def reason(status: int, folder: Path) -> str:
    """Why the child failed, in words for staff; the last line of its errors is kept for anybody who investigates."""
    lines = (folder / "errors.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    last = lines[-1][:400] if lines else ""
    if "MemoryError" in last:
        return f"The PDF needed more than {size(rules.PRESS_MEMORY)} of memory and was stopped."
    if status < 0:
        return f"The PDF's process was stopped by the system ({signal.Signals(-status).name})."
    return f"The PDF could not be made: {last}" if last else f"The PDF's process ended with status {status}."
