"""The worker's rounds: duties one after another, none of which can stop the others, and a sign of life while they run.

The database says what is due, so a round may be cut short anywhere and run again, here or on another machine.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from files.outages import StorageAway

from .. import rules
from ..models import Heartbeat
from ..watching.outages import Outage
from ..watching.shared_files import leave_probe

logger = logging.getLogger(__name__)

WAITING, STOPPED = "Waiting", "Stopped"
THE_DATABASE = "database"


@dataclass(frozen=True)
class Duty:
    """Something to ask an app for. ``run`` takes the moment and returns what it did, to be told; nothing if there was nothing.

    One that may take long ``stops_early``: it is also given ``stop``, to be asked between two steps. One that stands ``apart``
    makes rounds of its own, so that it waits for none of the others, and none of them for it.
    """

    name: str
    run: Callable[..., object]
    every: timedelta = timedelta(0)
    stops_early: bool = False
    apart: bool = False


class Rounds:
    def __init__(self, duties: Iterable[Duty], say: Callable[[str], None], name: str = ""):
        self.duties, self.say, self.name = list(duties), say, name or f"{socket.gethostname()}:{os.getpid()}"
        self.stopping = threading.Event()
        self.beats = True
        self._outage = Outage()
        self._runs: dict[str, tuple[datetime, datetime]] = {}  # When each duty ran last, and when it is due again.

    def stop(self) -> None:
        """Finish the current duty and start no other."""
        self.stopping.set()

    def go_on(self, interval: float) -> None:
        """Round after round until told to stop."""
        self._guarded("heartbeat", lambda: replace_silent(self.name, timezone.now()))
        with self._apart(interval):
            self._rounds(interval)
        self._guarded("heartbeat", lambda: beat(self.name, STOPPED))

    def _rounds(self, interval: float) -> None:
        while not self.stopping.is_set():
            self.once(timezone.now())
            self.stopping.wait(interval)

    @contextmanager
    def _apart(self, interval: float) -> Iterator[None]:
        """Have the duties that stand apart make rounds in a thread; the sign of life is left to the others."""
        others = Rounds([duty for duty in self.duties if duty.apart], self.say, self.name)
        others.stopping, others.beats, others._outage = self.stopping, False, self._outage
        self.duties = [duty for duty in self.duties if not duty.apart]
        thread = threading.Thread(target=others.in_thread, args=(interval,), name="apart")
        if others.duties:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            if others.duties:
                thread.join()

    def in_thread(self, interval: float) -> None:
        try:
            self._rounds(interval)
        finally:
            connection.close()

    def once(self, now: datetime) -> list[str]:
        """Every duty that is due, each guarded; the names of those that failed, or in which something failed."""
        failed = []
        if self._outage.goes_on():
            return [THE_DATABASE]
        for duty in self.duties:
            if self.stopping.is_set():
                break
            if self._is_due(duty, now) and not self._attempt(duty, now):
                failed.append(duty.name)
            if self._outage.is_on:  # The others would fail alike, one traceback each.
                return [*failed, THE_DATABASE]
        if self.beats:
            self._guarded("heartbeat", lambda: beat(self.name, WAITING))
            self._guarded("file that others must find", lambda: leave_probe(self.name, now))
        return failed

    def _is_due(self, duty: Duty, now: datetime) -> bool:
        """Also when the clock was set back: a duty must not wait until the old time comes round again."""
        last, coming = self._runs.get(duty.name, (now, now))
        return not last <= now < coming

    def _attempt(self, duty: Duty, now: datetime) -> bool:
        """Whether all went well. What a duty recovered from and logged as an error is no reason to run it again sooner."""
        with counting_errors() as errors:
            done = self._guarded(duty.name, lambda: self._run(duty, now))
        self._runs[duty.name] = now, now + (duty.every if done else min(duty.every, rules.AGAIN_AFTER))
        return done and not errors.count

    def _run(self, duty: Duty, now: datetime) -> None:
        with alive(self.name, duty.name, self._outage) if self.beats else nullcontext():
            outcome = duty.run(now, stop=self.stopping.is_set) if duty.stops_early else duty.run(now)
        if outcome:
            self.say(f"{timezone.localtime():%H:%M:%S} {duty.name}: {told(outcome)}")

    def _guarded(self, name: str, run: Callable[[], None]) -> bool:
        return guarded(name, run, self._outage)


class ErrorCount(logging.Handler):
    """Counts what is logged as an error by any thread."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


@contextmanager
def counting_errors() -> Iterator[ErrorCount]:
    """Duties write what fails inside them on their rows, go on, and log an error: a PDF, an email that cannot be written."""
    errors = ErrorCount()
    logging.getLogger().addHandler(errors)
    try:
        yield errors
    finally:
        logging.getLogger().removeHandler(errors)


def guarded(name: str, run: Callable[[], None], outage: Outage) -> bool:
    """Run it; whatever goes wrong is logged with its traceback, and a connection that died is replaced by the next use."""
    if not connection.in_atomic_block:  # Only a test's transaction is open here; to close its connection would end it.
        close_old_connections()
    try:
        run()
    except StorageAway as error:  # The storage said so once by itself, and will say when it is over.
        logger.info("%s is put off: %s", name, error)
        return False
    except Exception as error:  # A duty that fails must never keep the others from theirs.
        if not outage.is_the_cause_of(error):
            logger.exception("%s failed; it will be tried again within minutes", name, extra={"duty": name})
        if isinstance(error, Error) and not connection.in_atomic_block:
            connection.close()
        return False
    return True


def told(outcome: object) -> str:
    """What a duty did, on one line."""
    if isinstance(outcome, list | tuple):
        return ", ".join(str(each) for each in outcome)
    return str(outcome)


def beat(worker: str, doing: str, at: datetime | None = None) -> None:
    at = at or timezone.now()
    Heartbeat.objects.update_or_create(worker=worker, defaults={"seen_at": at, "doing": doing[:200]})
    Heartbeat.objects.exclude(seen_at__range=(at - rules.WORKER_FORGOTTEN_AFTER, at + rules.WORKER_FORGOTTEN_AFTER)).delete()


def replace_silent(worker: str, at: datetime) -> None:
    """Forget the workers of this machine that gave up: one that is started again and again would leave a row each time."""
    machine = worker.rpartition(":")[0]
    Heartbeat.objects.filter(worker__startswith=f"{machine}:", seen_at__lt=at - rules.SILENT_AFTER).delete()


@contextmanager
def alive(worker: str, doing: str, outage: Outage) -> Iterator[None]:
    """Beat now, and go on beating from a thread of its own for as long as the block runs."""
    beat(worker, doing)
    over = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(over, worker, doing, outage), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat_until(over: threading.Event, worker: str, doing: str, outage: Outage) -> None:
    began = time.monotonic()
    try:
        while not over.wait(rules.BEAT_EVERY) and time.monotonic() - began < rules.LONGEST_DUTY:
            guarded("heartbeat", lambda: beat(worker, doing), outage)
    finally:
        connection.close()
