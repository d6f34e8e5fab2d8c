"""The door of the desk: how often somebody may try a name and a password.

Three counts, each a row in the database, so that all processes and machines count alike. Somebody who tries names from one
network is stopped there and keeps nobody else out. Only the third count knows no network: it slows a name that is tried from
everywhere at once, and does not touch a browser in which that name has logged in before.
"""

from datetime import datetime
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from web import trail
from web.models import Happening, Limit
from web.network import place_of
from web.quantities import period

from .. import rules
from . import second_step

TOO_MANY = (
    f"There were too many attempts to log in. Wait {period(rules.GUESSES_WITHIN)} and try again. "
    "If you have forgotten your password, an owner can give you a new one."
)

COOKIE = "greensheets_browser"
STOPPED = "too_many"


class LogInForm(AdminAuthenticationForm):
    """Counts an attempt before it looks at the password, so that attempts at the same moment all count.

    For anyone with the second step on, a right password is an error too: nobody is half logged in.
    """

    request: HttpRequest  # the log-in view always gives it
    wants_code = False

    def clean(self) -> dict[str, Any]:
        name, now = self.cleaned_data.get("username", ""), timezone.now()
        if not may_try(self.request, name, now):
            note_stop(self.request, name, now)
            raise ValidationError(TOO_MANY, code=STOPPED)
        try:
            cleaned = super().clean()
        except ValidationError:
            trail.record(Happening.FAILED, self.request, about=account_of(name), at=now)
            raise
        Limit.objects.forget(_from_here(self.request, name))
        if second_step.is_on(user := self.get_user()):
            second_step.wait(self.request, user, now)
            self.wants_code = True
            raise ValidationError("Now enter the code from your app.", code="wants_code")
        return cleaned


def may_try(request: HttpRequest, name: str, now: datetime) -> bool:
    """Whether this visitor may try this name once more; counts it if so. The place comes first: a guesser fills no table."""
    allow = Limit.objects.allow
    return (
        allow(f"log-in from {place_of(request)}", rules.MOST_FROM_ONE_PLACE, rules.GUESSES_WITHIN, now)
        and allow(_from_here(request, name), rules.MOST_FOR_ONE_NAME_FROM_ONE_PLACE, rules.GUESSES_WITHIN, now)
        and (
            is_known_browser(request, name)
            or allow(f"log-in as {name.casefold()}", rules.MOST_FOR_ONE_NAME, rules.GUESSES_WITHIN, now)
        )
    )


def account_of(name: str) -> User | None:
    """Whose account is meant. A name that nobody has is not written down: it may be a password in the wrong box."""
    return User.objects.filter(username=name).first()


def note_stop(request: HttpRequest, name: str, now: datetime) -> None:
    """Once in a while for each place: whoever is stopped goes on trying, and is not to fill the trail."""
    if Limit.objects.allow(f"told that {place_of(request)} was stopped", 1, rules.GUESSES_WITHIN, now):
        trail.record(Happening.STOPPED, request, about=account_of(name), at=now)


def _from_here(request: HttpRequest, name: str) -> str:
    return f"log-in as {name.casefold()} from {place_of(request)}"


def is_known_browser(request: HttpRequest, name: str) -> bool:
    """Whether somebody has logged in with this name in this browser before."""
    try:
        return bool(request.get_signed_cookie(COOKIE, max_age=rules.KNOWN_BROWSER_KEPT_FOR) == name.casefold())
    except (KeyError, BadSignature):
        return False


def remember(request: HttpRequest, response: HttpResponse, name: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        name.casefold(),
        max_age=rules.KNOWN_BROWSER_KEPT_FOR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
        path=reverse("admin:login"),
    )
