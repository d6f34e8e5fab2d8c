"""Who gets printed bulletins by post: the list, the table and the labels. No type is set here."""

import csv
import re
from datetime import date
from io import StringIO

import pytest

from editions import posting
from editions.building import rendering
from tests.builders import a_school, an_authority
from vacancies.models import School


@pytest.fixture
def html(monkeypatch):
    """Labels are as the press is handed them."""

    def run(folder, alive, **options):
        assert (alive("Setting"), options["module"]) == (True, "editions.press.labels")
        (folder / "labels.pdf").write_bytes((folder / "labels.html").read_bytes())

    monkeypatch.setattr(rendering, "run", run)


def sheets() -> list[list[str]]:
    """The labels of each sheet: their places and the name of the school."""
    found = posting.labels(posting.schools()).decode().split('<div class="sheet">')[1:]
    return [re.findall(r'label (row-\d column-\d"><b>[^<]*)', sheet) for sheet in found]


@pytest.mark.django_db
def test_schools_are_listed_by_authority_then_by_name_and_each_authority_can_be_had_alone():
    for name, authority, copies in [("B", "Saltmere", 1), ("A", "Saltmere", 2), ("C", "Avonmere", 1), ("D", "Avonmere", 0)]:
        a_school(name, authority=an_authority(authority), copies=copies)

    assert [school.name for school in posting.schools()] == ["C", "A", "B"]
    assert [school.name for school in posting.schools(an_authority("Saltmere"))] == ["A", "B"]
    assert [(total.authority.name, total.schools, total.copies) for total in posting.totals()] == [
        ("Avonmere", 1, 1),
        ("Saltmere", 2, 3),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_one_query_and_its_totals_two(number, django_assert_num_queries):
    for place in range(number):
        a_school(f"School {place}", authority=an_authority(f"Authority {place}"), copies=1)

    with django_assert_num_queries(1):
        assert len(posting.table(posting.schools()).splitlines()) == number + 1
    with django_assert_num_queries(2):
        assert len(posting.totals()) == number


@pytest.mark.django_db
def test_no_column_of_the_table_holds_a_formula():
    authority = an_authority("=Authority")
    a_school("+School", authority=authority, copies=2, address="-1 Mill Lane", town="@Town", postcode="=ZZ", urn=100001)

    table = posting.table(posting.schools())

    assert table.startswith("\N{BYTE ORDER MARK}Authority,")
    assert list(csv.reader(StringIO(table)))[1:] == [
        ["'=Authority", "2", "'+School", "'-1 Mill Lane", "'@Town", "'=ZZ", "100001"]
    ]


@pytest.mark.parametrize(
    ("address", "town", "lines"),
    [
        ("", "Fernhollow", ["Abbey School", "Fernhollow", "ZZ99 1AA"]),
        ("1 Mill Lane, Old Town", "Fernhollow", ["Abbey School", "1 Mill Lane", "Old Town", "Fernhollow", "ZZ99 1AA"]),
        ("1 Mill Lane, , Fernhollow,", "Fernhollow", ["Abbey School", "1 Mill Lane", "Fernhollow", "ZZ99 1AA"]),
        ("Abbey School, Mill Lane", "", ["Abbey School", "Mill Lane", "ZZ99 1AA"]),
    ],
)
def test_an_address_has_a_line_for_each_part_that_is_known_and_none_twice(address, town, lines):
    assert posting.lines(School(name="Abbey School", address=address, town=town, postcode="ZZ99 1AA")) == lines


@pytest.mark.django_db
def test_a_sheet_has_seven_rows_of_three_labels_and_each_authority_begins_a_new_one(html):
    for authority, number in (("Avonmere", 22), ("Saltmere", 1)):
        School.objects.bulk_create(
            School(name=f"{authority} {place:02}", authority=an_authority(authority), phase="primary", copies=1)
            for place in range(number)
        )

    first, second, third = sheets()

    assert first == [f'row-{place // 3} column-{place % 3}"><b>Avonmere {place:02}' for place in range(21)]
    assert (second, third) == (['row-0 column-0"><b>Avonmere 21'], ['row-0 column-0"><b>Saltmere 00'])


@pytest.mark.django_db
def test_a_label_says_what_is_typed_as_text(html):
    a_school("<b>St Anne & All Souls", copies=2)

    assert "&lt;b&gt;St Anne &amp; All Souls" in posting.labels(posting.schools()).decode()


@pytest.mark.django_db
def test_only_open_schools_that_get_copies_are_posted_to():
    wanted = a_school("Abbey School", copies=2)
    a_school("Brook School", copies=0)
    a_school("Crest School", copies=2, closed_on=date(2026, 4, 1))
    assert posting.schools() == [wanted]
    assert [(total.schools, total.copies) for total in posting.totals()] == [(1, 2)]


@pytest.mark.parametrize(
    ("address", "look"),
    [
        (["x" * 30] * 7, ""),
        (["x" * 31, *["x"] * 6], "small"),
        (["x" * 38] * 9, "small"),
        (["x" * 39, *["x"] * 8], "smallest"),
        (["x" * 400] * 3, "smallest"),
    ],
)
def test_a_long_address_is_set_smaller_so_that_it_ends_above_the_number_of_copies(address, look):
    assert posting.look_of(address) == look
