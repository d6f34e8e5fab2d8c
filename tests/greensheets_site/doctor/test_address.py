"""The public address, asked of real servers: ours, ours behind a careless proxy, and some that are broken."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from greensheets_site.doctor import address
from tests.builders import london
from tests.reverse_proxy import proxy, running, site

NOW = london(2026, 4, 23, 9)
pytestmark = pytest.mark.one_database


def broken(status: int, **headers: str) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(b"Nothing here.")

        def log_message(self, *args):
            """Tests read no log of requests."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture
def public(settings, tmp_path):
    """SITE_URL points to a port of this machine; pages and style sheets are as small as they can be."""
    settings.HTTPS, settings.PAGE_CACHE_MB, settings.STATIC_ROOT = False, 0, tmp_path / "gathered"
    settings.STATIC_ROOT.mkdir()
    settings.WHITENOISE_USE_FINDERS = True

    def at(port: int) -> None:
        settings.SITE_URL = f"http://127.0.0.1:{port}"

    return at


def looked(public, port: int):
    public(port)
    return address.public_address(NOW)


@pytest.mark.django_db(transaction=True)
def test_our_own_site_without_a_proxy_believes_nobody(public, settings):
    settings.BEHIND_PROXY = False
    with site() as port:
        found = looked(public, port)
    assert (found.state, found.sentence) == ("look", "Style sheets are sent uncompressed.")


@pytest.mark.django_db(transaction=True)
def test_behind_a_proxy_that_overwrites_the_headers_all_is_well(public, settings):
    settings.BEHIND_PROXY = True
    with site() as port, proxy(port, X_Forwarded_For="192.0.2.1", X_Forwarded_Proto="http") as front:
        found = looked(public, front)
    assert found.sentence == "Style sheets are sent uncompressed."


@pytest.mark.django_db(transaction=True)
def test_a_proxy_that_passes_on_what_visitors_claim_is_bad(public, settings):
    settings.BEHIND_PROXY = True
    with site() as port, proxy(port, X_Forwarded_Proto="http") as front:
        found = looked(public, front)
    assert found.state == "bad"
    assert "A visitor who sends X-Forwarded-For is believed" in found.sentence
    assert "Let the proxy overwrite it" in found.advice


@pytest.mark.django_db(transaction=True)
def test_uncompressed_pages_are_looked_at_where_they_should_be_compressed(public, settings):
    settings.PAGE_CACHE_MB = 64
    with site() as port:
        assert "Pages are sent uncompressed." in looked(public, port).sentence


@pytest.mark.django_db(transaction=True)
def test_a_style_sheet_that_is_not_served_is_bad(public, settings):
    settings.WHITENOISE_USE_FINDERS = False
    with site() as port:
        found = looked(public, port)
    assert found.state == "bad"
    assert "answers 404" in found.sentence
    assert "collectstatic" in found.advice


def test_an_address_that_redirects_to_itself_is_bad(public):
    with running(broken(301, Location="/")) as port:
        found = looked(public, port)
    assert (found.state, found.sentence) == ("bad", f"http://127.0.0.1:{port} redirects for ever.")


def test_an_address_that_fails_is_bad_in_its_own_words(public):
    with running(broken(502)) as port:
        found = looked(public, port)
    assert (found.state, found.sentence) == ("bad", f"http://127.0.0.1:{port} answers 502. Nothing here.")


def test_an_address_that_cannot_be_reached_is_told_honestly(public):
    with running(broken(200)) as port:
        pass
    found = looked(public, port)
    assert (found.state, found.sentence) == (
        "look",
        f"http://127.0.0.1:{port} cannot be reached from this machine (Connection refused).",
    )


def test_somebody_elses_site_is_noticed(public):
    with running(broken(200)) as port:
        found = looked(public, port)
    assert found.state == "bad"
    assert "/healthz/echo answers 200." in found.sentence


def test_the_echo_answers_nobody_but_doctor(client):
    assert client.get("/healthz/echo").status_code == 404
    assert client.get("/healthz/echo", headers={"X-Greensheets-Doctor": "guessed:1:x"}).status_code == 404
