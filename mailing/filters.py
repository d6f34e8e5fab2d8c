"""What the lists of the mailing can be narrowed to; the desk's numbers link here."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from vacancies import wording
from vacancies.schedule import live_moment, send_moment
from web.quantities import period

from . import rules
from .models import Delivery, Mailout
from .models.subscribers import SubscriberQuerySet


def since(span: timedelta, at: datetime) -> datetime:
    """The midnight with which the last days begin, today counted as one of them."""
    return live_moment(timezone.localdate(at) - span + timedelta(days=1))


class ReaderFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "readers"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [("reading", "Reading"), ("waiting", "Not confirmed yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> SubscriberQuerySet:
        readers = cast(SubscriberQuerySet, queryset)
        chosen = {"reading": readers.active, "waiting": readers.waiting}.get(self.value() or "")
        return chosen() if chosen else readers


class LatelyFilter(admin.SimpleListFilter):
    title = "lately"
    parameter_name = "lately"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        return [
            ("joined", f"Joined in the last {period(rules.LATELY)}"),
            ("left", f"Left in the last {period(rules.LATELY)}"),
            ("unreachable", f"Bounced in the last {period(rules.BOUNCES_SHOWN)}"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> SubscriberQuerySet:
        now, readers = timezone.now(), cast(SubscriberQuerySet, queryset)
        chosen = {
            "joined": lambda: readers.joined_since(since(rules.LATELY, now)),
            "left": lambda: readers.left_since(since(rules.LATELY, now)),
            "unreachable": lambda: readers.unreachable_since(since(rules.BOUNCES_SHOWN, now)),
        }.get(self.value() or "")
        return chosen() if chosen else readers


class ReadingOnFilter(admin.SimpleListFilter):
    """Who was a reader when an edition went out; offered only when its Monday stands in the address."""

    title = "readers of an edition"
    parameter_name = "reading_on"

    @staticmethod
    def _asked(text: str | None) -> date | None:
        try:
            return date.fromisoformat(text or "")
        except ValueError:
            return None

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        asked = self._asked(request.GET.get(self.parameter_name))
        return [(asked.isoformat(), wording.day_text(asked))] if asked else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> SubscriberQuerySet:
        monday, readers = self._asked(self.value()), cast(SubscriberQuerySet, queryset)
        return readers.reading_at(send_moment(monday)) if monday else readers


class MailoutFilter(admin.SimpleListFilter):
    """The emails of one edition; offered only when its key stands in the address, for there are forty a year."""

    title = "weekly email"
    parameter_name = "mailout"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Any]") -> list[tuple[str, str]]:
        asked = request.GET.get(self.parameter_name, "")
        mailout = Mailout.objects.select_related("edition").filter(pk=asked).first() if asked.isdecimal() else None
        return [(asked, str(mailout.edition))] if mailout else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Delivery]:
        return queryset.filter(mailout=self.value()) if self.value() else queryset
