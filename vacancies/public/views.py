from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from web.json_ld import breadcrumbs

from .. import rules, wording
from ..models import Authority, RoleType, School, StaffGroup, Vacancy
from ..paths import path_to
from ..reference import from_pk, no_such_advert, to_pk, typed_reference
from ..search.forms import FIELDS, VacancyFilterForm, page_number
from ..search.live import live_adverts
from ..search.places import miles_between
from ..search.results import Results
from . import calendars
from .freshness import fresh

FAR = 1_000  # miles or hours, for what is not known
TITLE_SHOWN = 70  # signs of a title, before a search engine cuts it off


@dataclass(frozen=True)
class Landing:
    """What one of the lists is called, and the filter that its address stands for."""

    heading: str
    description: str
    path: str
    preset: Mapping[str, str] = field(default_factory=dict)
    within: tuple[str, str] | None = None  # the list that it is a part of

    @property
    def breadcrumbs(self) -> dict[str, Any] | None:
        steps = [("Vacancies", path_to("list")), *([self.within] if self.within else []), (self.heading, self.path)]
        return breadcrumbs(*steps) if self.preset else None


@fresh
def vacancy_list(request: HttpRequest) -> HttpResponse:
    description = "Every school post advertised with Greensheets this week, with its pay, hours and closing date."
    return _list(request, Landing("Vacancies in schools", description, path_to("list")))


@fresh
def group_list(request: HttpRequest, staff_group: StaffGroup) -> HttpResponse:
    headings = {StaffGroup.TEACHING: "Teaching posts in schools", StaffGroup.SUPPORT: "Support posts in schools"}
    examples = {
        StaffGroup.TEACHING: "Teachers, leaders and SENCOs",
        StaffGroup.SUPPORT: "Teaching assistants, administrators, site and catering staff",
    }
    description = f"{examples[staff_group]}: posts in schools, new every Monday of term, with pay, hours and closing date."
    path = path_to("group", staff_group)
    return _list(request, Landing(headings[staff_group], description, path, {"group": str(staff_group)}))


@fresh
def authority_list(request: HttpRequest, slug: str) -> HttpResponse:
    authority = Authority.objects.filter(slug=slug).first()
    if not authority:
        return _no_such_list(request, "There is no authority with this name here.")
    description = f"Teaching and support posts in the schools of {authority}, new every Monday of term."
    landing = Landing(f"School vacancies in {authority}", description, authority.get_absolute_url(), {"authority": slug})
    return _list(request, landing)


@fresh
def role_type_list(request: HttpRequest, slug: str) -> HttpResponse:
    role = RoleType.objects.filter(slug=slug).first()
    if not role:
        return _no_such_list(request, "There is no type of post with this name here.")
    description = f"{role} posts in schools, new every Monday of term, with pay, hours and closing date."
    return _list(request, Landing(f"{role} vacancies", description, role.get_absolute_url(), {"role": slug}))


@fresh
def authority_role_list(request: HttpRequest, authority_slug: str, role_slug: str) -> HttpResponse:
    """One type of post in one authority: "Teaching assistant vacancies in Torbay"."""
    authority, role = Authority.objects.filter(slug=authority_slug).first(), RoleType.objects.filter(slug=role_slug).first()
    if not authority or not role:
        return _no_such_list(request, "There is no list of these posts here.")
    description = (
        f"{role} posts in the schools of {authority}, each with its pay, hours and closing date. "
        f"New ones appear every Monday of term, with the bulletin for {role.get_staff_group_display().lower()}."
    )
    path = path_to("authority_role", authority.slug, role.slug)
    preset = {"authority": authority.slug, "role": role.slug}
    return _list(request, Landing(f"{role} vacancies in {authority}", description, path, preset, _step(authority)))


def _no_such_list(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "404.html", {"reason": reason}, status=404)


def _list(request: HttpRequest, landing: Landing) -> HttpResponse:
    typed = typed_reference(request.GET.get("q", ""))
    pk = to_pk(typed)
    if pk and (Vacancy.objects.with_page() | Vacancy.objects.gone()).filter(pk=pk).exists():
        return redirect("vacancies:reference", from_pk(pk))
    results = VacancyFilterForm(request.GET, landing.preset).apply()
    is_landing = not any(request.GET.get(name) for name in FIELDS)
    asked = page_number(request.GET)
    number = min(asked, results.pages)
    context = {
        "landing": landing,
        "results": results,
        "vacancies": results.page(number),
        "number": number,
        "asked_page": asked,
        "pages": _pages(results, number),
        "unknown_reference": typed and no_such_advert(typed),
        "is_landing": is_landing,
        "heading": results.title if results.chips and not is_landing else landing.heading,
        "own_url": results.url(page=str(number) if number > 1 else ""),
    }
    return render(request, "vacancies/list.html", context)


def _pages(results: Results, number: int) -> list[tuple[int | None, str]]:
    """The pages to offer, as (number, address); None stands for those that are left out."""
    wanted = sorted({1, number - 1, number, number + 1, results.pages} & set(range(1, results.pages + 1)))
    offered: list[tuple[int | None, str]] = []
    for before, page in pairwise([1, *wanted]):
        if page - before > 1:
            offered.append((None, ""))
        offered.append((page, results.url(page=str(page)) if page > 1 else results.url()))
    return offered


