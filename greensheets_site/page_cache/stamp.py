"""Tells a process, at every request and at almost no cost, whether any public page may have changed."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connections

from .content import NUMBER, is_watched

READ = f"SELECT number FROM {NUMBER} WHERE id = 1"  # noqa: S608  a constant


class Stamp(NamedTuple):
    """As long as the number stays and it is between the two moments, every public page is what it was.

    Later stamps of a process are greater, even where its clock was put back.
    """

    turn: int
    number: int
    since: float
    until: float

    def holds(self, number: int, now: float) -> bool:
        """A clock that was put back makes pages of the future; they must not stay until that future has come."""
        return number == self.number and self.since <= now < self.until


class NotWatched(Exception):
    """The triggers are missing: a migration is running or has failed, or ``manage.py migrate`` was never run."""


class Watch:
    """One database connection of its own, shared by the threads of a process.

    On SQLite ``PRAGMA data_version`` changes with every commit of any other connection, so the number is read again only then;
    PostgreSQL is asked for its one row each time.
    """

    def __init__(self, next_change: Callable[[datetime], datetime]):
        self._next_change = next_change
        self._lock = threading.Lock()
        self._connection: Any = None
        self._cursor: Any = None
        self._data_version: int | None = None
        self._number = -1
        self._turns = 0
        self._stamp: Stamp | None = None

    def stamp(self) -> Stamp:
        with self._lock:
            number, now = self._read(), time.time()
            if number < 0:
                raise NotWatched
            if self._stamp is None or not self._stamp.holds(number, now):
                self._turns += 1
                until = self._next_change(datetime.fromtimestamp(now, UTC)).timestamp()
                self._stamp = Stamp(self._turns, number, now, until)
            return self._stamp

    def close(self) -> None:
        """The next question opens a new connection and reads the number anew; while that is what it was, the stamp holds."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._cursor = self._data_version = None

    def _read(self) -> int:
        if self._connection is None:
            self._open()
        with self._connection.wrap_database_errors:
            if self._connection.vendor != "sqlite":
                return self._ask(READ)
            data_version = self._ask("PRAGMA data_version")
            if data_version != self._data_version:
                self._number = self._ask(READ)  # after the question above: a commit in between is seen at the next request
                self._data_version = data_version
            return self._number

    def _ask(self, question: str) -> int:
        self._cursor.execute(question)
        return int(self._cursor.fetchall()[0][0])  # all of it: on SQLite a statement that is not finished keeps an old snapshot

    def _open(self) -> None:
        connection = connections.create_connection("default")
        connection.inc_thread_sharing()
        try:
            connection.ensure_connection()
            if not is_watched(connection):
                raise NotWatched
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        self._cursor = connection.connection.cursor()  # the driver's own: Django's would cost more than the question
