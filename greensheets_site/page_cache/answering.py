"""A kept page, sent in the words and the encoding of whoever asks for it."""

import gzip
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import StartResponse

import brotli
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import http_date

from web.quantities import clock

from .stamp import Stamp

LONGEST = 300  # seconds
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
MAIN = b'id="main"'

Environ = dict[str, Any]


class Page:
    """One answer: its headers, and its body as it is and compressed, each made when it is first asked for."""

    def __init__(self, headers: list[tuple[str, str]], etag: str, body: bytes):
        self.headers, self.etag = headers, etag
        self._bodies = {"": body}

    @property
    def size(self) -> int:
        return 1_000 + 2 * len(self._bodies[""])  # compressed twins and headers included, generously

    def body(self, encoding: str) -> bytes:
        if encoding not in self._bodies:
            self._bodies[encoding] = COMPRESSORS[encoding](self._bodies[""])
        return self._bodies[encoding]

    def etag_of(self, encoding: str) -> str:
        return f'"{self.etag}-{encoding}"' if encoding else f'"{self.etag}"'


def answer(page: Page, stamp: Stamp, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The page, or 304, in the encoding that the reader takes; with HEAD its headers only."""
    encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    seconds = max(0, min(LONGEST, int(stamp.until - time.time())))
    validators = [
        ("ETag", page.etag_of(encoding)),
        ("Cache-Control", f"public, max-age={seconds}"),
        ("Vary", "Accept-Encoding"),
    ]
    if is_known_name(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag):
        start_response("304 Not Modified", validators)
        return []
    body = page.body(encoding)
    headers = [*page.headers, *validators, ("Content-Length", str(len(body)))]
    start_response("200 OK", [*headers, ("Content-Encoding", encoding)] if encoding else headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def as_it_was(page: Page, right_at: float, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The page while the database is away, marked with the time at which it was known to be right; nobody is to keep it."""
    moment = timezone.localtime(datetime.fromtimestamp(right_at, UTC))
    mark = render_to_string("_as_it_was.html", {"time": clock(moment.time())}).encode()
    body = page.body("")
    if (at := body.find(MAIN)) > 0:
        start = body.rfind(b"<", 0, at)
        body = body[:start] + mark + body[start:]
    own = [(name, value) for name, value in page.headers if name.lower() != "last-modified"]
    marks = [("Cache-Control", "no-store"), ("Last-Modified", http_date(right_at)), ("Content-Length", str(len(body)))]
    start_response("200 OK", [*own, *marks])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def best_encoding(accepted: str) -> str:
    """Brotli before gzip; an encoding that the reader refuses with ``q=0`` is not used."""
    offers = dict((part.replace(" ", "").lower() + ";").split(";")[:2] for part in accepted.split(","))
    return next(
        (name for name in COMPRESSORS if name in offers and offers[name] not in ("q=0", "q=0.0", "q=0.00", "q=0.000")), ""
    )


def is_known_name(condition: str, etag: str) -> bool:
    """Whether a reader has this page, in whatever encoding it came."""
    if not condition:
        return False
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in condition.split(","))
    return any(tag == "*" or tag.rsplit("-", 1)[0] == etag for tag in tags)
