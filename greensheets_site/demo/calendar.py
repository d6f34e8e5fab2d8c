"""A school year of terms and half-terms around any day, so that the demo is always in term or about to be."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from holidays import HolidayBase, country_holidays

from vacancies.models import Break, Term
from vacancies.schedule import Calendar, Span, copy_deadline, live_moment

from ..beginning.school_year import usual_half_terms, usual_terms

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
    terms = [term for each in years for term in usual_terms(each)]
    breaks = [half_term for each in years for half_term in usual_half_terms(each)]
    for pk, term in enumerate(terms, start=1):
        term.pk, term.confirmed_at = pk, live_moment(today)
    for pk, half_term in enumerate(breaks, start=1):
        half_term.pk, half_term.confirmed_at = pk, live_moment(today)
    return terms, breaks


def issues_around(today: date) -> Issues:
    terms, breaks = terms_around(today)
    calendar = _as_calendar(terms, breaks)
    coming = next(calendar.mondays(today + timedelta(days=1), terms[-1].ends_on))
    so_far = list(calendar.mondays(terms[0].starts_on, today))[-PAST_EDITIONS - 1 :]
    return Issues(past=so_far[:-1], current=so_far[-1], coming=coming)


def bank_holidays(*years: int) -> HolidayBase:
    return country_holidays("GB", subdiv="ENG", years=years)


def demo_deadline(monday: date) -> datetime:
    return copy_deadline(monday, bank_holidays(monday.year - 1, monday.year))


def _calendar(years: list[int]) -> Calendar:
    return _as_calendar([t for year in years for t in usual_terms(year)], [b for year in years for b in usual_half_terms(year)])


def _as_calendar(terms: list[Term], breaks: list[Break]) -> Calendar:
    return Calendar(
        terms=tuple(Span(term.starts_on, term.ends_on) for term in terms), breaks=frozenset(half_term.on for half_term in breaks)
    )
