"""PostgreSQL's own programs: the right version of each, and how they reach the database without anybody seeing its password."""

import os
import re
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

from django.db import connection

from .faults import BackupFault

PROGRAMS = Path("/usr/lib/postgresql")
PASSED_ON = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
PASSED_ON |= {"service": "PGSERVICE", "passfile": "PGPASSFILE", "options": "PGOPTIONS"}


def server_release() -> int:
    """``15``"""
    connection.ensure_connection()
    return int(connection.connection.server_version) // 10000


def program(name: str, at_least: int = 0) -> str:
    """The oldest that is new enough: an older one cannot read the server, a newer one may write what the server cannot read."""
    found = {_release_of(path): str(path) for path in sorted(PROGRAMS.glob(f"*/bin/{name}"))}
    if on_path := which(name):
        found.setdefault(_release_of(Path(on_path)), on_path)
    fit = sorted(release for release in found if release >= at_least)
    if fit:
        return found[fit[0] if at_least else fit[-1]]
    if found:
        raise BackupFault(
            f"{name} is version {max(found)} and the database is PostgreSQL {at_least}: an older {name} cannot read a newer"
            f" database. Install postgresql-client-{at_least}."
        )
    raise BackupFault(f"{name} is not installed: apt-get install postgresql-client")


def _release_of(path: Path) -> int:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603  our own programs
    number = re.search(r"(\d+)", told)
    return int(number[1]) if number else 0


def environment() -> dict[str, str]:
    """How to reach the database, and in no list of processes its password."""
    settings: dict[str, Any] = connection.settings_dict
    known = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    found = {name: str(settings[key]) for name, key in known.items() if settings.get(key)}
    found |= {PASSED_ON[key]: str(value) for key, value in settings.get("OPTIONS", {}).items() if key in PASSED_ON}
    return {**os.environ, **found}


def run_program(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())  # noqa: S603  our own programs
    if done.returncode:
        raise BackupFault(f"{Path(command[0]).name} failed: {done.stderr.strip()[:600]}")
