"""The usual terms of a school year in England, worked out from Easter and the bank holidays: proposals, for staff to correct.

Each authority and many a school sets its own dates. What is here is the commonest pattern, and no more than that.
"""

from datetime import date, timedelta

from vacancies import bank_holidays
from vacancies.models import Break, Term
from vacancies.schedule import WEEK, monday_on_or_after

AUGUST = 8


def year_of(day: date) -> int:
    """The year in which the school year around this day began; the summer holiday belongs to the one to come."""
    return day.year if day.month >= AUGUST else day.year - 1


def usual_terms(year: int) -> list[Term]:
    """The three terms of the school year that begins in September of ``year``, unsaved and not confirmed."""
    easter_holiday = _easter_monday(year + 1) - WEEK
    spans = [
        (f"Autumn term {year}", date(year, 9, 1), _friday_on_or_before(date(year, 12, 20))),
        (f"Spring term {year + 1}", monday_on_or_after(date(year + 1, 1, 3)), easter_holiday - timedelta(days=3)),
        (f"Summer term {year + 1}", easter_holiday + 2 * WEEK, _friday_on_or_before(date(year + 1, 7, 23))),
    ]
    return [Term(name=name, starts_on=first, ends_on=last, confirmed_at=None) for name, first, last in spans]


def usual_half_terms(year: int) -> list[Break]:
    """The Mondays of the three half-terms: the last full week of October, mid-February, the week of the spring bank holiday."""
    mondays = [
        monday_on_or_after(date(year, 10, 22)),
        monday_on_or_after(date(year + 1, 2, 12)),
        monday_on_or_after(date(year + 1, 5, 25)),
    ]
    return [Break(on=monday, reason="half-term", confirmed_at=None) for monday in mondays]


def _easter_monday(year: int) -> date:
    spring = bank_holidays.between(date(year, 3, 1), date(year, 5, 1))
    return next(day for day, name in spring.items() if name == "Easter Monday")


def _friday_on_or_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 4) % 7)
