"""Stored pictures for the public: nothing else in the media folder can be asked for here."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def stored(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    """A file's name is the digest of what it holds, so an answer is good for ever and a browser never has to ask again."""
    etag = f'"{name}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _file(folder, name)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


def _file(folder: str, name: str) -> HttpResponse:
    try:
        with default_storage.open(f"{folder}/{name}") as file:
            response = HttpResponse(file.read(), content_type=mimetypes.guess_type(name)[0])
    except OSError as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
