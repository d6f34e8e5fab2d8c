"""What the lists of the mailing can be narrowed to; the desk's numbers link here."""

from datetime import date, datetime, timedelta

from django.contrib import admin
from django.utils import timezone

from vacancies import wording
from vacancies.schedule import live_moment, send_moment

from . import rules
from .models import Mailout


def since(span: timedelta, at: datetime) -> datetime:
    """The midnight with which the last days begin, today counted as one of them."""
    return live_moment(timezone.localdate(at) - span + timedelta(days=1))


class ReaderFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "readers"

    def lookups(self, request, model_admin):
        return [("reading", "Reading"), ("waiting", "Not confirmed yet")]

    def queryset(self, request, queryset):
        chosen = {"reading": queryset.active, "waiting": queryset.waiting}.get(self.value())
        return chosen() if chosen else queryset


class LatelyFilter(admin.SimpleListFilter):
    title = "lately"
    parameter_name = "lately"

    def lookups(self, request, model_admin):
        return [
            ("joined", "Joined in the last 7 days"),
            ("left", "Left in the last 7 days"),
            ("unreachable", "Bounced in the last 28 days"),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        chosen = {
            "joined": lambda: queryset.joined_since(since(rules.LATELY, now)),
            "left": lambda: queryset.left_since(since(rules.LATELY, now)),
            "unreachable": lambda: queryset.unreachable_since(since(rules.BOUNCES_SHOWN, now)),
        }.get(self.value())
        return chosen() if chosen else queryset


class ReadingOnFilter(admin.SimpleListFilter):
    """Who was a reader when an edition went out; offered only when its Monday stands in the address."""

    title = "readers of an edition"
    parameter_name = "reading_on"

    @staticmethod
    def _asked(text):
        try:
            return date.fromisoformat(text or "")
        except ValueError:
            return None

    def lookups(self, request, model_admin):
        asked = self._asked(request.GET.get(self.parameter_name))
        return [(asked.isoformat(), wording.day_text(asked))] if asked else []

    def queryset(self, request, queryset):
        monday = self._asked(self.value())
        return queryset.reading_at(send_moment(monday)) if monday else queryset


class MailoutFilter(admin.SimpleListFilter):
    """The emails of one edition; offered only when its key stands in the address, for there are forty a year."""

    title = "weekly email"
    parameter_name = "mailout"

    def lookups(self, request, model_admin):
        asked = request.GET.get(self.parameter_name, "")
        mailout = Mailout.objects.select_related("edition").filter(pk=asked).first() if asked.isdecimal() else None
        return [(asked, str(mailout.edition))] if mailout else []

    def queryset(self, request, queryset):
        return queryset.filter(mailout=self.value()) if self.value() else queryset
