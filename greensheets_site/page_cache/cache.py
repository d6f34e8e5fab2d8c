"""Whole public pages, ready to send, in front of Django: exact by the stamp, bounded in memory, and with nobody's cookies.

What may be kept says so itself: an answer of 200 with ``Cache-Control: public`` and an ETag, without a cookie. Its age is worked
out anew each time it is sent, so that no browser or proxy keeps it past the next moment at which it would change.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import unquote_plus
from wsgiref.types import StartResponse, WSGIApplication

from django.db import Error, close_old_connections

from vacancies.search.forms import FIELDS
from web.remembered import Memory

from .. import rules
from .answering import Environ, Page, answer, as_it_was
from .stamp import NotWatched, Stamp, Watch

logger = logging.getLogger(__name__)

LONGEST_QUERY = 400
LONGEST_HOST = 260  # a name of 253 letters, which is the most there is, and a port
QUERY_KEYS = frozenset({*FIELDS, "page", "year"})
SENT_BY_OTHERS = (
    *("/static/", "/media/", "/admin/", "/healthz", "/metrics", "/demo/", "/anymail/"),
    *("/u/", "/mailing-list/", "/contact/", "/proof/", "/vacancies/documents/"),
)
FILES = (".pdf", ".jpg", ".png", ".webp", ".ico")
OF_SOMEBODY = ("sessionid=", "messages=")
PAGE_TYPES = ("text/html", "text/plain", "text/calendar", "application/xml", "application/json", "application/atom+xml")
ASK_AGAIN_AFTER = 5.0  # seconds without a cache, while the database does not count changes
TRY_AGAIN_AFTER = 1.0  # seconds between two looks at a database that is away
NOT_KEPT = {"cache-control", "content-length", "content-encoding", "etag", "date", "vary"}

Key = tuple[str, str, str, str]


class PageCache:
    """A WSGI application around another one."""

    def __init__(self, application: WSGIApplication, watch: Watch, megabytes: int = 64):
        self._application, self._watch, self._most = application, watch, megabytes * 1024 * 1024
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._size = 0
        self._stamp: Stamp | None = None
        self._memory = Memory()
        self._is_off = self._is_away = False
        self._asked_at = 0.0
        self._right_at = 0.0
        self._asking = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not is_made_of_content(environ):
            return self._application(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        if query and (known := known_part(query)) != query:
            environ = {**environ, "QUERY_STRING": known}
        stamp, key = self._current(), key_of(environ)
        if stamp is None:
            page = self._left(key) if key else None
            if page:
                return as_it_was(page, self._right_at, environ, start_response)
            return self._application(environ, start_response)
        page = self._find(key, stamp) if key else None
        if page:
            return answer(page, stamp, environ, start_response)
        with self._memory.under(stamp):
            if key:
                return self._ask(environ, start_response, key, stamp)
            return self._application(environ, start_response)

    def _current(self) -> Stamp | None:
        """None when nothing can be known; without the database, one thread at a time tries whether it is back."""
        if self._is_off and time.monotonic() < self._asked_at + ASK_AGAIN_AFTER:
            return None
        if not self._is_away:
            return self._read()
        if time.monotonic() < self._asked_at + TRY_AGAIN_AFTER or not self._asking.acquire(blocking=False):
            return None
        try:
            return self._read()
        finally:
            self._asking.release()

    def _read(self) -> Stamp | None:
        was_away, self._is_away = self._is_away, False
        try:
            stamp = self._watch.stamp()
        except NotWatched:
            if not self._is_off:
                logger.error("Pages are not kept: the database does not count changes until manage.py migrate has succeeded.")
            self._is_off, self._asked_at = True, time.monotonic()
        except Error as error:
            self._is_away, self._asked_at = True, time.monotonic()
            if not was_away:
                logger.warning("The database cannot be asked whether pages have changed (%s)", type(error).__name__)
            self._watch.close()
            close_old_connections()
        else:
            self._is_off, self._right_at = False, time.time()
            return stamp
        return None

    def _left(self, key: Key) -> Page | None:
        """A page that was right when the database went away, which is not long ago."""
        with self._lock:
            is_recent = time.time() < self._right_at + rules.PAGES_OUTLIVE_THE_DATABASE_BY.total_seconds()
            return self._pages.get(key) if self._is_away and is_recent else None

    def _find(self, key: Key, stamp: Stamp) -> Page | None:
        with self._lock:
            if stamp != self._stamp:
                return None
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def _keep(self, key: Key, page: Page, stamp: Stamp) -> None:
        """Under the stamp from before the page was made: what changed while it was made has another one."""
        with self._lock:
            if stamp != self._stamp:
                if self._stamp is not None and stamp < self._stamp:
                    return
                self._pages.clear()
                self._size, self._stamp = 0, stamp
            if key in self._pages:
                self._size -= size_of(key, self._pages.pop(key))
            self._pages[key] = page
            self._size += size_of(key, page)
            while self._size > self._most:
                self._size -= size_of(*self._pages.popitem(last=False))

    def _ask(self, environ: Environ, start_response: StartResponse, key: Key, stamp: Stamp) -> Iterable[bytes]:
        """Django's answer; HEAD and the reader's own conditions are judged here, so that the whole page comes back to be kept."""
        asked = {name: value for name, value in environ.items() if name not in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")}
        asked["REQUEST_METHOD"] = "GET"
        started: list[Any] = []
        result = self._application(asked, cast(StartResponse, lambda *arguments: started.append(arguments)))
        status, headers = started[0][:2]
        etag = kept_etag(status, headers)
        if not etag and environ["REQUEST_METHOD"] == "GET":
            start_response(*started[0])
            return result
        try:
            body = b"".join(result)
        finally:
            if close := getattr(result, "close", None):
                close()
        if not etag:
            start_response(*started[0])
            return []
        page = Page([(name, value) for name, value in headers if name.lower() not in NOT_KEPT], etag, body)
        if len(body) <= rules.LARGEST_KEPT_PAGE:
            self._keep(key, page, stamp)
        return answer(page, stamp, environ, start_response)


def is_made_of_content(environ: Environ) -> bool:
    """Whether it asks for one of the public pages: not to change anything, for a file, or at the desk."""
    path = environ["PATH_INFO"]
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and not path.startswith(SENT_BY_OTHERS) and not path.endswith(FILES)


def known_part(query: str) -> str:
    """What pages read of a query, as it was spelt. The rest, such as the marks that other sites put on links, changes no page."""
    return "&".join(part for part in query.split("&") if unquote_plus(part.split("=", 1)[0]) in QUERY_KEYS)


def key_of(environ: Environ) -> Key | None:
    """What a page is kept under; None for what is somebody's own, or asks for more than any page of ours links to."""
    query, host, cookie = environ.get("QUERY_STRING", ""), environ.get("HTTP_HOST", ""), environ.get("HTTP_COOKIE", "")
    if cookie and any(name in cookie for name in OF_SOMEBODY):
        return None
    if len(query) > LONGEST_QUERY or len(host) > LONGEST_HOST:
        return None
    return environ["PATH_INFO"], query, host, scheme_of(environ)


def scheme_of(environ: Environ) -> str:
    """As Django reads it behind a proxy. Where there is none, it may be what a visitor wrote: two keys at most."""
    forwarded = environ.get("HTTP_X_FORWARDED_PROTO")
    if forwarded is None:
        return str(environ["wsgi.url_scheme"])
    return "https" if forwarded.split(",", 1)[0].strip() == "https" else "http"


def size_of(key: Key, page: Page) -> int:
    return page.size + sum(map(len, key))


def kept_etag(status: str, headers: list[tuple[str, str]]) -> str:
    """The ETag, without its quotes, of an answer that may be kept; empty for any other."""
    if not status.startswith("200"):
        return ""
    named = {name.lower(): value for name, value in headers}
    control = named.get("cache-control", "")
    is_public = "public" in control and "immutable" not in control
    is_shared = "set-cookie" not in named and "cookie" not in named.get("vary", "").lower() and "*" not in named.get("vary", "")
    is_page = named.get("content-type", "").split(";")[0] in PAGE_TYPES and "content-encoding" not in named
    return named.get("etag", "").removeprefix("W/").strip('"') if is_public and is_shared and is_page else ""
