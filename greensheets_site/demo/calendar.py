"""A school year of terms and half-terms around any day, so that the demo is always in term or about to be."""

from datetime import date, timedelta
from typing import NamedTuple

from holidays.countries import UnitedKingdom

from vacancies.models import Break, Term
from vacancies.schedule import Calendar, Span, copy_deadline, monday_on_or_after

PAST_EDITIONS = 12
WEEK = timedelta(weeks=1)


class Issues(NamedTuple):
    """The Mondays that the demo has adverts for: twelve past ones, the current one, the coming one."""

    past: list[date]
    current: date
    coming: date

    @property
    def all(self) -> list[date]:
        return [*self.past, self.current, self.coming]


def terms_around(today: date) -> tuple[list[Term], list[Break]]:
    """The school year that holds ``today``; its neighbours too if the editions of the demo reach into them."""
    year = today.year if today >= date(today.year, 8, 1) else today.year - 1
    years = [year]
    if len(list(_calendar([year]).mondays(date(year, 8, 1), today))) <= PAST_EDITIONS:
        years.insert(0, year - 1)
    if len(list(_calendar([year]).mondays(today, date(year + 1, 8, 1)))) < 4:
        years.append(year + 1)
    terms = [term for each in years for term in terms_of(each)]
    breaks = [half_term for each in years for half_term in breaks_of(each)]
    for rows in (terms, breaks):
        for pk, row in enumerate(rows, start=1):
            row.pk = pk
    return terms, breaks


def terms_of(year: int) -> list[Term]:
    """The three terms of the school year that begins in September of ``year``."""
    easter_holiday = easter_monday(year + 1) - WEEK
    return [
        Term(name=f"Autumn term {year}", starts_on=date(year, 9, 1), ends_on=_friday_on_or_before(date(year, 12, 20))),
        Term(
            name=f"Spring term {year + 1}",
            starts_on=monday_on_or_after(date(year + 1, 1, 3)),
            ends_on=easter_holiday - timedelta(days=3),
        ),
        Term(
            name=f"Summer term {year + 1}",
            starts_on=easter_holiday + 2 * WEEK,
            ends_on=_friday_on_or_before(date(year + 1, 7, 23)),
        ),
    ]


def breaks_of(year: int) -> list[Break]:
    """Half-terms: the last full week of October, mid-February, and the week of the spring bank holiday."""
    return [
        Break(on=monday_on_or_after(date(year, 10, 22)), reason="half-term"),
        Break(on=monday_on_or_after(date(year + 1, 2, 12)), reason="half-term"),
        Break(on=monday_on_or_after(date(year + 1, 5, 25)), reason="half-term"),
    ]


def issues_around(today: date) -> Issues:
    terms, breaks = terms_around(today)
    calendar = _as_calendar(terms, breaks)
    coming = calendar.next_on(today + timedelta(days=1))
    so_far = list(calendar.mondays(terms[0].starts_on, today))[-PAST_EDITIONS - 1 :]
    return Issues(past=so_far[:-1], current=so_far[-1], coming=coming)


def easter_monday(year: int) -> date:
    return next(day for day, name in bank_holidays(year).items() if name == "Easter Monday")


def bank_holidays(*years: int) -> UnitedKingdom:
    return UnitedKingdom(subdiv="ENG", years=years)


def demo_deadline(monday: date):
    return copy_deadline(monday, bank_holidays(monday.year - 1, monday.year))


def _friday_on_or_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 4) % 7)


def _calendar(years: list[int]) -> Calendar:
    return _as_calendar([t for year in years for t in terms_of(year)], [b for year in years for b in breaks_of(year)])


def _as_calendar(terms: list[Term], breaks: list[Break]) -> Calendar:
    return Calendar(
        terms=tuple(Span(term.starts_on, term.ends_on) for term in terms), breaks=frozenset(half_term.on for half_term in breaks)
    )
