"""Pages of the mailing list and the contact form. Every GET only shows a button; a POST acts.

Behind a token, the token is the proof: those pages take a POST without a cookie, as mail providers and in-app browsers send it.
"""

import math
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from web.limits import slowed
from web.models import Limit
from web.network import place_of
from web.quantities import period

from . import contacting, rules
from .emails import letters
from .forms import ContactForm, GuardedForm, PreferencesForm, SignUpForm
from .models import Subscriber
from .readers import joining

HOUR = timedelta(hours=1)

pages = require_http_methods(["GET", "HEAD", "POST"])


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about one person: kept by no cache and by no search engine."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(wrapped)


@pages
@never_cache
def sign_up(request: HttpRequest) -> HttpResponse:
    """The answer is the same for every address: this view never reads who is on the list."""
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_trapped:
            return redirect("mailing:check")
        if wait := _wait(request, "sign-up"):
            return _too_many(request, form, "mailing/sign_up.html", wait)
        joining.ask_to_join(form.cleaned_data["email"], form.choice(), timezone.now())
        return redirect("mailing:check")
    return render(request, "mailing/sign_up.html", {"form": form, "consent": joining.CONSENT})


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    return render(request, "mailing/check.html")


@csrf_exempt
@pages
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    event = letters.event_of(token)
    if event is None or not letters.is_fresh(event, now):
        return render(request, "mailing/too_late.html", status=410)
    if request.method == "POST":
        if not joining.confirm_reader(event, now):
            return render(request, "mailing/too_late.html", status=410)
        return render(request, "mailing/confirmed.html", {"reader": event.subscriber})
    return render(request, "mailing/confirm.html", {"consent": event.wording})


def _reader_of(token: str) -> Subscriber:
    """Some programs make links small or large: whoever cannot leave with such a one would call the email spam."""
    exactly = Subscriber.objects.filter(token=token).first()
    alike = [exactly] if exactly else list(Subscriber.objects.filter(token__iexact=token)[:2])
    if len(alike) != 1:
        raise Http404
    return alike[0]


@csrf_exempt
@pages
@private
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    event = letters.event_of(token)
    done = event is None  # forgotten before
    if event and request.method == "POST":
        done = joining.forget_request(event, timezone.now())
        if not done:
            return redirect("mailing:unsubscribe", event.subscriber.token)
    return render(request, "mailing/not_me.html", {"done": done})


@csrf_exempt
@pages
@private
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    reader = _reader_of(token)
    if not reader.is_active:
        return render(request, "mailing/unsubscribed.html", {"reader": reader})
    form = PreferencesForm.of(reader, request.POST or None)
    saved = request.method == "POST" and form.is_valid()
    if saved:
        joining.change(reader, form.choice(), timezone.now())
    return render(request, "mailing/preferences.html", {"form": form, "reader": reader, "saved": saved})


@csrf_exempt
@pages
@private
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click (RFC 8058): any POST leaves the list, also a year later, and answers 200 without redirect or cookie."""
    reader = _reader_of(token)
    if request.method == "POST":
        how = "one-click" if request.POST.get("List-Unsubscribe") == "One-Click" else "form"
        joining.leave(reader, how, timezone.now())
        return render(request, "mailing/unsubscribed.html", {"reader": reader})
    template = "mailing/unsubscribe.html" if reader.is_active else "mailing/unsubscribed.html"
    return render(request, template, {"reader": reader})


@csrf_exempt
@pages
@private
def my_data(request: HttpRequest, token: str) -> HttpResponse:
    """Emails are passed on, so what is kept about a reader is shown by a fresh link only, sent to the reader's own address."""
    reader = _reader_of(token)
    if request.method == "POST":
        joining.ask_for_own_link(reader, timezone.now())
    return render(request, "mailing/my_data.html", {"sent": request.method == "POST"})


@csrf_exempt
@pages
@private
def mine(request: HttpRequest, token: str) -> HttpResponse:
    reader = letters.owner_of(token)
    if reader is None:
        return render(request, "mailing/too_late.html", status=410)
    if request.method == "POST" and request.POST.get("step") == "download":
        response = JsonResponse(joining.what_is_known(reader), json_dumps_params={"indent": 2, "ensure_ascii": False})
        response["Content-Disposition"] = 'attachment; filename="greensheets-my-data.json"'
        return response
    if request.method == "POST" and request.POST.get("step") == "erase":
        joining.erase_reader(reader, timezone.now())
        return render(request, "mailing/erased.html")
    return render(request, "mailing/mine.html")


@pages
@never_cache
def contact(request: HttpRequest) -> HttpResponse:
    """Stored first, mailed to staff second."""
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wait = _wait(request, "contact")
        if wait or not Limit.objects.allow("contact", rules.MOST_AN_HOUR_IN_ALL, HOUR, timezone.now()):
            return _too_many(request, form, "mailing/contact.html", wait or HOUR)
        contacting.take_message(form.to_message())
        return redirect("mailing:received")
    return render(request, "mailing/contact.html", {"form": form})


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    return render(request, "mailing/received.html")


def _too_many(request: HttpRequest, form: GuardedForm, template: str, wait: timedelta) -> HttpResponse:
    said = f"There were too many messages from your connection. Please try again in {period(_in_minutes(wait))}, or telephone us."
    form.add_error(None, said)
    return slowed(render(request, template, {"form": form, "consent": joining.CONSENT}), wait)


def _in_minutes(wait: timedelta) -> timedelta:
    return timedelta(minutes=math.ceil(wait / timedelta(minutes=1)))


def _wait(request: HttpRequest, what: str) -> timedelta:
    """How long somebody must wait who has sent too much from one place; nothing for everybody else, who is counted."""
    now, place = timezone.now(), f"{what} from {place_of(request)}"
    if Limit.objects.allow(place, rules.MOST_AN_HOUR_FROM_ONE_PLACE, HOUR, now):
        return timedelta(0)
    return Limit.objects.free_after(place, rules.MOST_AN_HOUR_FROM_ONE_PLACE, HOUR, now)
