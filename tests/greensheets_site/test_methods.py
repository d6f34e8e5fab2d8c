"""A public address that only shows something answers nothing but GET and HEAD."""

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, resolve

from editions.models import Bulletin
from greensheets_site.demo.pages import flat_pages
from mailing.emails.letters import own_token
from tests.builders import a_subscriber, a_vacancy, an_article, an_edition, london
from vacancies.models import VacancyDocument
from vacancies.public import proofs

NOW = london(2026, 4, 28, 9)
OTHERS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
SIGNS_BEHIND = r"^u/(?P<token>[-\w]+)[^-\w/]*/?[^\w/]*/?$"
TAKE_FORMS = {
    "mailing-list/",
    "mailing-list/confirm/<str:token>/",
    "mailing-list/<slug:token>/",
    "mailing-list/<slug:token>/my-data/",
    "mailing-list/mine/<str:token>/",
    "mailing-list/confirm/<str:token>/not-me/",
    "u/<slug:token>/",
    SIGNS_BEHIND,
    "contact/",
}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def routes(patterns=None, before=""):
    """Every public route, as it is written in the site map."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route) if not route.startswith(("admin/", "anymail/")) else ()
        elif not route.startswith("admin/"):
            yield route


@pytest.fixture
def addresses():
    """One address of each public route."""
    for page in flat_pages():
        page.save()
        page.sites.set([1])
    advert, article, edition, reader = a_vacancy(), an_article(), an_edition(published_at=NOW), a_subscriber()
    Bulletin(edition=edition, staff_group="teaching", size=3, built_at=NOW).file.save("a.pdf", ContentFile(b"%PDF"))
    document = VacancyDocument.objects.create(vacancy=advert, kind="pdf", title="Job description", size=3)
    own, on, of = advert.get_absolute_url(), edition.get_absolute_url(), f"/mailing-list/{reader.token}/"
    fixed = "/ /healthz/echo /robots.txt /sitemap.xml /vacancies.json /vacancies/ /vacancies/feed/ /news/ /news/feed/"
    more = "/editions/ /editions/feed/ /about/ /advertise/ /privacy/ /accessibility/ /vacancies/teaching/ /vacancies/teacher/"
    watching = "/vacancies/card.png /healthz /healthz/web /metrics"
    others = "/contact/ /contact/received/ /mailing-list/ /mailing-list/check/ /mailing-list/confirm/x/"
    return [
        *fixed.split(), *more.split(), *others.split(), *watching.split(),
        own, f"{own}closing-date.ics", f"{own}card.png", f"/{advert.reference}", document.get_absolute_url(),
        f"/proof/{proofs.token(advert)}/", advert.school.get_absolute_url(), advert.school.authority.get_absolute_url(),
        "/vacancies/in/saltmere/teacher/",
        article.get_absolute_url(), f"/news/x/{article.pk}", f"/media/news/{'a' * 16}-8x8.jpg",
        on, f"{on}teaching.pdf", f"{on}teaching-print.pdf", f"{on}teaching.jpg",
        of, f"{of}my-data/", "/mailing-list/confirm/x/not-me/", f"/mailing-list/mine/{own_token(reader)}/",
        f"/u/{reader.token}/", f"/u/{reader.token}/.",
    ]  # fmt: skip


def test_what_only_shows_something_can_only_be_read(client, addresses):
    by_route = {resolve(address).route: address for address in addresses}
    assert set(by_route) == set(routes())
    answers = {(route, method): client.generic(method, by_route[route]).status_code for route in by_route for method in OTHERS}
    forms = {(route, "POST") for route in TAKE_FORMS}
    assert {asked: code for asked, code in answers.items() if code != 405 and asked not in forms} == {}


@pytest.mark.parametrize(
    "address", ["/", "/vacancies/", "/vacancies/feed/", "/vacancies.json", "/news/", "/editions/", "/sitemap.xml"]
)
def test_a_page_without_a_form_asks_for_no_token_before_it_refuses(address):
    assert Client(enforce_csrf_checks=True).post(address).status_code == 405
