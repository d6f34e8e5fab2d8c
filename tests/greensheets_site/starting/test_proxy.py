"""Behind a proxy that ends TLS, nobody is redirected for ever: either the site answers, or it says what to set."""

import pytest

from greensheets_site.starting import proxy as told
from tests.reverse_proxy import Seen, browse, proxy, site

ADDRESS = "https://www.greensheets.example/robots.txt"
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def behind_proxy(settings):
    settings.SECURE_SSL_REDIRECT = True

    def state(value: bool) -> None:
        settings.BEHIND_PROXY = value
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if value else None

    return state


def seen(*, adds: dict[str, str], **options) -> Seen:
    """What a browser ends at that is given the bare http address."""
    with site() as port, proxy(port, **adds) as secure, proxy(port, **({"X_Forwarded_Proto": "http"} if adds else {})) as plain:
        return browse(ADDRESS.replace("https:", "http:"), {"https": secure, "http": plain}, **options)


def test_with_everything_set_the_visitor_arrives_over_https(behind_proxy):
    behind_proxy(True)
    found = seen(adds={"X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.1"})
    assert (found.url, found.status) == (ADDRESS, 200)
    assert "Sitemap: https://www.greensheets.example/sitemap.xml" in found.text


@pytest.mark.parametrize(
    "adds",
    [
        {"X_Forwarded_Proto": "https"},
        {"X_Forwarded_Proto": "https, http"},
        {"X_Forwarded_Ssl": "on"},
        {"Front_End_Https": "on"},
        {"Forwarded": "for=192.0.2.1;proto=https"},
    ],
)
def test_without_behind_proxy_the_page_says_to_set_it(behind_proxy, adds):
    behind_proxy(False)
    found = seen(adds=adds, fetches_metadata=False)
    assert (found.url, found.status) == (ADDRESS, 503)
    assert "Set BEHIND_PROXY=1 and restart the site." in found.text


def test_a_proxy_that_says_nothing_is_told_what_to_send(behind_proxy):
    behind_proxy(True)
    with site() as port, proxy(port) as silent:
        found = browse(ADDRESS, {"https": silent, "http": silent}, fetches_metadata=False)
    assert (found.url, found.status) == (ADDRESS, 503)
    assert told.SEND_THE_HEADER in found.text


def test_a_proxy_that_always_says_http_is_found_out_by_the_browser(behind_proxy):
    behind_proxy(True)
    with site() as port, proxy(port, X_Forwarded_Proto="http") as wrong:
        assert told.SEND_THE_HEADER in browse(ADDRESS, {"https": wrong, "http": wrong}).text


def test_a_silent_proxy_of_which_nothing_is_known_is_found_out_by_the_browser(behind_proxy):
    behind_proxy(False)
    found = seen(adds={})
    assert (found.url, found.status) == (ADDRESS, 503)
    assert told.SEND_AND_SET in found.text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "site.localhost"])
def test_whoever_asks_on_this_machine_over_http_is_redirected(behind_proxy, client, host):
    """Browsers take this machine for safe, and send there what they send over https."""
    behind_proxy(False)
    assert client.get("/robots.txt", headers={"host": host, "sec-fetch-mode": "navigate"}).status_code == 301


def test_a_visitor_who_comes_over_http_is_redirected(behind_proxy, client):
    behind_proxy(False)
    response = client.get("/robots.txt", headers={"host": "www.greensheets.example"})
    assert (response.status_code, response["Location"]) == (301, ADDRESS)


def test_nobody_keeps_the_page_that_says_what_to_set(behind_proxy, client):
    behind_proxy(False)
    response = client.get("/", headers={"x-forwarded-proto": "https"})
    assert response.status_code == 503
    assert "no-store" in response["Cache-Control"]


def test_a_site_over_http_is_left_alone(settings, client):
    settings.SECURE_SSL_REDIRECT = False
    assert client.get("/robots.txt", headers={"x-forwarded-proto": "https"}).status_code == 200


@pytest.mark.parametrize("path", ["healthz", "healthz/web", "metrics"])
def test_a_monitor_that_asks_past_the_proxy_is_answered(behind_proxy, client, path):
    behind_proxy(True)
    assert "would redirect" not in client.get(f"/{path}").content.decode()
