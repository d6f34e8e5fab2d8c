"""Facts that the form finds in a school's text and offers."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import london
from vacancies.editing import extraction

AFTER = date(2026, 4, 27)


def values(text):
    return {name: value for one in extraction.glean(text, AFTER).values() for name, value in one.values.items()}


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("Closing date: Tuesday 12 May 2026, noon", london(2026, 5, 12, 12)),
        ("Closing date: Noon on Friday 15th May", london(2026, 5, 15, 12)),
        ("Closes 8 May at 3.15pm. Interviews: 12 May", london(2026, 5, 8, 15, 15)),
        ("The deadline is 9am on Monday, 11 May 2026.", london(2026, 5, 11, 9)),
        ("Closing date 12.05.26", london(2026, 5, 12, 23, 59)),
        ("Applications by 12/05/2026 at midnight", london(2026, 5, 12, 23, 59)),
        ("Closing date: 3rd of January", london(2027, 1, 3, 23, 59)),
        ("Closing date: 12.30 p.m. on 1 June", london(2026, 6, 1, 12, 30)),
    ],
)
def test_a_closing_time_is_found_however_it_is_written(text, closing):
    assert extraction.closing_in(text, AFTER) == closing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Start date: 1 September 2026",
        "Closing date: to be confirmed",
        "Closing date: 31 February 2026",
        "Closing date: 99/99/2026",
        "We work closely with families. 12 May is our fair.",
    ],
)
def test_other_days_are_not_taken_for_the_closing_date(text):
    assert extraction.closing_in(text, AFTER) is None


def test_the_facts_of_a_whole_advert():
    text = (
        "Teaching Assistant\n\nHours: 27.5 hours per week, 39 weeks a year\n\nClosing date: 12 May, noon\n\n"
        "Interviews: 18 May.\n\n"
        "Apply at https://www.saltmere.example/vacancies?id=12&ref=gs, or email Office@Fernhollow.example. "
        "We are at https://www.saltmere.example/"
    )
    assert values(text) == {
        "closes_at_0": "12/05/2026",
        "closes_at_1": "12:00",
        "hours_per_week": "27.5",
        "weeks_worked": "39",
        "interview": "18 May",
        "apply_email": "office@fernhollow.example",
        "apply_url": "https://www.saltmere.example/vacancies?id=12&ref=gs",
    }


def test_a_link_that_is_not_for_applying_is_left():
    assert values("See https://www.saltmere.example/ for more.") == {}


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("Closing date: 27 April", london(2026, 4, 27, 23, 59)),
        ("Closing date: 26 April", london(2027, 4, 26, 23, 59)),
        ("Closing date: 26 April 2026", london(2026, 4, 26, 23, 59)),
        ("Closing date 12/5/26 at 12am", london(2026, 5, 12, 0)),
        ("Closing date 12-05-2026, 12pm", london(2026, 5, 12, 12)),
        ("CLOSING DATE: 12 MAY AT 3PM", london(2026, 5, 12, 15)),
        ("Closing date: 12 May, MIDNIGHT", london(2026, 5, 12, 23, 59)),
        ("Closing date: 12 May, midday", london(2026, 5, 12, 12)),
        ("Closing date: 12 May at 13pm", london(2026, 5, 12, 23, 59)),
        ("Closing date: 12 May at 0am", london(2026, 5, 12, 23, 59)),
        ("Closing date: 12 May at 17:00", london(2026, 5, 12, 17)),
        ("Closing date: 09:30 on 12 May 2026", london(2026, 5, 12, 9, 30)),
        ("Closing date: 12 May, 12:30 p.m.", london(2026, 5, 12, 12, 30)),
        ("Closing date: 12 May at 25:00", london(2026, 5, 12, 23, 59)),
        ("Closing date: 12 May at 3.75pm", london(2026, 5, 12, 23, 59)),
        ("We close at Christmas.\nClosing date: 31 February, or rather 1 March 2027", london(2027, 3, 1, 23, 59)),
        ("Applications must be received by 12 May 2026", london(2026, 5, 12, 23, 59)),
        ("Interviews 20 May. Closing date 12 Sept. 2026", london(2026, 9, 12, 23, 59)),
    ],
)
def test_a_day_without_a_year_is_the_next_one_and_a_clock_that_is_none_counts_for_nothing(text, closing):
    assert extraction.closing_in(text, AFTER) == closing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("30 hours a week", {"hours_per_week": "30"}),
        ("27.5 hrs/week", {"hours_per_week": "27.5"}),
        ("1 hour per week", {"hours_per_week": "1"}),
        ("27.5 hours each day", {}),
        ("44.429 weeks per annum", {"weeks_worked": "44.429"}),
        ("6 weeks a year", {}),
        ("Interview: week of 18 May.", {"interview": "week of 18 May"}),
        ("Interviews will be held on: 18 May", {"interview": "18 May"}),
        ("Send your CV to Head@Oak.example or bursar@oak.example.", {"apply_email": "head@oak.example"}),
    ],
)
def test_each_fact_is_taken_in_the_schools_words_and_the_first_one_counts(text, found):
    assert values(text) == found


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("See https://oak.example/jobs/12;", "https://oak.example/jobs/12"),
        ("(https://oak.example/careers)", "https://oak.example/careers"),
        ("https://oak.example/recruitment, https://oak.example/apply", "https://oak.example/recruitment"),
        ("https://oak.example/ then http://oak.example/Apply.", "http://oak.example/Apply"),
    ],
)
def test_the_first_link_for_applying_is_offered_without_the_signs_around_it(text, link):
    assert values(text) == {"apply_url": link}


def test_a_closing_time_is_offered_in_words_and_for_the_two_boxes():
    assert extraction.glean("Closing date: 2 June at 9am", AFTER) == {
        "closes_at": extraction.Gleaned("02/06/2026, 09:00", {"closes_at_0": "02/06/2026", "closes_at_1": "09:00"})
    }


@given(st.text(max_size=400), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_text_is_read_without_a_fault(text, after):
    for line in (text, f"Closing date: {text}", f"Closing {text} 29 February noon"):
        found = extraction.closing_in(line, after)
        assert found is None or isinstance(found, datetime)
        extraction.glean(line, after)


def test_a_long_hostile_text_is_read_to_a_bound():
    text = "closing 1.1.1.1 " * 20_000 + "a@" * 20_000 + "1" * 20_000
    assert extraction.glean(text, AFTER).keys() <= {"closes_at"}
