"""What every child process of the press gives up for good: connections, other programs, and files outside a few folders."""

import os
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
CODE = Path(__file__).resolve().parents[2]
OURS = [CODE / name for name in ("editions", "templates", "static")]
PYTHON = [Path(sys.prefix), Path(sys.base_prefix) / "lib", Path("/usr/lib"), Path("/usr/share/fonts"), Path("/dev/null")]


def lock(*folders: Path) -> None:
    """Cannot be undone: Python never takes an audit hook away. ``folders`` are those of the job at hand."""
    roots = tuple(str(path.resolve()) for path in (*folders, *OURS, *PYTHON))

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event in REFUSED:
            raise PermissionError(f"The press may not use {event}.")
        if event == "open" and not isinstance(arguments[0], int) and not lies_in(os.fsdecode(arguments[0]), roots):
            raise PermissionError(f"The press may not open {os.fsdecode(arguments[0])[:200]}.")

    sys.addaudithook(audit)


def lies_in(path: str, roots: Iterable[str]) -> bool:
    real = os.path.realpath(path)
    return any(real == root or real.startswith(f"{root}{os.sep}") for root in roots)
