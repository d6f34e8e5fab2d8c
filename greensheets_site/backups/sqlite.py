"""A copy of a SQLite database by its backup API, and one put back by the same: other processes see all of it or nothing."""

import gzip
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from ..page_cache.content import NUMBER
from .faults import BackupFault
from .rows import Contents, look_into

VENDOR, SUFFIX = "sqlite", ".sqlite3.gz"
AHEAD = 1_000_000
PATIENCE = 30  # seconds for those that are just writing
LEVEL = 6


def version() -> str:
    return sqlite3.sqlite_version


def copy(target: Path) -> Contents:
    """In one step: with write-ahead logging nobody waits for it, while smaller steps begin again after every write."""
    plain = target.with_suffix(".plain")
    with (
        closing(sqlite3.connect(f"file:{_path()}?mode=ro", uri=True, timeout=PATIENCE)) as source,
        closing(_open(plain)) as copied,
    ):
        source.backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE")
        found = _checked(copied)
    with plain.open("rb") as whole, gzip.GzipFile(target, "wb", LEVEL, mtime=0) as packed:
        shutil.copyfileobj(whole, packed, 1024 * 1024)
    plain.unlink()
    return found


def check_can_restore(made_with: str) -> None:
    """Every SQLite since version 3.0 reads the files of every other."""


@contextmanager
def scratch(packed: Path) -> Iterator[Contents]:
    """What a copy holds, read from a database of its own."""
    plain = _unpacked(packed)
    with closing(_open(plain)) as opened:
        yield _checked(opened)
    plain.unlink()


def put_back(packed: Path) -> None:
    """Into the live file, in one transaction; whoever has it open goes on with the new content.

    Moves the count of changes past any number that a process may remember, so that no page kept from before passes for a
    current one.
    """
    plain = _unpacked(packed)
    before = content_number()
    with closing(_open(plain)) as source:
        if source.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [NUMBER]).fetchone():
            source.execute(f"UPDATE {NUMBER} SET number = max(abs(number), {before}) + {AHEAD}")  # noqa: S608  constants
            source.commit()
        size = source.execute("PRAGMA page_size").fetchone()[0]
        connection.close()
        with closing(sqlite3.connect(_path(), timeout=PATIENCE)) as live:
            live.execute(f"PRAGMA page_size = {size}")  # only an empty file takes it, and all of ours have one size
            source.backup(live)
            live.execute("PRAGMA journal_mode = WAL")
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.unlink()


def others() -> int:
    """SQLite does not tell who else has the file open."""
    return 0


def content_number() -> int:
    with closing(sqlite3.connect(_path(), timeout=PATIENCE)) as live:
        if not live.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [NUMBER]).fetchone():
            return 0
        found = live.execute(f"SELECT abs(number) FROM {NUMBER}").fetchone()  # noqa: S608  a constant
        return int(found[0]) if found else 0


def _path() -> str:
    return str(connection.settings_dict["NAME"])


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE)


def _checked(opened: sqlite3.Connection) -> Contents:
    faults = [row[0] for row in opened.execute("PRAGMA quick_check") if row[0] != "ok"]
    if faults:
        raise BackupFault(f"SQLite finds the database damaged: {faults[0]}")
    cursor: Any = opened.cursor()
    return look_into(cursor, VENDOR)


def _unpacked(packed: Path) -> Path:
    plain = packed.with_suffix(".plain")
    with gzip.open(packed, "rb") as source, plain.open("wb") as target:
        shutil.copyfileobj(source, target, 1024 * 1024)
    return plain
