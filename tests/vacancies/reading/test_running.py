import pytest

from vacancies.reading.page_numbers import set_apart
from vacancies.reading.running import running

ADVERT = [
    "Oak Hill School",
    "SITE MANAGER (RESIDENTIAL)",
    "Oak Hill School, Taunton",
    "Salary: £28,142 a year",
    "We need a handy person who enjoys the company of children.",
    "The form is on page 3",
    "Closing date: 8 January 2027",
]


@pytest.mark.parametrize(
    "line",
    [
        "Oak Hill School, Taunton Page 1 of 2",
        "Oak Hill School | High Street | Taunton | ZZ99 8CS Page 1",
        "Page 2 | Oak Hill School",
        "Oak Hill School – Site Manager 2026/27 2",
        "2 | Oak Hill School, Taunton",
    ],
)
def test_a_head_or_foot_with_a_page_number_is_found_wherever_it_stands(line):
    assert running([*ADVERT[:5], line, *ADVERT[5:]]) == {5}


@pytest.mark.parametrize("line", ["Oak Hill School November 2026", "Autumn term 2026 | Oak Hill School"])
def test_a_head_with_the_month_of_the_advert_is_found_at_the_edge_only(line):
    assert running([line, *ADVERT]) == {0}
    assert running([*ADVERT, line]) == {len(ADVERT)}
    assert running([*ADVERT[:3], line, *ADVERT[3:]]) == set()


def test_a_head_with_a_title_and_a_month_is_known_by_the_pages_behind_it():
    line = "Oak Hill School · Site Manager"
    assert running([f"{line} Autumn 2026", *ADVERT]) == set()
    assert running([f"{line} Autumn 2026", *ADVERT, f"{line} 2"]) == {0, len(ADVERT) + 1}


def test_a_head_that_comes_again_is_found_from_the_second_time_on():
    assert running([*ADVERT, "Oak Hill School, Taunton"]) == {len(ADVERT)}


def test_a_line_beside_every_page_number_is_a_head_too():
    head = "Elm Academy Trust Teacher of Art"
    assert running([head, "Page 1 of 2", *ADVERT, head, "Page 2 of 2"]) == {0, 1, len(ADVERT) + 2, len(ADVERT) + 3}


@pytest.mark.parametrize(
    "line",
    [
        "Key Stage 1",
        "Year 2",
        "Elm School 12",
        "Required for September 2027",
        "Telephone 01632 960210",
        "Contract: Oak Hill School Page 1",
        "Please read it. The form is page 2",
    ],
)
def test_a_line_that_says_something_of_its_own_is_none(line):
    assert running([*ADVERT, line]) == set()


def test_a_head_is_set_apart_from_the_sentence_that_goes_on_over_the_page():
    foot = "Oak Hill School – Site Manager 2026/27                2"
    assert set_apart(["We need a", foot, "handy person."]) == ["We need a", "", foot, "", "handy person."]
