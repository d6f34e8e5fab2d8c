"""Readers, visitors' messages and staff. Every address ends in .example: no mail of the demo can reach anybody."""

import hashlib
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group, User

from mailing.models import ConsentEvent, ContactMessage, Delivery, DeliveryKind, DeliveryState, Subscriber, email_key
from vacancies.models import Authority

from ..accounts import roles
from . import names
from .data import read
from .seed import dice

SUBSCRIBERS = 2_300
WORDING = "Send me the week's new posts every Monday of term. You can leave with one click at any time."
STAFF = (
    ("editor", "Erin", roles.EDITOR),
    ("publisher", "Priya", roles.PUBLISHER),
    ("owner", "Owen", roles.OWNER),
)


def password(username: str) -> str:
    """What ``make run`` prints; long enough for Django's validators."""
    return f"greensheets-{username}"


def staff() -> None:
    """One person for each role, with a demo password."""
    roles.sync()
    for username, first, role in STAFF:
        user = User.objects.create_user(
            username,
            f"{username}@greensheets.example",
            password(username),
            first_name=first,
            last_name=role,
            is_staff=True,
        )
        user.groups.add(Group.objects.get(name=role))


def subscribers(now: datetime, count: int) -> tuple[list[Subscriber], list[ConsentEvent]]:
    """Readers who joined over the last two years; most are confirmed, some left, some never confirmed, a few bounced."""
    chance, rows, events = dice("subscribers"), [], []
    for pk in range(1, count + 1):
        first, last = names.person(chance)
        email = f"{first}.{last}{pk}@readers.example".lower()
        requested = now - timedelta(days=chance.expovariate(1 / 250) % 730, hours=1)
        confirmed = requested + timedelta(minutes=chance.randint(2, 600))
        fate = chance.random()
        row = Subscriber(
            pk=pk,
            email=email,
            email_key=email_key(email),
            token=hashlib.sha256(f"demo reader {pk}".encode()).hexdigest()[:22],
            requested_at=requested,
            confirmed_at=confirmed if fate < 0.97 and confirmed < now else None,
        )
        row.wants_teaching, row.wants_support = chance.choice([(True, True), (True, True), (True, False), (False, True)])
        if row.confirmed_at and fate < 0.05:
            row.unsubscribed_at = _between(chance.random(), confirmed, now)
        elif row.confirmed_at and fate < 0.06:
            row.bounced_at = _between(chance.random(), confirmed, now)
        rows.append(row)
        events += _events(row)
    for pk, event in enumerate(events, start=1):
        event.pk = pk
    return rows, events


def choices(subscribers: list[Subscriber], authorities: list[Authority]) -> list[Any]:
    """The authorities that about half of the readers have chosen: one to three each."""
    chance, through, pk = dice("choices"), Subscriber.authorities.through, 0
    rows = []
    for subscriber in subscribers:
        if chance.random() < 0.5:
            continue
        for authority in sorted(
            chance.sample(authorities, min(chance.choice([1, 1, 2, 3]), len(authorities))), key=lambda row: row.pk
        ):
            pk += 1
            rows.append(through(pk=pk, subscriber_id=subscriber.pk, authority_id=authority.pk))
    return rows


def messages(now: datetime) -> list[ContactMessage]:
    chance, rows = dice("messages"), []
    for pk, message in enumerate(read("messages")["message"], start=1):
        first, last = names.person(chance)
        rows.append(
            ContactMessage(
                pk=pk,
                enquiry=message["enquiry"],
                name=f"{first} {last}",
                email=f"{first}.{last}@visitors.example".lower(),
                telephone=names.telephone(chance),
                message=message["text"],
                received_at=now - timedelta(hours=3 + 20 * pk),
                state="new" if pk <= 4 else "answered",
            )
        )
    return rows


def deliveries(first_pk: int, mailout_pk: int, readers: list[Subscriber], sent_at: datetime) -> list[Delivery]:
    """One email each, sent, with a key that is the same in every run."""
    return [
        Delivery(
            pk=pk,
            kind=DeliveryKind.BULLETIN,
            mailout_id=mailout_pk,
            subscriber=reader,
            state=DeliveryState.SENT,
            message_key=uuid.uuid5(uuid.NAMESPACE_URL, f"demo delivery {pk}"),
            created_at=sent_at,
            claimed_at=sent_at,
            sent_at=sent_at,
            attempts=1,
            smtp_reply="250 OK",
        )
        for pk, reader in enumerate(readers, start=first_pk)
    ]


def _between(share: float, first: datetime, last: datetime) -> datetime:
    return first + (last - first) * share


def _events(row: Subscriber) -> list[ConsentEvent]:
    happened = [("requested", row.requested_at, "form"), ("confirmed", row.confirmed_at, "form")]
    happened.append(("unsubscribed", row.unsubscribed_at, "one-click"))
    return [ConsentEvent(subscriber=row, kind=kind, at=at, how=how, wording=WORDING) for kind, at, how in happened if at]
