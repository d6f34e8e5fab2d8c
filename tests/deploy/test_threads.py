"""Slow visitors hold a thread each, and the others are answered all the same, with nothing in front of the site."""

import socket
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest

from rehearsal import units

from .conftest import WEB_UNIT

SLOW = 6
OTHERS = 30
HEAD = b"POST /contact/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
HEAD += b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"


def ask(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.fixture
def slow_posts(site):
    """Visitors who have sent 6 of 1,000 bytes, and send no more."""
    with ExitStack() as stack:
        for _ in range(SLOW):
            visitor = stack.enter_context(socket.create_connection(("127.0.0.1", site)))
            visitor.sendall(HEAD + b"name=A")
        yield


def test_visitors_who_send_slowly_stop_nobody_else(site, slow_posts):
    assert [ask(site, "/robots.txt") for _ in range(OTHERS)] == [200] * OTHERS


def test_whoever_asks_the_database_is_answered_beside_them(site, slow_posts):
    """By another thread each time, with a connection of its own; no worker has been seen, which is what 503 says."""
    assert {ask(site, "/healthz") for _ in range(OTHERS)} == {503}


def test_all_slow_visitors_may_meet_one_process():
    """Which process takes a connection is chance, so each has more threads than the six of the tests above."""
    command = units.read(WEB_UNIT, "1").command()
    assert int(command[command.index("--blocking-threads") + 1]) > SLOW
