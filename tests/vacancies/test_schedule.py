"""When editions come out: properties over five real-shaped school years, and the days that trip calendars up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.schedule import (
    Calendar,
    Span,
    copy_deadline,
    is_working_day,
    live_moment,
    monday_on_or_after,
    send_moment,
)

# Terms and half-term Mondays.
YEARS = {
    "2019-20": (
        [("2019-09-03", "2019-12-20"), ("2020-01-06", "2020-04-03"), ("2020-04-20", "2020-07-21")],
        ["2019-10-28", "2020-02-17", "2020-05-25"],
    ),
    "2021-22": (
        [("2021-09-02", "2021-12-17"), ("2022-01-04", "2022-04-08"), ("2022-04-25", "2022-07-22")],
        ["2021-10-25", "2022-02-21", "2022-05-30"],
    ),
    "2022-23": (
        [("2022-09-01", "2022-12-16"), ("2023-01-03", "2023-03-31"), ("2023-04-17", "2023-07-21")],
        ["2022-10-24", "2023-02-13", "2023-05-29"],
    ),
    "2025-26": (
        [("2025-09-02", "2025-12-19"), ("2026-01-05", "2026-04-02"), ("2026-04-20", "2026-07-21")],
        ["2025-10-27", "2026-02-16", "2026-05-25"],
    ),
    "2026-27": (
        [("2026-09-02", "2026-12-18"), ("2027-01-04", "2027-03-25"), ("2027-04-12", "2027-07-21")],
        ["2026-11-02", "2027-02-15", "2027-05-31"],
    ),
}
ENGLAND_2026 = {date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25), date(2026, 8, 31)}


def day(text: str) -> date:
    return date.fromisoformat(text)


CALENDAR = Calendar(
    terms=tuple(Span(day(first), day(last)) for terms, _ in YEARS.values() for first, last in terms),
    breaks=frozenset(day(monday) for _, mondays in YEARS.values() for monday in mondays),
)
days = st.dates(day("2019-08-01"), day("2027-08-31"))


def by_hand(first: date, last: date) -> list[date]:
    """The same rule written the long way round: walk every day and ask."""
    found = []
    while first <= last:
        in_term = any(term.first <= first <= term.last for term in CALENDAR.terms)
        if first.strftime("%A") == "Monday" and in_term and first not in CALENDAR.breaks:
            found.append(first)
        first += timedelta(days=1)
    return found


@given(days, days)
def test_the_mondays_are_exactly_the_mondays_of_term_less_the_breaks(first, last):
    assert list(CALENDAR.mondays(first, last)) == by_hand(first, last)


@given(days)
def test_the_next_edition_is_the_first_publication_day_from_that_day_on(start):
    expected = by_hand(start, day("2027-08-31"))
    assert CALENDAR.next_on(start) == (expected[0] if expected else None)


@given(days)
def test_the_latest_edition_is_the_last_publication_day_up_to_that_day(start):
    expected = by_hand(day("2019-08-01"), start)
    assert CALENDAR.latest_on(start) == (expected[-1] if expected else None)


@pytest.mark.parametrize(
    ("year", "first", "last", "count"),
    [
        ("2019-20", "2019-09-01", "2020-07-31", 39),
        ("2021-22", "2021-09-01", "2022-07-31", 38),
        ("2022-23", "2022-09-01", "2023-07-31", 38),
        ("2025-26", "2025-09-01", "2026-07-31", 39),
        ("2026-27", "2026-09-01", "2027-07-31", 39),
    ],
)
def test_a_school_year_has_about_forty_mondays(year, first, last, count):
    assert len(list(CALENDAR.mondays(day(first), day(last)))) == count


@pytest.mark.parametrize(
    ("monday", "why"),
    [
        ("2020-05-04", "the bank holiday had moved to Friday 8 May"),
        ("2022-09-19", "a bank holiday for the Queen's funeral: the edition comes out unless staff enter a break"),
        ("2023-05-08", "a bank holiday for the coronation"),
        ("2026-03-30", "the first Monday of summer time"),
        ("2026-10-26", "the first Monday of winter time"),
    ],
)
def test_an_edition_comes_out_on_every_monday_of_term_whatever_else_the_day_is(monday, why):
    assert CALENDAR.is_publication_day(day(monday)), why


def test_a_bank_holiday_has_no_edition_once_staff_enter_a_break():
    calendar = Calendar(CALENDAR.terms, CALENDAR.breaks | {day("2022-09-19")})
    assert calendar.next_on(day("2022-09-19")) == day("2022-09-26")


def test_a_term_that_ends_on_a_monday_has_an_edition_on_that_day():
    calendar = Calendar((Span(day("2026-01-05"), day("2026-01-12")),))
    assert list(calendar.mondays(day("2026-01-01"), day("2026-02-01"))) == [day("2026-01-05"), day("2026-01-12")]


def test_without_terms_there_is_no_edition_to_come():
    assert Calendar().next_on(day("2026-04-27")) is None
    assert Calendar().latest_on(day("2026-04-27")) is None


@given(days)
def test_the_monday_on_or_after_a_day_is_a_monday_less_than_a_week_away(start):
    monday = monday_on_or_after(start)
    assert monday.weekday() == 0
    assert timedelta(0) <= monday - start < timedelta(days=7)


@pytest.mark.parametrize(
    ("monday", "bank_holidays", "deadline"),
    [
        pytest.param("2026-04-27", ENGLAND_2026, "2026-04-23T12:00+01:00", id="an ordinary week: Thursday noon"),
        pytest.param("2026-03-30", ENGLAND_2026, "2026-03-26T12:00+00:00", id="before the clocks go forward"),
        pytest.param("2026-10-26", ENGLAND_2026, "2026-10-22T12:00+01:00", id="before the clocks go back"),
        pytest.param("2026-04-06", ENGLAND_2026, "2026-04-01T12:00+01:00", id="Good Friday takes a working day away"),
        pytest.param("2026-05-04", ENGLAND_2026, "2026-04-30T12:00+01:00", id="a bank-holiday Monday takes none away"),
        pytest.param("2020-05-11", {date(2020, 5, 8)}, "2020-05-06T12:00+01:00", id="VE Day on the Friday"),
        pytest.param(
            "2025-12-29", {date(2025, 12, 25), date(2025, 12, 26)}, "2025-12-23T12:00+00:00", id="Christmas takes two away"
        ),
        pytest.param("2026-01-05", ENGLAND_2026, "2025-12-31T12:00+00:00", id="New Year's Day, across the year's end"),
    ],
)
def test_the_copy_deadline_is_noon_on_thursday_or_earlier_by_the_working_days_that_are_lost(monday, bank_holidays, deadline):
    assert copy_deadline(day(monday), bank_holidays).isoformat(timespec="minutes") == deadline


@given(days.map(monday_on_or_after), st.sets(days, max_size=40))
def test_two_working_days_lie_between_every_deadline_and_its_monday(monday, bank_holidays):
    deadline = copy_deadline(monday, bank_holidays)
    between = [deadline.date() + timedelta(days=n) for n in range((monday - deadline.date()).days)]
    assert sum(is_working_day(each, bank_holidays) for each in between) == 2
    assert is_working_day(deadline.date(), bank_holidays)


def test_adverts_appear_at_london_midnight_and_the_post_goes_at_seven_in_winter_and_in_summer():
    assert live_moment(day("2026-03-30")).astimezone(UTC) == datetime(2026, 3, 29, 23, tzinfo=UTC)
    assert send_moment(day("2026-03-30")).astimezone(UTC) == datetime(2026, 3, 30, 6, tzinfo=UTC)
    assert live_moment(day("2026-10-26")).astimezone(UTC) == datetime(2026, 10, 26, 0, tzinfo=UTC)
    assert send_moment(day("2026-10-26")).astimezone(UTC) == datetime(2026, 10, 26, 7, tzinfo=UTC)
