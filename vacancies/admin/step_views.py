"""The pages that ask before a step is taken, and the way back from it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from .. import rules
from ..editing import print_consequences
from ..editing.booking import CannotBook, put_back
from ..models import Vacancy
from ..schedule import Calendar
from .filters import days_of, state_of
from .steps import STEPS, Step

UNDO_SALT = "vacancies.undo"
LIST = "admin:vacancies_vacancy_changelist"
PAGE = "admin:vacancies_vacancy_change"
_Action = Callable[[admin.ModelAdmin, HttpRequest, QuerySet[Any]], HttpResponse | None]
_Taken = list[tuple[Vacancy, str]]


def action(step: Step) -> _Action:
    """The same step in the list's menu, for all adverts that are ticked."""

    @admin.action(description=f"{step.label} …", permissions=["add"] if step.makes_new else ["change"])
    def go(model_admin: admin.ModelAdmin, request: HttpRequest, adverts: QuerySet[Any]) -> HttpResponse | None:
        keys = list(adverts.order_by("pk").values_list("pk", flat=True)[: rules.MOST_STEPS_AT_ONCE + 1])
        if len(keys) > rules.MOST_STEPS_AT_ONCE:
            model_admin.message_user(
                request, f"Tick no more than {rules.MOST_STEPS_AT_ONCE} adverts at a time.", messages.WARNING
            )
            return None
        return redirect(step_address(step, keys))

    go.__name__ = step.name.replace("-", "_")
    return go


def step_address(step: Step, keys: Iterable[int]) -> str:
    return f"{reverse('admin:vacancies_vacancy_step', args=[step.name])}?{urlencode({'ids': ','.join(map(str, keys))})}"


def keys_in(address: QueryDict) -> list[int]:
    named = address.get("ids", "").split(",")
    return [int(key) for key in named if key.isascii() and key.isdecimal() and len(key) < 16]


def asked_for(model_admin: admin.ModelAdmin, request: HttpRequest, keys: Sequence[int]) -> list[Vacancy]:
    """These adverts, locked while a step is taken."""
    found = Vacancy.objects.filter(pk__in=keys[: rules.MOST_STEPS_AT_ONCE])
    rows = found.select_related("school", "role_type").order_by("pk")
    adverts = list(rows.select_for_update(of=("self",)) if request.method == "POST" else rows)
    if not adverts:
        raise Http404("No such advert.")
    if not all(model_admin.has_change_permission(request, advert) for advert in adverts):
        raise PermissionDenied
    return adverts


@transaction.atomic
def step_page(model_admin: admin.ModelAdmin, request: HttpRequest, name: str) -> HttpResponse:
    step = STEPS.get(name)
    if not step:
        raise Http404("No such step.")
    adverts = asked_for(model_admin, request, keys_in(request.GET))
    if step.makes_new and not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = step.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        taken, refused = take(request, step, adverts, form.cleaned_data)
        if taken or len(adverts) > 1:
            report(request, step, taken, refused)
            return redirect(where_next(step, adverts, taken))
        form.add_error(None, refused[0])
    return page(model_admin, request, [(advert, step.paper) for advert in adverts], label=step.label, says=step.says, form=form)


def take(request: HttpRequest, step: Step, adverts: Iterable[Vacancy], data: dict[str, Any]) -> tuple[_Taken, list[str]]:
    """Each advert on its own: one that cannot take the step does not stop the others."""
    taken: _Taken = []
    refused: list[str] = []
    for advert in adverts:
        advert._change_reason = step.label
        try:
            with transaction.atomic():
                taken.append((advert, step.take(advert, data)))
        except CannotBook as reason:
            refused.append(str(reason))
    return taken, refused


def report(request: HttpRequest, step: Step, taken: _Taken, refused: Iterable[str]) -> None:
    if taken:
        said = f"{taken[0][0]} is {step.done}. {taken[0][1]}" if len(taken) == 1 else f"{len(taken)} adverts are {step.done}."
        way_back = "" if step.makes_new else undo_address([advert for advert, _ in taken])
        messages.success(request, render_to_string("admin/vacancies/_done.html", {"said": said, "undo": way_back}))
    for reason in refused:
        messages.warning(request, f"Left as it was: {reason}")


def where_next(step: Step, adverts: Sequence[Vacancy], taken: _Taken) -> str:
    if step.makes_new and len(taken) == 1:
        return reverse(PAGE, args=[Vacancy.objects.latest("pk").pk])
    return reverse(PAGE, args=[adverts[0].pk]) if len(adverts) == 1 else reverse(LIST)


def undo_address(adverts: Iterable[Vacancy]) -> str:
    """Signed, so that only what was just done can be undone; each with the history entry that it made.

    An advert that was imported without a first entry cannot go back to one.
    """
    entries = {advert.pk: list(advert.history.values_list("pk", flat=True)[:2]) for advert in adverts}
    made = [[pk, found[0]] for pk, found in entries.items() if len(found) == 2]
    if not made:
        return ""
    return f"{reverse('admin:vacancies_vacancy_undo')}?{urlencode({'what': signing.dumps(made, salt=UNDO_SALT)})}"


@transaction.atomic
def undo_page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    try:
        made: dict[int, int] = dict(signing.loads(request.GET.get("what", ""), salt=UNDO_SALT, max_age=rules.UNDO_WITHIN))
    except signing.BadSignature as error:
        raise Http404("This can no longer be undone.") from error
    adverts = asked_for(model_admin, request, list(made))
    if request.method == "POST":
        taken: list[Vacancy] = []
        refused: list[str] = []
        for advert in adverts:
            advert._change_reason = "Undone"
            try:
                put_back(advert, made[advert.pk])
                taken.append(advert)
            except CannotBook as reason:
                refused.append(str(reason))
        if taken:
            messages.success(request, f"Undone: {len(taken)} advert{pluralize(taken)} put back as before.")
        for sentence in refused:
            messages.warning(request, sentence)
        return redirect(reverse(PAGE, args=[adverts[0].pk]) if len(adverts) == 1 else reverse(LIST))
    says = "The dates and status go back to what they were. Nothing else changes."
    rows = [(advert, _undone(advert, days_of(request))) for advert in adverts]
    return page(model_admin, request, rows, label="Undo", says=says)


def _undone(advert: Vacancy, days: Calendar) -> print_consequences.Says:
    entries = list(advert.history.all()[:2])
    before = entries[-1] if entries else advert
    return print_consequences.undone(print_consequences.run(before, days, timezone.now()))


def page(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    rows: Sequence[tuple[Vacancy, print_consequences.Says]],
    *,
    label: str,
    says: str,
    form: forms.Form | None = None,
) -> HttpResponse:
    """``rows`` are adverts, each with the sentence about what happens in print."""
    days, now, first = days_of(request), timezone.now(), rows[0][0]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": label,
        "says": says,
        "opts": model_admin.model._meta,
        "rows": [(advert, state_of(advert), print_consequences.becomes(advert, to_come, days, now)) for advert, to_come in rows],
        "form": form,
        "media": model_admin.media + form.media if form else model_admin.media,
        "back": reverse(PAGE, args=[first.pk]) if len(rows) == 1 else reverse(LIST),
    }
    return render(request, "admin/vacancies/vacancy/step.html", context)
