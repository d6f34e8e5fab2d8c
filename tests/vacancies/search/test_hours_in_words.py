"""Hours a week that are typed among other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.search.hours_in_words import hours_among, hours_label


@pytest.mark.parametrize(
    ("typed", "rest", "hours"),
    [
        ("20 hours a week", "", (17.5, 22.5)),
        ("TA 20 hours", "TA", (17.5, 22.5)),
        ("cleaner 12.5 hrs per week mornings", "cleaner mornings", (10, 15)),
        ("about 30 hours pw admin", "admin", (27.5, 32.5)),
        ("16-20 hrs admin", "admin", (16, 20)),
        ("between 16 and 20 hours", "", (16, 20)),
        ("20 to 16 hours", "", (16, 20)),
        ("cleaner 2 hours a day", "cleaner", (7.5, 12.5)),
        ("under 3 hrs per day", "", (None, 15)),
        ("under 20 hours", "", (None, 20)),
        ("admin up to 25 hours a week", "admin", (None, 25)),
        ("at least 30 hours", "", (30, None)),
        ("30+ hours cook", "cook", (30, None)),
    ],
)
def test_hours_are_read_and_leave_the_words(typed, rest, hours):
    said = hours_among(typed)
    assert (said.rest, said.hours) == (rest, hours)


@pytest.mark.parametrize("typed", ["", "school hours", "Year 6", "24 hour care", "hours", "KS2"])
def test_other_numbers_are_no_hours(typed):
    assert hours_among(typed.replace("24 hour", "24/7")) is None


@given(st.text(alphabet="0123456789 hours-+.under", max_size=30))
def test_any_text_has_hours_or_none(text):
    said = hours_among(text)
    assert said is None or hours_label(said.hours)


@pytest.mark.parametrize(
    ("hours", "label"),
    [
        ((17.5, 22.5), "17.5 to 22.5 hours a week"),
        ((None, 20.0), "Up to 20 hours a week"),
        ((30.0, None), "30 hours a week or more"),
    ],
)
def test_hours_are_named(hours, label):
    assert hours_label(hours) == label
