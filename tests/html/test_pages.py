"""Every public page in every state that it has is valid HTML. ``HTML_PAGES=folder`` keeps the pages, for another checker."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import path, reverse

from editions.models import Bulletin
from greensheets_site.demo.pages import flat_pages
from greensheets_site.urls import handler400, handler500, urlpatterns
from tests.builders import MONDAY, a_break, a_school, a_subscriber, a_term, a_vacancy, an_article, an_edition, london
from vacancies.models import Status
from vacancies.public import proofs

from .checker import faults

NOW = london(2026, 4, 29, 10)
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def refused(request):
    raise SuspiciousOperation


def broken(request):
    raise RuntimeError


urlpatterns = [*urlpatterns, path("refused", refused), path("broken", broken)]
__all__ = ["handler400", "handler500"]

LISTS = ["/vacancies/", "/vacancies/teaching/", "/vacancies/support/", "/vacancies/in/saltmere/", "/vacancies/teacher/"]
FILTERED = [
    "/vacancies/?q=teacher&group=teaching&pattern=full_time&new=1&closing=1&term_time=1&hours_from=10&pay_from=20000",
    "/vacancies/?where=ZZ99&miles=5&sort=nearest",
    "/vacancies/?where=nowhere+at+all",
    "/vacancies/?q=class+teacher+part+time",
    "/vacancies/?q=%3Cscript%3E%22%27%26&where=%22%3E",
    "/vacancies/?q=GS99999",
    "/vacancies/?q=wizard",
    "/vacancies/?page=2",
    "/vacancies/?page=99",
]
STANDING = ["/", "/editions/", "/news/", "/about/", "/advertise/", "/privacy/", "/accessibility/", "/mailing-list/", "/contact/"]
ANSWERS = [
    "/mailing-list/check/",
    "/contact/received/",
    "/mailing-list/confirm/nonsense/",
    "/nothing/",
    "/vacancies/in/atlantis/",
]
ERRORS = ["/refused", "/broken"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def patient(client):
    client.raise_request_exception = False
    return client


@pytest.fixture
def rows():
    """Of everything one or more, in every state; the addresses that follow from them."""
    for page in flat_pages():
        page.save()
        page.sites.set([Site.objects.get_current()])
    a_term()
    a_break()
    school = a_school(
        latitude=51.0, longitude=-2.0, logo="logos/0123456789abcdef-240x240.jpg", website="https://fernhollow.example/?a=1&b=2"
    )
    adverts = [a_vacancy(f"Teacher of <Year {number}> & more", school=school) for number in range(23)]
    closed = a_vacancy("Cook", school=school, role="other-support", closes_at=NOW - timedelta(hours=1))
    gone = a_vacancy("Cleaner", school=school, status=Status.WITHDRAWN)
    empty = a_school("Nobody's School", town="")
    body = "<h3>Why</h3><p>So &amp; so.</p><ul><li>One</li></ul><blockquote><p>Said</p></blockquote>"
    pictured = {"picture": "news/0123456789abcdef-1280x720.jpg", "picture_alt": 'An "oak"', "picture_caption": "Photo: <A>"}
    articles = [an_article('"Oaks" & <elms>', body=body, **pictured), *(an_article(f"News {number}") for number in range(13))]
    edition, bare = an_edition(published_at=NOW), an_edition(MONDAY - timedelta(days=7), published_at=NOW)
    for group in ("teaching", "support"):
        bulletin = Bulletin(edition=edition, staff_group=group, size=5_400_000, built_at=NOW, page_of={adverts[0].reference: 6})
        bulletin.file.save("a.pdf", ContentFile(b"%PDF"), save=False)
        bulletin.cover.save("a.jpg", ContentFile(b"jpeg"))
    reader = a_subscriber()
    came_from = f"{adverts[3].get_absolute_url()}?group=teaching&page=1"
    shown = [adverts[0], closed, gone, school, empty, articles[0], articles[1], edition, bare]
    own = [f"/mailing-list/{reader.token}/", f"/mailing-list/{reader.token}/my-data/", f"/u/{reader.token}/"]
    return [came_from, "/news/?page=2", *own, *(row.get_absolute_url() for row in shown)]


def check(response, name: str) -> list[str]:
    assert response["Content-Type"] == "text/html; charset=utf-8", name
    if folder := os.environ.get("HTML_PAGES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{name.strip('/').replace('/', '_').replace('?', '_')[:80] or 'home'}.html").write_bytes(
            response.content
        )
    return [f"{name}: {fault}" for fault in faults(response.text)]


def test_every_page_of_a_full_site_is_valid(patient, rows):
    pages = {address: patient.get(address) for address in [*LISTS, *FILTERED, *STANDING, *ANSWERS, *ERRORS, *rows]}
    assert {page.status_code for page in pages.values()} == {200, 400, 404, 410, 500}
    assert [fault for address, page in pages.items() for fault in check(page, address)] == []


def test_every_page_of_an_empty_site_is_valid(patient):
    FlatPage.objects.all().delete()
    pages = {address: patient.get(address) for address in [*LISTS[:3], *FILTERED, *STANDING]}
    assert [fault for address, page in pages.items() for fault in check(page, f"{address} (empty)")] == []


@pytest.mark.parametrize("address", ["/contact/", "/mailing-list/"])
def test_a_form_that_comes_back_with_errors_is_valid_and_leads_to_each_of_them(client, address):
    page = client.post(address, {"email": "<no>", "name": '"', "message": "</textarea><p>"})
    assert (page.status_code, 'id="error-summary"' in page.text) == (200, True)
    assert check(page, f"{address} (errors)") == []


def test_the_proof_of_an_advert_is_valid_from_its_first_line_to_its_last(client):
    unknown = {"publish_on": None, "print_from": None, "print_until": None, "closes_at": None, "role": None, "body": ""}
    unfinished = a_vacancy("Cook", status=Status.DRAFT, working_pattern="", contract="", apply_email="", **unknown)
    for name, advert in [("proof of a draft", unfinished), ("proof of an advert", a_vacancy())]:
        page = client.get(reverse("vacancies:proof", args=[proofs.token(advert)]))
        assert (page.status_code, check(page, name), 'href=""' in page.text) == (200, [], False)


def test_a_form_without_its_token_is_refused_with_a_valid_page():
    page = Client(enforce_csrf_checks=True).post("/contact/", {"email": "anna@readers.example"})
    assert (page.status_code, check(page, "403")) == (403, [])
