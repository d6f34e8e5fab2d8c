"""Reports that an email did not arrive, or was called spam: what they say, and what follows for the reader.

Each email leaves with an envelope sender of its own, so the address to which a report comes says which email it is about.
"""

import email
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from enum import Enum, auto

from django.conf import settings
from django.db import transaction

from .. import rules
from ..models import Delivery, DeliveryKind, Subscriber, Suppression, SuppressionReason
from ..sending.handover import NO_SUCH_ADDRESS, without_addresses
from . import mailboxes

log = logging.getLogger(__name__)

OUR_KEY = re.compile(r"([0-9a-f]{32})")
OUR_SENDER = re.compile(r"bounces\+([0-9a-f]{32})@", re.IGNORECASE)
OUR_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@", re.IGNORECASE)
ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")


class Kind(Enum):
    NO_SUCH_ADDRESS = auto()
    REFUSED = auto()
    COMPLAINT = auto()


@dataclass(frozen=True)
class Report:
    kind: Kind
    key: uuid.UUID
    words: str


def read(content: bytes) -> Report | None:
    """What a message reports, or None: for a delay, an answer of somebody on holiday, or anything else."""
    message = email.message_from_bytes(content, policy=policy.default)
    if message.get_content_type() != "multipart/report":
        return None
    key = _key_of(message)
    kind, words = _kind_of(message)
    return Report(kind, key, words) if key and kind else None


def _key_of(message: EmailMessage) -> uuid.UUID | None:
    headers = " ".join(str(value) for name in ADDRESSED for value in message.get_all(name, []))
    found = OUR_SENDER.search(headers)
    if not found:
        # Forwarded once too often to know the address; the original's headers are in the report.
        originals = (str(part) for part in message.walk() if part.get_content_type() in {"text/rfc822-headers", "message/rfc822"})
        found = OUR_MESSAGE_ID.search(" ".join(originals))
    return uuid.UUID(found[1]) if found else None


def _kind_of(message: EmailMessage) -> tuple[Kind | None, str]:
    if message.get_param("report-type") == "feedback-report":
        return Kind.COMPLAINT, "The reader reported it as spam."
    for fields in _recipients(message):
        status, words = str(fields.get("Status", "")), str(fields.get("Diagnostic-Code", ""))
        if str(fields.get("Action", "")).lower() == "failed" and not status.startswith("4"):
            nobody = NO_SUCH_ADDRESS.search(f"{status} {words}")
            return (Kind.NO_SUCH_ADDRESS if nobody else Kind.REFUSED), without_addresses(f"{status} {words}")
    return None, ""


def _recipients(message: EmailMessage) -> Iterator[EmailMessage]:
    """The groups of fields of a delivery status, of which the first is about the mail server."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for group in part.get_payload():
                if isinstance(group, EmailMessage):
                    yield group


@transaction.atomic
def take_report(report: Report, now: datetime) -> bool:
    """Write down what a report says; False if the email that it is about is not one of ours, or was known to have bounced."""
    delivery = Delivery.objects.filter(message_key=report.key, bounced_at=None).select_related("subscriber").first()
    if delivery is None:
        return False
    Delivery.objects.filter(pk=delivery.pk).update(bounced_at=now, smtp_reply=report.words)
    reader = delivery.subscriber
    if reader is None or reader.email_key is None:  # nobody's, or erased
        return True
    if report.kind is Kind.COMPLAINT:
        Subscriber.objects.filter(pk=reader.pk, complained_at=None).update(complained_at=now)
        Suppression.objects.add(reader.email_key, SuppressionReason.COMPLAINED, now)
    elif report.kind is Kind.NO_SUCH_ADDRESS or _keeps_bouncing(reader):
        Subscriber.objects.filter(pk=reader.pk, bounced_at=None).update(bounced_at=now)
    reader.deliveries.weekly().skip_departed()
    return True


def _keeps_bouncing(reader: Subscriber) -> bool:
    """A full mailbox is forgiven; one that stays full for edition after edition has been abandoned."""
    latest = reader.deliveries.filter(kind=DeliveryKind.BULLETIN, sent_at__isnull=False).order_by("-pk")[: rules.BOUNCES_IN_A_ROW]
    moments = [delivery.bounced_at for delivery in latest]
    return len(moments) == rules.BOUNCES_IN_A_ROW and all(moments)


def read_mailbox(now: datetime, address: str = "") -> str:
    """Take every report that has come in; for the worker, which tells what it did."""
    address = address or settings.BOUNCES_MAILBOX
    if not address:
        return ""

    done, left = mailboxes.read_all(address, lambda content: offered(content, now))
    return f"{done} reports read, {left} other messages left for a person" if done or left else ""


def offered(content: bytes, now: datetime, take: Callable[[Report, datetime], bool] = take_report) -> bool:
    """Take a message if it is a report. What comes from outside may be broken in any way, and must not hold up the others."""
    try:
        report = read(content)
    except Exception as error:
        log.warning("A message in the mailbox of bounces cannot be read: %s", type(error).__name__)
        return False
    if report:
        take(report, now)
    return report is not None
