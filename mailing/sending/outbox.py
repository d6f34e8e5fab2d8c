"""The outbox at work: plan the weekly email, write down its readers, send what is queued, recover what was cut off.

Safe to run at any moment, any number of times, in several processes and on several machines, and to be killed at any line:
a second run finishes what the first began. Rows decide, by conditional UPDATEs; nothing is remembered anywhere else.
"""

import logging
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from editions.models import Edition
from web.quantities import period

from .. import rules
from ..emails.writing import Writer
from ..models import Delivery, DeliveryKind, DeliveryState, Mailout, Subscriber, Suppression, email_hash
from ..models.choices import Choice
from ..verdicts.providers import provider_of
from ..verdicts.table import Outcome
from . import pacing
from .answers import PUT_OFF, after
from .canaries import canaries_first
from .claims import Claims
from .consequences import follow
from .handover import Answer, Line, Verdict
from .steering import finish_what_is_done, pause

log = logging.getLogger(__name__)

WAIT_FOR_DATABASE = (1, 4, 10)  # seconds
BATCH = 50
AT_A_TIME = 100
BUDGET = timedelta(seconds=60)
PATIENCE = timedelta(seconds=0.5)  # after which somebody may have come who waits for an answer
ONE_CONNECTION_UP_TO = 10


# Plan and freeze


@dataclass(frozen=True)
class Audience:
    """Who a mailout would go to if it were frozen now."""

    readers: list[tuple[Choice, int, str]]  # What each has chosen, the key of their row, and who keeps their mailbox.
    excluded: int

    @property
    def candidates(self) -> int:
        return len(self.readers) + self.excluded


def audience() -> Audience:
    """Every confirmed reader, less those whose address is suppressed; readers with equal choices stand together.

    Read a few at a time: each reader brings rows for the areas chosen, and ten thousand whole readers would fill the memory.
    """
    active = Subscriber.objects.active().prefetch_related("authorities").order_by("pk")
    suppressed = set(Suppression.objects.values_list("email_hash", flat=True))
    same: dict[Choice, Choice] = {}
    readers, excluded = [], 0
    for reader in active.iterator(chunk_size=AT_A_TIME):
        if suppressed and email_hash(reader.email_key or "") in suppressed:
            excluded += 1
        else:
            readers.append((same.setdefault(reader.choice, reader.choice), reader.pk, provider_of(reader.email_key or "")))
    return Audience(sorted(readers), excluded)


def prepare_due_mailouts(now: datetime | None = None) -> list[Mailout]:
    """Plan and freeze the mailout of each published edition whose moment has come; news that is too old is not sent."""
    now = now or timezone.now()
    plan_coming(now)
    recent = Edition.objects.published().filter(
        on__gt=timezone.localdate(now) - rules.FORGOTTEN_AFTER, on__lte=timezone.localdate(now)
    )
    waiting = recent.exclude(mailout__frozen_at__isnull=False).exclude(mailout__cancelled_at__isnull=False)
    prepared = [prepare_mailout(edition, now) for edition in waiting.order_by("on")]
    return [mailout for mailout in prepared if mailout]


def plan_coming(now: datetime) -> None:
    """Have a row for the next edition from the Tuesday before, so that staff can look at its email, try it, or hold it back."""
    edition = (
        Edition.objects.coming(now).filter(published_at=None, on__lt=timezone.localdate(now) + rules.FORGOTTEN_AFTER).first()
    )
    if edition:
        Mailout.objects.get_or_create(edition=edition, defaults={"planned_at": now})


def prepare_mailout(edition: Edition, now: datetime | None = None) -> Mailout | None:
    """The frozen mailout of an edition, or None while it may not go: not published, not yet due, held, paused or cancelled."""
    now = now or timezone.now()
    if not edition.published_at or now < edition.send_at:
        return None
    mailout, _ = Mailout.objects.get_or_create(edition=edition, defaults={"planned_at": now})
    if now - edition.send_at > rules.TOO_LATE_AFTER:
        _hold_once(mailout, now)
    return mailout if freeze(mailout, now) else None


