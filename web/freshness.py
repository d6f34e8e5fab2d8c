"""How long a public page stays true: until a moment that is known beforehand, and never past it.

A room that knows when its pages change makes a decorator of it with ``kept_until``. It puts ``Cache-Control``, ``ETag`` and
``Last-Modified`` on a view's answer and answers 304 to a reader who has it. The browser asks again before long,
because staff may save something at any time.

Such a page can only be read: whatever else is asked of it is answered with 405, with a form's token or without, for there is
nothing that a token could protect.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from math import floor
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from . import rules
from .remembered import for_one_page

KEPT_STATUSES = frozenset({200, 301, 302, 410})
View = Callable[..., HttpResponseBase]
# The last moment at which a page changed and the next one at which it will, where there is one.
Changes = tuple[datetime | None, datetime | None]


def kept_until(changes: Callable[[datetime], Changes]) -> Callable[[View], View]:
    """A decorator for views without a form or a session. A view that knows of a later change may set ``Last-Modified`` itself."""

    def fresh(view: View) -> View:
        @csrf_exempt
        @require_safe
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with for_one_page():
                response = view(request, *args, **kwargs)
                if response.status_code not in KEPT_STATUSES or response.cookies or not isinstance(response, HttpResponse):
                    return response
                now = timezone.now()
                return _with_dates(request, response, changes(now), now)

        return wrapper

    return fresh


def _with_dates(request: HttpRequest, response: HttpResponse, changes: Changes, now: datetime) -> HttpResponseBase:
    last, following = changes
    seconds = (
        floor(min(following - now, rules.PAGE_KEPT_AT_MOST).total_seconds())
        if following
        else int(rules.PAGE_KEPT_AT_MOST.total_seconds())
    )
    patch_cache_control(response, public=True, max_age=max(0, seconds))  # what was remembered may be over by now
    # A feed's own is that of its newest entry, and misses those that have gone.
    known = parse_http_date_safe(response.get("Last-Modified", "")) or 0
    if last or known:
        response["Last-Modified"] = http_date(max(last.timestamp() if last else 0, known))
    if response.status_code != 200:
        return response
    etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    response["ETag"] = etag
    # By its ETag only: a date of one second cannot tell two saves of that second apart.
    return get_conditional_response(request, etag=etag, response=response) or response
