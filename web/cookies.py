"""An answer with a cookie is one reader's own, whatever its page says of itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class PrivateCookiesMiddleware:
    """Lets no proxy keep a cookie: a session that is over, say, is taken out of the browser with whatever page comes next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.cookies and response.has_header("Cache-Control"):
            patch_cache_control(response, private=True)
        return response
