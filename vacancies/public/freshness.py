"""How long a public page stays true: until a moment that is known beforehand, and never past it.

``@fresh`` puts ``Cache-Control``, ``ETag`` and ``Last-Modified`` on a view's answer and answers 304 to a reader who has it. The
browser asks again after five minutes at most, because staff may save something at any time.

Such a page can only be read: whatever else is asked of it is answered with 405, with a form's token or without, for there is
nothing that a token could protect.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from math import floor

from django.db.models import Subquery
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from web.remembered import for_one_page, remember

from ..models import Vacancy
from ..models.vacancies import PAGE_KEPT_FOR
from ..schedule import DAY, live_moment, send_moment

LONGEST = timedelta(minutes=5)
KEPT_STATUSES = frozenset({200, 301, 302, 410})


def changes(at: datetime | None = None) -> tuple[datetime, datetime]:
    """The last and the next moment at which a public page changes by itself, or by the save of an advert; one query.

    By itself it changes at midnight in London, at 07:00 (editions), when an advert closes and when a closed advert's page ends.
    Each of the four moments asked for is one row of an index: a maximum over the adverts would read hundreds of them whole.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    with_page = Vacancy.objects.closing_after(at - PAGE_KEPT_FOR, at)
    moments = {
        "closed": with_page.filter(closes_at__lte=at).reverse().values("closes_at"),
        "closes": Vacancy.objects.closing_after(at, at).values("closes_at"),
        "saved": Vacancy.history.filter(history_date__lte=at).order_by("-history_date").values("history_date"),
    }
    asked = with_page.annotate(**{name: Subquery(rows[:1]) for name, rows in moments.items()})
    oldest, closed, closes, saved = asked.values_list("closes_at", *moments).first() or (None,) * 4
    page_ends = oldest and oldest + PAGE_KEPT_FOR
    past = [live_moment(today), send_moment(today), saved, closed]
    coming = [send_moment(today), live_moment(today + DAY), closes, page_ends]
    return max(moment for moment in past if moment and moment <= at), min(moment for moment in coming if moment and moment > at)


def next_change(at: datetime | None = None) -> datetime:
    return changes(at)[1]


def last_change(at: datetime | None = None) -> datetime:
    return changes(at)[0]


def fresh(view: Callable) -> Callable:
    """For views without a form or a session. A view that knows of a later change may set ``Last-Modified`` itself."""

    @csrf_exempt
    @require_safe
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        with for_one_page():
            response = view(request, *args, **kwargs)
        if response.status_code not in KEPT_STATUSES or response.cookies or response.streaming:
            return response
        now = timezone.now()
        last, following = remember("changes of adverts", changes)
        seconds = floor(min(following - now, LONGEST).total_seconds())
        patch_cache_control(response, public=True, max_age=max(0, seconds))
        # A feed's own is that of its newest entry, and misses those that have gone.
        response["Last-Modified"] = http_date(max(last.timestamp(), parse_http_date_safe(response.get("Last-Modified", "")) or 0))
        if response.status_code != 200:
            return response
        etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
        response["ETag"] = etag
        # By its ETag only: a date of one second cannot tell two saves of that second apart.
        return get_conditional_response(request, etag=etag, response=response)

    return wrapper
