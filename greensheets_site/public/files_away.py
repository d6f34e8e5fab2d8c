"""What is said to whoever asks for a file, or sends one, while the storage for files does not answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from files.outages import StorageAway

SECONDS = 60


class FilesAwayMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 and a sentence; everything else of the site goes on."""
        if not isinstance(exception, StorageAway):
            return None
        response = render(request, "files_away.html", {"was_sent": request.method == "POST"}, status=503)
        response["Retry-After"] = str(SECONDS)
        patch_cache_control(response, private=True, no_store=True)
        response._has_been_logged = True  # type: ignore[attr-defined]  # The outage was, once; Django would log every request.
        return response
