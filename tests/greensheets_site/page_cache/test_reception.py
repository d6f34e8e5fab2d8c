"""What is sent is taken in before anybody works on it; few work at once, and whoever waits too long is sent away in words."""

import threading
from contextlib import ExitStack

import pytest

from greensheets_site import rules
from greensheets_site.page_cache import reception
from greensheets_site.page_cache.reception import Reception


class Input:
    def __init__(self, content):
        self.content, self.asked = content, []

    def read(self, size=-1):
        self.asked.append(size)
        return self.content


def asked(application, body=b"", length=None):
    seen = []
    environ = {"CONTENT_LENGTH": str(len(body)) if length is None else length, "wsgi.input": Input(body)}
    answer = b"".join(application(environ, lambda status, headers: seen.extend([status, dict(headers)])))
    return seen[0], seen[1], answer


def hello(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


class Working:
    """Somebody who is at work until told to stop."""

    def __init__(self):
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, environ, start_response):
        self.has_begun.set()
        self.may_end.wait(10)
        return hello(environ, start_response)


def busy_with(stack, application, count, work):
    for _ in range(count):
        work.has_begun.clear()
        thread = threading.Thread(target=asked, args=[application])
        thread.start()
        stack.callback(thread.join)
        assert work.has_begun.wait(10)
    stack.callback(work.may_end.set)


def test_what_a_form_sends_is_read_before_anybody_works_on_it():
    at_work = []

    def note(environ, start_response):
        at_work.append(type(environ["wsgi.input"]).__name__)
        return hello(environ, start_response)

    assert asked(Reception(note), b"name=A") == ("200 OK", {}, b"name=A")
    assert at_work == ["BytesIO"]


@pytest.mark.parametrize(("length", "kind"), [(64 * 1024, "BytesIO"), (64 * 1024 + 1, "Input"), (0, "Input"), ("x", "Input")])
def test_a_longer_body_is_left_for_whoever_may_send_it(length, kind):
    kinds = []

    def note(environ, start_response):
        kinds.append(type(environ["wsgi.input"]).__name__)
        return hello(environ, start_response)

    asked(Reception(note), b"x", str(length))
    assert kinds == [kind]


def test_eight_work_at_once_and_the_ninth_is_sent_away_in_words():
    assert (rules.REQUESTS_AT_ONCE, rules.PATIENCE, rules.BUSY_FOR) == (8, 4.0, 5)
    work = Working()
    application = Reception(work, patience=0.01)
    with ExitStack() as stack:
        busy_with(stack, application, 8, work)
        status, headers, answer = asked(application)
    assert (status, headers["Retry-After"], answer) == ("503 Service Unavailable", "5", reception.WORDS)
    assert asked(application)[0] == "200 OK"


def test_whoever_waits_has_a_turn_once_somebody_is_done(monkeypatch):
    closed = []
    monkeypatch.setattr(reception.connections, "close_all", lambda: closed.append(True))
    work = Working()
    application = Reception(work, at_once=1, patience=10)
    answers = []
    with ExitStack() as stack:
        busy_with(stack, application, 1, work)
        waiting = threading.Thread(target=lambda: answers.append(asked(application)[0]))
        waiting.start()
        while not application._waiting:
            pass
        work.may_end.set()
        waiting.join()
    assert answers == ["200 OK"]
    assert closed == [True]


def test_whoever_fails_gives_the_place_back():
    def broken(_environ, _start_response):
        raise ZeroDivisionError

    application = Reception(broken, at_once=1, patience=0.01)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            asked(application)
