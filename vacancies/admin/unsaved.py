"""The browser keeps an unsaved copy of a form (``static/js/unsaved.js``); once it is saved, it is told to forget that copy."""

import re

from django.http import HttpRequest, HttpResponse

COOKIE = "unsaved_done"
_COPY = re.compile(r"[0-9a-z]{8,40}")


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A redirect after a POST means that the form was saved; the cookie names the copy for a moment, within the back office."""
    copy = request.POST.get("_unsaved", "")
    if request.method == "POST" and response.status_code == 302 and _COPY.fullmatch(copy):
        response.set_cookie(COOKIE, copy, max_age=300, path="/admin/", samesite="Lax", secure=request.is_secure())
    return response