@fresh
def vacancy(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    advert = live_adverts().by_pk.get(pk) or Vacancy.objects.with_page().for_display().filter(pk=pk).first()
    if not advert:
        return _no_page(request, pk)
    if slug != advert.slug:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{advert.get_absolute_url()}{'?' if query else ''}{query}", permanent=True)
    context = {
        "vacancy": advert,
        "live_pk": pk if pk in live_adverts().by_pk else None,
        "is_closed": advert.is_closed(),
        "similar": similar_to(advert),
        "page_title": _title_of(advert),
        "summary": wording.summary(advert),
        "breadcrumbs": breadcrumbs(*_steps_to(advert.school), *_role_of(advert), (advert.title, advert.get_absolute_url())),
        **_came_from(request, advert),
    }
    return render(request, "vacancies/vacancy.html", context)


def _title_of(advert: Vacancy) -> str:
    """Two posts of one title at a school are told apart by their references."""
    here = live_adverts().at_school(advert.school_id)
    has_twin = any(other.title == advert.title and other.pk != advert.pk for other in here)
    title = f"{advert.title} ({advert.reference})" if has_twin else advert.title
    return _titled(f"{title}, {advert.school.name_and_place}")


def _titled(text: str) -> str:
    """The title of a page for search engines: what is looked for comes first, and our name where there is room for it."""
    named = f"{text} – Greensheets"
    return named if len(named) <= TITLE_SHOWN else text


def _steps_to(place: School) -> list[tuple[str, str]]:
    return [("Vacancies", path_to("list")), _step(place.authority)]


def _role_of(advert: Vacancy) -> list[tuple[str, str]]:
    role, authority = advert.role_type, advert.school.authority
    return [(role.name, path_to("authority_role", authority.slug, role.slug))] if role else []


def _step(page: Authority | RoleType | School) -> tuple[str, str]:
    return page.name, page.get_absolute_url()


def _no_page(request: HttpRequest, pk: int, reason: str = "") -> HttpResponse:
    """410 for what was once here, with posts like it; 404 for what never was, or is not yet."""
    advert = Vacancy.objects.gone().for_display().filter(pk=pk).first()
    if not advert:
        return render(request, "404.html", {"reason": reason}, status=404)
    return render(request, "410.html", {"similar": similar_to(advert)}, status=410)


def _came_from(request: HttpRequest, advert: Vacancy) -> dict[str, Any]:
    """Previous, next and the way back, when the address carries the list that the reader came from."""
    carried = QueryDict(mutable=True)
    for name in FIELDS:
        if name in request.GET:
            carried.setlist(name, request.GET.getlist(name))
    if not carried:
        return {}
    results = VacancyFilterForm(carried).apply()
    before, after, place = results.neighbours(advert.pk)
    return {
        "results": results,
        "before": before,
        "after": after,
        "place_in_list": place,
        "back_url": results.page_with(max(1, place)),
    }


def similar_to(advert: Vacancy) -> list[Vacancy]:
    """Live posts of the same type, the nearest first and at one school those of like hours; where nobody says where a school is,
    those of the same authority first. Then other posts of its authority and staff group.
    """
    role, here, live = advert.role_type_id, advert.school.authority_id, live_adverts()
    groups = {advert.staff_group} if advert.staff_group else set(StaffGroup)
    ranked = chain(
        sorted(live.of_role(role), key=lambda other: _unlike(advert, other)),
        (one for one in live.in_authority(here) if one.role_type_id != role and one.staff_group in groups),
    )
    return list(islice((other for other in ranked if other.pk != advert.pk), rules.SIMILAR_POSTS))


def _unlike(advert: Vacancy, other: Vacancy) -> tuple[float, bool, float]:
    """How far away it is, whether in another authority, and how different its hours are; what is not known counts as much."""
    points = [
        (school.latitude, school.longitude)
        for school in (advert.school, other.school)
        if school.latitude is not None and school.longitude is not None
    ]
    miles = miles_between(*points) if len(points) == 2 else FAR
    hours = (advert.hours_per_week, other.hours_per_week)
    apart = FAR if None in hours else abs(float(hours[0] or 0) - float(hours[1] or 0))
    return round(miles), other.school.authority_id != advert.school.authority_id, apart


@fresh
def closing_date(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    advert = get_object_or_404(Vacancy.objects.live().select_related("school"), pk=pk)
    body = calendars.calendar_file(advert, f"{settings.SITE_URL}{advert.get_absolute_url()}")
    headers = {"Content-Disposition": f'attachment; filename="{advert.reference}.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


@fresh
def by_reference(request: HttpRequest, reference: str) -> HttpResponse:
    pk = to_pk(reference) or 0
    advert = Vacancy.objects.with_page().filter(pk=pk).first()
    return redirect(advert) if advert else _no_page(request, pk, no_such_advert(reference.upper()))


@fresh
def school(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    place = get_object_or_404(School.objects.select_related("authority"), pk=pk)
    if slug != place.slug:
        return redirect(place, permanent=True)
    # With its postcode, because there are schools of one name in one town.
    where = ", ".join(filter(None, [place.name_and_place, place.postcode]))
    area = f" in {place.authority}" if place.authority.name != place.place else ""
    context = {
        "school": place,
        "vacancies": live_adverts().at_school(pk),
        "page_title": _titled(f"Vacancies at {where}"),
        "summary": f"Posts now advertised at {where}{area}, with pay, hours and closing date.",
        "breadcrumbs": breadcrumbs(*_steps_to(place), _step(place)),
    }
    return render(request, "vacancies/school.html", context)
