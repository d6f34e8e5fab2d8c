from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.fields.related import RelatedField
from django.http import HttpRequest
from django.utils import timezone

from web.quantities import period

from .. import rules, wording
from ..editing import defaults, review
from ..editing.problems import Problem
from ..models import Status, Vacancy, VacancyQuerySet, calendar
from ..schedule import WEEK, Calendar, live_moment

_Choices = list[tuple[str, str]]
_Value = TypeVar("_Value")


def once(request: HttpRequest, name: str, make: Callable[[], _Value]) -> _Value:
    """What is read once for a page, which asks again for each choice of each filter when it counts them."""
    read = request.__dict__
    if name not in read:
        read[name] = make()
    return cast(_Value, read[name])


def days_of(request: HttpRequest) -> Calendar:
    return once(request, "publication_days", calendar)


class FewChoices(admin.RelatedFieldListFilter):
    def field_choices(self, field: RelatedField, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return once(request, f"choices_of_{field.name}", partial(super().field_choices, field, request, model_admin))


class AdvertFilter(admin.SimpleListFilter):
    """Narrows a list of adverts, which Django calls a list of anything."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> VacancyQuerySet:
        return self.among(cast(VacancyQuerySet, queryset), request)

    def among(self, adverts: VacancyQuerySet, request: HttpRequest) -> VacancyQuerySet:
        raise NotImplementedError


class StateFilter(AdvertFilter):
    """What an advert is on this day; only draft, approved and withdrawn are stored."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> _Choices:
        return [
            ("draft", "Draft"),
            ("upcoming", "Upcoming"),
            ("live", "Live"),
            ("closed", "Closed"),
            ("withdrawn", "Withdrawn"),
        ]

    def among(self, adverts: VacancyQuerySet, request: HttpRequest) -> VacancyQuerySet:
        narrowed: dict[str, Callable[[], VacancyQuerySet]] = {
            "draft": lambda: adverts.filter(status=Status.DRAFT),
            "upcoming": adverts.upcoming,
            "live": adverts.live,
            "closed": adverts.closed,
            "withdrawn": lambda: adverts.filter(status=Status.WITHDRAWN),
        }
        return narrowed.get(self.value() or "", lambda: adverts)()


class EditionFilter(AdvertFilter):
    """The adverts meant for one Monday, drafts included; any Monday may stand in the address."""

    title = "edition"
    parameter_name = "edition"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> _Choices:
        days = days_of(request)
        monday = defaults.next_edition(days, timezone.now())
        latest = days.latest_on(timezone.localdate())
        offered = [
            ("Next edition", monday),
            ("The one after", monday and days.next_on(monday + WEEK)),
            ("Latest edition", latest),
        ]
        listed = [(day.isoformat(), f"{name}, {wording.day_text(day)}") for name, day in offered if day]
        listed.append(("none", "None yet"))
        asked = as_day(request.GET.get(self.parameter_name))
        if asked and asked.isoformat() not in dict(listed):
            listed.append((asked.isoformat(), wording.day_text(asked)))
        return listed

    def among(self, adverts: VacancyQuerySet, request: HttpRequest) -> VacancyQuerySet:
        if self.value() == "none":
            return adverts.for_no_edition()
        monday = as_day(self.value())
        return adverts.booked_for(monday) if monday else adverts


class PrintedFilter(AdvertFilter):
    """What the bulletins of one Monday print, or what only the website shows; a Monday is offered only when it was asked for."""

    title = "in print"
    parameter_name = "printed"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> _Choices:
        asked = as_day(request.GET.get(self.parameter_name))
        return [("no", "Website only"), *([(asked.isoformat(), f"Printed {wording.day_text(asked)}")] if asked else [])]

    def among(self, adverts: VacancyQuerySet, request: HttpRequest) -> VacancyQuerySet:
        if self.value() == "no":
            return adverts.on_the_website_only()
        monday = as_day(self.value())
        return adverts.printed_in(monday) if monday else adverts


class GroupFilter(AdvertFilter):
    title = "bulletin"
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> _Choices:
        return [("teaching", "Teaching staff"), ("support", "Support staff"), ("none", "No role type yet")]

    def among(self, adverts: VacancyQuerySet, request: HttpRequest) -> VacancyQuerySet:
        if self.value() == "none":
            return adverts.filter(role_type=None)
        group = self.value()
        return adverts.in_group(group) if group else adverts


class AttentionFilter(AdvertFilter):
    """Drafts, upcoming and live adverts with something missing (``stops``) or doubtful (``doubts``); ``none`` are all others."""

    title = "attention"
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> _Choices:
        return [
            ("stops", "Something is missing"),
            ("doubts", "Something looks doubtful"),
            ("any", "Either"),
            ("none", "Nothing"),
        ]

    def among(self, adverts: VacancyQuerySet, request: HttpRequest) -> VacancyQuerySet:
        if self.value() not in {"stops", "doubts", "any", "none"}:
            return adverts
        found = self._found(request)
        if self.value() == "none":
            return adverts.exclude(pk__among=list(found))
        stops = {"stops": {True}, "doubts": {False}}.get(self.value() or "", {True, False})
        return adverts.filter(pk__among=[pk for pk, listed in found.items() if any(one.stops for one in listed) in stops])

    def _found(self, request: HttpRequest) -> dict[int, list[Problem]]:
        return once(request, "reviewed_adverts", lambda: review.review(review.unfinished(), days=days_of(request)))


class ClosingFilter(AdvertFilter):
    title = "closing"
    parameter_name = "closing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> _Choices:
        return [("today", "Today"), ("week", f"Within {period(rules.CLOSING_SOON)}")]

    def among(self, adverts: VacancyQuerySet, request: HttpRequest) -> VacancyQuerySet:
        days = {"today": 1, "week": 7}.get(self.value() or "")
        if not days:
            return adverts
        today = timezone.localdate()
        return adverts.live().closing_between(timezone.now(), live_moment(today + timedelta(days=days)))


def as_day(text: str | None) -> date | None:
    """The day given in an address, or None."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def state_of(vacancy: Vacancy) -> str:
    """The word shown in the list: the choice of the filter of the same name."""
    if vacancy.status != Status.APPROVED:
        return str(vacancy.get_status_display())
    if not vacancy.is_published():
        return "Upcoming"
    return "Live" if vacancy.is_live() else "Closed"
