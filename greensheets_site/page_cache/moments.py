"""When the public site next changes by itself, with nobody saving anything."""

from datetime import datetime

from django.db.models import Min

from editions.models import Edition
from news import freshness as news
from vacancies.public import freshness as vacancies
from web.freshness import Changes, kept_until
from web.remembered import remember


def next_change(at: datetime) -> datetime:
    """The next midnight, edition, closing time, end of a closed advert's page, copy deadline or article."""
    return min([vacancies.next_change(at), *_beside_adverts(at)])


def _beside_adverts(at: datetime) -> list[datetime]:
    deadline = Edition.objects.filter(copy_deadline_at__gt=at).aggregate(next=Min("copy_deadline_at"))["next"]
    return [moment for moment in (news.next_change(at), deadline) if moment]


def _changes(at: datetime) -> Changes:
    last, following = remember("changes of adverts", lambda: vacancies.changes(at))
    return last, min([following, *remember("changes beside adverts", lambda: _beside_adverts(at))])


# For pages that show more than adverts.
fresh = kept_until(_changes)
