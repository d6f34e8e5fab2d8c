"""The last year in numbers: adverts and readers of each edition. For the desk's charts and the tables behind them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from editions.models import Edition
from mailing.models import Subscriber, was_reading_at
from vacancies.models import StaffGroup, Vacancy
from vacancies.schedule import send_moment

YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Week:
    """One edition that is out; ``readers`` is how many the email list had when it went out."""

    on: date
    teaching: int
    support: int
    readers: int = 0

    @property
    def adverts(self) -> int:
        return self.teaching + self.support


def weeks(now: datetime, *, with_readers: bool) -> list[Week]:
    """The editions of the last year, the oldest first, in two or three queries."""
    last = timezone.localdate(now)
    mondays = list(Edition.objects.published().filter(on__range=(last - YEAR, last)).order_by("on").values_list("on", flat=True))
    if not mondays:
        return []
    adverts = _adverts(mondays)
    counted = _readers(mondays) if with_readers else {}
    return [Week(on, adverts[on, StaffGroup.TEACHING], adverts[on, StaffGroup.SUPPORT], counted.get(on, 0)) for on in mondays]


def _adverts(mondays: list[date]) -> Counter[tuple[date, str]]:
    """Adverts by Monday and staff group. The database groups them by their dates of printing; few combinations are left."""
    runs = (
        Vacancy.objects.printed_between(mondays[0], mondays[-1])
        .order_by()
        .values_list("print_from", "print_until", "role_type__staff_group")
        .annotate(count=Count("pk"))
    )
    found: Counter[tuple[date, str]] = Counter()
    for first, until, group, count in runs:
        for monday in mondays:
            if first <= monday <= until:
                found[monday, group] += count
    return found


def _readers(mondays: list[date]) -> dict[date, int]:
    counts = {f"on_{monday:%Y%m%d}": Count("pk", filter=was_reading_at(send_moment(monday))) for monday in mondays}
    totals = Subscriber.objects.aggregate(**counts)
    return {monday: totals[f"on_{monday:%Y%m%d}"] for monday in mondays}
