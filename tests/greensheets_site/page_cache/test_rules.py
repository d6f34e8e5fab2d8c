"""What may be kept, and under which key: the rules of the cache, without a database."""

import re

import pytest

from greensheets_site import rules
from greensheets_site.page_cache.cache import (
    QUERY_KEYS,
    PageCache,
    is_made_of_content,
    kept_etag,
    key_of,
    known_part,
)
from greensheets_site.page_cache.stamp import Stamp
from greensheets_site.settings import BASE_DIR
from tests.builders import london

NOW = london(2026, 4, 27, 10)
GOOD = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "public, max-age=300", "ETag": '"abc"'}


def asking(path="/vacancies/", query="", **more):
    return {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "wsgi.url_scheme": "http", **more}


@pytest.mark.parametrize(
    "environ",
    [
        asking(HTTP_COOKIE="sessionid=abc"),
        asking(HTTP_COOKIE="theme=dark; messages=abc"),
        asking(query="q=" + "x" * 399),
        asking(HTTP_HOST="x" * 261),
    ],
)
def test_what_is_somebodys_own_or_odd_has_no_key(environ):
    assert key_of(environ) is None


@pytest.mark.parametrize(
    "environ",
    [
        asking("/editions/2026-04-27/teaching.pdf"),
        asking("/vacancies/card.png"),
        asking("/news/oak.jpg"),
        asking("/news/oak.webp"),
        asking("/favicon.ico"),
        asking("/vacancies/documents/1/job-description.docx"),
        asking("/proof/abc/"),
        asking("/anymail/postmark/tracking/"),
        asking("/admin/"),
        asking("/contact/"),
        asking("/u/abc/"),
        asking(REQUEST_METHOD="POST"),
    ],
)
def test_files_the_desk_and_what_changes_something_are_not_pages_made_of_content(environ):
    assert not is_made_of_content(environ)


@pytest.mark.parametrize("environ", [asking(), asking("/"), asking(REQUEST_METHOD="HEAD"), asking(HTTP_COOKIE="sessionid=abc")])
def test_public_pages_are_made_of_content_even_if_they_are_not_kept(environ):
    assert is_made_of_content(environ)


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("", ""),
        ("q=cook", "q=cook"),
        ("fbclid=abc", ""),
        ("utm_source=x&q=cook&gclid=abc&page=2&utm_medium=y", "q=cook&page=2"),
        ("page=2&q=cook&q=chef&q=cook", "page=2&q=cook&q=chef&q=cook"),
        ("q=cook&", "q=cook"),
        ("&&=&q", "q"),
        ("%71=cook&%78=1&pa%67e=2", "%71=cook&pa%67e=2"),
        ("Q=cook&q =1&q[]=2", ""),
        ("q=a%26page=2;x=1+2%FF", "q=a%26page=2;x=1+2%FF"),
    ],
)
def test_of_a_query_only_what_pages_read_is_kept_as_it_was_spelt(query, known):
    assert known_part(query) == known


@pytest.mark.parametrize(
    "environ",
    [
        asking(),
        asking(HTTP_COOKIE="theme=dark"),
        asking("/editions/", "year=2025&page=2"),
        asking(query="q=cook&where=ZZ99&miles=3&sort=closing&as_typed=1&role=senco&role=teacher&new=1"),
        asking(query="q=" + "x" * 398),
    ],
)
def test_whatever_a_page_of_ours_links_to_has_a_key(environ):
    assert key_of(environ) == (environ["PATH_INFO"], environ["QUERY_STRING"], "", "http")


@pytest.mark.parametrize(
    ("forwarded", "scheme"),
    [("https", "https"), ("https, http", "https"), ("http", "http"), ("HTTPS", "http"), ("x" * 8000, "http")],
)
def test_whatever_a_visitor_writes_as_the_scheme_there_are_two(forwarded, scheme):
    assert key_of(asking(HTTP_X_FORWARDED_PROTO=forwarded)) == ("/vacancies/", "", "", scheme)


def test_pages_that_could_differ_have_keys_that_do():
    askings = [
        asking(),
        asking("/news/"),
        asking(query="page=2"),
        asking(HTTP_HOST="www.greensheets.example"),
        asking(HTTP_HOST="greensheets.example"),
        asking(HTTP_X_FORWARDED_PROTO="https"),
    ]
    assert len({key_of(environ) for environ in askings}) == len(askings)


