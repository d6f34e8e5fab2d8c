"""A place that was typed among other words is looked for as a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.search.place_in_words import distance_in, place_among
from vacancies.search.places import Gazetteer
from vacancies.search.words import tokens

SCHOOLS = [
    ("ZZ99 1AA", "Fernhollow", "saltmere", 51.0, -2.0),
    ("ZZ98 2BB", "St Mary's Down", "haverleigh", 51.5, -2.5),
    ("BS1 2BB", "Cary", "haverleigh", 51.5, -2.5),
    ("ZZ96 2BB", "", "cary-and-north-down", 51.5, -2.5),
    ("ZZ97 2BB", "Saltmere", "saltmere", 51.0, -2.0),
]
HERE = Gazetteer.of(SCHOOLS)


def read(typed):
    """The words that are left, the place and the radius; None if no place is named."""
    rest, miles = distance_in(typed)
    spoken = place_among(tokens(rest), HERE)
    return (" ".join(spoken.words), spoken.place, miles) if spoken else None


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
        ("Fernhollow", ("", "Fernhollow", None)),
        ("fernhollow TA part time", ("TA part time", "fernhollow", None)),
        ("cook in Fernhollow or St Mary's Down mornings", ("cook mornings", "Fernhollow or St Mary's Down", None)),
        ("cook, Fernhollow or Saltmere", ("cook", "Fernhollow or Saltmere", None)),
        ("teacher in Cardiff", ("teacher", "Cardiff", None)),
        ("cook around Fernhollow 99 miles", ("cook", "Fernhollow", 30)),
        ("teaching assistant cornwall", ("teaching assistant", "cornwall", None)),
        ("Truro TA part time", ("TA part time", "Truro", None)),
        ("isle of wight cook", ("cook", "isle of wight", None)),
        ("support in Reading", ("support", "Reading", None)),
        ("cook north fernhollow", ("cook", "fernhollow", None)),
        ("cook fernhollow area", ("cook area", "fernhollow", None)),
        ("teacher BS", ("teacher", "BS", None)),
        ("Fernhollow school jobs", ("school jobs", "Fernhollow", None)),
        ("Truro school vacancies", ("school vacancies", "Truro", None)),
        ("cook fernhollow town centre", ("cook", "fernhollow", None)),
        ("cook Fernhollow and Cary", ("cook", "Fernhollow or Cary", None)),
        ("cook in haverleigh or Fernhollow", ("cook", "haverleigh or Fernhollow", None)),
    ],
)
def test_a_postcode_and_a_town_are_the_place_wherever_they_stand(typed, spoken):
    assert read(typed) == spoken


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "maths teacher",
        "Fernhollow Academy",  # of a school's name
        "reading support",  # no place is said of this town elsewhere
        "KS2 teacher",  # looks like the half of a postcode
        "cook not fernhollow",  # which is not wanted
        "Truro Academy",
        "York Road School",
        "cary and north down teacher",  # an authority that begins like a town
        "cook haverleigh or mornings",
        "teacher SN",  # no school here has such a postcode
        "TA",  # letters that postcodes begin with too
        "teacher saltmere",  # an authority, which is a filter
        "cook 5 miles",
        "near",
    ],
)
def test_other_words_are_words(typed):
    assert read(typed) is None


@given(
    st.lists(st.sampled_from(["near", "ZZ99", "1AA", "Fernhollow", "cook", "5", "miles", ",", "in", "\0", "5 miles"]), max_size=8)
)
def test_nothing_that_was_typed_is_lost_but_the_words_around_a_place(typed):
    spoken = read(" ".join(typed))
    if spoken:
        kept = {*spoken[0].split(), *spoken[1].split(), "near", "in", "5", "miles", "of", ","}
        assert {word for text in typed for word in text.split()} <= kept
        assert spoken[1]


def test_a_town_in_the_name_of_a_school_is_no_place():
    assert place_among(["fernhollow", "primary"], HERE, held={0, 1}) is None
