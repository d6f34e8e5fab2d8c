"""The bank holidays of England: shown to staff and counted in copy deadlines, never a reason to skip an edition (rule 3)."""

from datetime import date, timedelta
from functools import cache

import holidays


def between(first: date, last: date) -> dict[date, str]:
    """Each bank holiday from ``first`` to ``last``, both included, with its name."""
    years = range(first.year, last.year + 1)
    return {day: name for year in years for day, name in _of_year(year).items() if first <= day <= last}


def before(monday: date) -> set[date]:
    """The bank holidays that may take working days away from an edition's copy deadline."""
    return set(between(monday - timedelta(days=14), monday))


@cache
def _of_year(year: int) -> dict[date, str]:
    return dict(sorted(holidays.country_holidays("GB", subdiv="ENG", years=year).items()))
