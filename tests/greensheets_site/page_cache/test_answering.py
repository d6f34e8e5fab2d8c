"""In which words, and in which encoding, a kept page is sent."""

import pytest
import time_machine

from greensheets_site.page_cache.answering import Page, answer, as_it_was, best_encoding, is_known_name
from greensheets_site.page_cache.stamp import Stamp
from tests.builders import london

NOW = london(2026, 4, 27, 10)


def asking(**more):
    return {"REQUEST_METHOD": "GET", "PATH_INFO": "/vacancies/", "QUERY_STRING": "", "wsgi.url_scheme": "http", **more}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("deflate, zstd", ""),
        ("gzip", "gzip"),
        ("gzip, br", "br"),
        ("GZIP , BR", "br"),
        ("br;q=0.1, gzip;q=1", "br"),
        ("br; q=0, gzip", "gzip"),
        ("br;q=0.000, gzip;q=0.0", ""),
        ("brotli", ""),
    ],
)
def test_an_encoding_is_used_only_if_the_reader_takes_it(accepted, encoding):
    assert best_encoding(accepted) == encoding


@pytest.mark.parametrize(
    ("condition", "known"),
    [
        ("", False),
        ("*", True),
        ('"abc"', True),
        ('"abc-br"', True),
        ('W/"abc-gzip"', True),
        ('"x", "y" ,W/"abc"', True),
        ('"abcd"', False),
        ('"ab"', False),
        ('"x-abc"', False),
    ],
)
def test_a_reader_has_the_page_in_whatever_encoding_it_came(condition, known):
    assert is_known_name(condition, "abc") == known


@pytest.mark.parametrize(("ahead", "seconds"), [(3600, 300), (301, 300), (299.9, 299), (1, 1), (0.9, 0), (0, 0), (-5, 0)])
def test_nobody_is_told_to_keep_a_page_past_its_moment_nor_for_a_time_that_is_over(ahead, seconds):
    told = {}
    with time_machine.travel(NOW, tick=False):
        stamp = Stamp(1, 1, NOW.timestamp(), NOW.timestamp() + ahead)
        body = answer(Page([], "abc", b"page"), stamp, asking(), lambda status, headers: told.update(headers))
    assert (told["Cache-Control"], body) == (f"public, max-age={seconds}", [b"page"])


def test_a_page_that_a_reader_has_is_answered_without_its_body_though_its_moment_goes_with_it():
    told = []
    with time_machine.travel(NOW, tick=False):
        environ = asking(HTTP_IF_NONE_MATCH='"abc-br"', HTTP_ACCEPT_ENCODING="gzip")
        stamp = Stamp(1, 1, NOW.timestamp(), NOW.timestamp() + 60)
        assert answer(Page([("Content-Type", "text/html")], "abc", b"page"), stamp, environ, lambda *all: told.extend(all)) == []
    assert told == [
        "304 Not Modified",
        [("ETag", '"abc-gzip"'), ("Cache-Control", "public, max-age=60"), ("Vary", "Accept-Encoding")],
    ]


def sent_as_it_was(content_type, body, **more):
    told = []
    page = Page([("Content-Type", content_type), ("Last-Modified", "Sun, 26 Apr 2026 06:00:00 GMT")], "abc", body)
    sent = b"".join(as_it_was(page, NOW.timestamp(), asking(**more), lambda *all: told.extend(all)))
    return told[0], dict(told[1]), sent


def test_a_page_from_while_the_database_is_away_says_of_when_it_is_and_is_not_to_be_kept():
    status, headers, body = sent_as_it_was("text/html; charset=utf-8", b'<body><main id="main" tabindex="-1">Oaks</main>')
    assert (status, body.count(b"This page is as it was at 10am.")) == ("200 OK", 1)
    assert body.startswith(b"<body><aside")
    assert body.endswith(b'<main id="main" tabindex="-1">Oaks</main>')
    assert headers == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Last-Modified": "Mon, 27 Apr 2026 09:00:00 GMT",
        "Content-Length": str(len(body)),
    }


def test_a_feed_from_while_the_database_is_away_is_left_as_it_is():
    _, headers, body = sent_as_it_was("application/atom+xml", b"<feed/>")
    assert (body, headers["Last-Modified"]) == (b"<feed/>", "Mon, 27 Apr 2026 09:00:00 GMT")


def test_head_brings_no_body_of_it_either():
    _, headers, body = sent_as_it_was("application/atom+xml", b"<feed/>", REQUEST_METHOD="HEAD")
    assert (body, headers["Content-Length"]) == (b"", "7")
