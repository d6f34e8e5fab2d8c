from datetime import date, time

import pytest

from vacancies.reading.days import clocks_in, days_in

AFTER = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Friday 11th December 2026", date(2026, 12, 11)),
        ("15 Sept 2026", date(2026, 9, 15)),
        ("Tues 15 Dec 2026", date(2026, 12, 15)),
        ("15th of December 2026", date(2026, 12, 15)),
        ("15-Dec-26", date(2026, 12, 15)),
        ("January 4th, 2027", date(2027, 1, 4)),
        ("18.12.26", date(2026, 12, 18)),
        ("2027-01-04", date(2027, 1, 4)),
        ("18 December", date(2026, 12, 18)),
        ("6 January", date(2027, 1, 6)),
    ],
)
def test_a_day_is_read_as_schools_write_it(text, on):
    assert [day.on for day in days_in(text, AFTER)] == [on]


@pytest.mark.parametrize("text", ["31 February 2027", "£10/12/26", "40/12/26", "call 01632 960210", "8.45am - 3.15pm", "4-6"])
def test_what_is_no_day_is_none(text):
    assert list(days_in(text, AFTER)) == []


def test_a_day_that_is_not_that_day_of_the_week_is_told_apart():
    right, wrong = days_in("Friday 11 December 2026 or Friday 15 December 2026", AFTER)
    assert (right.is_that_weekday, wrong.is_that_weekday) == (True, False)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("12 noon", time(12)),
        ("12.00 noon", time(12)),
        ("midday", time(12)),
        ("3.30 p.m.", time(15, 30)),
        ("9am", time(9)),
        ("5pm prompt", time(17)),
        ("16:00hrs", time(16)),
        ("at 12.00", time(12)),
        ("23:59", time(23, 59)),
        ("12pm", time(12)),
        ("midnight", time(23, 59)),
        ("12am", time(23, 59)),
        ("00:00", time(23, 59)),
    ],
)
def test_a_time_is_read_as_schools_write_it(text, at):
    assert [clock.at for clock in clocks_in(text)][-1:] == [at]


def test_what_is_no_time_is_none():
    assert list(clocks_in("£12.85, 27.5 hours, 13pm and 9.75am")) == []
