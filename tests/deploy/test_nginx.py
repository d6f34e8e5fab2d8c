"""The nginx that is installed in front: what it lets through, what it keeps, what it writes down, and what visitors see of it."""

import subprocess

import pytest

from .conftest import ROOT, free_port
from .nginx_site import HOST, NGINX, lay_out, make_certificate, rendered, serving

PICTURE = "/media/news/0123456789abcdef-640x480.jpg"
KB, MB = 1024, 1024 * 1024


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def front(tmp_path, certificate):
    with serving(tmp_path, certificate) as front:
        yield front


def paths(front):
    return [path for _, path, _, _ in front.behind.reached]


def test_nginx_takes_the_configuration_without_a_word_of_warning(tmp_path, certificate):
    main = lay_out(tmp_path, certificate, "server 127.0.0.1:8001;\n", (free_port(), free_port()))
    done = subprocess.run([NGINX, "-t", "-q", "-e", "stderr", "-c", str(main)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_left_to_fill_in():
    assert "@" not in rendered("/etc/tls/certificate.pem", "/etc/tls/key.pem")


def test_plain_http_leads_to_https_at_the_public_name(front):
    status, headers, _ = front.ask("/vacancies/?q=cook", secure=False)
    assert (status, headers["location"]) == (301, f"https://{HOST}/vacancies/?q=cook")


def test_what_a_visitor_claims_of_itself_is_overwritten(front):
    claims = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}
    claims |= {"Forwarded": "for=203.0.113.9", "X-Real-IP": "203.0.113.9", "X-Forwarded-Port": "1", "Proxy": "evil.example"}
    front.ask("/", **claims)
    _, _, headers, _ = front.behind.reached[0]
    said = {name: headers.get(name) for name in (*map(str.lower, claims), "host")}
    assert said == {**dict.fromkeys(said), "host": HOST, "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https"}


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/contact/", 64 * KB, 200),
        ("/contact/", 64 * KB + 1, 413),
        ("/u/token/", 64 * KB + 1, 413),
        ("/proof/token/", 64 * KB + 1, 413),
        ("/static/x", 64 * KB + 1, 413),
        ("/anymail/postmark/tracking/", MB, 200),
        ("/admin/editions/edition/upload/", 86 * MB, 200),
        ("/admin/editions/edition/upload/", 91 * MB, 413),
    ],
)
def test_a_body_is_as_large_as_its_form_can_be(front, path, size, status):
    answered, _, text = front.ask(path, "POST", b"x" * size)
    assert (answered, len(front.behind.reached), "too large" in text) == (status, int(status == 200), status == 413)


def test_a_slow_body_waits_in_front_and_holds_no_process(front):
    """The first half has been sent, others are answered, and the site has heard nothing of it until the rest came."""
    slow = front.connect()
    slow.putrequest("POST", "/contact/", skip_host=True)
    for name, value in (("Host", HOST), ("Content-Length", "10")):
        slow.putheader(name, value)
    slow.endheaders(b"12345")
    assert front.ask("/about/")[0] == 200
    assert front.behind.arrived == ["/about/"]
    slow.send(b"67890")
    assert slow.getresponse().status == 200
    slow.close()
    assert front.behind.reached[1][3] == b"1234567890"


def test_visitors_see_a_page_while_the_site_is_away(tmp_path, certificate):
    with serving(tmp_path, certificate, upstream_port=free_port()) as front:
        status, headers, text = front.ask("/vacancies/")
        posted, _, _ = front.ask("/contact/", "POST", b"name=A")
    assert (status, headers["retry-after"], headers["cache-control"], posted) == (503, "30", "no-store", 503)
    assert "Back in a moment" in text


