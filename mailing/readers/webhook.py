"""What a mail service reports by webhook, made alike for all services by Anymail; included only where that package is in use.

A report is about an email of ours if it carries its key, as the service was given it, or its Message-ID.
"""

import uuid
from typing import Any

from anymail import urls
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.dispatch import receiver
from django.utils import timezone

from ..emails.envelope import KEY_FOR_SERVICES
from ..models import Delivery
from ..verdicts.parts import OUR_KEY, OUR_MESSAGE_ID
from ..verdicts.reports import Reading
from ..verdicts.table import Outcome, rule_on, without_addresses
from . import joining
from .bounces import take_report

app_name, urlpatterns = urls.app_name, urls.urlpatterns


@receiver(tracking)
def take_event(event: AnymailTrackingEvent, **_: Any) -> None:
    """Opening and clicking are not asked for and not kept, whatever a service reports of them."""
    key, now = _key_of(event), timezone.now()
    if key is None:
        return
    if event.event_type == EventType.UNSUBSCRIBED:
        for delivery in Delivery.objects.filter(message_key=key).select_related("subscriber"):
            if delivery.subscriber:
                joining.leave(delivery.subscriber, "mail service", now)
    elif event.event_type in {EventType.BOUNCED, EventType.REJECTED, EventType.COMPLAINED}:
        words = f"{event.mta_response or ''} {event.description or ''}"
        take_report(Reading(_outcome_of(event, words), key, "mail service", without_addresses(words)), now)


def _key_of(event: AnymailTrackingEvent) -> uuid.UUID | None:
    given = str((event.metadata or {}).get(KEY_FOR_SERVICES, ""))
    found = OUR_KEY.fullmatch(given) or OUR_MESSAGE_ID.search(f"<{event.message_id or ''}".replace("<<", "<"))
    return uuid.UUID(found[1]) if found else None


def _outcome_of(event: AnymailTrackingEvent, words: str) -> Outcome:
    """The service's own word first: it has read the answer, of which it may pass on only a part."""
    if event.event_type == EventType.COMPLAINED or event.reject_reason == RejectReason.SPAM:
        return Outcome.COMPLAINT
    if event.reject_reason == RejectReason.INVALID:
        return Outcome.NO_SUCH_ADDRESS
    ruling = rule_on(words, given_up=True)
    return ruling.outcome if ruling else Outcome.REFUSED
