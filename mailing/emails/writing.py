"""Turns deliveries into finished emails, making each text once for everybody who chose the same."""

import threading
from collections import OrderedDict
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings

from editions.models import Edition

from ..models import Delivery, DeliveryKind, Mailout
from ..models.choices import Choice
from . import letters, week
from .envelope import READERS_PLACE, Envelope, Letter, encoded

# Readers with equal choices are queued side by side, so few texts are in use at one time; each is up to 100 KB twice.
TEXTS_KEPT = 16


class Writer:
    """The texts of one run of sending, shared by its threads."""

    def __init__(self, at: datetime):
        self._at = at
        self._lock = threading.Lock()
        self._weeks: dict[int, week.Week] = {}
        self._texts: OrderedDict[tuple[int, str], tuple[Letter, bytes]] = OrderedDict()

    def message(self, delivery: Delivery, now: datetime) -> Envelope:
        letter, parts = self._text_of(delivery)
        reader = delivery.subscriber
        to = letters.mailable(reader.email) if reader else delivery.staff_email
        token = reader.token if reader else ""
        headers = {"Date": format_datetime(now), "Message-ID": delivery.message_id, **letter.headers}
        if "List-Unsubscribe" in headers:
            headers["List-Unsubscribe"] = headers["List-Unsubscribe"].replace(READERS_PLACE, token)
        return Envelope(
            letter,
            parts,
            to=to,
            token=token,
            sender=settings.DEFAULT_FROM_EMAIL,
            envelope_sender=delivery.envelope_sender,
            headers=headers,
            key=delivery.message_key.hex,
        )

    def _text_of(self, delivery: Delivery) -> tuple[Letter, bytes]:
        mailout = delivery.mailout
        if mailout is None:  # neither a weekly email nor a test of one
            letter = letters.letter_of(delivery)
            return letter, encoded(letter)
        letter, parts = self._weekly(mailout.edition, delivery.choice)
        if delivery.kind == DeliveryKind.TEST:
            letter = letters.test_of(letter)
        return letter, parts

    def _weekly(self, edition: Edition, choice: str) -> tuple[Letter, bytes]:
        key = (edition.pk, choice)
        with self._lock:
            if key not in self._texts:
                if edition.pk not in self._weeks:
                    self._weeks[edition.pk] = week.load(edition, self._at)
                letter = letters.weekly(self._weeks[edition.pk], Choice.from_key(choice))
                self._texts[key] = letter, encoded(letter)
                while len(self._texts) > TEXTS_KEPT:
                    self._texts.popitem(last=False)
            self._texts.move_to_end(key)
            return self._texts[key]


def preview(mailout: Mailout, choice: Choice, now: datetime) -> Letter:
    """What a mailout would say now to somebody with this choice; the links of one's own lead nowhere."""
    return letters.weekly(week.load(mailout.edition, now), choice)


def preview_raw(mailout: Mailout, choice: Choice, now: datetime) -> bytes:
    """The same as the bytes that would go over the wire."""
    sample = Delivery(kind=DeliveryKind.TEST, mailout=mailout, staff_email=settings.PUBLISHER["email"], choice=choice.key)
    return Writer(now).message(sample, now).message().as_bytes()
