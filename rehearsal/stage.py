"""What the steps of a rehearsal share: the machine, the visitor, the mail that came, and what was entered so far."""

import shlex
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.mailing.sink import Taken

from .machine import Failed, Machine
from .visitor import Visitor

Found = TypeVar("Found")


class Missing(Exception):
    """This version has no such command yet."""


@dataclass
class Stage:
    suite: str
    kept: Path
    machine: Machine
    mail_port: int
    taken: list[Taken]
    visitor: Visitor = field(init=False)  # whoever made the first account
    notes: dict[str, str] = field(default_factory=dict)

    def manage(self, *arguments: str, good: bool | None = True, **environment: str) -> str:
        return self.machine.run("/usr/local/sbin/greensheets", *arguments, good=good, **environment)

    def must_know(self, command: str) -> None:
        if "Unknown command" in self.manage("help", command, good=None):
            raise Missing(f"there is no manage.py {command} in this version")

    def sql(self, statement: str) -> str:
        command = f"psql -qtA greensheets -c {shlex.quote(statement)}"
        return self.machine.run("runuser", "-u", "greensheets", "--", "sh", "-c", command).strip()


def until(seconds: float, what: str, holds: Callable[[], Found]) -> Found:
    """Ask every half second; whoever waits in vain says for what."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        if time.monotonic() > deadline:
            raise Failed(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.5)
    return found
