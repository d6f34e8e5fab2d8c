from datetime import date

import pytest

from vacancies.reading.kinds import read_advert

AFTER = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("text", "closes_at"),
    [
        ("Closing date:\nMonday 4 January 2027 at noon", "2027-01-04T12:00"),
        ("The closing date is Fri 8th Jan at 12.00", "2027-01-08T12:00"),
        ("Closing date: 4 January 2027 at 16:00hrs", "2027-01-04T16:00"),
        ("Closing date: Noon, Monday January 4th 2027", "2027-01-04T12:00"),
        ("Closing date 13/12/2026", "2026-12-13T23:59"),
        ("Interviews are on 20 January; applications close on 8 January 2027.", "2027-01-08T23:59"),
        ("Please send your form to head@oak.example by 4pm on Friday 15 January 2027.", "2027-01-15T16:00"),
    ],
)
def test_the_closing_date_is_read(text, closes_at):
    assert read_advert(text, AFTER).facts["closes_at"].value == closes_at


@pytest.mark.parametrize(
    "text",
    [
        "We help children to close gaps by 20 July.",
        "Interviews: 4 January 2027",
        "Closing date to follow",
        "There is no closing date: we look at forms from 11 January.",
    ],
)
def test_another_day_is_no_closing_date(text):
    reading = read_advert(text, AFTER)
    assert ("closes_at" in reading.facts, "closes_at" in reading.choices) == (False, False)


def test_two_closing_dates_are_a_choice():
    reading = read_advert("Closing date: 11 December 2026, noon\n\nThe closing date is 14 December 2026 at noon.", AFTER)
    assert [find.value for find in reading.choices["closes_at"]] == ["2026-12-11T12:00", "2026-12-14T12:00"]
    assert "closes_at" not in reading.facts


def test_a_day_that_is_not_that_day_of_the_week_is_a_question():
    reading = read_advert("Closing date: Friday 15 December 2026 at noon", AFTER)
    assert [find.why for find in reading.choices["closes_at"]] == ["Friday 15 December 2026 is a Tuesday."]
    assert "closes_at" not in reading.facts
