"""The pages of the second step: the code at log-in, and the page on which staff switch the step on and off for themselves."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters

from web import trail
from web.limits import slowed
from web.models import Happening

from .. import rules
from ..models import SecondStep
from . import arrivals, demands, log_in, second_step, sessions

SEED = "second_step_seed"
WRONG = "That code is wrong or has already been used. Wait for the next one, and check that your phone’s clock is right."
TOO_LATE = "That took too long. Go back and log in again."


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Enter the code that your app shows."},
    )


class SettingsForm(CodeForm):
    """Also asks for the password when the step is switched on: an unlocked screen must not be enough for that."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )
    field_order = ["password", "code"]

    def __init__(self, *args: Any, is_on: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if is_on:
            del self.fields["password"]


class DoorForm(CodeForm):
    """Stands where Django's log-in view expects the form with name and password."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.request = request
        self.user: User | None = None
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        now = timezone.now()
        code: str = self.cleaned_data["code"]
        self.user = second_step.waiting(self.request, now)
        if self.user is None:
            raise ValidationError(TOO_LATE)
        is_known = log_in.is_known_browser(self.request, self.user.get_username())
        if not second_step.may_try_code(self.request, self.user, now, is_known):
            log_in.note_stop(self.request, self.user.get_username(), now)
            raise ValidationError(log_in.TOO_MANY, code=log_in.STOPPED)
        if not second_step.accept(self.user, code, now):
            trail.record(Happening.FAILED, self.request, about=self.user, said="Wrong code", at=now)
            raise ValidationError(WRONG)
        return code

    def get_user(self) -> User | None:
        return self.user


class Door(LoginView):
    """After the password: asks for the code, and only then logs in."""

    form_class = authentication_form = DoorForm  # type: ignore[assignment]  # as much of Django's own form as the view uses
    template_name = "admin/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if second_step.waiting(request, timezone.now()) is None:
            return redirect(f"{reverse('admin:login')}?{urlencode({REDIRECT_FIELD_NAME: self.get_redirect_url()})}")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response, user = super().form_valid(form), form.get_user()
        self.request.session.pop(second_step.WAITS, None)
        arrivals.arrived(self.request)
        second_step.forget_tries(self.request, user)
        log_in.remember(self.request, response, user.get_username())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_invalid(form)
        return slowed(response, rules.CODES_WITHIN) if form.has_error("code", log_in.STOPPED) else response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs), "title": "Enter your code"}


def to_the_door(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get(REDIRECT_FIELD_NAME, "")
    return redirect(f"{reverse('admin:login_code')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")


@sensitive_post_parameters()
def settings_page(request: HttpRequest) -> HttpResponse:
    """Your own second step: on, off and new recovery codes. Each asks for a code, so that an unlocked screen is not enough."""
    user = _signed_in(request)
    form = SettingsForm(request.POST or None, is_on=second_step.is_on(user))
    codes: list[str] = []
    done = ""
    if request.method == "POST" and form.is_valid():
        codes, done = _step(request, user, form)
    if done == "off":
        return redirect("admin:second_step")
    row = SecondStep.objects.filter(user=user).first()
    context = {"row": row, "form": form, "codes": codes, **({} if row else _square(request, user))}
    common = {**admin.site.each_context(request), "title": "Two-step log-in"}
    response = TemplateResponse(request, "admin/second_step.html", {**common, **context})
    return slowed(response, rules.CODES_WITHIN) if form.is_bound and form.has_error("code", log_in.STOPPED) else response


def _signed_in(request: HttpRequest) -> User:
    """Nobody else gets this far."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def _step(request: HttpRequest, user: User, form: CodeForm) -> tuple[list[str], str]:
    """What was asked for, if the code allows it: the codes to show, and what was done."""
    now, code = timezone.now(), form.cleaned_data["code"]
    if not second_step.may_try_code(request, user, now):
        form.add_error("code", ValidationError(log_in.TOO_MANY, code=log_in.STOPPED))
        return [], ""
    if not second_step.is_on(user):
        if not user.check_password(form.cleaned_data["password"]):
            form.add_error("password", "That is not your password.")
            return [], ""
        if codes := second_step.switch_on(user, request.session.get(SEED, ""), code, now):
            del request.session[SEED]
            request.session.pop(demands.MISSING, None)
            sessions.end_all(user, but=request.session.session_key)
            second_step.forget_tries(request, user)
            arrivals.tell_of_second_step(request, user, Happening.STEP_ON)
            return codes, "on"
    elif second_step.accept(user, code, now):
        second_step.forget_tries(request, user)
        if request.POST.get("step") == "codes":
            trail.record(Happening.CODES, request)
            return second_step.new_codes(user), "codes"
        second_step.switch_off(user)
        demands.note_if_missing(request, user)
        arrivals.tell_of_second_step(request, user, Happening.STEP_OFF)
        return [], "off"
    form.add_error("code", WRONG)
    return [], ""


def _square(request: HttpRequest, user: User) -> dict[str, Any]:
    """The same QR code until it has been used, so that after a mistyped code nobody has to scan another."""
    seed = request.session.setdefault(SEED, second_step.new_seed())
    side, path = second_step.square(second_step.address(user, seed))
    key = second_step.typed_key(seed)
    return {
        "address": second_step.address(user, seed),
        "side": side,
        "path": path,
        "key": " ".join(key[start : start + 4] for start in range(0, len(key), 4)),
    }
