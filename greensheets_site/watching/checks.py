"""The table of everything that /healthz and /metrics check. A new check is one line in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import Error, connection

from . import machine, shared_files, work
from .findings import Finding, State, bad, good


@dataclass(frozen=True)
class Check:
    """``is_of_web``: without it this one web process cannot serve, so a load balancer should ask another."""

    name: str
    look: Callable[[datetime], Finding]
    is_of_web: bool = False
    asks_database: bool = True


def database(_now: datetime) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return good("The database answers.")


CHECKS = [
    Check("database", database, is_of_web=True),
    Check("media", machine.media, is_of_web=True, asks_database=False),
    Check("files", shared_files.shared),
    Check("backup", work.backup),
    Check("disk", machine.disk, asks_database=False),
    Check("worker", work.worker_alive),
    Check("published", work.published),
    Check("next_edition", work.next_edition),
    Check("emails", work.emails),
]


def findings(now: datetime, checks: list[Check]) -> dict[str, Finding]:
    """What each check found. None can stop another; with the database away, those that would ask it are left out."""
    found: dict[str, Finding] = {}
    for check in checks:
        if not (check.asks_database and "database" in found and found["database"].state is State.BAD):
            found[check.name] = _guarded(check, now)
    return found


def _guarded(check: Check, now: datetime) -> Finding:
    try:
        return check.look(now)
    except Error as error:
        return bad(f"The database does not answer ({type(error).__name__}).")
    except Exception as error:  # a check that breaks is a fault, but no reason to say nothing about the others
        return bad(f"This could not be checked ({type(error).__name__}).")


def are_good(found: dict[str, Finding]) -> bool:
    return all(finding.state is not State.BAD for finding in found.values())
