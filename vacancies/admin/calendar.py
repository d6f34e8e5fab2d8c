from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.utils import timezone

from .. import bank_holidays, wording
from ..editing import booking
from ..editing.forms import BreakForm, TermForm
from ..models import Break, Term, Vacancy, calendar, confirm
from ..models.terms import ProposedOrConfirmed


class WithEditions(ChangeList):
    """Counts the Mondays of all listed terms with one calendar."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        days = calendar()
        for term in self.result_list:
            term.editions = len(list(days.mondays(term.starts_on, term.ends_on)))


class ProposalFilter(admin.SimpleListFilter):
    title = "proposals"
    parameter_name = "proposed"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "Not confirmed yet"), ("no", "Confirmed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> ProposedOrConfirmed[Any]:
        rows = cast(ProposedOrConfirmed[Any], queryset)
        if self.value() == "yes":
            return rows.proposed()
        return rows.confirmed() if self.value() == "no" else rows


@admin.display(description="state")
def counts(row: Term | Break) -> str:
    return "Confirmed" if row.confirmed_at else "Proposed: does not count until you confirm it"


def warn_of_booked(request: HttpRequest, breaks: Iterable[Break]) -> None:
    """A Monday that is confirmed to have no edition may have adverts: whoever confirms it is led to them."""
    for row in breaks:
        if count := Vacancy.objects.booked_for(row.on).count():
            told = {"count": count, "day": wording.long_day(row.on), "monday": row.on}
            messages.warning(request, render_to_string("admin/vacancies/break/_booked.html", told))


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    form = TermForm
    list_display = ["name", "starts_on", "ends_on", "editions", counts]
    list_filter = [ProposalFilter]
    search_fields = ["name"]
    actions = ["confirm"]

    def get_fields(self, request: HttpRequest, obj: Term | None = None) -> tuple[str, ...]:
        proposed = obj is not None and obj.confirmed_at is None and self.has_change_permission(request, obj)
        return (*TermForm.Meta.fields, *(["are_right"] if proposed else []))

    def save_model(self, request: HttpRequest, obj: Term, form: TermForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.cleaned_data.get("are_right"):
            self._confirm(request, Term.objects.filter(pk=obj.pk))

    @admin.action(description="Confirm: these dates are right", permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: ProposedOrConfirmed[Term]) -> None:
        self._confirm(request, queryset)

    def _confirm(self, request: HttpRequest, terms: ProposedOrConfirmed[Term]) -> None:
        """Says which Mondays were left out, so that none is skipped without staff having seen it."""
        left_out = [row for term in terms.proposed() for row in Break.objects.filter(on__range=(term.starts_on, term.ends_on))]
        if count := confirm(terms, timezone.now()):
            mondays = ", ".join(f"{wording.long_day(row.on)} ({row.reason})" for row in left_out) or "none"
            self.message_user(request, f"{count} term{pluralize(count)} confirmed. Mondays without an edition: {mondays}.")
            warn_of_booked(request, left_out)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithEditions

    @admin.display(description="editions")
    def editions(self, term: Any) -> int:
        return int(term.editions)


@admin.register(Break)
class BreakAdmin(admin.ModelAdmin):
    form = BreakForm
    fields = ["on", "reason"]  # what is to become of booked adverts is asked below their list, once there are some
    list_display = ["on", "reason", "bank_holiday", counts]
    list_filter = [ProposalFilter]
    search_fields = ["reason"]
    actions = ["confirm"]
    date_hierarchy = "on"

    @admin.display(description="bank holiday")
    def bank_holiday(self, row: Break) -> str:
        return bank_holidays.between(row.on, row.on).get(row.on, "")

    @admin.action(description="Confirm: no edition on these Mondays", permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: ProposedOrConfirmed[Break]) -> None:
        rows = list(queryset.proposed())
        count = queryset.proposed().update(confirmed_at=timezone.now())
        self.message_user(request, f"{count} Monday{pluralize(count)} without an edition confirmed.")
        warn_of_booked(request, rows)

    def save_model(self, request: HttpRequest, obj: Break, form: BreakForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not form.moves:
            return
        adverts = list(form.booked)
        left = booking.move_out_of_break(adverts, obj.on, calendar())
        if len(adverts) > len(left):
            moved = len(adverts) - len(left)
            self.message_user(request, f"{moved} advert{pluralize(moved)} moved to the next edition.")
        if left:
            names = ", ".join(map(str, left))
            self.message_user(request, f"Left where they were because they close before it: {names}.", messages.WARNING)
