"""How long a page of news stays true: until the next article appears, and never longer than a few minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.db.models import Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.http import http_date

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
    """Put ``Cache-Control``, ``Last-Modified`` and ``ETag`` on what a view answers, and answer 304 to a reader who has it."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        now = timezone.now()
        last, change = changes(now)
        stays = min(change - now, LONGEST) if change else LONGEST
        patch_cache_control(response, public=True, max_age=int(stays.total_seconds()))
        if response.status_code != 200:
            return response
        if last and "Last-Modified" not in response:
            response["Last-Modified"] = http_date(last.timestamp())
        set_response_etag(response)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)

    return wrapper
