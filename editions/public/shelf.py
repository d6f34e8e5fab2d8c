"""Published editions as readers find them: which of their PDFs are there, and which the press still has to make."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from vacancies.models import Vacancy

from ..models import Bulletin, Edition


def with_pdfs(editions: Iterable[Edition]) -> list[Edition]:
    """These editions, each with its ``pdfs`` and the bulletins that are ``awaited``.

    The press makes what has adverts, however late; for a bulletin without any, or of an edition older than this system, nobody
    should wait. Whether there are adverts is asked once for all editions, and only if a PDF is missing: asked of each bulletin by
    itself, forty of them took seconds to find among 100,000 archived adverts.
    """
    editions = list(editions)
    prefetch_related_objects(editions, Prefetch("bulletins", Bulletin.objects.select_related("edition"), to_attr="planned"))
    missing = [bulletin for edition in editions for bulletin in edition.planned if not bulletin.file]
    awaited = with_adverts(missing)
    for edition in editions:
        edition.pdfs = [bulletin for bulletin in edition.planned if bulletin.file]
        edition.awaited = [bulletin for bulletin in edition.planned if bulletin.pk in awaited]
    return editions


def with_adverts(missing: list[Bulletin]) -> set[int]:
    """The keys of those bulletins that have something to print."""
    if not missing:
        return set()
    mondays = [bulletin.edition.on for bulletin in missing]
    runs = runs_between(min(mondays), max(mondays))
    return {
        bulletin.pk
        for bulletin in missing
        if any(group == bulletin.staff_group and first <= bulletin.edition.on <= last for group, first, last in runs)
    }


def runs_between(first: date, last: date) -> list[tuple[str, date, date]]:
    """Staff group, first and last Monday in print of the adverts of these days; most share theirs with many others."""
    printed = Vacancy.objects.printed_between(first, last).order_by()
    runs = printed.values_list("role_type__staff_group", "print_from", "print_until").distinct()
    return [(group, begins, ends) for group, begins, ends in runs if begins and ends]
