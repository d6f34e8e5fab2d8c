"""How long a page of news stays true: until the next article appears, and never longer than a few minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag

from .models import Article

LONGEST = timedelta(minutes=5)


def next_change(at: datetime) -> datetime | None:
    """When the next article that is written already will appear."""
    return Article.objects.filter(published_at__gt=at).order_by("published_at").values_list("published_at", flat=True).first()


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Put ``Cache-Control`` and ``ETag`` on what a view answers, and answer 304 to a reader who has it already."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        now = timezone.now()
        change = next_change(now)
        stays = min(change - now, LONGEST) if change else LONGEST
        patch_cache_control(response, public=True, max_age=int(stays.total_seconds()))
        if response.status_code != 200:
            return response
        set_response_etag(response)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response)

    return wrapper
