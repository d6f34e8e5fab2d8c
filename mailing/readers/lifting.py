"""The way back: staff undo a complaint by mistake, a bounce that was none, or a slip of the hand, and say why."""

from datetime import datetime

from django.db import transaction

from web import trail
from web.models import Happening

from ..models import ConsentKind, Subscriber, Suppression, SuppressionLift, email_hash


@transaction.atomic
def bring_back(reader: Subscriber, who: str, why: str, now: datetime) -> bool:
    """Write to a reader again whom a report or a member of staff took off. Whoever left of their own accord stays away."""
    reader = Subscriber.objects.select_for_update().get(pk=reader.pk)
    if reader.email_key is None:
        return False
    suppressions = list(Suppression.objects.of(reader.email_key))
    taken_off = reader.unsubscribed_at is not None and _was_taken_off(reader)
    if not (suppressions or reader.bounced_at or reader.complained_at or taken_off):
        return False
    for suppression in suppressions:
        _lift(suppression, who, why, now)
    reader.bounced_at = reader.complained_at = None
    if taken_off:
        reader.unsubscribed_at = None
    reader.save(update_fields=["bounced_at", "complained_at", "unsubscribed_at"])
    reader.consent_events.create(kind=ConsentKind.RESTORED, at=now, how=f"{who}: {why}"[:120])
    return True


def _was_taken_off(reader: Subscriber) -> bool:
    last = reader.consent_events.filter(kind=ConsentKind.UNSUBSCRIBED).last()
    return last is not None and last.how.startswith("member of staff")


@transaction.atomic
def lift(suppression: Suppression, who: str, why: str, now: datetime) -> None:
    """Let an address be written to again, of which only a code is kept; if it is still a reader's, they come back too."""
    gone = Subscriber.objects.gone().only("pk", "email_key")
    reader = next((one for one in gone if one.email_key and email_hash(one.email_key) == suppression.email_hash), None)
    if reader:
        bring_back(reader, who, why, now)
    else:
        _lift(suppression, who, why, now)


def _lift(suppression: Suppression, who: str, why: str, now: datetime) -> None:
    SuppressionLift.objects.create(
        email_hash=suppression.email_hash,
        reason=suppression.reason,
        suppressed_at=suppression.at,
        at=now,
        who=who[:150],
        why=why,
    )
    suppression.delete()
    trail.record(Happening.LIFTED, said=f"{suppression.get_reason_display()}, by {who}", at=now)
