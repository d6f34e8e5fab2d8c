"""The pages that say that something went wrong need nothing that may be missing: no list of static files, no database."""

import re
from pathlib import Path

import html5lib
import pytest
from django.conf import settings as project
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.test import RequestFactory
from django.urls import path
from django.views import defaults

from greensheets_site import urls as site_map
from greensheets_site.public import views
from greensheets_site.watching.static_names import ForgivingStorage

PAGES = sorted(page.name for page in (project.BASE_DIR / "templates").glob("[45][0-9][0-9].html"))
FORGIVING = {"BACKEND": "greensheets_site.watching.static_names.ForgivingStorage"}


def fails_with(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("forbidden/", fails_with(PermissionDenied())),
    path("broken/", fails_with(ValueError("a fault"))),
    path("away/", fails_with(OperationalError("could not connect"))),
    path("closed/", fails_with(InterfaceError("connection already closed"))),
    path("too-much/", fails_with(RequestDataTooBig())),
    *site_map.urlpatterns,
]
handler400, handler500 = site_map.handler400, site_map.handler500


@pytest.fixture(autouse=True)
def production_without_collectstatic(settings, tmp_path):
    """No test here has a database: whoever asks it fails."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {**settings.STORAGES, "staticfiles": FORGIVING}
    settings.ROOT_URLCONF = __name__


def is_a_page(response, status):
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    assert (response.status_code, response.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    return response.content.decode()


def test_there_is_a_page_for_every_error_that_visitors_meet():
    assert {"400.html", "403.html", "404.html", "410.html", "500.html", "503.html"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_shown_whole_without_database_and_list_of_files(page):
    shown = is_a_page(render(RequestFactory().get("/"), page, status=int(page[:3])), int(page[:3]))
    assert re.search(r'href="/static/css/site\.css"', shown)
    assert "Greensheets: Vacancies in Schools" in shown


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nothing-here/", 404, "There is no page at this address"),
        ("/forbidden/", 403, "You are not allowed to do this"),
        ("/too-much/", 413, "That is too much to send at once"),
        ("/broken/", 500, "Something went wrong here"),
        ("/away/", 503, "This page will be back in a moment"),
        ("/closed/", 503, "This page will be back in a moment"),
    ],
)
def test_whoever_meets_an_error_gets_its_page(client, address, status, words):
    client.raise_request_exception = False
    assert words in is_a_page(client.get(address), status)


def test_an_address_that_cannot_be_read_gets_its_page(client, settings):
    settings.ALLOWED_HOSTS = ["www.greensheets.example"]
    assert "We could not read that address" in is_a_page(client.get("/", HTTP_HOST="10.0.0.7"), 400)


def test_the_database_being_away_says_when_to_come_back(client):
    client.raise_request_exception = False
    assert client.get("/away/").headers["Retry-After"] == "30"
    assert "Retry-After" not in client.get("/broken/").headers


@pytest.mark.parametrize(("address", "status"), [("/broken/", 500), ("/away/", 503)])
def test_should_the_page_fail_too_its_words_are_said_alone(client, monkeypatch, settings, address, status):
    def broken(*_, **__):
        raise RuntimeError("the templates are gone")

    monkeypatch.setattr(views, "render", broken)
    client.raise_request_exception = False
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert settings.PUBLISHER["telephone"] in response.content.decode()


def a_storage(folder: Path) -> ForgivingStorage:
    return ForgivingStorage(location=folder, base_url="/static/")


@pytest.mark.parametrize(
    "manifest", [None, "", "{", '{"paths": {}}', '{"version": "9", "paths": {"css/site.css": "css/site.1.css"}}']
)
def test_without_a_list_that_can_be_read_files_have_their_plain_names(tmp_path, caplog, manifest):
    if manifest is not None:
        (tmp_path / "staticfiles.json").write_text(manifest)
    names = a_storage(tmp_path)
    assert [names.url("css/site.css"), names.url("js/site.js")] == ["/static/css/site.css", "/static/js/site.js"]
    assert [record.getMessage() for record in caplog.records] == [
        "No list of static files can be read: run manage.py collectstatic"
    ]


def test_with_a_list_names_are_hashed_and_one_that_is_missing_is_plain(tmp_path, caplog):
    (tmp_path / "staticfiles.json").write_text('{"version": "1.1", "paths": {"css/site.css": "css/site.0123456789ab.css"}}')
    names = a_storage(tmp_path)
    assert [names.url("css/site.css"), names.url("js/new.js")] == ["/static/css/site.0123456789ab.css", "/static/js/new.js"]
    assert caplog.records == []


def test_the_default_pages_of_django_are_not_what_visitors_get():
    """Django shows these when a template fails; ours must be found first."""
    assert defaults.ERROR_404_TEMPLATE_NAME in PAGES
    assert defaults.ERROR_403_TEMPLATE_NAME in PAGES
