"""The site with its cache in front, for tests: it notes what reaches Django."""

from django.core.wsgi import get_wsgi_application
from django.test import Client, RequestFactory

from greensheets_site.page_cache.cache import PageCache
from greensheets_site.page_cache.moments import next_change
from greensheets_site.page_cache.stamp import Watch
from tests.builders import london

NOW = london(2026, 4, 27, 10)
OPEN: list[Watch] = []


class Site:
    """The cache around the real application, which notes what reaches it."""

    def __init__(self, megabytes=64):
        self.reached: list[str] = []
        self.watch = Watch(next_change)
        OPEN.append(self.watch)
        self.cache = PageCache(self._application, self.watch, megabytes)
        self._django = get_wsgi_application()

    def _application(self, environ, start_response):
        self.reached.append(environ["PATH_INFO"])
        return self._django(environ, start_response)

    def get(self, address, method="GET", **environ):
        environ = {**RequestFactory().generic(method, address).environ, **environ}
        answer: dict = {}

        def start_response(status, headers, exc_info=None):
            answer.update(status=int(status[:3]), headers=dict(headers), names=[name for name, _ in headers])

        result = self.cache(environ, start_response)
        answer["body"] = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        return answer


def plain(address):
    return Client().get(address).content
