"""Readers at the desk: found, counted, taken off the list, imported with the evidence of their consent."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path
from django.utils import timezone

from web import csv_files, trail
from web.models import Happening

from ..filters import LatelyFilter, ReaderFilter, ReadingOnFilter
from ..models import ConsentEvent, Subscriber, Suppression, SuppressionLift, SuppressionReason, email_hash, email_key
from ..models.choices import Choice
from ..readers import charts, joining, lifting
from .importing import bring_in, undo_import
from .lifting import ask_why
from .readonly import ReadOnly

HEADER = ["email", "state", "teaching posts", "support posts", "areas", "requested", "confirmed", "left", "bounced", "complained"]


class Step(Protocol):
    """What is done to one reader."""

    def __call__(self, reader: Subscriber, *, how: str, now: datetime) -> None: ...


if TYPE_CHECKING:
    EventsOfReader = admin.TabularInline[ConsentEvent, Subscriber]
else:
    EventsOfReader = admin.TabularInline


class Evidence(EventsOfReader):
    model = ConsentEvent
    readonly_fields = ["at", "kind", "how", "wording", "choice"]
    fields = [*readonly_fields]
    extra = 0
    can_delete = False
    verbose_name_plural = "what happened, and what the reader was shown"

    def has_add_permission(self, request: HttpRequest, obj: Subscriber | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Subscriber | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Subscriber | None = None) -> bool:
        return request.user.has_perm("mailing.view_subscriber")


@admin.register(Subscriber)
class SubscriberAdmin(ReadOnly[Subscriber]):
    list_display = ["email", "state", "posts", "requested_at", "confirmed_at"]
    search_fields = ["email", "email_key"]
    search_help_text = "Part of an address"
    list_filter = [ReaderFilter, LatelyFilter, ReadingOnFilter, "wants_teaching", "wants_support", "authorities"]
    exclude = ["token", "email_key"]
    view_on_site = False  # that page acts for the reader
    inlines = [Evidence]
    actions = ["take_off", "never_again", "bring_back", "erase", "export"]

    def get_urls(self) -> list[URLPattern]:
        here = self.admin_site.admin_view
        return [
            path("import/", here(self.bring_in), name="mailing_subscriber_import"),
            path("import/<int:pk>/take-back/", here(self.take_back), name="mailing_subscriber_take_back"),
            *super().get_urls(),
        ]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A token acts for its reader, so nobody finds one out letter by letter in the address of the list."""
        return not lookup.startswith("token") and super().lookup_allowed(lookup, value, request)

    def has_steer_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mailing.change_subscriber")

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mailing.add_subscriber")

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mailing.delete_subscriber")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        chart = charts.coming_and_going(timezone.now())
        context = {"chart": chart, "may_import": self.has_import_permission(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description="posts")
    def posts(self, reader: Subscriber) -> str:
        return " and ".join(Choice.of(reader.wants_teaching, reader.wants_support).groups)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Subscriber], search_term: str
    ) -> tuple[QuerySet[Subscriber], bool]:
        """An address in capitals finds its reader, on every database."""
        return super().get_search_results(request, queryset, search_term.casefold())

    @admin.action(description="Take off the list", permissions=["steer"])
    def take_off(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        self._each(request, queryset, joining.leave, "taken off the list")

    @admin.action(description="Take off the list and never write to again", permissions=["steer"])
    def never_again(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        now = timezone.now()
        for key in queryset.filter(erased_at=None).values_list("email_key", flat=True):
            Suppression.objects.add(key or "", SuppressionReason.ASKED, now)
        self._each(request, queryset, joining.leave, "taken off the list for good")

    @admin.action(description="Write to again, after a mistake", permissions=["steer"])
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> HttpResponse | None:
        return ask_why(self, request, queryset, "bring_back", partial(lifting.bring_back, now=timezone.now()))

    @admin.action(description="Delete everything kept about them", permissions=["erase"])
    def erase(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        self._each(request, queryset, joining.erase_reader, "deleted")

    def _each(self, request: HttpRequest, queryset: QuerySet[Subscriber], step: Step, what: str) -> None:
        now, readers = timezone.now(), list(queryset)
        for reader in readers:
            step(reader, how=f"member of staff {request.user.pk}", now=now)
        self.message_user(request, f"{len(readers)} reader{pluralize(len(readers))} {what}.", messages.SUCCESS)

    @admin.action(description="Export as CSV", permissions=["steer"])
    def export(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> HttpResponseBase:
        """That somebody took addresses away is written down; which addresses, is not."""
        readers = queryset.filter(erased_at=None).prefetch_related("authorities")
        kind, count = ContentType.objects.get_for_model(Subscriber), readers.count()
        told = f"{count} reader{pluralize(count)}"
        LogEntry.objects.create(
            user=cast(User, request.user),
            content_type=kind,
            object_repr=told,
            action_flag=CHANGE,
            change_message="Exported as CSV",
        )
        trail.record(Happening.EXPORTED, request, said=told)
        return csv_files.response("readers", HEADER, map(_row, readers.iterator(chunk_size=500)))

    def bring_in(self, request: HttpRequest) -> HttpResponseBase:
        self._must_import(request)
        return bring_in(request, {**self.admin_site.each_context(request), "opts": self.opts, "title": "Import readers"})

    def take_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._must_import(request)
        return undo_import(request, pk)

    def _must_import(self, request: HttpRequest) -> None:
        if not request.user.is_authenticated or not self.has_import_permission(request):
            raise PermissionDenied


def _row(reader: Subscriber) -> list[object]:
    moments = [reader.requested_at, reader.confirmed_at, reader.unsubscribed_at, reader.bounced_at, reader.complained_at]
    areas = "; ".join(authority.name for authority in reader.authorities.all()) or "all"
    dates = [f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else "" for moment in moments]
    groups = ["yes" if wanted else "no" for wanted in (reader.wants_teaching, reader.wants_support)]
    return [reader.email, reader.state, *groups, areas, *dates]


@admin.register(Suppression)
class SuppressionAdmin(ReadOnly[Suppression]):
    list_display = ["pk", "reason", "at"]
    list_filter = ["reason"]
    search_fields = ["email_hash"]
    search_help_text = "A whole address: only a code of each is kept"
    actions = ["lift"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Suppression], search_term: str
    ) -> tuple[QuerySet[Suppression], bool]:
        """The addresses are not kept, so a whole one is turned into its code."""
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(email_hash=email_hash(email_key(search_term))), False
        except UnicodeError:
            return queryset.none(), False

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mailing.delete_suppression")

    @admin.action(description="Write to again, after a mistake", permissions=["lift"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Suppression]) -> HttpResponse | None:
        return ask_why(self, request, queryset, "lift", partial(lifting.lift, now=timezone.now()))


@admin.register(SuppressionLift)
class SuppressionLiftAdmin(ReadOnly[SuppressionLift]):
    list_display = ["pk", "reason", "suppressed_at", "at", "who", "why"]
    list_filter = ["reason"]
