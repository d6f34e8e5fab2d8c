"""Answers monitors before anything can refuse them: they ask by IP address and over plain http, from inside."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .health import healthz, healthz_web
from .metrics import metrics

Answer = Callable[[HttpRequest], HttpResponse]
DOORS: dict[str, Answer] = {"/healthz": healthz, "/healthz/web": healthz_web, "/metrics": metrics}


class WatchingMiddleware:
    """Before the first that compares the host with ALLOWED_HOSTS; SECURE_REDIRECT_EXEMPT lets plain http come so far."""

    def __init__(self, get_response: Answer):
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return DOORS.get(request.path_info, self._get_response)(request)
