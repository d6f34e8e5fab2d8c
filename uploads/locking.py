"""What every child process gives up for good: connections, other programs, memory and time without end, files elsewhere."""

import os
import resource
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

REFUSED = {
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "socket.sendmsg",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "pty.spawn",
}
# Our own code, templates and style sheets; Python and its libraries; the fonts' configuration.
CODE = Path(__file__).resolve().parents[1]
OURS = [CODE / name for name in ("uploads", "editions", "templates", "static")]
PYTHON = [Path(sys.prefix), Path(sys.base_prefix) / "lib", Path("/usr/lib"), Path("/usr/share/fonts"), Path("/dev/null")]


def lock(*folders: Path) -> None:
    """Cannot be undone: Python never takes an audit hook away. ``folders`` are those of the job at hand."""
    roots = tuple(str(path.resolve()) for path in (*folders, *OURS, *PYTHON))

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in REFUSED:
            raise PermissionError(f"This process may not use {event}.")
        if event == "open" and not isinstance(arguments[0], int) and not lies_in(os.fsdecode(arguments[0]), roots):
            raise PermissionError(f"This process may not open {os.fsdecode(arguments[0])[:200]}.")

    sys.addaudithook(audit)


def limit(memory: int, seconds: int) -> None:
    """For a child that a process with threads starts: what it may take is then better set by itself than before it begins."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lies_in(path: str, roots: Iterable[str]) -> bool:
    real = os.path.realpath(path)
    return any(real == root or real.startswith(f"{root}{os.sep}") for root in roots)
