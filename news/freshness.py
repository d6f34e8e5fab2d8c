"""How long a page of news stays true: until the next article appears, and never longer than a few minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.db.models import Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .models import Article

LONGEST = timedelta(minutes=5)


def changes(at: datetime) -> tuple[datetime | None, datetime | None]:
    """When the news was last changed, by a save or because an article appeared, and when the next one will appear; one query."""
    coming, appeared = Q(published_at__gt=at), Q(published_at__lte=at)
    found = Article.objects.aggregate(
        saved=Max("updated_at"), last=Max("published_at", filter=appeared), next=Min("published_at", filter=coming)
    )
    return max((moment for moment in (found["saved"], found["last"]) if moment), default=None), found["next"]


def next_change(at: datetime) -> datetime | None:
    return changes(at)[1]


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Put ``Cache-Control``, ``Last-Modified`` and ``ETag`` on what a view answers, and answer 304 to a reader who has it.

    Such a page can only be read: whatever else is asked of it is answered with 405, with a form's token or without.
    """

    @csrf_exempt
    @require_safe
    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        now = timezone.now()
        last, change = changes(now)
        stays = min(change - now, LONGEST) if change else LONGEST
        patch_cache_control(response, public=True, max_age=int(stays.total_seconds()))
        if response.status_code != 200:
            return response
        if last:
            known = parse_http_date_safe(response.get("Last-Modified", "")) or 0  # a feed's own misses articles that have gone
            response["Last-Modified"] = http_date(max(last.timestamp(), known))
        set_response_etag(response)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)

    return wrapper
