"""A site behind a proxy of which it does not know would redirect to itself for ever; this says in words what to set instead."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

# Besides X-Forwarded-Proto: how other proxies say that the visitor came over https.
CLAIMS = {
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_SCHEME": "https",
    "HTTP_X_FORWARDED_PROTOCOL": "https",
    "HTTP_X_URL_SCHEME": "https",
    "HTTP_X_FORWARDED_SSL": "on",
    "HTTP_FRONT_END_HTTPS": "on",
    "HTTP_FORWARDED": "proto=https",
}
NEARBY = {"localhost", "127.0.0.1", "[::1]"}
HEADERS = "X-Forwarded-Proto (nginx: proxy_set_header X-Forwarded-Proto $scheme;)"
SET_BEHIND_PROXY = "Set BEHIND_PROXY=1 and restart the site."
SEND_THE_HEADER = f"BEHIND_PROXY=1 is set, but the proxy in front does not say how visitors come. Let it send {HEADERS}."
SEND_AND_SET = f"A proxy in front took the request over https and did not say so. Let it send {HEADERS}. {SET_BEHIND_PROXY}"


class NoEndlessRedirectMiddleware:
    """Stands before the redirect to https, and answers in its place where following it would lead back here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        advice = why_endless(request) if _would_redirect(request) else ""
        if not advice:
            return self.get_response(request)
        text = f"Greensheets is not set up yet: it would redirect this request to itself for ever.\n\n{advice}\n"
        response = HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
        add_never_cache_headers(response)
        return response


def _would_redirect(request: HttpRequest) -> bool:
    """As Django's own middleware decides; monitors ask over http and are answered."""
    if not settings.SECURE_SSL_REDIRECT or request.is_secure():
        return False
    return not any(re.search(exempt, request.path.lstrip("/")) for exempt in settings.SECURE_REDIRECT_EXEMPT)


def why_endless(request: HttpRequest) -> str:
    """What to set, if a redirect to https would lead back here; empty for a visitor who really came over http.

    Browsers send Sec-Fetch-Mode over https only (and to this machine itself), which tells on a proxy that says nothing.
    """
    if settings.BEHIND_PROXY:
        says_how = "HTTP_X_FORWARDED_PROTO" in request.META
        return "" if says_how and not _browser_has_https(request) else SEND_THE_HEADER
    if any(word in request.META.get(name, "").lower() for name, word in CLAIMS.items()):
        return f"A proxy in front took the request over https. {SET_BEHIND_PROXY}"
    return SEND_AND_SET if _browser_has_https(request) else ""


def _browser_has_https(request: HttpRequest) -> bool:
    host = request.META.get("HTTP_HOST", "").lower()
    nearby = host.rpartition(":")[0] in NEARBY or host in NEARBY or host.partition(":")[0].endswith(".localhost")
    return "HTTP_SEC_FETCH_MODE" in request.META and not nearby
