from datetime import date, timedelta

from django.contrib import admin
from django.utils import timezone

from .. import wording
from ..editing import defaults, review
from ..models import Status, Vacancy, calendar
from ..schedule import WEEK, Calendar, live_moment


def days_of(request) -> Calendar:
    """The publication calendar, read once for a page."""
    if not hasattr(request, "publication_days"):
        request.publication_days = calendar()
    return request.publication_days


class FewChoices(admin.RelatedFieldListFilter):
    """Reads its choices once for a page, which asks again for each filter when it counts them."""

    def field_choices(self, field, request, model_admin):
        read = request.__dict__.setdefault("choices_read", {})
        if field.name not in read:
            read[field.name] = super().field_choices(field, request, model_admin)
        return read[field.name]


class StateFilter(admin.SimpleListFilter):
    """What an advert is on this day; only draft, approved and withdrawn are stored."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("draft", "Draft"),
            ("upcoming", "Upcoming"),
            ("live", "Live"),
            ("closed", "Closed"),
            ("withdrawn", "Withdrawn"),
        ]

    def queryset(self, request, queryset):
        chosen = {
            "draft": lambda: queryset.filter(status=Status.DRAFT),
            "upcoming": queryset.upcoming,
            "live": queryset.live,
            "closed": queryset.closed,
            "withdrawn": lambda: queryset.filter(status=Status.WITHDRAWN),
        }.get(self.value())
        return chosen() if chosen else queryset


class EditionFilter(admin.SimpleListFilter):
    """The adverts meant for one Monday, drafts included; any Monday may stand in the address."""

    title = "edition"
    parameter_name = "edition"

    def lookups(self, request, model_admin):
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

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.for_no_edition()
        monday = as_day(self.value())
        return queryset.booked_for(monday) if monday else queryset


class PrintedFilter(admin.SimpleListFilter):
    """What the bulletins of one Monday print, or what only the website shows; a Monday is offered only when it was asked for."""

    title = "in print"
    parameter_name = "printed"

    def lookups(self, request, model_admin):
        asked = as_day(request.GET.get(self.parameter_name))
        return [("no", "Website only"), *([(asked.isoformat(), f"Printed {wording.day_text(asked)}")] if asked else [])]

    def queryset(self, request, queryset):
        if self.value() == "no":
            return queryset.on_the_website_only()
        monday = as_day(self.value())
        return queryset.printed_in(monday) if monday else queryset


class GroupFilter(admin.SimpleListFilter):
    title = "bulletin"
    parameter_name = "group"

    def lookups(self, request, model_admin):
        return [("teaching", "Teaching staff"), ("support", "Support staff"), ("none", "No role type yet")]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(role_type=None)
        return queryset.in_group(self.value()) if self.value() else queryset


class AttentionFilter(admin.SimpleListFilter):
    """Drafts, upcoming and live adverts with something missing (``stops``) or doubtful (``doubts``); ``none`` are all others."""

    title = "attention"
    parameter_name = "attention"

    def lookups(self, request, model_admin):
        return [
            ("stops", "Something is missing"),
            ("doubts", "Something looks doubtful"),
            ("any", "Either of the two"),
            ("none", "Nothing"),
        ]

    def queryset(self, request, queryset):
        if self.value() not in {"stops", "doubts", "any", "none"}:
            return queryset
        found = self._found(request)
        if self.value() == "none":
            return queryset.exclude(pk__among=list(found))
        stops = {"stops": {True}, "doubts": {False}}.get(self.value(), {True, False})
        return queryset.filter(pk__among=[pk for pk, listed in found.items() if any(one.stops for one in listed) in stops])

    def _found(self, request):
        """Read once for a page, which asks again for each choice when it counts them."""
        if not hasattr(request, "reviewed_adverts"):
            request.reviewed_adverts = review.review(review.unfinished(), days=days_of(request))
        return request.reviewed_adverts


class ClosingFilter(admin.SimpleListFilter):
    title = "closing"
    parameter_name = "closing"

    def lookups(self, request, model_admin):
        return [("today", "Today"), ("week", "Within seven days")]

    def queryset(self, request, queryset):
        days = {"today": 1, "week": 7}.get(self.value())
        if not days:
            return queryset
        today = timezone.localdate()
        return queryset.live().closing_between(timezone.now(), live_moment(today + timedelta(days=days)))


def as_day(text: str | None) -> date | None:
    """The day that stands in an address; None if none does."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def state_of(vacancy: Vacancy) -> str:
    """The word for the list: what the filter of the same name finds it under."""
    if vacancy.status != Status.APPROVED:
        return vacancy.get_status_display()
    if not vacancy.is_published():
        return "Upcoming"
    return "Live" if vacancy.is_live() else "Closed"
