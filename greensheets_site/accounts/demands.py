"""Two-step log-in that is demanded of a role: whoever has the role and not the step can only switch it on at the desk."""

from collections.abc import Callable, Iterable
from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from web import trail
from web.models import Happening

from ..models import SecondStepDemand
from . import roles, second_step, sessions

MISSING = "second_step_missing"
# What somebody may open who has yet to switch the step on.
ON_THE_WAY = {"second_step", "logout", "login", "login_code", "jsi18n", "password_change", "password_change_done", "log_ins"}
MAY_BE_ASKED = (roles.PUBLISHER, roles.OWNER)
WANTED = "Your role asks for two-step log-in. Switch it on here; everything else at the desk opens after that."


def demanded() -> list[str]:
    return list(SecondStepDemand.objects.order_by("role").values_list("role", flat=True))


def is_missing(user: User) -> bool:
    return user.groups.filter(name__in=demanded()).exists() and not second_step.is_on(user)


def note_if_missing(request: HttpRequest, user: User) -> None:
    """Once for each log-in, so that no page has to ask."""
    request.session.pop(MISSING, None)
    if is_missing(user):
        request.session[MISSING] = True


@transaction.atomic
def demand(request: HttpRequest, wanted: Iterable[str]) -> None:
    """From now on of these roles and no others. Whoever lacks the step is logged out, and asked for it at the next log-in."""
    before, after = demanded(), sorted(set(wanted) & set(MAY_BE_ASKED))
    SecondStepDemand.objects.exclude(role__in=after).delete()
    SecondStepDemand.objects.bulk_create(
        [SecondStepDemand(role=role, since=timezone.now()) for role in after if role not in before], ignore_conflicts=True
    )
    for user in User.objects.filter(groups__name__in=after, is_active=True).distinct():
        if is_missing(user):
            sessions.end_all(user)
    trail.record(
        Happening.ACCOUNT, request, said=f"Two-step log-in demanded of {roles_in_words(before)} → {roles_in_words(after)}"
    )


def roles_in_words(names: list[str]) -> str:
    return ", ".join(names) or "nobody"


def once_switched_on(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if request.session.get(MISSING) and name not in ON_THE_WAY:
            messages.warning(request, WANTED)
            return redirect("admin:second_step")
        return view(request, *args, **kwargs)

    return wrapped


class DemandForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="Two-step log-in is demanded of",
        choices=[(role, f"{role}s") for role in MAY_BE_ASKED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def demands_page(request: HttpRequest) -> HttpResponse:
    """For owners, who must have it themselves."""
    if not request.user.is_authenticated or not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    form = DemandForm(request.POST or None, initial={"roles": demanded()})
    has_it = second_step.is_on(request.user)
    if request.method == "POST" and has_it:
        form = DemandForm(request.POST)
        if form.is_valid():
            demand(request, form.cleaned_data["roles"])
            messages.success(request, f"Two-step log-in is demanded of {roles_in_words(demanded())}.")
            return redirect("admin:second_step_demands")
    context = {**admin.site.each_context(request), "title": "Who needs two-step log-in", "form": form, "has_it": has_it}
    return TemplateResponse(request, "admin/second_step_demands.html", context)
