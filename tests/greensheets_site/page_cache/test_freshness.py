"""Every public answer says how long it is good for and since when it is so; what is one reader's own says the opposite."""

import re

import pytest
import time_machine
from django.utils.http import parse_http_date

from greensheets_site.demo.pages import flat_pages
from tests.builders import a_subscriber, a_vacancy, an_article, an_edition, london

NOW = london(2026, 4, 28, 9)
pytestmark = pytest.mark.django_db
LISTS = ["/", "/vacancies/", "/vacancies/?q=teacher&where=ZZ99", "/vacancies/support/", "/news/", "/editions/", "/about/"]
FOR_MACHINES = ["/robots.txt", "/sitemap.xml", "/vacancies.json", "/vacancies/feed/", "/news/feed/", "/editions/feed/"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_public_page_says_how_long_it_is_good_for_and_since_when(client):
    for page in flat_pages():
        page.save()
        page.sites.set([1])
    advert, article, edition = a_vacancy(), an_article(published_at=NOW), an_edition(published_at=NOW)
    own = [one.get_absolute_url() for one in (advert, advert.school, article, edition)]
    extras = [f"{advert.get_absolute_url()}{name}" for name in ("closing-date.ics", "card.png")]
    for address in [*LISTS, *FOR_MACHINES, *own, *extras]:
        headers = client.get(address).headers
        seconds = re.fullmatch(r"public, max-age=(\d+)|max-age=(\d+), public", headers.get("Cache-Control", ""))
        assert seconds, address
        assert 0 < int(seconds[1] or seconds[2]) <= 300, address
        assert headers["ETag"], address
        assert parse_http_date(headers["Last-Modified"]) <= NOW.timestamp(), address
        assert "Set-Cookie" not in headers, address


@pytest.mark.parametrize("address", ["/", "/vacancies/", "/news/", "/editions/", "/robots.txt", "/news/feed/"])
@pytest.mark.parametrize("cookie", ["junk", "x" * 32, ""])
def test_an_answer_that_sets_a_cookie_is_kept_by_no_proxy(client, address, cookie):
    """A cookie of a session that cannot be is taken out of the browser with the next page."""
    client.cookies["sessionid"] = cookie
    answer = client.get(address)
    assert ("public" in answer["Cache-Control"], "private" in answer["Cache-Control"]) == (
        (False, True) if answer.cookies else (True, False)
    )
    assert bool(answer.cookies) == (len(cookie) < 8)


def test_a_form_and_what_is_one_readers_own_are_kept_by_nobody(client):
    token = a_subscriber().token
    for address in ["/contact/", "/mailing-list/", f"/mailing-list/{token}/", f"/u/{token}/"]:
        assert "no-store" in client.get(address).headers["Cache-Control"], address