@pytest.mark.parametrize(("left_out", "away"), [("8001", "8001"), ("8002", "8001"), ("none", "8001"), ("none", "8002")])
def test_no_request_fails_while_one_half_is_away(tmp_path, certificate, left_out, away):
    """Neither when visitors are sent to the other, nor by an nginx process that has not heard yet that they are."""
    (tmp_path / "current").symlink_to(ROOT)
    script = f'. "$0/deploy/common.sh"; SRV={tmp_path}; without {left_out}'
    halves = subprocess.run(["bash", "-euc", script, str(ROOT)], check=True, capture_output=True, text=True).stdout
    there = {"8001": "8002", "8002": "8001"}[away]
    upstream = halves.replace(f":{away} ", f":{free_port()} ").replace(f":{there} ", ":{port} ")
    (tmp_path / "site").mkdir()
    with serving(tmp_path / "site", certificate, upstream=upstream) as front:
        answers = [front.ask("/contact/", method, b"x")[0] for method in ("GET", "POST") * 8]
    assert answers == [200] * 16


def test_pages_of_nginx_cannot_be_asked_for(front):
    assert front.ask("/greensheets-maintenance.html")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/media/documents/0123456789abcdef0123456789abcdef.pdf",
        "/media/bulletins/2026/0123456789abcdef-teaching.pdf",
        "/media/news/../documents/0123456789abcdef0123456789abcdef.pdf",
        "/media/news/%2e%2e/documents/0123456789abcdef0123456789abcdef.pdf",
        "/media/news/0123456789abcdef-640x480.jpg/../../documents/x.pdf",
        "/media/imports/schools.csv",
        "/media/",
    ],
)
def test_nothing_in_the_media_folder_is_handed_out_but_pictures(front, path):
    assert (front.ask(path)[0], paths(front)) == (404, [])


@pytest.mark.parametrize("path", [PICTURE, "/media/logos/0123456789abcdef-640x480-320.webp", "/static/site.0123456789ab.css"])
def test_what_is_public_for_ever_is_asked_for_once(front, path):
    assert [front.ask(path)[0], front.ask(path)[0]] == [200, 200]
    assert paths(front) == [path]


def test_the_log_says_nothing_of_what_staff_searched_for_or_of_keys(tmp_path, certificate):
    """Neither when all is well nor when the site is away, which nginx reports with the whole request."""
    secrets = (
        "/admin/mailing/subscriber/?q=bob@example.com",
        "/u/secret-token/",
        "/mailing-list/secret-token/",
        "/proof/secret-token/",
    )
    for number, port in enumerate((None, free_port())):
        folder = tmp_path / str(number)
        folder.mkdir()
        with serving(folder, certificate, upstream_port=port) as front:
            for path in (*secrets, "/vacancies/?q=cook"):
                front.ask(path, Referer=f"https://{HOST}/admin/?q=bob@example.com")
            front.ask("/admin/?q=bob@example.com", "POST", b"x", **{"Content-Length": str(100 * MB)})
        said = front.logged()
        assert [word for word in ("bob", "secret-token") if word in said] == []
        assert ("GET /admin/mailing/subscriber/ HTTP" in said, "GET /u/... HTTP" in said) == (True, True)
        assert "cook" not in said


def test_whoever_posts_without_a_pause_is_asked_to_wait(front):
    answers = [front.ask("/contact/", "POST", b"name=A") for _ in range(40)]
    assert {status for status, _, _ in answers} == {200, 429}
    assert [status for status, _, _ in answers[:20]] == [200] * 20
    assert "One moment, please" in next(text for status, _, text in answers if status == 429)


@pytest.mark.parametrize("path", ["/u/token/", "/admin/vacancies/vacancy/add/", "/anymail/postmark/tracking/"])
def test_mailbox_providers_and_staff_may_post_in_bursts(front, path):
    assert {front.ask(path, "POST", b"x")[0] for _ in range(40)} == {200}


def test_a_page_with_all_that_belongs_to_it_is_within_the_limit(front):
    assert {front.ask(f"/vacancies/{number}/")[0] for number in range(120)} == {200}


def test_half_open_headers_stop_nobody_else(front):
    """As many as a visitor cares to open: here within what this small nginx can hold."""
    opened = [front.connect() for _ in range(100)]
    for connection in opened:
        connection.connect()
        connection.sock.sendall(b"GET / HTTP/1.1\r\nHost: ")
    assert front.ask("/")[0] == 200
    for connection in opened:
        connection.close()