def _hold_once(mailout: Mailout, now: datetime) -> None:
    """News that is very late waits for staff; once they have let it go, it is not held again."""
    with transaction.atomic():
        if Mailout.objects.filter(pk=mailout.pk, frozen_at=None, held_at=None).update(held_at=now):
            pause(
                mailout,
                f"It is more than {period(rules.TOO_LATE_AFTER)} late, so it is waiting for you to decide whether it "
                "should still go.",
                now,
                warn=True,
            )


def freeze(mailout: Mailout, now: datetime) -> bool:
    """Write down the readers, one delivery each, in one transaction with the mark that it is done."""
    with transaction.atomic():
        unfrozen = Mailout.objects.running().filter(pk=mailout.pk, frozen_at=None)
        if unfrozen.update(frozen_at=now):
            who = audience()
            Mailout.objects.filter(pk=mailout.pk).update(candidates=who.candidates, excluded=who.excluded)
            readers = canaries_first(who.readers)
            for start in range(0, len(readers), AT_A_TIME):
                some = readers[start : start + AT_A_TIME]
                Delivery.objects.bulk_create([_weekly(mailout, *reader, now) for reader in some])
    mailout.refresh_from_db()
    return mailout.frozen_at is not None


def _weekly(mailout: Mailout, choice: Choice, reader: int, provider: str, now: datetime) -> Delivery:
    return Delivery(
        kind=DeliveryKind.BULLETIN,
        mailout=mailout,
        subscriber_id=reader,
        choice=choice.key,
        provider=provider,
        created_at=now,
    )


# Recover


def recover(now: datetime | None = None) -> int:
    """Mark what a dead sender left behind as uncertain; send it again unless MAILING_UNCERTAIN says to hold it for staff.

    Only weekly emails are ever held: a second confirmation or contact message harms nobody, a missing one does. In one
    transaction, so that nobody finds a mailout of which nothing waits while its last emails are only being queued again.
    """
    now = now or timezone.now()
    abandoned = Delivery.objects.abandoned(now)
    uncertain = Delivery.objects.filter(state=DeliveryState.UNCERTAIN)
    if settings.MAILING_UNCERTAIN != "resend":
        uncertain = uncertain.exclude(kind=DeliveryKind.BULLETIN)
    with transaction.atomic():
        found = abandoned.update(state=DeliveryState.UNCERTAIN, doubts=F("doubts") + 1, smtp_reply="Its sender was cut off.")
        uncertain.update(state=DeliveryState.QUEUED, next_try_at=None)
    if found:
        log.warning("%s deliveries were cut off while being sent", found)
    return int(found)


# Send


def send_queued(now: datetime | None = None, *, stop: Callable[[], bool] = lambda: False, budget: timedelta = BUDGET) -> int:
    """Send what is due, for about as long as ``budget``; returns how many emails the mail server took."""
    now = now or timezone.now()
    lines = _connections()
    run = Run(now, stop, budget, lines)
    with run.keeping_claims():
        if lines == 1:
            run.work()
        else:
            with ThreadPoolExecutor(lines, thread_name_prefix="mail") as pool:
                for done in [pool.submit(run.work_in_thread) for _ in range(lines)]:
                    done.result()
    finish_what_is_done(run.clock())
    return run.sent


def _connections() -> int:
    """How many connections to send over: one for a few emails, and where other threads could not see this thread's rows."""
    few = (
        _is_alone()
        or Delivery.objects.filter(state=DeliveryState.QUEUED)[: ONE_CONNECTION_UP_TO + 1].count() <= ONE_CONNECTION_UP_TO
    )
    return 1 if few else max(1, settings.MAILING_CONNECTIONS)


def _is_alone() -> bool:
    return connection.in_atomic_block or (connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]))


