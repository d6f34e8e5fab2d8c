"""What the cache in front of Django keeps, and in which words and bytes it is sent."""

import gzip
import re

import brotli
import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greensheets_site.page_cache.cache import QUERY_KEYS
from tests.builders import a_school, a_vacancy, an_article, an_authority
from tests.cached_site import Site, plain

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_closed")]


def test_the_second_reader_gets_the_page_without_django(site, clock):
    an_article("Oaks")
    first, second = site.get("/news/"), site.get("/news/")
    assert first == second
    assert b"Oaks" in first["body"]
    assert site.reached == ["/news/"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_pages_come_in_the_encoding_that_the_reader_takes(site, clock, accepted, encoding, decode):
    for _ in range(2):
        answer = site.get("/news/", HTTP_ACCEPT_ENCODING=accepted)
        assert answer["headers"].get("Content-Encoding") == encoding
        assert int(answer["headers"]["Content-Length"]) == len(answer["body"])
        assert decode(answer["body"]) == plain("/news/")
        assert answer["headers"]["Vary"] == "Accept-Encoding"


def test_each_encoding_has_its_own_etag_and_any_of_them_is_known_again(site, clock):
    etags = [site.get("/news/", HTTP_ACCEPT_ENCODING=each)["headers"]["ETag"] for each in ("br", "gzip", "")]
    assert len(set(etags)) == 3
    for known in [*etags, "*", f'"other", W/{etags[0]}']:
        answer = site.get("/news/", HTTP_IF_NONE_MATCH=known)
        assert (answer["status"], answer["body"]) == (304, b"")
    assert site.get("/news/", HTTP_IF_NONE_MATCH='"other"')["status"] == 200


@pytest.mark.parametrize(("over", "is_kept"), [(0, True), (1, False)])
def test_a_page_of_a_megabyte_is_kept_and_one_that_is_a_byte_larger_is_not(site, clock, monkeypatch, over, is_kept):
    body = b"x" * (1024 * 1024 + over)

    def enormous(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "public"), ("ETag", '"large"')])
        return [body]

    monkeypatch.setattr(site, "_django", enormous)
    assert [len(site.get("/news/")["body"]) for _ in range(2)] == [len(body)] * 2
    assert site.reached == ["/news/"] * (1 if is_kept else 2)


def test_a_reader_whose_page_is_old_gets_the_new_one(site, clock):
    etag = site.get("/news/")["headers"]["ETag"]
    an_article("Oaks")
    answer = site.get("/news/", HTTP_IF_NONE_MATCH=etag)
    assert (answer["status"], b"Oaks" in answer["body"]) == (200, True)


def test_head_gets_the_headers_of_the_page(site, clock):
    page = site.get("/news/")
    head = site.get("/news/", method="HEAD")
    assert (head["headers"], head["body"]) == (page["headers"], b"")


@pytest.mark.parametrize(
    ("address", "environ"),
    [
        ("/contact/", {}),
        ("/mailing-list/", {}),
        ("/admin/login/", {}),
        ("/healthz", {}),
        ("/news/", {"HTTP_COOKIE": "a=b; sessionid=abc"}),
        ("/news/", {"HTTP_COOKIE": "messages=abc"}),
        ("/vacancies/?q=" + "x" * 400, {}),
        ("/nothing-here/", {}),
    ],
)
def test_what_is_somebodys_own_or_odd_is_never_kept(site, clock, address, environ):
    for _ in range(2):
        site.get(address, **environ)
    assert len(site.reached) == 2


def test_a_page_that_sets_a_cookie_or_is_private_is_never_kept(clock):
    for extra in (
        [("Set-Cookie", "a=b")],
        [("Vary", "Cookie")],
        [("Cache-Control", "private")],
        [("Content-Type", "application/pdf")],
    ):
        site = Site()
        good = {"Content-Type": "text/html", "Cache-Control": "public, max-age=300", "ETag": '"x"'}

        def application(environ, start_response, headers={**good, **dict(extra)}):  # noqa: B006  one dict for each round
            start_response("200 OK", list(headers.items()))
            return [b"page"]

        site._django = application
        assert [site.get("/news/")["body"] for _ in range(2)] == [b"page", b"page"]
        assert len(site.reached) == 2, extra


@pytest.mark.parametrize("address", ["/news/", "/nothing-here/", "/GS99999", "/contact/", "/vacancies/card.png"])
def test_head_before_anybody_has_asked_gets_what_get_does(clock, address):
    cold, page = Site().get(address, method="HEAD", HTTP_ACCEPT_ENCODING="br"), Site().get(address, HTTP_ACCEPT_ENCODING="br")
    for each in (cold, page):
        each["headers"].pop("Set-Cookie", None)
    assert (cold["status"], cold["headers"]) == (page["status"], page["headers"])


