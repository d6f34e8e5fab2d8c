"""Headers that keep other sites away from our pages, and our pages away from what a browser could give them."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

NOT_WANTED = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), browsing-topics=()"
# Emails and other sites may show these; of all else nothing.
PICTURES = ("image/", "font/")


class IsolationMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_picture = response.headers.get("Content-Type", "").startswith(PICTURES)
        response.headers.setdefault("Permissions-Policy", NOT_WANTED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_picture else "same-origin")
        return response
