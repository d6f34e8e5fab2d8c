"""What staff do with a mailout, and what a mailout does when it needs them: pause, resume, cancel, retry, warn."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from .. import rules
from ..models import Delivery, DeliveryKind, DeliveryState, Mailout

log = logging.getLogger(__name__)


def warn_staff(note: str, now: datetime) -> None:
    """Queue a warning to every address of the staff."""
    Delivery.objects.bulk_create(
        [
            Delivery(kind=DeliveryKind.WARNING, staff_email=address, note=note[:500], created_at=now)
            for address in settings.STAFF_EMAILS
        ]
    )


def pause(mailout: Mailout, reason: str, now: datetime, *, warn: bool = False) -> bool:
    """Stop a mailout before its next email. Only whoever really stops it warns, so that staff are told once."""
    with transaction.atomic():
        running = Mailout.objects.running().filter(pk=mailout.pk, finished_at=None)
        paused = running.update(paused_at=now, pause_reason=reason[:200]) == 1
        if paused and warn:
            log.error("%s needs staff: it is paused", mailout)
            warn_staff(f"{mailout} is paused: {reason} It will continue when somebody presses Resume at the desk.", now)
    return paused


def resume(mailout: Mailout, now: datetime) -> bool:
    """Let a paused mailout go on from where it stopped; the count of failures starts afresh.

    What failed is tried again if a row of failures was the reason: that was the mail server's fault and no reader's.
    """
    with transaction.atomic():
        paused = Mailout.objects.filter(pk=mailout.pk, paused_at__isnull=False, cancelled_at=None)
        failed_in_row = paused.filter(failures_in_row__gte=rules.FAILURES_BEFORE_PAUSE).exists()
        resumed = paused.update(paused_at=None, pause_reason="", failures_in_row=0, retry_at=None) == 1
        if resumed and failed_in_row:
            retry_failed(mailout, now)
    return resumed


def cancel(mailout: Mailout, now: datetime) -> bool:
    """Send nothing more of it, for good; what is queued is skipped, what went has gone."""
    with transaction.atomic():
        cancelled = Mailout.objects.filter(pk=mailout.pk, cancelled_at=None, finished_at=None).update(cancelled_at=now) == 1
        if cancelled:
            waiting = mailout.deliveries.weekly().filter(state__in=[DeliveryState.QUEUED, DeliveryState.UNCERTAIN])
            waiting.update(state=DeliveryState.SKIPPED, smtp_reply="The mailout was cancelled.")
    return cancelled


def retry_failed(mailout: Mailout, now: datetime) -> int:
    """Queue again what failed, except where the address does not exist."""
    with transaction.atomic():
        failed = mailout.deliveries.weekly().filter(state=DeliveryState.FAILED, subscriber__bounced_at=None)
        again = Delivery.objects.filter(pk__in=failed.values("pk"), state=DeliveryState.FAILED)
        count = again.update(state=DeliveryState.QUEUED, attempts=0, next_try_at=None)
        if count:
            Mailout.objects.filter(pk=mailout.pk).update(finished_at=None)
    return count


def settle_uncertain(mailout: Mailout, *, send_again: bool, now: datetime) -> int:
    """Staff decide about the emails whose sender died: send them again, or take them for sent."""
    doubtful = mailout.deliveries.weekly().filter(state=DeliveryState.UNCERTAIN)
    if send_again:
        return doubtful.update(state=DeliveryState.QUEUED, next_try_at=None)
    return doubtful.update(state=DeliveryState.SENT, sent_at=now)


def send_test(mailout: Mailout, address: str, now: datetime) -> Delivery:
    return Delivery.objects.create(kind=DeliveryKind.TEST, mailout=mailout, staff_email=address, choice="ts:", created_at=now)


def finish_what_is_done(now: datetime) -> int:
    """Close every mailout of which nothing waits, is under way or is in doubt."""
    open_states = [DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNCERTAIN]
    still_open = Delivery.objects.weekly().filter(state__in=open_states).values("mailout")
    return Mailout.objects.unfinished().filter(~Q(pk__in=still_open)).update(finished_at=now)
