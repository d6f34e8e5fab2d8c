"""Problems of stored adverts: brings ``problems`` what it compares them with, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from .. import bank_holidays, rules
from ..models import Status, Vacancy, calendar
from ..schedule import Calendar
from .problems import Problem, problems

HOLIDAYS_AHEAD = timedelta(days=400)


def review(vacancies: Iterable[Vacancy], at: datetime | None = None, days: Calendar | None = None) -> dict[int, list[Problem]]:
    """The problems of each advert by its key; adverts without problems are left out."""
    at = at or timezone.now()
    adverts = list(vacancies)
    days, holidays = days or calendar(), holidays_around(at)
    earlier = _earlier(adverts)
    found = {
        vacancy.pk: problems(vacancy, days, holidays, at, earlier[vacancy.school_id, vacancy.title.casefold()])
        for vacancy in adverts
    }
    return {pk: listed for pk, listed in found.items() if listed}


def review_one(vacancy: Vacancy, days: Calendar, at: datetime) -> list[Problem]:
    """The problems of an advert in hand, saved or not."""
    return problems(vacancy, days, holidays_around(at), at, _earlier([vacancy])[vacancy.school_id, vacancy.title.casefold()])


def unfinished(at: datetime | None = None) -> QuerySet[Vacancy]:
    """The adverts that staff can still put right for readers: drafts, upcoming and live ones."""
    at = at or timezone.now()
    return (
        Vacancy.objects.filter(Q(status=Status.DRAFT) | Q(status=Status.APPROVED, closes_at__gt=at))
        .select_related("school", "role_type")
        .order_by("pk")
    )


def holidays_around(at: datetime) -> dict[date, str]:
    today = timezone.localdate(at)
    return bank_holidays.between(today - HOLIDAYS_AHEAD, today + HOLIDAYS_AHEAD)


def _earlier(adverts: Sequence[Vacancy]) -> defaultdict[tuple[int, str], list[Vacancy]]:
    by_name: defaultdict[tuple[int, str], list[Vacancy]] = defaultdict(list)
    days = [vacancy.publish_on for vacancy in adverts if vacancy.publish_on]
    if days:
        near = Vacancy.objects.appearing_between(min(days) - rules.REPEATED_WITHIN, max(days) + rules.REPEATED_WITHIN)
        near = near.filter(status=Status.APPROVED)
        if len(adverts) == 1:
            near = near.filter(school=adverts[0].school_id)
        for other in near.only("school_id", "title", "publish_on"):
            by_name[other.school_id, other.title.casefold()].append(other)
    return by_name
