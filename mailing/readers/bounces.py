"""Reports that an email did not arrive, or was called spam, and what follows for the reader.

Each email leaves with an envelope sender of its own, so the address to which a report comes says which email it is about.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from ..models import Delivery, StrayMessage, Subscriber, Suppression, SuppressionReason
from ..sending import consequences
from ..verdicts import parts
from ..verdicts.reports import Reading, read
from ..verdicts.table import Outcome
from . import joining, mailboxes

log = logging.getLogger(__name__)
LONGEST_TEXT = 10_000


@transaction.atomic
def take_report(reading: Reading, now: datetime) -> bool:
    """Write down what a report says; False if it says nothing, or is not about an email of ours, or repeats another."""
    if reading.key is None or reading.outcome is Outcome.NONE:
        return False
    delivery = Delivery.objects.filter(message_key=reading.key, bounced_at=None).select_related("subscriber", "mailout").first()
    if delivery is None:
        return False
    Delivery.objects.filter(pk=delivery.pk).update(bounced_at=now, smtp_reply=reading.words, outcome=reading.outcome)
    reader = delivery.subscriber
    if reader and reader.email_key is None:  # erased
        return True
    if reading.outcome is Outcome.LEFT:
        if reader:
            joining.leave(reader, "mail service", now)
    elif reading.outcome is Outcome.COMPLAINT:
        if reader:
            _never_again(reader, now)
    else:
        consequences.follow(delivery, reading.outcome, reading.words, now)
    return True


def _never_again(reader: Subscriber, now: datetime) -> None:
    Subscriber.objects.filter(pk=reader.pk, complained_at=None).update(complained_at=now)
    Suppression.objects.add(reader.email_key or "", SuppressionReason.COMPLAINED, now)
    reader.deliveries.weekly().skip_departed()


def read_mailbox(now: datetime, address: str = "") -> str:
    """Take every message that has come in, and empty the mailbox; for the worker, which tells what it did."""
    address = address or settings.BOUNCES_MAILBOX
    if not address:
        return ""
    taken: Counter[str] = Counter()
    mailboxes.read_all(address, lambda content: taken.update([offered(content, now)]))
    said = [f"{taken['report']} reports read", f"{taken['nothing']} that say nothing", f"{taken['stray']} kept for a person"]
    return ", ".join(said) if taken else ""


def offered(content: bytes, now: datetime, take: Callable[[Reading, datetime], bool] = take_report) -> str:
    """Take one message: ``report``, ``nothing``, or ``stray``, which is kept for a person to look at.

    What comes from outside may be broken in any way, and must not hold up the others.
    """
    try:
        reading = read(content)
    except Exception as error:
        log.warning("A message in the mailbox of bounces cannot be read: %s", type(error).__name__)
        keep_stray(content, "it is broken", now)
        return "stray"
    if not reading.understood or (reading.outcome is not Outcome.NONE and reading.key is None):
        keep_stray(content, reading.why if reading.key else f"about no email of ours ({reading.why})", now)
        return "stray"
    take(reading, now)
    return "nothing" if reading.outcome is Outcome.NONE else "report"


def keep_stray(content: bytes, why: str, now: datetime) -> None:
    sender, subject, text = _shown(content)
    StrayMessage.objects.create(at=now, sender=sender[:200], subject=subject[:200], text=text[:LONGEST_TEXT], why=why[:100])


def _shown(content: bytes) -> tuple[str, str, str]:
    """As much of a message as can be shown of it, whatever it is made of."""
    try:
        message = parts.parsed(content)
        shown = (parts.header(message, "From"), parts.subject_of(message), parts.text_of(message).strip())
    except Exception:
        shown = ("", "", content[:LONGEST_TEXT].decode("latin-1"))
    sender, subject, text = (part.encode("utf-8", "replace").decode().replace("\x00", "") for part in shown)
    return " ".join(sender.split()), " ".join(subject.split()), text
