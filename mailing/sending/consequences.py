"""What follows when a mail server has said its last word about an email, at the handing over or in a report that came later.

What lies with the address or the mailbox counts against it. What lies with us never does: staff are told, the provider is held
back while the others go on, and whatever its refusals had counted is taken back.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from .. import rules
from ..models import Delivery, DeliveryState, Mailout, ProviderHold, Subscriber
from ..verdicts.table import Outcome
from .steering import warn_staff

log = logging.getLogger(__name__)


def follow(delivery: Delivery, outcome: Outcome, words: str, now: datetime) -> None:
    """Take the consequences of an outcome that is written down already."""
    reader = delivery.subscriber
    if outcome is Outcome.OUR_FAULT:
        _blame_us(delivery, words, now)
    elif reader and (outcome is Outcome.NO_SUCH_ADDRESS or (outcome is Outcome.REFUSED and _keeps_refusing(reader))):
        Subscriber.objects.filter(pk=reader.pk, bounced_at=None, erased_at=None).update(bounced_at=now)
        reader.deliveries.weekly().skip_departed()


def _keeps_refusing(reader: Subscriber) -> bool:
    """A full mailbox is forgiven; one that stays full for edition after edition has been abandoned.

    Emails that were refused because of us tell nothing of the mailbox, neither that it works nor that it does not.
    """
    told = reader.deliveries.weekly().filter(Q(sent_at__isnull=False) | Q(outcome=Outcome.REFUSED))
    latest = told.exclude(outcome=Outcome.OUR_FAULT).order_by("-pk").values_list("outcome", flat=True)[: rules.BOUNCES_IN_A_ROW]
    return list(latest) == [Outcome.REFUSED] * rules.BOUNCES_IN_A_ROW


def _blame_us(delivery: Delivery, words: str, now: datetime) -> None:
    mailout = delivery.mailout
    if mailout is None:
        return
    provider = delivery.provider or "one provider"
    with transaction.atomic():
        if Mailout.objects.filter(pk=mailout.pk, faults_told_at=None).update(faults_told_at=now):
            warn_staff(
                f"{provider} refuses {mailout} for a reason that lies with us, not with the reader: {words[:200]} "
                "No reader loses their place because of it. The page of the weekly email counts such refusals by provider.",
                now,
            )
    if delivery.provider and _refuses_us(mailout, delivery.provider):
        hold(mailout, delivery.provider, words, now)


def _refuses_us(mailout: Mailout, provider: str) -> bool:
    """Whether so many of the emails that a provider has answered were refused because of us that the rest should wait."""
    answered = mailout.deliveries.weekly().filter(provider=provider)
    faults = answered.filter(outcome=Outcome.OUR_FAULT).count()
    if faults < rules.FAULTS_BEFORE_HOLD:
        return False
    return (
        faults * 100 >= rules.FAULTS_IN_A_HUNDRED * answered.filter(state__in=[DeliveryState.SENT, DeliveryState.FAILED]).count()
    )


def hold(mailout: Mailout, provider: str, words: str, now: datetime) -> bool:
    """Keep back what waits for a provider, and take back what its refusals had counted. Staff are told once."""
    with transaction.atomic():
        _, is_new = ProviderHold.objects.get_or_create(provider=provider, defaults={"at": now, "reason": words[:300]})
        if is_new:
            log.error("%s is held back: it refuses us", provider)
            _take_back(mailout, provider)
            warn_staff(
                f"{provider} is held back: it refuses our emails because of us ({words[:200]}). The others go on. When it is put "
                "right, press “Send to them again” on the page of the weekly email.",
                now,
            )
    return is_new


def _take_back(mailout: Mailout, provider: str) -> None:
    """A provider that blocks us says so in many words, also in such as would count against its readers."""
    refused = mailout.deliveries.weekly().filter(provider=provider, outcome=Outcome.REFUSED)
    given_up = Subscriber.objects.filter(deliveries__in=refused, bounced_at__gte=mailout.frozen_at or mailout.planned_at)
    Subscriber.objects.filter(pk__in=list(given_up.values_list("pk", flat=True))).update(bounced_at=None)
    refused.update(outcome=Outcome.OUR_FAULT)


def release(provider: str, now: datetime) -> bool:
    """Let a provider's emails go again; what it refused because of us is sent once more while it is still news."""
    with transaction.atomic():
        if not ProviderHold.objects.filter(provider=provider).delete()[0]:
            return False
        news = Mailout.objects.filter(cancelled_at=None, frozen_at__gt=now - rules.FORGOTTEN_AFTER)
        weekly = Delivery.objects.weekly().filter(provider=provider)
        weekly.filter(state=DeliveryState.QUEUED).exclude(mailout__in=news).update(
            state=DeliveryState.SKIPPED, smtp_reply="The news is too old."
        )
        again = weekly.filter(mailout__in=news, outcome=Outcome.OUR_FAULT, state__in=[DeliveryState.FAILED, DeliveryState.SENT])
        pks = list(again.values_list("pk", flat=True))
        Mailout.objects.filter(deliveries__in=pks).update(finished_at=None)
        Delivery.objects.filter(pk__in=pks).update(
            state=DeliveryState.QUEUED, outcome="", bounced_at=None, sent_at=None, attempts=0, next_try_at=None
        )
    return True
