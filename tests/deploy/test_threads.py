"""Slow visitors hold a thread or a connection each, and the others are answered all the same, with nothing before the site."""

import socket
import sqlite3
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from threading import Event, Thread

import pytest

from rehearsal import units

from .conftest import WEB_UNIT

SLOW, HALF_OPEN = 50, 2_000
OTHERS = 30
ROUNDS = 60
ARTICLE = """INSERT INTO news_article
    (title, summary, body, picture, picture_alt, picture_caption, picture_is_decorative, published_at, updated_at)
    VALUES (?, 'A test.', '', '', '', '', 0, ?, ?)"""
HEAD = b"POST /contact/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
HEAD += b"Content-Type: application/x-www-form-urlencoded\r\n"
HEAD += b"Cookie: csrftoken=" + b"a" * 32 + b"\r\n\r\n"  # without one it would be refused unread


def ask(site, path):
    connection = HTTPConnection("127.0.0.1", site.port, timeout=15)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def slow_posts(site):
    """Visitors who have sent 6 of 1,000 bytes, and send no more."""
    with ExitStack() as stack:
        for _ in range(SLOW):
            visitor = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            visitor.sendall(HEAD + b"name=A")
        yield


@pytest.fixture
def half_open_headers(site):
    """Connections on which a request was begun and goes no further."""
    with ExitStack() as stack:
        for _ in range(HALF_OPEN):
            visitor = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=15))
            visitor.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-")
        yield


def answers(site, path):
    """What others get meanwhile. Without room for them they would wait for as long as the slow ones stay."""
    return {ask(site, path)[0] for _ in range(OTHERS)}


@pytest.mark.parametrize("path", ["/robots.txt", "/contact/"])
def test_visitors_who_send_slowly_stop_nobody_else(site, slow_posts, path):
    assert answers(site, path) == {200}


@pytest.mark.parametrize("path", ["/robots.txt", "/contact/"])
def test_visitors_who_never_say_what_they_want_stop_nobody_else(site, half_open_headers, path):
    assert answers(site, path) == {200}


def test_whoever_asks_the_database_is_answered_beside_them(site, slow_posts):
    """By another thread each time, with a connection of its own; no worker has been seen, which is what 503 says."""
    assert {ask(site, "/healthz")[0] for _ in range(OTHERS)} == {503}


def test_no_thread_shows_what_was_kept_before_a_change(site):
    """Eight readers ask without a pause, from both processes; whoever asks after a commit sees it."""
    over, failures = Event(), []

    def read():
        while not over.is_set():
            if ask(site, "/news/feed/")[0] != 200:
                failures.append("not answered")

    readers = [Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    try:
        with closing(sqlite3.connect(site.database, timeout=20)) as database:
            stale = [number for number in range(ROUNDS) if publish(database, number) not in ask(site, "/news/feed/")[1]]
    finally:
        over.set()
        for reader in readers:
            reader.join()
    assert (stale, failures) == ([], [])


def publish(database, number):
    """An article, put in by another process, as far as the site is concerned."""
    title = f"Article number {number} of the test"
    with database:
        database.execute(ARTICLE, (title, "2026-01-01 00:00:00", "2026-01-01 00:00:00"))
        database.execute("DELETE FROM news_article WHERE title != ?", (title,))
    return title


def test_all_slow_visitors_may_meet_one_process():
    """Which process takes a connection is chance, so each has more threads than the fifty of the tests above."""
    command = units.read(WEB_UNIT, "1").command()
    assert int(command[command.index("--blocking-threads") + 1]) > SLOW
