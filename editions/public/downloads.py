"""Sends a bulletin's file: with validators, or 304 without opening it, or the part that was asked for.

A part lets a telephone show page 1 of a large PDF before it has the rest, and go on after a broken connection.
"""

import re
from collections.abc import Iterator

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

from .. import rules
from ..models import Bulletin

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def send(
    request: HttpRequest, bulletin: Bulletin, file: FieldFile, *, digest: str, content_type: str, filename: str
) -> HttpResponseBase:
    changed_at = bulletin.built_at or bulletin.uploaded_at
    etag, seconds = quote_etag(digest) if digest else None, int(changed_at.timestamp()) if changed_at else None
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag, last_modified=seconds)
    if response is None:
        response = everything = whole(file, content_type, filename)
        if wants_part(request, etag):
            response = part(everything, file, request.headers["Range"])
    if etag:
        response["ETag"] = etag
    if seconds:
        response["Last-Modified"] = http_date(seconds)
    if bulletin.edition.published_at:
        patch_cache_control(response, public=True, max_age=rules.PDF_KEPT_SECONDS)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def opened(file: FieldFile) -> FieldFile:
    try:
        return file.open("rb")
    except FileNotFoundError as error:  # Replaced between the query and here; the next request finds the new one.
        raise Http404 from error


def whole(file: FieldFile, content_type: str, filename: str) -> FileResponse:
    response = FileResponse(opened(file), content_type=content_type, filename=filename)
    response["Accept-Ranges"] = "bytes"
    return response


def wants_part(request: HttpRequest, etag: str | None) -> bool:
    """A part of what the reader has already; of anything else the whole is sent."""
    asked = request.method == "GET" and RANGE.fullmatch(request.headers.get("Range", ""))
    return bool(asked) and request.headers.get("If-Range", etag) == etag


def part(response: FileResponse, file: FieldFile, asked: str) -> HttpResponse | StreamingHttpResponse:
    """The bytes that were asked for (206), or 416 if there are none."""
    size = file.file.size  # of the file that is open: to ask for it by name would be one more request to a bucket
    first, last = bounds(asked, size)
    if first > last:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    kept = {name: response[name] for name in ("Content-Type", "Content-Disposition", "Accept-Ranges")}
    answer = StreamingHttpResponse(pieces(file, first, last), status=206, headers=kept)
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Length"] = last - first + 1
    answer._resource_closers.append(file.close)  # type: ignore[attr-defined]  # as FileResponse does, unseen by the stubs
    return answer


def bounds(asked: str, size: int) -> tuple[int, int]:
    """First and last byte; ``bytes=-500`` are the last 500. The first lies behind the last if there is nothing to send."""
    match = RANGE.fullmatch(asked)
    first, last = match.groups() if match else ("", "")
    if first:
        return int(first), min(int(last), size - 1) if last else size - 1
    return max(0, size - int(last or 0)), size - 1


def pieces(file: FieldFile, first: int, last: int) -> Iterator[bytes]:
    file.seek(first)
    left = last - first + 1
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
