import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.flatpages.models import FlatPage

from greensheets_site.demo import pages
from tests.builders import MONDAY, an_edition, london
from vacancies import rules as vacancies_rules
from vacancies.wording import long_day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def flat_pages():
    FlatPage.objects.bulk_create(pages.flat_pages())


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("/about/", "About Greensheets"),
        ("/advertise/", "Advertise a post"),
        ("/privacy/", "Privacy and cookies"),
        ("/accessibility/", "Accessibility"),
    ],
)
def test_each_page_is_at_its_address_without_a_cookie(client, url, title):
    page = client.get(url)
    assert f"<h1>{title}</h1>" in page.text
    assert f'<meta property="og:title" content="{title}">' in page.text
    assert not page.cookies


@pytest.mark.parametrize("url", ["/about/", "/advertise/", "/accessibility/"])
def test_a_telephone_number_in_the_text_can_be_dialled(client, url):
    text = client.get(url).text.partition("<main")[2].partition("</main>")[0]
    assert text.count("01632 960900") == text.count('<a href="tel:01632960900">01632 960900</a>') == 1


def test_what_staff_write_is_cleaned(client):
    FlatPage.objects.filter(url="/about/").update(content="<p onclick='x()'>Hello</p><script>alert(1)</script>")
    page = client.get("/about/").text
    assert "<p>Hello</p>" in page
    assert "<script>alert" not in page
    assert "onclick" not in page


def test_a_page_that_staff_took_away_is_not_found(client):
    FlatPage.objects.filter(url="/about/").delete()
    assert client.get("/about/").status_code == 404


def test_advertisers_see_six_deadlines(client):
    mondays = [MONDAY + timedelta(weeks=number) for number in range(7)]
    for monday in mondays:
        an_edition(monday)
    with time_machine.travel(london(2026, 4, 20, 12), tick=False):
        page = client.get("/advertise/").text
    assert re.findall(r"Edition of (Monday [^<,:]+)", page) == [long_day(monday) for monday in mondays[:6]]


def test_advertisers_see_the_deadlines_that_are_still_to_come(client):
    an_edition(MONDAY)
    an_edition(london(2026, 5, 11).date())
    with time_machine.travel(london(2026, 4, 23, 12, 1), tick=False):
        page = client.get("/advertise/").text
    assert "Edition of Monday 27 April 2026" not in page
    assert "Edition of Monday 11 May 2026" in page
    assert "Thursday 7 May 2026, noon" in page


def test_the_privacy_page_lists_what_is_kept_for_as_long_as_it_is_kept(client, monkeypatch):
    before = client.get("/privacy/").text
    assert "12 weeks after the advert closes" in before
    monkeypatch.setattr(vacancies_rules, "CONTACT_KEPT_FOR", timedelta(weeks=20))
    assert "20 weeks after the advert closes" in client.get("/privacy/").text


def test_what_is_kept_is_said_even_where_staff_have_said_nothing_yet(client):
    FlatPage.objects.filter(url="/privacy/").update(content="")
    assert "How long we keep it" in client.get("/privacy/").text


def test_no_other_page_says_what_is_kept(client):
    assert "How long we keep it" not in client.get("/about/").text
