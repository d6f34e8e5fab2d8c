"""Coming, changing and going: sign-up, confirmation, choices, leaving, erasure, and what is known of a reader.

Double opt-in: a request writes to nobody twice in a row without limit, changes nobody's choices and starts nothing until the
owner of the address has pressed the button that only the email leads to. Every step leaves its evidence.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet

from web import trail
from web.models import Happening

from .. import rules
from ..emails.letters import is_fresh
from ..models import (
    AskedMailbox,
    ConsentEvent,
    ConsentKind,
    ContactMessage,
    Delivery,
    DeliveryKind,
    DeliveryState,
    SignUp,
    StrayMessage,
    Subscriber,
    Suppression,
    SuppressionReason,
    email_key,
)
from ..models.choices import Choice

log = logging.getLogger(__name__)
HOUR = timedelta(hours=1)

CONSENT = (
    "Email me the new posts of each weekly edition of Greensheets, in term time, for what I have chosen on this page. "
    "I can leave at any time with the link in every email."
)


def ask_to_join(email: str, choice: Choice, now: datetime) -> SignUp:
    """Take a request in. Looks at nothing else, so that no answer can depend on who is on the list."""
    return SignUp.objects.create(email=email, email_key=email_key(email), choice=choice.key, wording=CONSENT, at=now)


def take_sign_ups(now: datetime) -> int:
    """Turn requests into readers to be confirmed, each in one transaction with its deletion: once, whoever is killed.

    So many in an hour and no more: in a flood the others wait their turn, and nobody is turned away.
    """
    taken = 0
    lately = Delivery.objects.filter(kind=DeliveryKind.CONFIRMATION, created_at__gt=now - HOUR).count()
    for request in SignUp.objects.all()[: max(0, rules.MOST_AN_HOUR_IN_ALL - lately)]:
        try:
            with transaction.atomic():
                if SignUp.objects.filter(pk=request.pk).delete()[0]:
                    taken += _take(request, now)
        except (DataError, IntegrityError, ValueError) as error:  # One that cannot be taken must not stop what is to be sent.
            log.error("%s could not be taken: %s", request, type(error).__name__)
    return taken


def _take(request: SignUp, now: datetime) -> bool:
    """Queue the email that asks for confirmation, unless its owner wants none or has lately had as many as anybody may.

    Whoever called an email spam and asks again gets a plain answer, once in a while: it may be the owner who thinks better
    of it, or somebody else who types their address.
    """
    if Suppression.objects.of(request.email_key).filter(reason=SuppressionReason.ASKED).exists():
        return False
    choice = Choice.from_key(request.choice)
    reader, is_new = Subscriber.objects.select_for_update().get_or_create(
        email_key=request.email_key,
        defaults={
            "email": request.email,
            "requested_at": request.at,
            "wants_teaching": choice.teaching,
            "wants_support": choice.support,
        },
    )
    if not (_may_be_asked(reader, now) and AskedMailbox.objects.may_be_asked(request.email_key)):
        return False
    AskedMailbox.objects.add(request.email_key, now)
    if not is_new:
        Subscriber.objects.filter(pk=reader.pk, confirmed_at=None).update(requested_at=request.at)
    reader.consent_events.create(
        kind=ConsentKind.REQUESTED, at=request.at, how="form", wording=request.wording, choice=request.choice
    )
    Delivery.objects.create(kind=DeliveryKind.CONFIRMATION, subscriber=reader, created_at=now)
    return True


def _may_be_asked(reader: Subscriber, now: datetime) -> bool:
    most, within = rules.MOST_CONFIRMATIONS, rules.CONFIRMATIONS_WITHIN
    if reader.has_complained:
        most, within = 1, rules.COMPLAINED_ANSWERED_AFTER
    asked = reader.deliveries.filter(kind=DeliveryKind.CONFIRMATION, created_at__gt=now - within)
    return asked.count() < most


@transaction.atomic
def confirm_reader(event: ConsentEvent, now: datetime) -> bool:
    """Start the weekly email that ``event`` asked for. False if the link is too old, or was followed by leaving the list."""
    reader = Subscriber.objects.select_for_update().get(pk=event.subscriber_id)
    left_since = reader.unsubscribed_at and reader.unsubscribed_at >= event.at
    if not is_fresh(event, now) or reader.email_key is None or left_since:
        return False
    if reader.is_active and reader.confirmed_at and reader.confirmed_at >= event.at:
        return True
    reader.confirmed_at = now
    reader.unsubscribed_at = reader.bounced_at = reader.complained_at = None
    reader.save()
    reader.choose(Choice.from_key(event.choice))
    AskedMailbox.objects.of(reader.email_key).delete()
    # Whoever confirms of their own accord wants to be written to again.
    Suppression.objects.of(reader.email_key).delete()
    reader.consent_events.create(
        kind=ConsentKind.CONFIRMED, at=now, how="link in the email", wording=event.wording, choice=event.choice
    )
    return True


@transaction.atomic
def forget_request(event: ConsentEvent, now: datetime) -> bool:
    """Forget an address that somebody else typed, and ask its mailbox no more; False for a reader, who can leave."""
    reader = Subscriber.objects.select_for_update().get(pk=event.subscriber_id)
    if reader.email_key is None or reader.confirmed_at:
        return False
    SignUp.objects.filter(email_key=reader.email_key).delete()
    AskedMailbox.objects.add(reader.email_key, now, times=rules.MOST_CONFIRMATIONS_EVER)
    reader.delete()
    return True


def ask_for_own_link(reader: Subscriber, now: datetime) -> bool:
    """Queue a fresh link to what is kept about a reader; as many in a day as of those that confirm."""
    asked = reader.deliveries.filter(kind=DeliveryKind.OWN_LINK, created_at__gt=now - rules.CONFIRMATIONS_WITHIN)
    if reader.email_key is None or asked.count() >= rules.MOST_CONFIRMATIONS:
        return False
    Delivery.objects.create(kind=DeliveryKind.OWN_LINK, subscriber=reader, created_at=now)
    return True


@transaction.atomic
def change(reader: Subscriber, choice: Choice, now: datetime) -> None:
    reader.choose(choice)
    reader.consent_events.create(kind=ConsentKind.CHANGED, at=now, how="form", choice=choice.key)


@transaction.atomic
def leave(reader: Subscriber, how: str, now: datetime) -> None:
    """Off the list, also for what is queued already; a second time changes nothing."""
    staying = Subscriber.objects.filter(pk=reader.pk, unsubscribed_at=None, erased_at=None)
    if staying.update(unsubscribed_at=now):
        reader.deliveries.weekly().skip_departed()
        reader.deliveries.filter(kind=DeliveryKind.CONFIRMATION, state=DeliveryState.QUEUED).delete()
        reader.consent_events.create(kind=ConsentKind.UNSUBSCRIBED, at=now, how=how)


@transaction.atomic
def erase_reader(reader: Subscriber, now: datetime, how: str = "form") -> None:
    """Forget the address everywhere; what stays cannot be led back to a person, but keeps a list from being imported anew."""
    reader = Subscriber.objects.select_for_update().get(pk=reader.pk)
    key = reader.email_key
    if key is None:  # erased before
        return
    Suppression.objects.add(key, _reason_for_going(reader), now)
    SignUp.objects.filter(email_key=key).delete()
    _messages_of(key).delete()
    StrayMessage.objects.naming(reader.email).delete()
    reader.unsubscribed_at = reader.unsubscribed_at or now
    reader.email, reader.email_key, reader.erased_at = "", None, now
    reader.save()
    reader.authorities.clear()
    reader.deliveries.weekly().skip_departed()
    reader.deliveries.filter(kind__in=[DeliveryKind.CONFIRMATION, DeliveryKind.OWN_LINK]).delete()
    reader.deliveries.update(choice="", smtp_reply="", provider="")
    reader.consent_events.create(kind=ConsentKind.ERASED, at=now, how=how)
    trail.record(Happening.ERASED, said=f"Reader {reader.pk}: {how}", at=now)


def _messages_of(key: str | None) -> QuerySet[ContactMessage]:
    """What came in by the contact form under an address; compared here, because no database knows its other spellings."""
    keys = {message.pk: email_key(message.email) for message in ContactMessage.objects.only("email")}
    return ContactMessage.objects.filter(pk__among=[pk for pk, of in keys.items() if of == key])


def _reason_for_going(reader: Subscriber) -> SuppressionReason:
    if reader.complained_at:
        return SuppressionReason.COMPLAINED
    return SuppressionReason.BOUNCED if reader.bounced_at and not reader.unsubscribed_at else SuppressionReason.LEFT


def what_is_known(reader: Subscriber) -> dict[str, object]:
    """Everything kept about one reader, for the reader."""
    written = ("received_at", "enquiry", "name", "telephone", "message")
    moments = ["requested_at", "confirmed_at", "unsubscribed_at", "bounced_at", "complained_at"]
    return {
        "publisher": settings.PUBLISHER["name"],
        "email": reader.email,
        "posts for teaching staff": reader.wants_teaching,
        "posts for support staff": reader.wants_support,
        "authorities": [str(authority) for authority in reader.authorities.all()] or "all",
        **{name.removesuffix("_at"): getattr(reader, name) for name in moments},
        "what you agreed to": list(reader.consent_events.values("kind", "at", "how", "wording")),
        "what you wrote to us": list(_messages_of(reader.email_key).values(*written)),
        "emails": [
            {"kind": email.get_kind_display(), "state": email.get_state_display(), "at": email.sent_at or email.created_at}
            for email in reader.deliveries.order_by("pk")
        ],
    }
