"""The archive, an edition as a web page, and its PDFs at addresses that never change."""

from collections import Counter
from datetime import date
from itertools import groupby

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from vacancies import wording
from vacancies.models import StaffGroup, Term, Vacancy
from vacancies.public.freshness import fresh

from ..models import Bulletin, Edition, term_name
from . import downloads
from .shelf import with_pdfs
from .structured_data import publication_issue, steps_to


@fresh
def archive(request: HttpRequest) -> HttpResponse:
    """A year of editions by term; an unknown ``year`` shows the latest."""
    years = [day.year for day in Edition.objects.published().dates("on", "year", order="DESC")]
    wanted = request.GET.get("year", "")
    year = next((year for year in years if str(year) == wanted), years[0] if years else None)
    terms = list(Term.objects.confirmed())
    editions = with_pdfs(Edition.objects.published().filter(on__year=year)) if year else []
    by_term = [(name, list(members)) for name, members in groupby(editions, key=lambda edition: term_name(edition.on, terms))]
    return render(request, "editions/archive.html", {"years": years, "year": year, "terms": by_term})


@fresh
def edition(request: HttpRequest, on: date) -> HttpResponse:
    """The adverts of one edition by bulletin and authority; also what the week's email opens as "view in browser"."""
    [found] = with_pdfs([get_object_or_404(Edition.objects.published(), on=on)])
    now = timezone.now()
    with_page = set(Vacancy.objects.with_page(now).printed_in(on).order_by().values_list("pk", flat=True))
    pages = {name: (page, pdf.get_absolute_url()) for pdf in found.pdfs for name, page in pdf.page_of.items()}
    adverts = [
        Printed(vacancy, *pages.get(vacancy.reference, (None, "")), vacancy.pk in with_page, vacancy.is_closed(now))
        for vacancy in found.vacancies().published(now)
    ]
    counts = Counter(advert.vacancy.staff_group for advert in adverts)
    groups = [(group, by_authority(adverts, group), counts[group]) for group in StaffGroup]
    structured = [publication_issue(found), steps_to(found)]
    bulletins = ", and its two bulletins as PDFs" if len(found.pdfs) == len(StaffGroup) else ""
    summary = f"The posts of issue {found.number} of Greensheets, by authority{bulletins}."
    context = {"edition": found, "groups": groups, "structured": structured, "summary": summary, **neighbours(found)}
    return render(request, "editions/edition.html", context)


class Printed:
    """An advert as the edition's page lists it, and the PDF that prints it."""

    def __init__(self, vacancy: Vacancy, page: int | None, pdf_url: str, has_page: bool, is_closed: bool):
        self.vacancy, self.page, self.pdf_url, self.has_page, self.is_closed = vacancy, page, pdf_url, has_page, is_closed
        self.hours = wording.hours(vacancy)


def by_authority(adverts: list[Printed], group: StaffGroup) -> list[tuple[str, list[Printed]]]:
    members = [advert for advert in adverts if advert.vacancy.staff_group == group]
    return [(name, list(of)) for name, of in groupby(members, key=lambda advert: advert.vacancy.school.authority.name)]


def neighbours(edition: Edition) -> dict[str, Edition | None]:
    return {
        "previous": Edition.objects.published().filter(on__lt=edition.on).order_by("-on").first(),
        "next": Edition.objects.published().filter(on__gt=edition.on).order_by("on").first(),
    }


@require_safe
def bulletin(request: HttpRequest, on: date, staff_group: str) -> HttpResponseBase:
    """A bulletin's PDF. Before its edition is published it exists for staff only."""
    found = readable(request, on, staff_group)
    filename = f"Greensheets-{on}-{staff_group}.pdf"
    return downloads.send(request, found, found.file, digest=found.digest, content_type="application/pdf", filename=filename)


@require_safe
def for_print(request: HttpRequest, on: date, staff_group: str) -> HttpResponseBase:
    """The print shop's PDF: for staff only, always."""
    found = get_object_or_404(
        Bulletin.objects.exclude(print_file="").select_related("edition"), edition__on=on, staff_group=staff_group
    )
    if not request.user.has_perm("editions.view_bulletin"):
        raise Http404
    filename = f"Greensheets-{on}-{staff_group}-print.pdf"
    response = FileResponse(downloads.opened(found.print_file), content_type="application/pdf", filename=filename)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def cover_picture(request: HttpRequest, on: date, staff_group: str) -> HttpResponseBase:
    found = readable(request, on, staff_group)
    if not found.cover:
        raise Http404
    digest = found.digest and f"{found.digest}-cover"
    return downloads.send(
        request, found, found.cover, digest=digest, content_type="image/jpeg", filename=f"{on}-{staff_group}.jpg"
    )


def readable(request: HttpRequest, on: date, staff_group: str) -> Bulletin:
    found = get_object_or_404(Bulletin.objects.built().select_related("edition"), edition__on=on, staff_group=staff_group)
    if not found.edition.published_at and not request.user.has_perm("editions.view_bulletin"):
        raise Http404
    return found
