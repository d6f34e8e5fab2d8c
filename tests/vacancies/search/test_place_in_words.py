"""A place that was typed among other words is looked for as a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.search.place_in_words import Spoken, place_among
from vacancies.search.places import Gazetteer

SCHOOLS = [
    ("ZZ99 1AA", "Fernhollow", "saltmere", 51.0, -2.0),
    ("ZZ98 2BB", "St Mary's Down", "haverleigh", 51.5, -2.5),
    ("ZZ97 2BB", "Saltmere", "saltmere", 51.0, -2.0),
]
HERE = Gazetteer.of(SCHOOLS)


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        ("maths teacher near ZZ99 5 miles", ("maths teacher", "ZZ99", 5)),
        ("teacher within 4 miles of zz99 1aa", ("teacher", "zz99 1aa", 5)),
        ("zz99 cook", ("cook", "zz99", None)),
        ("ZZ991AA", ("", "ZZ991AA", None)),
        ("ZZ99", ("", "ZZ99", None)),
        ("SW1A 1AA cook", ("cook", "SW1A 1AA", None)),
        ("TA fernhollow", ("TA", "fernhollow", None)),
        ("TA in Fernhollow", ("TA", "Fernhollow", None)),
        ("cook, St. Mary's Down", ("cook", "St. Mary's Down", None)),
        ("near Fernhollow", ("", "Fernhollow", None)),
        ("cook around Fernhollow 99 miles", ("cook", "Fernhollow", 30)),
    ],
)
def test_a_postcode_anywhere_and_a_town_at_the_end_are_the_place(typed, spoken):
    assert place_among(typed, HERE) == Spoken(*spoken)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "maths teacher",
        "Fernhollow",  # perhaps of a school's name
        "Fernhollow Primary",
        "KS2 teacher",  # looks like the half of a postcode
        "teacher saltmere",  # an authority, which is a filter
        "cook 5 miles",
        "near",
    ],
)
def test_other_words_are_words(typed):
    assert place_among(typed, HERE) is None


@given(
    st.lists(st.sampled_from(["near", "ZZ99", "1AA", "Fernhollow", "cook", "5", "miles", ",", "in", "\0", "5 miles"]), max_size=8)
)
def test_nothing_that_was_typed_is_lost_but_the_words_around_a_place(typed):
    spoken = place_among(" ".join(typed), HERE)
    if spoken:
        kept = {*spoken.words.split(), *spoken.place.split(), "near", "in", "5", "miles", "of", ","}
        assert {word for text in typed for word in text.split()} <= kept
        assert spoken.place
