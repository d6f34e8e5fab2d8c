"""The pages that ask before a step is taken, and the way back from it."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode

from .. import rules
from ..editing import print_consequences
from ..editing.booking import CannotBook, put_back
from ..models import Vacancy
from .filters import days_of, state_of
from .steps import STEPS

UNDO_SALT = "vacancies.undo"
LIST = "admin:vacancies_vacancy_changelist"
PAGE = "admin:vacancies_vacancy_change"


def action(step):
    """The same step in the list's menu, for all adverts that are ticked."""

    def go(model_admin, request, queryset):
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: rules.MOST_STEPS_AT_ONCE + 1])
        if len(keys) > rules.MOST_STEPS_AT_ONCE:
            model_admin.message_user(request, f"Tick at most {rules.MOST_STEPS_AT_ONCE} adverts at a time.", messages.WARNING)
            return None
        return redirect(step_address(step, keys))

    go.short_description = f"{step.label} …"
    go.allowed_permissions = ["add"] if step.makes_new else ["change"]
    go.__name__ = step.name.replace("-", "_")
    return go


def step_address(step, keys):
    return f"{reverse('admin:vacancies_vacancy_step', args=[step.name])}?{urlencode({'ids': ','.join(map(str, keys))})}"


def asked_for(model_admin, request):
    """The adverts named in the address, locked while a step is taken."""
    named = request.GET.get("ids", "").split(",")
    keys = [int(key) for key in named if key.isascii() and key.isdecimal() and len(key) < 16][: rules.MOST_STEPS_AT_ONCE]
    rows = Vacancy.objects.filter(pk__in=keys).select_related("school", "role_type").order_by("pk")
    adverts = list(rows.select_for_update(of=("self",)) if request.method == "POST" else rows)
    if not adverts:
        raise Http404("No such advert.")
    if not all(model_admin.has_change_permission(request, advert) for advert in adverts):
        raise PermissionDenied
    return adverts


@transaction.atomic
def step_page(model_admin, request, name):
    step = STEPS.get(name)
    if not step:
        raise Http404("No such step.")
    adverts = asked_for(model_admin, request)
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


def take(request, step, adverts, data):
    """Each advert by itself: one that cannot take the step does not stop the others."""
    taken, refused = [], []
    for advert in adverts:
        advert._change_reason = step.label
        try:
            with transaction.atomic():
                taken.append((advert, step.take(advert, data)))
        except CannotBook as reason:
            refused.append(str(reason))
    return taken, refused


def report(request, step, taken, refused):
    if taken:
        said = f"{taken[0][0]} is {step.done}. {taken[0][1]}" if len(taken) == 1 else f"{len(taken)} adverts are {step.done}."
        way_back = "" if step.makes_new else undo_address([advert for advert, _ in taken])
        undo = format_html(' <a href="{}">Undo</a>', way_back) if way_back else ""
        messages.success(request, format_html("{}{}", said, undo))
    for reason in refused:
        messages.warning(request, f"Left as it was: {reason}")


def where_next(step, adverts, taken):
    if step.makes_new and len(taken) == 1:
        return reverse(PAGE, args=[Vacancy.objects.latest("pk").pk])
    return reverse(PAGE, args=[adverts[0].pk]) if len(adverts) == 1 else reverse(LIST)


def undo_address(adverts):
    """Signed, so that only what was just done can be undone; each with the history entry that it made.

    An advert that was brought in without a first entry cannot go back to it.
    """
    entries = {advert.pk: list(advert.history.values_list("pk", flat=True)[:2]) for advert in adverts}
    made = [[pk, found[0]] for pk, found in entries.items() if len(found) == 2]
    if not made:
        return ""
    return f"{reverse('admin:vacancies_vacancy_undo')}?{urlencode({'what': signing.dumps(made, salt=UNDO_SALT)})}"


@transaction.atomic
def undo_page(model_admin, request):
    try:
        made = dict(signing.loads(request.GET.get("what", ""), salt=UNDO_SALT, max_age=rules.UNDO_WITHIN))
    except signing.BadSignature as error:
        raise Http404("This can no longer be undone.") from error
    request.GET = request.GET.copy()
    request.GET["ids"] = ",".join(map(str, made))
    adverts = asked_for(model_admin, request)
    if request.method == "POST":
        taken, refused = [], []
        for advert in adverts:
            advert._change_reason = "Undone"
            try:
                put_back(advert, made[advert.pk])
                taken.append(advert)
            except CannotBook as reason:
                refused.append(str(reason))
        if taken:
            messages.success(request, f"Undone: {len(taken)} advert{pluralize(taken)} put back as before.")
        for reason in refused:
            messages.warning(request, reason)
        return redirect(reverse(PAGE, args=[adverts[0].pk]) if len(adverts) == 1 else reverse(LIST))
    says = "Dates and status become again what they were. Nothing else changes."
    rows = [(advert, _undone(advert, days_of(request))) for advert in adverts]
    return page(model_admin, request, rows, label="Undo", says=says)


def _undone(advert, days):
    *_, before = [advert, *advert.history.all()[:2]]
    return print_consequences.undone(print_consequences.run(before, days, timezone.now()))


def page(model_admin, request, rows, *, label, says, form=None):
    """``rows`` are adverts, each with what says of it what becomes of print."""
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