@pytest.mark.parametrize("address", ["/news/", "/nothing-here/", "/GS99999"])
def test_head_brings_no_body_of_a_page_whether_it_is_kept_or_not(clock, address):
    assert Site().get(address, method="HEAD")["body"] == b""
    assert Site().get(address)["body"] != b""


def test_a_page_that_was_asked_for_with_head_is_kept_whole(site, clock):
    assert site.get("/news/", method="HEAD")["body"] == b""
    assert site.get("/news/")["body"] == plain("/news/")
    assert site.reached == ["/news/"]


@pytest.mark.parametrize("mark", ["utm_source=x&utm_medium=y", "gclid=abc", "fbclid=abc&", "q="])
def test_the_marks_that_other_sites_put_on_links_cost_nothing(site, clock, mark):
    first = site.get("/news/", HTTP_ACCEPT_ENCODING="br")
    marked = site.get(f"/news/?{mark}", HTTP_ACCEPT_ENCODING="br")
    assert (marked["body"], marked["headers"]) == (first["body"], first["headers"])
    assert len(site.reached) == (2 if mark == "q=" else 1)


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/vacancies/{pk}-chef/?utm_source=x&role=teacher&fbclid=1", "/vacancies/{pk}-cook/?role=teacher"),
        ("/vacancies/{pk}-chef/?utm_source=x", "/vacancies/{pk}-cook/"),
    ],
)
def test_a_marked_link_that_has_moved_leads_to_the_page_without_its_marks(site, clock, address, to):
    advert = a_vacancy("Cook")
    moved = site.get(address.format(pk=advert.pk))
    assert (moved["status"], moved["headers"]["Location"]) == (301, to.format(pk=advert.pk))


NAMES = st.sampled_from([*sorted(QUERY_KEYS), "utm_source", "fbclid", "", "Q", "q[]", "%71", "%70age", "a%26q", "q%00"])
VALUES = st.sampled_from(["cook", "teacher", "2", "2026", "part_time", "a%26q=b", "%ff", "+", "=", "", "GS10001", "saltmere"])
PARTS = st.one_of(st.tuples(NAMES, VALUES).map("=".join), NAMES, st.text("&=%;+?q1", max_size=8))
PATHS = ["/", "/vacancies/", "/vacancies/feed/", "/vacancies.json", "/news/", "/editions/", "/vacancies/in/saltmere/", "advert"]


@given(path=st.sampled_from(PATHS), query=st.lists(PARTS, max_size=6).map("&".join))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_gets_what_django_answers_to_the_parts_that_it_knows(site, clock, adverts, path, query):
    path = adverts if path == "advert" else path
    known = QueryDict(mutable=True)
    for name, values in QueryDict(query).lists():
        if name in QUERY_KEYS:
            known.setlist(name, values)
    answer, expected = site.get(path, QUERY_STRING=query), Client().get(path, QUERY_STRING=known.urlencode())
    assert (answer["status"], answer["body"]) == (expected.status_code, expected.content)
    assert answer["headers"].get("Location") == expected.headers.get("Location")


@pytest.fixture
def adverts():
    """Two adverts and the address of one of them."""
    school = a_school(authority=an_authority("Saltmere"))
    a_vacancy("Cook", school=school, role="midday-supervisor", pk=1)
    return a_vacancy("Class Teacher", school=school).get_absolute_url()


def test_posting_goes_to_django(site, clock):
    site.get("/news/")
    site.get("/news/", method="POST")
    assert len(site.reached) == 2


def test_the_frame_of_each_page_marks_the_page_that_it_is(site, clock):
    for path in ("/news/", "/vacancies/", "/vacancies/teaching/", "/editions/", "/", "/news/"):
        current = re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', site.get(path)["body"].decode())
        section = f"/{path.split('/')[1]}/"
        assert current == ([] if path == "/" else [(section, "page" if path == section else "true")]), path


def test_memory_is_bounded_and_the_pages_that_are_read_stay(clock):
    site = Site(megabytes=1)
    big = b"x" * 150_000

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "public"), ("ETag", '"x"')])
        return [big]

    site._django = application
    for page in range(2, 9):
        site.get("/vacancies/")
        site.get(f"/vacancies/?page={page}")
    assert site.reached.count("/vacancies/") == 8
    assert site.cache._size <= 1024 * 1024
