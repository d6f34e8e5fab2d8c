import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_school
from vacancies.search.places import Gazetteer, gazetteer, key_of, miles_between, postcode_parts
from vacancies.search.postcode_areas import AREAS, TOWNS

SCHOOLS = [
    ("ZZ99 1AA", "Fernhollow", "saltmere", 51.0, -2.0),
    ("ZZ99 1AB", "Fernhollow", "saltmere", 51.2, -2.2),
    ("ZZ98 2BB", "St Mary's Down", "haverleigh", 51.5, -2.5),
]
points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def place(text):
    found = Gazetteer.of(SCHOOLS).find(text)
    return found and (found.name, tuple(round(degree, 6) for degree in found.point))


def test_bath_to_bristol_is_about_eleven_miles():
    assert miles_between((51.3811, -2.3590), (51.4545, -2.5879)) == pytest.approx(11.1, abs=0.2)


@given(points, points)
def test_distance_is_the_same_there_and_back(one, other):
    assert miles_between(one, other) == pytest.approx(miles_between(other, one))


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("ZZ99 1AA", ("ZZ991AA", "ZZ99")),
        (" zz991aa ", ("ZZ991AA", "ZZ99")),
        ("bs1", ("", "BS1")),
        ("EC1A", ("", "EC1A")),
        ("Fernhollow", ("", "")),
        ("zz99 1", ("", "ZZ99")),
        ("ZZ99 1A", ("", "ZZ99")),
        ("ZZ991", ("", "")),
    ],
)
def test_postcodes_are_taken_apart(typed, parts):
    assert postcode_parts(typed) == parts


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("zz991aa", ("ZZ99 1AA", (51.0, -2.0))),
        ("ZZ99 9ZZ", ("ZZ99 9ZZ", (51.1, -2.1))),
        ("zz99", ("ZZ99", (51.1, -2.1))),
        ("fernhollow", ("Fernhollow", (51.1, -2.1))),
        ("ST MARYS DOWN", ("St Mary's Down", (51.5, -2.5))),
        ("in Fernhollow, near Saltmere", ("Fernhollow", (51.1, -2.1))),
        ("in", None),
        ("Fernhollow Saltmere", ("Fernhollow", (51.1, -2.1))),
        ("Fernhollow Castle", None),
        ("central Saltmere", ("central Saltmere", (51.1, -2.1))),
        ("central", None),
        ("SW1A 1AA", None),
        ("Nowhere", None),
        ("", None),
        ("\0", None),
    ],
)
def test_a_place_is_found_by_postcode_outward_half_or_town(typed, expected):
    assert place(typed) == expected


@given(st.text())
def test_any_text_is_a_place_or_none(text):
    Gazetteer.of(SCHOOLS).find(text)


def test_a_school_without_coordinates_stands_where_its_postcode_is():
    known = Gazetteer.of(SCHOOLS)
    assert known.point_of("ZZ98 9ZZ") == (51.5, -2.5)
    assert known.point_of("AA1 1AA") is None
    assert known.point_of("") is None


def test_a_mistyped_town_is_suggested():
    assert Gazetteer.of(SCHOOLS).suggestions("Fernholow") == ["Fernhollow"]
    assert Gazetteer.of(SCHOOLS).suggestions("Xyz") == []
    assert Gazetteer.of(SCHOOLS).suggestions("St Mary's") == ["St Mary's Down"]
    assert Gazetteer.of([("", "Dorchester", "dorset", 50.7, -2.4)]).suggestions("Manchester") == []


@pytest.mark.parametrize(
    ("typed", "authority"),
    [
        ("BS1 4DJ", "haverleigh"),
        ("SP1", "saltmere"),
        ("SW1A 1AA", "saltmere"),
        ("ZE1", "haverleigh"),
        ("QQ1 1AA", ""),
        ("Bristol", "haverleigh"),
        ("London", "saltmere"),
        ("Nowhere", ""),
        ("", ""),
    ],
)
def test_a_place_outside_is_told_the_authority_that_is_nearest(typed, authority):
    assert Gazetteer.of(SCHOOLS).nearest_authority(typed) == authority


def test_where_there_are_no_schools_nothing_is_nearest():
    assert Gazetteer.of([]).nearest_authority("BS1") == ""


def test_a_city_is_an_authority_whose_schools_are_near_its_middle():
    known = Gazetteer.of([*SCHOOLS, *[("", "", "wide", north, -3.0) for north in (50.0, 50.5, 51.0)]])
    assert [known.is_city(slug) for slug in ("haverleigh", "wide", "nowhere")] == [True, False, False]


def test_every_town_elsewhere_is_written_as_it_is_looked_up():
    assert [town for town in TOWNS if key_of(town) != town] == []


def test_every_postcode_area_is_in_these_islands():
    assert len(AREAS) == 124
    assert [area for area, (north, east) in AREAS.items() if not (49 < north < 61 and -7 < east < 2)] == []


@pytest.mark.django_db
def test_the_gazetteer_is_read_from_open_schools_with_coordinates_in_one_query(django_assert_num_queries):
    a_school(town="Fernhollow", latitude=51.0, longitude=-2.0)
    a_school(town="Elsewhere")
    a_school(town="Closedown", latitude=51.0, longitude=-2.0, closed_on="2020-01-01")
    with django_assert_num_queries(1):
        known = gazetteer()
    assert list(known.towns) == ["fernhollow"]


@pytest.mark.parametrize(("miles", "is_city"), [(5.99, True), (6.01, False)])
def test_an_authority_is_a_city_when_half_its_schools_are_within_six_miles_of_its_middle(miles, is_city):
    apart = 2 * miles / 69.094  # degrees of latitude
    schools = [("", "A", "bath", 51.0, -2.0), ("", "B", "bath", 51.0 + apart, -2.0)]
    assert Gazetteer.of(schools).is_city("bath") == is_city