class Run:
    """One call of ``send_queued``: its clock, its share of the queue and its texts, shared by its connections."""

    def __init__(self, now: datetime, stop: Callable[[], bool], budget: timedelta, lines: int):
        self._now, self._stop, self._budget, self._lines = now, stop, budget, lines
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._waiting: deque[Delivery] = deque()
        self._over = False
        self._writer = Writer(now)
        self._is_paced = False
        self._claims = Claims(self.clock)
        self._failing: set[int] = set()
        self._logged: set[str] = set()
        self.sent = 0

    def clock(self) -> datetime:
        """The moment it is now, so that a claim made late in a long run is not taken for an abandoned one."""
        return self._now + timedelta(seconds=time.monotonic() - self._started)

    @contextmanager
    def keeping_claims(self) -> Iterator[None]:
        """While a mail server takes its time, nobody else takes the email for abandoned."""
        if not _is_alone():
            self._claims.keep()
        try:
            yield
        finally:
            self._claims.close()

    def work_in_thread(self) -> None:
        try:
            self.work()
        finally:
            connection.close()

    def work(self) -> None:
        """Send over one connection. If none can be had, the others go on: a server may take fewer at once than are wished for."""
        line, down = Line(), None
        try:
            while down is None and (delivery := self._next()):
                if delivery.kind != DeliveryKind.BULLETIN or self._takes_turn(delivery):
                    down = self._one(line, delivery)
        except BaseException:
            self._over = True
            raise
        finally:
            line.close()
            with self._lock:
                self._lines -= 1
                was_last = self._lines == 0
        if down and (was_last or down.verdict is Verdict.LOGIN_REFUSED):
            self._over = True
            self._hold_all(down, self.clock())

    def _is_over(self) -> bool:
        return self._over or self._stop() or self.clock() - self._now > self._budget

    def _takes_turn(self, delivery: Delivery) -> bool:
        """Wait until a weekly email may go; False if there is no time left for that, or if somebody waits for an answer."""
        while self._is_paced and (wait := pacing.wait(self.clock())):
            if self.clock() + wait - self._now > self._budget:
                self._over = True
            if self._is_over():
                return False
            time.sleep(min(wait, PATIENCE).total_seconds())
            if Delivery.objects.due(self.clock()).exclude(kind=DeliveryKind.BULLETIN).exists():
                with self._lock:
                    self._waiting.clear()  # They are fetched again, after whoever waits.
                return False
        return True

    def _next(self) -> Delivery | None:
        """The next delivery to try for; people who wait for an answer come before the weekly thousands."""
        with self._lock:
            if self._is_over():
                return None
            if not self._waiting:
                self._is_paced = pacing.is_set()
                due = Delivery.objects.due(self.clock()).select_related("subscriber")
                due = due.prefetch_related("mailout__edition", "contact_message")  # Few, so each is read once.
                batch = list(due.exclude(kind=DeliveryKind.BULLETIN)[:BATCH]) or list(due.weekly()[:BATCH])
                self._waiting.extend(batch)
            return self._waiting.popleft() if self._waiting else None

    def _one(self, line: Line, delivery: Delivery) -> Answer | None:
        """Send one email and write down what became of it; the answer only if it says that nothing can be sent."""
        if not self._claims.take(delivery):
            Delivery.objects.filter(pk=delivery.pk).skip_departed()
            return None
        try:
            message = self._writer.message(delivery, self.clock())
        except Exception as error:  # One email that cannot be made must not stop the others.
            self._log_once(delivery, error)
            answer = Answer(Verdict.UNWRITTEN, "The email could not be written.")
        else:
            answer = line.hand_over(message)
        if answer.verdict in {Verdict.UNREACHABLE, Verdict.LOGIN_REFUSED}:
            self._update(delivery, {"state": DeliveryState.QUEUED, "claimed_at": None})
            return answer
        self._record(delivery, answer)
        return None

    def _log_once(self, delivery: Delivery, error: Exception) -> None:
        """Where it went wrong, once for each place; without the error's own words, which may hold an address."""
        where = "".join(traceback.format_tb(error.__traceback__))
        if where not in self._logged:
            self._logged.add(where)
            log.error("Delivery %s could not be written: %s\n%s", delivery.pk, type(error).__name__, where)

    def _update(self, delivery: Delivery, changes: dict[str, object]) -> None:
        self._claims.settle(delivery, lambda at: _mark(lambda: _claimed(delivery, at).update(**changes)))

    def _record(self, delivery: Delivery, answer: Answer) -> None:
        now = self.clock()
        if answer.verdict is Verdict.ACCEPTED:
            self._claims.settle(delivery, lambda at: _mark(lambda: Delivery.objects.mark_sent(delivery, at, now)))
            with self._lock:
                self.sent += 1
            self._forget_failures(delivery)
            if self._is_paced:
                pacing.faster()
        else:
            changes = after(delivery, answer, now)
            self._update(delivery, changes)
            outcome = changes.get("outcome")
            if isinstance(outcome, Outcome):
                follow(delivery, outcome, answer.reply, now)
            if answer.verdict in PUT_OFF:
                pacing.slower(now)
                self._is_paced = True
            else:
                self._count_failure(delivery, answer, now)

    def _count_failure(self, delivery: Delivery, answer: Answer, now: datetime) -> None:
        if delivery.kind != DeliveryKind.BULLETIN or not delivery.mailout:
            return
        self._failing.add(delivery.mailout.pk)
        Mailout.objects.filter(pk=delivery.mailout.pk).update(failures_in_row=F("failures_in_row") + 1)
        self._pause_if_hopeless(answer, now, Mailout.objects.filter(pk=delivery.mailout.pk))

    def _forget_failures(self, delivery: Delivery) -> None:
        """One success ends a row of failures; asked of the database only if there was one."""
        if delivery.mailout and (delivery.mailout.pk in self._failing or delivery.mailout.failures_in_row):
            self._failing.discard(delivery.mailout.pk)
            Mailout.objects.filter(pk=delivery.mailout.pk).update(failures_in_row=0, retry_at=None)
            delivery.mailout.failures_in_row = 0

    def _hold_all(self, answer: Answer, now: datetime) -> None:
        """Nobody can be written to: mailouts wait a little, and for staff if it goes on or if the log-in was refused."""
        log.error("Sending stopped: %s", answer.reply)
        waiting = Mailout.objects.running().unfinished()
        if answer.verdict is Verdict.LOGIN_REFUSED:
            for mailout in waiting:
                pause(mailout, f"The mail server refused the log-in ({answer.reply}).", now, warn=True)
            return
        # Counted once in each pause: other emails than the weekly one knock at the same door every few seconds.
        knocking = waiting.filter(Q(retry_at=None) | Q(retry_at__lte=now))
        knocking.update(failures_in_row=F("failures_in_row") + 1, retry_at=now + rules.UNREACHABLE_PAUSE)
        self._pause_if_hopeless(answer, now, waiting)

    @staticmethod
    def _pause_if_hopeless(answer: Answer, now: datetime, mailouts: QuerySet[Mailout]) -> None:
        for mailout in mailouts.filter(failures_in_row__gte=rules.FAILURES_BEFORE_PAUSE):
            reason = f"{rules.FAILURES_BEFORE_PAUSE} emails in a row could not be sent. The last answer: {answer.reply}"
            pause(mailout, reason, now, warn=True)


def _claimed(delivery: Delivery, at: datetime) -> QuerySet[Delivery]:
    """A delivery, as long as the claim of that moment stands."""
    return Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, claimed_at=at)


def _mark(write: Callable[[], object]) -> None:
    """Write down what became of an email, trying for a while if the database is full, locked or restarting: one that went
    without being marked would go twice."""
    for seconds in WAIT_FOR_DATABASE:
        try:
            write()
            return
        except OperationalError:
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(seconds)
    write()
