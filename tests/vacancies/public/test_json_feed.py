from datetime import timedelta

import pytest
import time_machine

from tests.builders import MONDAY, a_school, a_vacancy, an_authority, london
from vacancies import rules
from vacancies.public.structured_data import job_posting

pytestmark = pytest.mark.django_db
SITE = "https://www.greensheets.example"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        yield


def document(client, query=""):
    response = client.get(f"/vacancies.json{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_it_holds_what_is_live_the_newest_first(client):
    a_vacancy("Old", publish_on=MONDAY - timedelta(weeks=1))
    new = a_vacancy("New")
    a_vacancy("Draft", status="draft")
    a_vacancy("Next week", publish_on=MONDAY + timedelta(weeks=1))
    a_vacancy("Closed", closes_at=london(2026, 4, 28, 9))
    found = document(client)
    assert [posting["title"] for posting in found["itemListElement"]] == ["New", "Old"]
    assert found["itemListElement"][0] == job_posting(new)
    assert found["numberOfItems"] == 2


def test_a_page_has_a_hundred_adverts(client):
    school = a_school()
    for number in range(101):
        a_vacancy(f"Number {number}", school=school)
    pages = [document(client, query) for query in ("", "?page=2")]
    assert [(len(page["itemListElement"]), page["pages"]) for page in pages] == [(100, 2), (1, 2)]
    assert [bool(page["next"]) for page in pages] == [True, False]


def test_it_comes_in_pages_that_name_one_another(client, monkeypatch):
    monkeypatch.setattr(rules, "POSTS_ON_A_JSON_PAGE", 2)
    for title in "ABCDE":
        a_vacancy(title)
    address, seen = f"{SITE}/vacancies.json", []
    while address:
        found = document(client, address.removeprefix(f"{SITE}/vacancies.json"))
        assert found["url"] == address
        assert (found["numberOfItems"], found["pages"]) == (5, 3)
        seen += [posting["title"] for posting in found["itemListElement"]]
        address = found["next"]
    assert seen == ["E", "D", "C", "B", "A"]
    assert found["previous"] == f"{SITE}/vacancies.json?page=2"


def test_a_page_beyond_the_end_is_empty_and_names_the_last(client, monkeypatch):
    monkeypatch.setattr(rules, "POSTS_ON_A_JSON_PAGE", 2)
    for title in "ABC":
        a_vacancy(title)
    found = document(client, "?page=99")
    assert (found["itemListElement"], found["next"], found["previous"]) == ([], None, f"{SITE}/vacancies.json?page=2")


def test_it_takes_the_filters_of_the_list_and_keeps_them_from_page_to_page(client, monkeypatch):
    monkeypatch.setattr(rules, "POSTS_ON_A_JSON_PAGE", 1)
    here = a_school(authority=an_authority("Saltmere"))
    for title in ["First", "Second"]:
        a_vacancy(title, school=here)
    a_vacancy("Elsewhere", school=a_school(authority=an_authority("Haverleigh")))
    found = document(client, "?authority=saltmere&sort=closing")
    assert found["numberOfItems"] == 2
    assert found["next"] == f"{SITE}/vacancies.json?authority=saltmere&sort=closing&page=2"


def test_a_page_costs_the_same_queries_for_one_and_three(client, django_assert_num_queries):
    a_vacancy()
    with django_assert_num_queries(8):
        document(client)
    for _ in range(2):
        a_vacancy()
    with django_assert_num_queries(8):
        document(client)


def test_nothing_can_be_written(client):
    assert client.post("/vacancies.json").status_code == 405
