"""What is known of an error that was logged, and the handler that passes it on: at once, without raising and without waiting.

It is made while Django is being set up, before there are models, so it finds ``faults.report`` by its name.
"""

import logging
import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from .. import rules
from .logs import cleaned

COUNTED_HERE_FOR = 60  # seconds in which a process only counts, so that a storm of errors is not one of queries and threads
REPORT = "greensheets_site.watching.faults.report"


class Seen(NamedTuple):
    """What is known of an error: nothing that anybody typed."""

    kind: str
    place: str
    during: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.place


def seen_in(record: logging.LogRecord) -> Seen:
    error, trace = (record.exc_info[1], record.exc_info[2]) if record.exc_info else (None, None)
    request = getattr(record, "request", None)
    during = f"{request.method} {cleaned(request.path)}" if request is not None else str(getattr(record, "duty", ""))
    if error is None:
        return Seen(_words(record), f"{_short(record.pathname)}:{record.lineno}", during)
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    # A database that is away fails everywhere at once; that is one kind.
    place = "wherever the database is asked" if isinstance(error, OperationalError | InterfaceError) else _place(trace)
    return Seen(kind[:200], place[:200], during[:200])


def _words(record: logging.LogRecord) -> str:
    """The sentence that we wrote, before anything is put into its gaps; of a library's we know only who told it."""
    if _is_ours(record.pathname):
        return cleaned(str(record.msg).splitlines()[0].replace("%s", "…"))[:200]
    return f"An error told by {record.name}"


def _place(trace: TracebackType | None) -> str:
    """The innermost line of ours; of a library's if none is."""
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if _is_ours(frame.filename)]
    if not frames:
        return "an unknown place"
    last = (ours or frames)[-1]
    return f"{_short(last.filename)}:{last.lineno} in {last.name}"


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(settings.BASE_DIR) and not {"site-packages", "dist-packages"} & set(path.parts)


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(settings.BASE_DIR):
        return path.relative_to(settings.BASE_DIR).as_posix()
    return "/".join(path.parts[-3:])


class Tally:
    """Counts by kind in memory: the whole truth while the database is away, and otherwise what spares it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[tuple[str, str], int] = {}
        self._handed: dict[tuple[str, str], float] = {}
        self._told: dict[tuple[str, str], float] = {}

    def add(self, key: tuple[str, str]) -> int:
        """How many to report now, or none while this process only counts."""
        with self._lock:
            self._waiting[key] = self._waiting.get(key, 0) + 1
            if time.monotonic() < self._handed.get(key, -1e9) + COUNTED_HERE_FOR:
                return 0
            self._handed[key] = time.monotonic()
            return self._waiting.pop(key)

    def may_tell(self, key: tuple[str, str]) -> bool:
        """For when no row can be read: seldom, in each process."""
        with self._lock:
            hour_ago = time.monotonic() - rules.FAULT_TOLD_EVERY.total_seconds()
            recent = [moment for moment in self._told.values() if moment > hour_ago]
            if self._told.get(key, -1e9) > hour_ago or len(recent) >= rules.MOST_FAULTS_TOLD_AN_HOUR:
                return False
            self._told[key] = time.monotonic()
            return True

    def forget(self, key: tuple[str, str]) -> None:
        with self._lock:
            self._told.pop(key, None)


class OperatorHandler(logging.Handler):
    """Put on the root logger at ERROR. Never raises, never waits."""

    _reporting = threading.local()

    def __init__(self, level: int = logging.ERROR):
        super().__init__(level)
        self.tally = Tally()

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.OPERATOR_EMAILS or getattr(self._reporting, "on", False):
            return
        try:
            seen = seen_in(record)
            if count := self.tally.add(seen.key):
                threading.Thread(target=self._report, args=(seen, count), name="faults").start()
        except Exception as error:
            complain(error)

    def _report(self, seen: Seen, count: int) -> None:
        self._reporting.on = True  # what goes wrong from here on is not reported in its turn
        try:
            try:
                import_string(REPORT)(seen, count, timezone.now(), self.tally)
            finally:
                connection.close()
        except Exception as error:
            complain(error)


def complain(error: Exception) -> None:
    """To standard error: a logger would come back here. Its words may hold an address."""
    if sys.stderr:
        print(f"The operator could not be told of an error: {type(error).__name__}", file=sys.stderr)  # noqa: T201
