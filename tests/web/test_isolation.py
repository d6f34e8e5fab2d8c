"""Headers that keep other sites away from our pages."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from web.isolation import NOT_WANTED, IsolationMiddleware


def sent(**headers):
    return IsolationMiddleware(lambda _request: HttpResponse(headers=headers))(RequestFactory().get("/")).headers


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("text/html; charset=utf-8", "same-origin"),
        ("application/pdf", "same-origin"),
        ("application/json", "same-origin"),
        ("image/png", "cross-origin"),
        ("font/woff2", "cross-origin"),
    ],
)
def test_other_sites_may_show_our_pictures_and_nothing_else(kind, who):
    """Webmail shows those of the weekly email."""
    assert sent(**{"Content-Type": kind})["Cross-Origin-Resource-Policy"] == who


def test_no_page_gets_at_camera_microphone_or_place():
    assert sent()["Permissions-Policy"] == NOT_WANTED
    assert {"camera=()", "microphone=()", "geolocation=()"} < set(NOT_WANTED.split(", "))


def test_a_view_may_know_better():
    assert sent(**{"Cross-Origin-Resource-Policy": "same-site"})["Cross-Origin-Resource-Policy"] == "same-site"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/admin/login/", "/nowhere/", "/contact/", "/vacancies.json"])
def test_every_answer_carries_them(client, address):
    headers = client.get(address).headers
    assert [headers[name] for name in ("Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Content-Type-Options")] == [
        NOT_WANTED,
        "same-origin",
        "nosniff",
    ]
