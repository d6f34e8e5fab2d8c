"""When the public pages of adverts change: by themselves, at moments that are known beforehand, or by a save."""

from datetime import datetime

from django.db.models import Subquery
from django.utils import timezone

from web.freshness import Changes, kept_until
from web.remembered import remember

from .. import rules
from ..models import Vacancy
from ..schedule import DAY, live_moment, send_moment


def changes(at: datetime | None = None) -> tuple[datetime, datetime]:
    """The last and the next moment at which a public page changes by itself, or by the save of an advert; one query.

    By itself it changes at midnight in London, when an edition comes out, an advert closes or a closed advert's page ends.
    Each of the four moments asked for is one row of an index: a maximum over the adverts would read hundreds of them whole.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    with_page = Vacancy.objects.closing_after(at - rules.PAGE_KEPT_FOR, at)
    moments = {
        "closed": with_page.filter(closes_at__lte=at).reverse().values("closes_at"),
        "closes": Vacancy.objects.closing_after(at, at).values("closes_at"),
        "saved": Vacancy.history.filter(history_date__lte=at).order_by("-history_date").values("history_date"),
    }
    asked = with_page.annotate(**{name: Subquery(rows[:1]) for name, rows in moments.items()})
    oldest, closed, closes, saved = asked.values_list("closes_at", *moments).first() or (None,) * 4
    page_ends = oldest and oldest + rules.PAGE_KEPT_FOR
    past = [live_moment(today), send_moment(today), saved, closed]
    coming = [send_moment(today), live_moment(today + DAY), closes, page_ends]
    return max(moment for moment in past if moment and moment <= at), min(moment for moment in coming if moment and moment > at)


def next_change(at: datetime | None = None) -> datetime:
    return changes(at)[1]


def last_change(at: datetime | None = None) -> datetime:
    return changes(at)[0]


def _remembered(at: datetime) -> Changes:
    return remember("changes of adverts", lambda: changes(at))


fresh = kept_until(_remembered)
