"""How long a public page stays true: until a moment that is known beforehand, and never past it.

``@fresh`` puts ``Cache-Control``, ``ETag`` and ``Last-Modified`` on a view's answer and answers 304 to a reader who has it. The
browser asks again after five minutes at most, because staff may save something at any time.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from math import floor

from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from .models import Vacancy
from .models.vacancies import PAGE_KEPT_FOR
from .schedule import DAY, live_moment, send_moment

LONGEST = timedelta(minutes=5)
KEPT_STATUSES = frozenset({200, 301, 302, 410})


def next_change(at: datetime | None = None) -> datetime:
    """The next moment at which a public page changes by itself: midnight in London, 07:00 (editions), a closing
    time, or the end of a closed advert's page."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    next_one, first = Min("closes_at", filter=Q(closes_at__gt=at)), Min("closes_at")
    closing, oldest = Vacancy.objects.with_page(at).aggregate(next_one=next_one, first=first).values()
    moments = [live_moment(today + DAY), send_moment(today), closing, oldest and oldest + PAGE_KEPT_FOR]
    return min(moment for moment in moments if moment and moment > at)


def last_change(at: datetime | None = None) -> datetime:
    """The last such moment, or the last time that an advert which is live now was saved, whichever is later."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    saved = Vacancy.objects.live(at).aggregate(last=Max("updated_at"))["last"]
    closing = Vacancy.objects.filter(closes_at__lte=at).aggregate(last=Max("closes_at"))["last"]
    moments = [live_moment(today), send_moment(today), closing, saved]
    return max(moment for moment in moments if moment and moment <= at)


def fresh(view: Callable) -> Callable:
    """For views without a form or a session. A view that knows better may set ``Last-Modified`` itself."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code not in KEPT_STATUSES or response.cookies or response.streaming:
            return response
        now = timezone.now()
        seconds = floor(min(next_change(now) - now, LONGEST).total_seconds())
        patch_cache_control(response, public=True, max_age=seconds)
        if "Last-Modified" not in response:
            response["Last-Modified"] = http_date(last_change(now).timestamp())
        if response.status_code != 200:
            return response
        etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
        response["ETag"] = etag
        # By its ETag only: a date of one second cannot tell two saves of that second apart.
        return get_conditional_response(request, etag=etag, response=response)

    return wrapper
