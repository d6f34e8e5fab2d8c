"""Plans the coming editions and publishes them on their Mondays. Safe to run on any day, any number of times, on two machines."""

import logging
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from vacancies import bank_holidays
from vacancies.models import calendar
from vacancies.schedule import Calendar, copy_deadline

from . import rules
from .building import bulletins
from .models import Bulletin, Edition

logger = logging.getLogger(__name__)


def plan_editions(now: datetime) -> list[Edition]:
    """One Edition with two Bulletins for every publication Monday in the weeks ahead; return the new ones.

    A planned edition whose Monday has meanwhile become a break is taken away again, as long as nothing was made for it: to keep
    it would promise readers and schools an edition that does not come. One that has a PDF stays, and the desk says so: a person
    must decide what to do with work that is done. Numbers of editions to come follow each other without gaps.
    """
    today = timezone.localdate(now)
    terms = calendar()
    try:
        with transaction.atomic():
            return _plan(terms, today, today + rules.PLAN_AHEAD)
    except IntegrityError:  # Another worker planned at the same moment; its rows stand.
        logger.info("Editions were being planned by another worker")
        return []


def _plan(terms: Calendar, first: date, last: date) -> list[Edition]:
    number = first_number()
    for edition in Edition.objects.filter(published_at=None, on__gte=first, on__in=terms.breaks):
        remove(edition)
    wanted = set(terms.mondays(first, last))
    missing = sorted(wanted - set(Edition.objects.filter(on__in=wanted).values_list("on", flat=True)))
    spare = (Edition.objects.aggregate(Max("number"))["number__max"] or 0) + 1
    new = [
        Edition.objects.create(on=on, number=spare + place, copy_deadline_at=copy_deadline(on, bank_holidays.before(on)))
        for place, on in enumerate(missing)
    ]
    renumber(number)
    for edition in Edition.objects.filter(on__gte=first).exclude(bulletins__isnull=False):
        bulletins.plan(edition)
    return new


def first_number() -> int:
    """The number of the next edition to be published: staff may set it on the earliest planned one, and the others follow."""
    planned = Edition.objects.filter(published_at=None).order_by("on").first()
    last = Edition.objects.published().aggregate(Max("number"))["number__max"] or 0
    return max(planned.number if planned else 0, last + 1)


def renumber(number: int) -> None:
    """Number the editions to come in the order of their Mondays. From above first: numbers are unique at every moment."""
    planned = list(Edition.objects.filter(published_at=None).order_by("on"))
    if [edition.number for edition in planned] == list(range(number, number + len(planned))):
        return
    top = max(edition.number for edition in planned) + len(planned) + number
    for start in (top, number):
        for place, edition in enumerate(planned):
            Edition.objects.filter(pk=edition.pk).update(number=start + place)


def remove(edition: Edition) -> None:
    """Remove an edition for which nothing was made."""
    if edition.bulletins.exclude(file="").exists():
        return
    try:
        with transaction.atomic():
            edition.bulletins.all().delete()
            edition.delete()
    except ProtectedError:  # Something else leans on it, such as a mailout: it stays, and the desk says so.
        logger.warning("%s falls on a break and cannot be removed", edition)


def publish_due(now: datetime) -> list[Edition]:
    """Publish every edition whose moment has come; return those that this call published.

    A PDF that is missing or out of date is built first, but one that fails stops neither its edition nor the other bulletin: the
    row says what happened and ``bulletins.build_due`` goes on trying. An edition whose PDF another worker is making right now
    waits for the next round.
    """
    published = []
    for edition in Edition.objects.due(now).order_by("on"):
        if edition.on in calendar().breaks:
            continue
        bulletins.plan(edition)
        for bulletin in edition.bulletins.select_related("edition"):
            if Bulletin.objects.waiting(now).filter(pk=bulletin.pk).exists() and bulletins.is_out_of_date(bulletin):
                bulletins.build(edition, bulletin.staff_group, now)
        if edition.bulletins.exclude(pk__in=Bulletin.objects.free(now)).exists():
            continue
        if Edition.objects.filter(pk=edition.pk, published_at=None).update(published_at=now) == 1:
            edition.published_at = now
            published.append(edition)
            logger.info("%s is published", edition)
    return published
