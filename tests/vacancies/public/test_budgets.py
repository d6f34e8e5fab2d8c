"""How much a reader on a phone has to fetch: the budgets of a first view, compressed."""

import gzip

import pytest
import time_machine
from django.conf import settings

from greensheets_site import rules
from tests.builders import a_school, a_term, a_vacancy, an_article, an_authority, an_edition, london

pytestmark = pytest.mark.django_db
KILOBYTE = 1024
MOST_QUERIES = 12
SENTENCE = "of an advert that tells what the school is like and whom it looks for"
BODY = "".join(f"<p>Paragraph {number} {SENTENCE}.</p>" for number in range(40))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        yield


@pytest.fixture
def advert():
    """The last of thirty that differ in what a list shows."""
    a_term()
    an_edition(published_at=london(2026, 4, 27, 7))
    for number in range(3):
        an_article(f"News number {number}", summary="What has happened in schools, in a sentence of the usual length.")
    for number in range(30):
        school = a_school(f"School of the Holy Name number {number}", authority=an_authority(f"Authority of Area {number % 13}"))
        detail = {"hours_detail": f"Mon-Fri 8.{number:02}am-3.15pm", "pay_min": 20000 + 37 * number, "body": BODY}
        last = a_vacancy(f"Teaching Assistant number {number}", school=school, role="teaching-assistant", **detail)
    return last


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@pytest.mark.parametrize("address", ["/", "/vacancies/", "/vacancies/?q=number&where=ZZ99&pattern=full_time", "advert", "school"])
def test_a_page_is_small_and_asks_the_database_little(client, advert, django_assert_max_num_queries, address):
    addresses = {"advert": advert.get_absolute_url(), "school": advert.school.get_absolute_url()}
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(addresses.get(address, address))
    assert response.status_code == 200
    assert compressed(response.content) <= 12 * KILOBYTE


def test_the_feed_of_a_thousand_adverts_is_still_kept(client, advert):
    feed = client.get("/vacancies/feed/").content
    assert len(feed) / feed.count(b"<entry>") * 1000 <= rules.LARGEST_KEPT_PAGE


@pytest.mark.parametrize(("name", "most"), [("css/site.css", 14), ("js/site.js", 4)])
def test_the_style_sheet_and_the_script_are_small(name, most):
    assert compressed((settings.BASE_DIR / "static" / name).read_bytes()) <= most * KILOBYTE
