"""A database that is away: said once, then counted, then said to be over. A traceback for each duty would bury the cause."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import Error, InterfaceError, OperationalError, connection
from django.utils import timezone

logger = logging.getLogger(__name__)

SAY_AGAIN_AFTER = timedelta(minutes=10)


class Outage:
    """One per process, shared by its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._since: datetime | None = None
        self._said_at: datetime | None = None
        self._tries = 0

    @property
    def is_on(self) -> bool:
        return self._since is not None

    def is_the_cause_of(self, error: Exception, now: datetime | None = None) -> bool:
        """Whether an error came of the database being away, which is then said or counted; others are the caller's to tell."""
        if not isinstance(error, InterfaceError | OperationalError) or answers():
            return False
        self._count(type(error).__name__, now or timezone.now())
        return True

    def goes_on(self, now: datetime | None = None) -> bool:
        """Asked before a round: whether it would be in vain. Says so when the database is back."""
        if not self.is_on:
            return False
        now = now or timezone.now()
        if answers():
            self._end(now)
            return False
        self._count("still", now)
        return True

    def _count(self, what: str, now: datetime) -> None:
        with self._lock:
            self._tries += 1
            self._since = self._since or now
            if self._said_at is None:
                logger.error("The database is not responding (%s); nothing will be done until it does", what)
            elif now - self._said_at >= SAY_AGAIN_AFTER:
                logger.error("The database has not answered for %s; tried %s times", _span(now - self._since), self._tries)
            else:
                return
            self._said_at = now

    def _end(self, now: datetime) -> None:
        with self._lock:
            if self._since is not None:
                logger.warning("The database is responding again after %s; tried %s times", _span(now - self._since), self._tries)
            self._since, self._said_at, self._tries = None, None, 0


def answers() -> bool:
    """Whether the database can be asked anything, over a new connection where the old one is dead."""
    if connection.in_atomic_block:  # only a test's transaction is open where this is asked; to close its connection would end it
        return True
    try:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _span(span: timedelta) -> str:
    return f"{int(span.total_seconds())} s"
