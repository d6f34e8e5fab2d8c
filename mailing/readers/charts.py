"""How many readers came and went, week by week, and where the bars of the drawing stand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.utils.timezone import localdate

from ..models import Subscriber

WEEKS = 26
WEEK = timedelta(days=7)
SLOT, BAR, HALF = 24, 16, 70


@dataclass(frozen=True)
class ComingAndGoing:
    """A week, beginning on its Monday, with the heights of its two bars and their place from the left."""

    on: date
    joined: int
    left: int
    x: int
    up: int
    down: int

    @property
    def top(self) -> int:
        return HALF - 1 - self.up


@dataclass(frozen=True)
class Chart:
    weeks: list[ComingAndGoing]
    most: int
    middle: int = HALF
    bar: int = BAR
    width: int = WEEKS * SLOT

    @property
    def height(self) -> int:
        return HALF + 8 + max(week.down for week in self.weeks)

    @property
    def joined(self) -> int:
        return sum(week.joined for week in self.weeks)

    @property
    def left(self) -> int:
        return sum(week.left for week in self.weeks)


def coming_and_going(now: datetime) -> Chart:
    """Readers who confirmed, and readers who left, bounced or complained, in each of the last weeks."""
    this_week = _monday(localdate(now))
    mondays = [this_week - WEEK * number for number in range(WEEKS - 1, -1, -1)]
    began = now - WEEK * WEEKS
    joined = _by_week(Subscriber.objects.filter(confirmed_at__gte=began).values_list("confirmed_at", flat=True))
    gone = Subscriber.objects.filter(confirmed_at__isnull=False).filter(
        Q(unsubscribed_at__gte=began) | Q(bounced_at__gte=began) | Q(complained_at__gte=began)
    )
    rows = gone.annotate(a=F("unsubscribed_at"), b=F("bounced_at"), c=F("complained_at")).values_list("a", "b", "c")
    left = _by_week(min(filter(None, moments)) for moments in rows)
    most = max([1, *(joined[on] for on in mondays), *(left[on] for on in mondays)])
    weeks = [
        ComingAndGoing(on, joined[on], left[on], number * SLOT, _height(joined[on], most), _height(left[on], most))
        for number, on in enumerate(mondays)
    ]
    return Chart(weeks, most)


def _height(count: int, most: int) -> int:
    """At least one, so that a single reader among thousands is still seen."""
    return max(round((HALF - 4) * count / most), 1) if count else 0


def _by_week(moments: Iterable[datetime | None]) -> Counter[date]:
    return Counter(_monday(localdate(moment)) for moment in moments if moment)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
