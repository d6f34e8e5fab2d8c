"""Somebody has logged in, or changed how they do: written down, and told by email to whose account it is."""

from typing import cast

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mailing.models import Delivery, DeliveryKind
from vacancies.wording import moment_text
from web import trail
from web.models import Happening
from web.network import place_of

from . import demands, log_in, sessions

NEW_BROWSER = "Somebody logged in to your account from a browser that had not been used for it before, {when}, from {place}."
STEP = {
    Happening.STEP_ON: "Two-step log-in was switched on for your account, {when}, from {place}.",
    Happening.STEP_OFF: "Two-step log-in was switched off for your account, {when}, from {place}.",
}
ELSE = "If that was not you, change your password and end the other log-ins here: {address}"


def arrived(request: HttpRequest) -> None:
    """Called before the browser is told to remember whom it belongs to."""
    sessions.note_place(request)
    user = cast(User, request.user)
    is_new = not log_in.is_known_browser(request, user.get_username())
    demands.note_if_missing(request, user)
    trail.record(Happening.LOGGED_IN, request, said="A browser that had not been used before" if is_new else "")
    if is_new:
        tell(request, user, NEW_BROWSER)


def tell_of_second_step(request: HttpRequest, user: User, what: Happening) -> None:
    trail.record(what, request, about=user)
    tell(request, user, STEP[what])


def tell(request: HttpRequest, user: User, sentence: str) -> None:
    """To whose account it is; nobody without an address can be told."""
    if user.email:
        now = timezone.now()
        said = sentence.format(when=moment_text(now), place=place_of(request))
        note = f"{said} {ELSE.format(address=settings.SITE_URL + reverse('admin:log_ins'))}"
        Delivery.objects.create(kind=DeliveryKind.WARNING, staff_email=user.email, note=note[:500], created_at=now)
