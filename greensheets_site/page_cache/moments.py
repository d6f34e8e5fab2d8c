"""When the public site next changes by itself, with nobody saving anything."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from editions.models import Edition
from news import freshness as news
from vacancies.public import freshness as vacancies
from web.remembered import remember


def next_change(at: datetime) -> datetime:
    """The next midnight, 07:00, closing time, end of a closed advert's page, copy deadline or article, whichever comes first."""
    return min([vacancies.next_change(at), *_beside_adverts(at)])


def _beside_adverts(at: datetime) -> list[datetime]:
    deadline = Edition.objects.filter(copy_deadline_at__gt=at).aggregate(next=Min("copy_deadline_at"))["next"]
    return [moment for moment in (news.next_change(at), deadline) if moment]


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages that show more than adverts: kept no longer than until the next change of any kind."""
    kept = vacancies.fresh(view)

    @wraps(kept)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = kept(request, *args, **kwargs)
        if response.has_header("Cache-Control"):
            now = timezone.now()
            for moment in remember("changes beside adverts", lambda: _beside_adverts(now)):
                seconds = max(0, int((moment - now).total_seconds()))  # what is remembered may be over by now
                patch_cache_control(response, max_age=seconds)  # the smaller one stays
        return response

    return wrapper
