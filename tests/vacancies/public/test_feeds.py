"""Atom feeds, checked against RFC 4287: what a feed and an entry must have, and that it is the same twice."""

import re
from datetime import datetime, timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
import time_machine
from django.contrib.flatpages.models import FlatPage
from django.utils.html import escape
from django.utils.http import parse_http_date

from tests.builders import MONDAY, a_school, a_vacancy, an_authority, london

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://www.greensheets.example"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(london(2026, 4, 28, 9), tick=False) as traveller:
        yield traveller


def some_adverts():
    a_vacancy("Teacher of French")
    a_vacancy("Cleaner", role="catering-cleaning-and-site-management")
    a_vacancy("Draft", status="draft")
    a_vacancy("Next week", publish_on=MONDAY + timedelta(weeks=1))
    a_vacancy("Closed", closes_at=london(2026, 4, 28, 9))


def feed(client, query=""):
    response = client.get(f"/vacancies/feed/{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314  our own answer


def texts(element, path):
    return [found.text for found in element.findall("/".join(ATOM + step for step in path.split("/")))]


def titles(element):
    return sorted(title.split(",")[0] for title in texts(element, "entry/title"))


def links(element, rel):
    return [link.get("href") for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def test_the_feed_holds_live_adverts_only(client):
    some_adverts()
    assert titles(feed(client)) == ["Cleaner", "Teacher of French"]


def test_the_feed_takes_the_filters_of_the_list_and_says_so_in_its_title(client):
    some_adverts()
    found = feed(client, "?group=support&sort=closing")
    assert titles(found) == ["Cleaner"]
    assert texts(found, "title") == ["Greensheets: Support staff"]
    assert links(found, "alternate") == [f"{SITE}/vacancies/support/"]


@pytest.mark.parametrize("query", ["", "?group=support", "?q=%26+%22&where=%3C"])
def test_a_feed_has_everything_that_the_standard_asks_for_exactly_once(client, query):
    some_adverts()
    found = feed(client, query)
    assert found.tag == f"{ATOM}feed"
    assert [len(texts(found, name)) for name in ("id", "title", "updated", "author/name")] == [1, 1, 1, 1]
    assert len(links(found, "self")) == len(links(found, "alternate")) == 1
    assert texts(found, "id") == links(found, "self")
    assert all(address.startswith(SITE) for rel in ("self", "alternate") for address in links(found, rel))
    for entry in found.findall(f"{ATOM}entry"):
        assert [len(texts(entry, name)) for name in ("id", "title", "updated", "published", "summary")] == [1] * 5
        assert len(links(entry, "alternate")) == 1
        moments = [datetime.fromisoformat(text) for text in texts(entry, "published") + texts(entry, "updated")]
        assert all(moment.tzinfo for moment in moments)
        assert moments == sorted(moments)
    assert len(set(texts(found, "entry/id"))) == len(found.findall(f"{ATOM}entry"))


def test_the_feed_holds_every_advert_of_a_full_monday(client):
    school = a_school()
    for number in range(105):
        a_vacancy(f"Number {number}", school=school)
    assert len(titles(feed(client))) == len(set(titles(feed(client, "?q=number")))) == 105


@pytest.mark.parametrize("asked", ["", "?sort=closing", "?sort=nearest&where=ZZ99", "?sort=newest"])
def test_a_feed_is_in_order_of_appearance_whatever_order_is_asked_for(client, asked):
    school = a_school(latitude=51.0, longitude=-2.0)
    a_vacancy("Last week", school=school, publish_on=MONDAY - timedelta(weeks=1), closes_at=london(2026, 4, 30, 12))
    a_vacancy("Monday", school=school, closes_at=london(2026, 5, 20, 12))
    a_vacancy("Monday, too", school=school, closes_at=london(2026, 5, 13, 12))
    listed = [title.split(", Fern")[0] for title in texts(feed(client, asked), "entry/title")]
    assert listed == ["Monday, too", "Monday", "Last week"]


def test_a_feed_was_changed_when_an_advert_went(client, clock):
    """By its closing time, or by the hand of staff."""
    a_vacancy("Cook", closes_at=london(2026, 4, 28, 10))
    withdrawn = a_vacancy("Teacher")
    told = []
    for moment in (london(2026, 4, 28, 9, 30), london(2026, 4, 28, 10), london(2026, 4, 28, 11)):
        clock.move_to(moment)
        if moment.hour == 11:
            withdrawn.status = "withdrawn"
            withdrawn.save()
        told.append(parse_http_date(client.get("/vacancies/feed/")["Last-Modified"]))
    assert told == [london(2026, 4, 28, hour).timestamp() for hour in (9, 10, 11)]


def test_a_summary_says_after_one_decoding_what_was_entered(client):
    a_vacancy(hours_detail="Mon & Fri <1pm", school=a_school("St Mary's & <All> Saints"))
    [summary] = texts(feed(client), "entry/summary")
    assert "<" not in summary
    assert "Mon & Fri <1pm" in unescape(summary)
    assert unescape(summary).startswith("St Mary's & <All> Saints")


def test_ids_in_the_feed_are_references(client):
    advert = a_vacancy()
    assert texts(feed(client), "entry/id") == [f"{SITE}/{advert.reference}"]


def test_one_search_spelt_twice_is_one_feed(client):
    a_vacancy(school=a_school(authority=an_authority("Saltmere")))
    spellings = ["?authority=saltmere&q=&page=3", "?sort=closing&authority=saltmere&authority=saltmere"]
    assert {texts(feed(client, query), "id")[0] for query in spellings} == {f"{SITE}/vacancies/feed/?authority=saltmere"}


def test_a_feed_is_the_same_an_hour_later_even_when_it_is_empty(client, clock):
    a_vacancy()
    for query in ["", "?q=nothing"]:
        first = client.get(f"/vacancies/feed/{query}").content
        clock.shift(timedelta(minutes=50))
        assert client.get(f"/vacancies/feed/{query}").content == first


def test_an_advert_that_names_markup_is_escaped(client):
    a_vacancy("Teacher & <b>Leader</b>")
    assert texts(feed(client), "entry/title")[0].startswith("Teacher & <b>Leader</b>")


@pytest.mark.parametrize("query", ["q=%00", "page=-1&group=%22", "miles=x&where=%00", "q=" + "x" * 5000])
def test_no_query_breaks_the_feed(client, query):
    feed(client, f"?{query}")


def test_every_list_names_its_feed(client):
    a_vacancy(school=a_school(authority=an_authority("Saltmere"), latitude=51.0, longitude=-2.0))
    for address, query in [
        ("/vacancies/", ""),
        ("/vacancies/in/saltmere/", "?authority=saltmere"),
        ("/vacancies/teacher/?sort=closing", "?role=teacher"),
        ("/vacancies/?q=class&where=ZZ99", "?q=class&where=ZZ99&miles=10"),
    ]:
        assert f'href="/vacancies/feed/{escape(query)}"' in client.get(address).text


def test_the_sitemap_holds_what_is_live_with_its_last_change(client):
    some_adverts()
    FlatPage.objects.create(url="/advertise/", title="Advertise")
    sitemap = client.get("/sitemap.xml").text
    assert len(re.findall(r"/vacancies/\d+-", sitemap)) == 2
    assert "<lastmod>2026-04-28</lastmod>" in sitemap
    assert "https://www.greensheets.example/advertise/" in sitemap


def test_robots_are_told_where_the_sitemap_is(client, settings):
    assert "Sitemap: https://www.greensheets.example/sitemap.xml" in client.get("/robots.txt").text
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").text
