"""Nothing personal outlives its purpose. Safe to run on any day, any number of times; the worker runs it daily."""

from datetime import datetime

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from vacancies.models import Vacancy
from web.models import Limit
from web.quantities import period

from .. import rules
from ..models import AskedMailbox, ContactMessage, SignUp, StrayMessage, Subscriber
from .joining import erase_reader

BLANK = {"contact_name": "", "contact_phone": "", "contact_email": ""}


def purge(now: datetime | None = None) -> dict[str, int]:
    """Delete what is due; returns how many rows of each kind, for the worker's output. No name, no address."""
    now = now or timezone.now()
    # First the history rows: they are found by their advert still being closed, whether or not it still names a contact.
    history = _blank_history(now)
    left = list(Subscriber.objects.overdue_unsubscribed(now))
    for reader in left:
        erase_reader(reader, now, how=f"{period(rules.UNSUBSCRIBED_KEPT_FOR)} after leaving")
    return {
        "contacts in earlier versions of adverts": history,
        "contacts in adverts": Vacancy.objects.with_overdue_contact(now).update(**BLANK),
        "readers who left": len(left),
        "sign-ups not confirmed": _count_deleted(Subscriber.objects.overdue_unconfirmed(now), Subscriber)
        + _count_deleted(SignUp.objects.filter(at__lte=now - rules.UNCONFIRMED_KEPT_FOR), SignUp),
        "contact messages": _count_deleted(ContactMessage.objects.overdue(now), ContactMessage),
        "messages that came back": _count_deleted(StrayMessage.objects.overdue(now), StrayMessage),
        "mailboxes that were asked": _count_deleted(AskedMailbox.objects.overdue(now), AskedMailbox),
        "limits": _count_deleted(Limit.objects.stale(now), Limit),
    }


def _blank_history(now: datetime) -> int:
    named = ~Q(**BLANK)
    overdue = Vacancy.objects.overdue_for_contacts(now).filter(pk=OuterRef("id"))
    gone = ~Exists(Vacancy.objects.filter(pk=OuterRef("id")))
    return int(Vacancy.history.filter(named).filter(Exists(overdue) | gone).update(**BLANK))


def _count_deleted(rows: QuerySet[Model], model: type[Model]) -> int:
    return rows.delete()[1].get(model._meta.label, 0)
