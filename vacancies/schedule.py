"""When editions come out: pure functions of terms, breaks and bank holidays (design/product.md, rules 3 and 4).

Dates are dates in Europe/London; moments are aware datetimes in Europe/London. Nothing here reads a clock or a database.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from . import rules

LONDON = ZoneInfo("Europe/London")
MONDAY = 0
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A run of days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Calendar:
    """The terms less the breaks."""

    terms: tuple[Span, ...] = ()
    breaks: frozenset[date] = field(default_factory=frozenset)

    def is_publication_day(self, day: date) -> bool:
        return day.weekday() == MONDAY and day not in self.breaks and any(day in term for term in self.terms)

    def mondays(self, first: date, last: date) -> Iterator[date]:
        """Every publication Monday from ``first`` to ``last``, both included, in order."""
        day = monday_on_or_after(first)
        while day <= last:
            if self.is_publication_day(day):
                yield day
            day += WEEK

    def next_on(self, day: date) -> date | None:
        """The first publication Monday on or after ``day``; None when no term on record extends that far."""
        last = max((term.last for term in self.terms), default=day)
        return next(self.mondays(day, last), None)

    def latest_on(self, day: date) -> date | None:
        """The last publication Monday on or before ``day``."""
        first = min((term.first for term in self.terms), default=day)
        return max(self.mondays(first, day), default=None)


def monday_on_or_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def copy_deadline(monday: date, bank_holidays: Collection[date] = ()) -> datetime:
    """So many working days before the Monday: Thursday, or earlier by as many working days as bank holidays take away."""
    day, working_days = monday, 0
    while working_days < rules.DEADLINE_WORKING_DAYS:
        day -= DAY
        working_days += is_working_day(day, bank_holidays)
    return at(day, rules.DEADLINE_TIME)


def is_working_day(day: date, bank_holidays: Collection[date] = ()) -> bool:
    return day.weekday() < 5 and day not in bank_holidays


def live_moment(day: date) -> datetime:
    """The moment at which adverts with this ``publish_on`` appear: midnight, London time."""
    return at(day, time.min)


def send_moment(monday: date) -> datetime:
    """The moment at which an edition's PDFs and emails go out, London time."""
    return at(monday, rules.SEND_TIME)


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON)
