import re
from datetime import timedelta

import pytest
import time_machine

from tests.builders import MONDAY, a_vacancy, london

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        yield


def some_adverts():
    a_vacancy("Teacher of French")
    a_vacancy("Cleaner", role="catering-cleaning-and-site-management")
    a_vacancy("Draft", status="draft")
    a_vacancy("Next week", publish_on=MONDAY + timedelta(weeks=1))
    a_vacancy("Closed", closes_at=london(2026, 4, 28, 9))


def titles(feed) -> list[str]:
    return sorted(re.findall(r"<entry><title>([^,<]+)", feed.text))


def test_the_feed_holds_live_adverts_only(client):
    some_adverts()
    assert titles(client.get("/vacancies/feed/")) == ["Cleaner", "Teacher of French"]


def test_the_feed_takes_the_filters_of_the_list(client):
    some_adverts()
    assert titles(client.get("/vacancies/feed/?group=support")) == ["Cleaner"]


def test_ids_in_the_feed_are_references(client):
    advert = a_vacancy()
    assert f"<id>https://www.greensheets.example/{advert.reference}</id>" in client.get("/vacancies/feed/").text


@pytest.mark.parametrize("query", ["q=%00", "page=-1&group=%22", "miles=x&where=%00", "q=" + "x" * 5000])
def test_no_query_breaks_the_feed(client, query):
    assert client.get(f"/vacancies/feed/?{query}").status_code == 200


def test_the_json_document_holds_live_adverts_only(client):
    some_adverts()
    document = client.get("/vacancies.json").json()
    assert document["numberOfItems"] == 2
    assert sorted(posting["title"] for posting in document["itemListElement"]) == ["Cleaner", "Teacher of French"]


def test_the_sitemap_holds_what_is_live_with_its_last_change(client):
    some_adverts()
    sitemap = client.get("/sitemap.xml").text
    assert len(re.findall(r"/vacancies/\d+-", sitemap)) == 2
    assert "<lastmod>2026-04-28</lastmod>" in sitemap
    assert "https://www.greensheets.example/advertise/" in sitemap


def test_robots_are_told_where_the_sitemap_is(client, settings):
    assert "Sitemap: https://www.greensheets.example/sitemap.xml" in client.get("/robots.txt").text
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").text
