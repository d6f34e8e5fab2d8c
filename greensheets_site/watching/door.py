"""Answers monitors before anything else can refuse them: they ask by IP address and over plain http, from inside."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .health import healthz, healthz_web
from .metrics import metrics

Answer = Callable[[HttpRequest], HttpResponse]
DOORS: dict[str, Answer] = {"/healthz": healthz, "/healthz/web": healthz_web, "/metrics": metrics}


class WatchingMiddleware:
    """First of all, so that neither ALLOWED_HOSTS nor the redirect to https is asked."""

    def __init__(self, get_response: Answer):
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return DOORS.get(request.path_info, self._get_response)(request)
