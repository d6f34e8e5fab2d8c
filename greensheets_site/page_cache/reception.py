"""Between the kept pages and Django: takes in what visitors send before anybody works on it, and sends some away if all are busy.

The server has many threads, which are there to wait for slow visitors. Few of them may work at once, so that a processor and a
database see no more of a flood than of a busy day.
"""

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.db import connections

from .. import rules

WORDS = b"We are very busy at the moment. Please try again in a few seconds.\n"


class Reception:
    """A WSGI application around another one. A longer body is for whoever is logged in: others are refused before it is read."""

    def __init__(self, application: WSGIApplication, at_once: int = rules.REQUESTS_AT_ONCE, patience: float = rules.PATIENCE):
        self._application, self._patience = application, patience
        self._places = threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self._waiting = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if 0 < announced(environ) <= rules.LARGEST_FORM:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(announced(environ)))
        if not self._place():
            return busy(start_response)
        try:
            return self._application(environ, start_response)
        finally:
            if self._waiting:
                connections.close_all()  # Threads take turns: not each of them is to keep the database's attention.
            self._places.release()

    def _place(self) -> bool:
        """Whether there was one in time; whoever comes when all are taken waits a little."""
        if self._places.acquire(blocking=False):
            return True
        with self._lock:
            self._waiting += 1
        try:
            return self._places.acquire(timeout=self._patience)
        finally:
            with self._lock:
                self._waiting -= 1


def announced(environ: dict[str, Any]) -> int:
    """The length of a body. One that is not announced is not read by Django at all."""
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if str(length).isdecimal() else 0


def busy(start_response: StartResponse) -> list[bytes]:
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(WORDS)))]
    start_response("503 Service Unavailable", [*headers, ("Retry-After", str(rules.BUSY_FOR)), ("Cache-Control", "no-store")])
    return [WORDS]
