"""What search engines show of adverts and schools: titles and descriptions of their own, and the steps that lead to them."""

import html
import json
import re

import pytest
import time_machine

from tests.builders import a_school, a_vacancy, an_authority, london
from vacancies.models import School

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        yield


def title_of(client, row) -> str:
    return html.unescape(re.search("<title>(.*?)</title>", client.get(row.get_absolute_url()).text)[1])


def description_of(client, row) -> str:
    return html.unescape(re.search('<meta name="description" content="(.*?)">', client.get(row.get_absolute_url()).text)[1])


def steps_for_machines(page) -> list[tuple[str, str]]:
    [text] = re.findall(r'<script type="application/ld\+json">(.*?BreadcrumbList.*?)</script>', page)
    steps = json.loads(text)["itemListElement"]
    return [(step["name"], step["item"].removeprefix("https://www.greensheets.example")) for step in steps]


def steps_for_readers(page) -> list[tuple[str, str]]:
    [crumbs] = re.findall('<nav class="crumbs".*?</nav>', page, re.DOTALL)
    return [(html.unescape(name), path) for path, name in re.findall('<a href="(.*?)">(.*?)</a>', crumbs)]


@pytest.mark.parametrize(
    ("name", "fields", "named"),
    [
        ("Hill School", {"town": "Avonmere"}, "Hill School, Avonmere"),
        ("Avonmere Hill School", {"town": "Avonmere"}, "Avonmere Hill School"),
        ("Elysian School", {"town": "Ely"}, "Elysian School, Ely"),
        ("Hill School", {"address": "Hill Road, Avonmere"}, "Hill School, Avonmere"),
        ("Hill School", {}, "Hill School"),
        ("St Mary's (Infants", {"town": "St Ives (Town"}, "St Mary's (Infants, St Ives (Town"),
    ],
)
def test_a_school_is_named_with_its_place_unless_its_name_says_it(name, fields, named):
    assert School(name=name, **fields).name_and_place == named


def test_the_title_of_an_advert_says_what_where_and_whose_site_it_is(client):
    assert title_of(client, a_vacancy("Cook")) == "Cook, Fernhollow Primary School – Greensheets"
    elsewhere = a_school("Castle Down Academy", town="Saltmere")
    assert title_of(client, a_vacancy("Cook & Cleaner", school=elsewhere)) == (
        "Cook & Cleaner, Castle Down Academy, Saltmere – Greensheets"
    )


def test_a_long_title_keeps_the_place_and_leaves_out_the_name_of_the_site(client):
    school = a_school("The Holy Trinity Academy", town="Saltmere")
    advert = a_vacancy("Teacher of Mathematics and Key Stage 4", school=school)
    assert title_of(client, advert) == "Teacher of Mathematics and Key Stage 4, The Holy Trinity Academy, Saltmere"


def test_two_posts_of_one_title_at_a_school_are_told_apart_by_their_references(client):
    school = a_school()
    first, second, other = a_vacancy("Cook", school=school), a_vacancy("Cook", school=school), a_vacancy("Clerk", school=school)
    assert title_of(client, first) == f"Cook ({first.reference}), Fernhollow Primary School – Greensheets"
    assert title_of(client, second) == f"Cook ({second.reference}), Fernhollow Primary School – Greensheets"
    assert title_of(client, other) == "Clerk, Fernhollow Primary School – Greensheets"


def test_two_schools_of_one_name_and_town_are_told_apart_by_their_postcodes(client):
    first, second = a_school(postcode="ZZ99 1AA"), a_school(postcode="ZZ99 2BB")
    assert title_of(client, first) == "Vacancies at Fernhollow Primary School, ZZ99 1AA – Greensheets"
    assert title_of(client, second) == "Vacancies at Fernhollow Primary School, ZZ99 2BB – Greensheets"
    assert description_of(client, first) == (
        "Posts now advertised at Fernhollow Primary School, ZZ99 1AA in Saltmere, with pay, hours and closing date."
    )
    assert description_of(client, second) != description_of(client, first)


def test_a_school_in_the_town_that_its_authority_is_called_after_says_it_once(client):
    school = a_school("Hill School", town="Saltmere", postcode="", authority=an_authority("Saltmere"))
    assert title_of(client, school) == "Vacancies at Hill School, Saltmere – Greensheets"
    assert description_of(client, school).startswith("Posts now advertised at Hill School, Saltmere")


def test_machines_are_told_of_the_steps_that_readers_see_and_of_the_page_itself(client):
    advert = a_vacancy("Cook & Cleaner", role="other-support")
    for row, name in [(advert, "Cook & Cleaner"), (advert.school, "Fernhollow Primary School")]:
        page = client.get(row.get_absolute_url()).text
        assert steps_for_machines(page) == [*steps_for_readers(page), (name, row.get_absolute_url())]
    assert [name for name, _ in steps_for_readers(client.get(advert.get_absolute_url()).text)] == [
        "Vacancies",
        "Saltmere",
        "Other support",
    ]
