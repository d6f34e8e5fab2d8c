"""The Content-Security-Policy header of every kind of answer."""

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import RequestFactory

from editions.building import bulletins
from editions.models import Bulletin
from greensheets_site.accounts import roles
from tests.builders import a_vacancy, an_article, an_edition, london
from tests.desk import staff
from web.csp import ContentSecurityPolicyMiddleware, csp_override

STRICT = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
WITH_EDITOR = f"{STRICT}; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


def policy_of(response):
    return response.headers.get("Content-Security-Policy")


def answered(view):
    return ContentSecurityPolicyMiddleware(view)(RequestFactory().get("/"))


@pytest.fixture
def owner(client, db):
    user = staff(roles.OWNER)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/vacancies/", 200),
        ("/vacancies.json", 200),
        ("/vacancies/feed/", 200),
        ("/contact/", 200),
        ("/healthz", 200),
        ("/metrics", 404),
        ("/robots.txt", 200),
        ("/nowhere/", 404),
        ("/about", 301),
        ("/admin/", 302),
        ("/admin/login/", 200),
    ],
)
def test_every_public_answer_is_strict(client, db, address, status):
    response = client.get(address)
    assert (response.status_code in {status, 503}, policy_of(response)) == (True, STRICT)


def test_a_page_that_failed_is_strict_too(client, db, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("vacancies.models.VacancyQuerySet.live", None)
    response = client.get("/")
    assert (response.status_code, policy_of(response)) == (500, STRICT)


def test_a_bulletin_is_strict_whether_it_is_sent_or_has_not_changed(client, db):
    edition = an_edition(published_at=london(2026, 4, 27, 7))
    bulletins.plan(edition)
    bulletin = edition.bulletins.get(staff_group="teaching")
    bulletin.file.save("teaching.pdf", ContentFile(b"%PDF-1.7"))
    Bulletin.objects.filter(pk=bulletin.pk).update(built_at=london(2026, 4, 27, 6), digest="abc", size=8)
    first = client.get("/editions/2026-04-27/teaching.pdf")
    b"".join(first.streaming_content)  # to the end, which closes the file
    second = client.get("/editions/2026-04-27/teaching.pdf", headers={"If-None-Match": first["ETag"]})
    assert [(response.status_code, policy_of(response)) for response in (first, second)] == [(200, STRICT), (304, STRICT)]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "vacancies/vacancy/",
        "vacancies/school/add/",
        "auth/user/",
        "password_change/",
        "vacancies/vacancy/1/delete/",
        "jsi18n/",
    ],
)
def test_an_admin_page_without_an_editor_is_strict(client, owner, address):
    a_vacancy(pk=1)
    assert policy_of(client.get(f"/admin/{address}")) == STRICT


def test_an_admin_page_with_an_editor_gets_what_the_editor_needs(client, owner):
    advert, article = a_vacancy(), an_article()
    addresses = ["vacancies/vacancy/add/", f"vacancies/vacancy/{advert.pk}/change/", f"news/article/{article.pk}/change/"]
    assert [policy_of(client.get(f"/admin/{address}")) for address in addresses] == [WITH_EDITOR] * 3


def test_a_form_that_comes_back_with_errors_still_holds_its_editor(client, owner):
    assert policy_of(client.post("/admin/vacancies/vacancy/add/", {})) == WITH_EDITOR


def test_whoever_may_only_look_gets_no_editor_and_no_exception(client, db):
    client.force_login(staff(roles.EDITOR))
    response = client.get("/admin/flatpages/flatpage/")
    assert (response.status_code, policy_of(response)) == (403, STRICT)


def test_a_view_may_choose_its_own_policy():
    view = csp_override({"default-src": ["'none'"], "sandbox": [], "img-src": ["'self'", "data:"]})(
        lambda request: HttpResponse()
    )
    assert policy_of(answered(view)) == "default-src 'none'; img-src 'self' data:"


def test_a_view_may_send_no_policy():
    assert policy_of(answered(csp_override({})(lambda request: HttpResponse()))) is None


def test_a_header_that_is_there_already_stays():
    answer = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    assert policy_of(answered(lambda request: answer)) == "default-src 'none'"


@pytest.mark.parametrize(("status", "policy"), [(200, STRICT), (404, None), (500, None)])
def test_the_pages_that_help_a_developer_are_left_alone(settings, status, policy):
    settings.DEBUG = True
    assert policy_of(answered(lambda request: HttpResponse(status=status))) == policy


def test_a_decorated_view_keeps_its_name():
    @csp_override({})
    def home(request):
        return HttpResponse()

    assert home.__name__ == "home"