@pytest.mark.parametrize(
    ("status", "headers", "etag"),
    [
        ("200 OK", {}, "abc"),
        ("200 OK", {"ETag": 'W/"abc"'}, "abc"),
        ("200 OK", {"Vary": "Accept-Encoding"}, "abc"),
        ("200 OK", {"Content-Type": "application/atom+xml"}, "abc"),
        ("206 Partial Content", {}, ""),
        ("301 Moved Permanently", {}, ""),
        ("404 Not Found", {}, ""),
        ("200 OK", {"ETag": ""}, ""),
        ("200 OK", {"Cache-Control": "max-age=300"}, ""),
        ("200 OK", {"Cache-Control": "private, max-age=300"}, ""),
        ("200 OK", {"Cache-Control": "public, max-age=31536000, immutable"}, ""),
        ("200 OK", {"Set-Cookie": "a=b"}, ""),
        ("200 OK", {"Vary": "Accept-Encoding, cookie"}, ""),
        ("200 OK", {"Vary": "*"}, ""),
        ("200 OK", {"Content-Encoding": "gzip"}, ""),
        ("200 OK", {"Content-Type": "image/png"}, ""),
    ],
)
def test_only_a_whole_public_page_that_is_the_same_for_all_is_kept(status, headers, etag):
    assert kept_etag(status, list({**GOOD, **headers}.items())) == etag


def test_an_answer_without_headers_is_not_kept():
    assert kept_etag("200 OK", []) == ""


def a_stamp(turn):
    return Stamp(turn, turn, NOW.timestamp(), NOW.timestamp() + 60)


class Still:
    """A watch whose stamp stays until a test sets another."""

    def __init__(self):
        self.now = a_stamp(1)

    def stamp(self):
        return self.now


class Pages:
    """A cache in front of an application that answers with the body that a test sets, and counts how often it is asked."""

    def __init__(self, body=b"page", megabytes=1):
        self.body, self.asked, self.watch = body, [], Still()
        self.cache = PageCache(self._application, self.watch, megabytes)

    def _application(self, environ, start_response):
        self.asked.append(environ)
        start_response("200 OK", list(GOOD.items()))
        return [self.body() if callable(self.body) else self.body]

    def get(self, *arguments, **more):
        return b"".join(self.cache(asking(*arguments, **more), lambda *_: None))

    @property
    def weight(self):
        """What is kept, weighed anew."""
        return sum(page.size + sum(map(len, key)) for key, page in self.cache._pages.items())


@pytest.mark.parametrize(("size", "times"), [(rules.LARGEST_KEPT_PAGE, 1), (rules.LARGEST_KEPT_PAGE + 1, 2)])
def test_a_page_that_is_too_large_is_answered_but_not_kept(size, times):
    pages = Pages(b"x" * size, megabytes=64)
    assert [len(pages.get()) for _ in range(2)] == [size, size]
    assert len(pages.asked) == times


def test_django_is_asked_for_whole_pages_whatever_the_reader_wants_of_them():
    pages = Pages()
    pages.get(REQUEST_METHOD="HEAD", HTTP_IF_NONE_MATCH='"other"', HTTP_IF_MODIFIED_SINCE="Mon, 27 Apr 2026 06:00:00 GMT")
    assert pages.asked == [asking()]


def test_a_page_that_was_begun_before_a_change_does_not_replace_those_from_after_it():
    pages = Pages()

    def overtaken():
        """While this page is made, content changes and another reader gets a page of the new content."""
        pages.body = b"new"
        pages.watch.now = a_stamp(2)
        pages.get("/news/")
        return b"old"

    pages.body = overtaken
    assert pages.get("/vacancies/") == b"old"
    assert [pages.get("/vacancies/"), pages.get("/news/")] == [b"new", b"new"]
    assert len(pages.asked) == 3


def test_a_page_that_two_readers_had_made_at_once_counts_once():
    pages = Pages()

    def twice():
        pages.body = b"page"
        pages.get()
        return b"page"

    pages.body = twice
    pages.get()
    assert (len(pages.asked), len(pages.cache._pages)) == (2, 1)
    assert pages.cache._size == pages.weight


def test_what_is_kept_is_weighed_with_the_addresses_that_it_is_kept_under():
    pages = Pages()
    for number in range(800):
        pages.get(f"/{number}{'x' * 2000}")
    assert pages.cache._size == pages.weight <= 1024 * 1024
    assert len(pages.cache._pages) < 400


def test_every_name_that_a_public_page_reads_from_its_query_is_known():
    """Others reach no view: one that is forgotten here works in every test that asks Django alone, and never in real life."""
    rooms = [
        path
        for room in ("vacancies", "editions", "news")
        for path in (BASE_DIR / room).rglob("*.py")
        if "admin" not in path.parts
    ]
    modules = [*rooms, BASE_DIR / "greensheets_site/public/views.py", BASE_DIR / "greensheets_site/public/pages.py"]
    read = {name for path in modules for name in re.findall(r"""(?:GET|query)(?:\.get(?:list)?\(|\[)"(\w+)""", path.read_text())}
    assert read - QUERY_KEYS == {"proof"}  # of documents, which are not asked for through the cache
    assert {"q", "page", "year"} <= read
