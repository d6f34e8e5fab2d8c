"""How long a public page stays true: until a moment that is known beforehand, and never past it.

``@fresh`` puts ``Cache-Control``, ``ETag`` and ``Last-Modified`` on a view's answer and answers 304 to a reader who has it. The
browser asks again after five minutes at most, because staff may save something at any time.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from math import floor

from django.db.models import Subquery
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from .models import Vacancy
from .models.vacancies import PAGE_KEPT_FOR
from .schedule import DAY, live_moment, send_moment

LONGEST = timedelta(minutes=5)
KEPT_STATUSES = frozenset({200, 301, 302, 410})


def changes(at: datetime | None = None) -> tuple[datetime, datetime]:
    """The last and the next moment at which a public page changes by itself, or by the save of an advert.

    By itself it changes at midnight in London, at 07:00 (editions), when an advert closes and when a closed one's page ends. Two
    queries, which read one row of each index: asking the adverts themselves for their last save would read every live one whole.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    kept = Vacancy.objects.with_page(at).order_by("closes_at").values("closes_at")
    past = Vacancy.objects.filter(closes_at__lte=at).order_by("-closes_at").annotate(oldest=Subquery(kept[:1]))
    closed, oldest = past.values_list("closes_at", "oldest").first() or (None, None)
    saves = Vacancy.history.filter(history_date__lte=at).order_by("-history_date").values("history_date")
    live = Vacancy.objects.live(at).order_by("closes_at").annotate(saved=Subquery(saves[:1]))
    closes, saved = live.values_list("closes_at", "saved").first() or (None, None)
    page_ends = oldest and oldest + PAGE_KEPT_FOR
    moments = [live_moment(today), send_moment(today), live_moment(today + DAY), closed, closes, saved, page_ends]
    known = [moment for moment in moments if moment]
    return max(moment for moment in known if moment <= at), min(moment for moment in known if moment > at)


def next_change(at: datetime | None = None) -> datetime:
    return changes(at)[1]


def last_change(at: datetime | None = None) -> datetime:
    return changes(at)[0]


def fresh(view: Callable) -> Callable:
    """For views without a form or a session. A view that knows better may set ``Last-Modified`` itself."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code not in KEPT_STATUSES or response.cookies or response.streaming:
            return response
        now = timezone.now()
        last, following = changes(now)
        seconds = floor(min(following - now, LONGEST).total_seconds())
        patch_cache_control(response, public=True, max_age=seconds)
        if "Last-Modified" not in response:
            response["Last-Modified"] = http_date(last.timestamp())
        if response.status_code != 200:
            return response
        etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
        response["ETag"] = etag
        # By its ETag only: a date of one second cannot tell two saves of that second apart.
        return get_conditional_response(request, etag=etag, response=response)

    return wrapper
