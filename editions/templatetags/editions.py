from collections.abc import Iterable
from datetime import timedelta

from django import template
from django.utils import timezone

from vacancies import wording
from vacancies.models import Vacancy
from vacancies.search.live import live_adverts
from web.remembered import remember

from ..models import Bulletin

register = template.Library()


@register.inclusion_tag("editions/_printed_in.html")
def printed_in(vacancy: Vacancy) -> dict[str, object]:
    """In which edition and on which page it was printed, with a link that opens the PDF at the advert; else nothing."""
    reference, live = vacancy.reference, live_adverts().by_pk
    if vacancy.pk in live:
        bulletin = remember("latest bulletins", lambda: _latest_bulletins(live.values())).get(reference)
    else:
        bulletin = Bulletin.objects.public().filter(page_of__has_key=reference).select_related("edition").first()
    if not bulletin:
        return {}
    day = wording.day_text(bulletin.edition.on)
    return {"bulletin": bulletin, "reference": reference, "day": day, "page": bulletin.page_of[reference]}


@register.inclusion_tag("editions/_not_printed.html")
def not_printed(vacancy: Vacancy | None) -> dict[str, object]:
    """For the desk: the bulletins in which the press could not set this advert."""
    if vacancy is None or not vacancy.pk:
        return {}
    rows = Bulletin.objects.filter(held_back__has_key=vacancy.reference).select_related("edition").order_by("edition__on")
    return {"lacking": [(bulletin, bulletin.held_back[vacancy.reference]) for bulletin in rows]}


def _latest_bulletins(adverts: Iterable[Vacancy]) -> dict[str, Bulletin]:
    """The latest one that prints each of these adverts, by its reference.

    It cannot be older than the first day of the oldest advert, except that a bulletin may have been corrected in its own week.
    """
    days = {
        day for advert in adverts for day in (advert.publish_on, advert.print_from, timezone.localdate(advert.created_at)) if day
    }
    since = min(days, default=timezone.localdate()) - timedelta(weeks=1)
    latest: dict[str, Bulletin] = {}
    for bulletin in Bulletin.objects.public().filter(edition__on__gte=since).select_related("edition"):
        for reference in bulletin.page_of:
            latest.setdefault(reference, bulletin)
    return latest


@register.filter
def short_closing(vacancy: Vacancy) -> str:
    return wording.closing(vacancy, long=False)
