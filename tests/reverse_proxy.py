"""A proxy that ends TLS in front of the site, and a browser in front of the proxy, for tests of who redirects whom."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import ThreadingMixIn
from urllib.parse import urljoin, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.handlers.wsgi import WSGIHandler

MOST_REDIRECTS = 20  # as Chromium and Firefox have it


class Site(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Tests read no log of requests."""


@contextmanager
def running(server) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def site() -> Iterator[int]:
    """The application with its middleware as the settings now say, on a port of its own."""
    server = Site(("127.0.0.1", 0), Quiet)
    server.set_app(WSGIHandler())
    with running(server) as port:
        yield port


@contextmanager
def proxy(to: int, **adds: str) -> Iterator[int]:
    """Passes requests on with these headers set, whatever the visitor sent in them."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            headers = {**dict(self.headers.items()), **{name.replace("_", "-"): value for name, value in adds.items()}}
            connection = http.client.HTTPConnection("127.0.0.1", to)
            connection.request("GET", self.path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            connection.close()

        def log_message(self, *args):
            """Tests read no log of requests."""

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        yield port


@dataclass(frozen=True)
class Seen:
    """Where a browser ended: the address, the status and the text; status 0 when it gave up on redirects."""

    url: str
    status: int
    text: str = ""


def browse(url: str, ports: dict[str, int], fetches_metadata: bool = True) -> Seen:
    """Follow redirects as a browser does. ``ports`` says where each scheme really leads."""
    for _ in range(MOST_REDIRECTS):
        parts = urlsplit(url)
        headers = {"Host": parts.netloc}
        if parts.scheme == "https" and fetches_metadata:
            headers |= {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "none"}
        connection = http.client.HTTPConnection("127.0.0.1", ports[parts.scheme])
        connection.request("GET", parts.path or "/", headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        if answer.status not in {301, 302, 307, 308}:
            return Seen(url, answer.status, text)
        url = urljoin(url, answer.headers["Location"])
    return Seen(url, 0)
