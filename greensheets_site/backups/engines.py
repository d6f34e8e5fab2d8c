"""The database that the site runs on, behind one set of functions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from . import postgres, sqlite
from .rows import Contents


@dataclass(frozen=True)
class Engine:
    """``copy`` writes a file and says what is in it, ``scratch`` reads such a file, ``put_back`` makes it the live database."""

    vendor: str
    suffix: str
    version: Callable[[], str]
    copy: Callable[[Path], Contents]
    check_can_restore: Callable[[str], None]
    scratch: Callable[[Path], AbstractContextManager[Contents]]
    put_back: Callable[[Path], None]
    others: Callable[[], int]


ENGINES = {
    room.VENDOR: Engine(
        room.VENDOR, room.SUFFIX, room.version, room.copy, room.check_can_restore, room.scratch, room.put_back, room.others
    )
    for room in (sqlite, postgres)
}


def engine() -> Engine:
    return ENGINES[connection.vendor]
