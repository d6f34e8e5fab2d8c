"""The weekly email of each edition: look at it, try it, let it go, stop it, see what came of it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin

from web import csv_files
from web.quantities import period

from .. import rules
from ..emails import writing
from ..models import DeliveryState, Mailout
from ..models.choices import Choice
from ..sending import by_provider, consequences, outbox, results, steering
from .readonly import ReadOnly

CHOICES = {"all": Choice(), "teaching": Choice.of(True, False), "support": Choice.of(False, True)}
# An email holds its own styles, and nothing else may run in it or be fetched by it.
EMAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups"


def moment_of(mailout: Mailout) -> datetime:
    """When it was made, or now for one that still will be: an old email must not be shown with the posts of today."""
    return mailout.frozen_at or timezone.now()


class WithProgress(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        Mailout.count_progress(self.result_list)


@admin.register(Mailout)
class MailoutAdmin(ReadOnly[Mailout]):
    list_display = ["edition", "state", "candidates", "excluded", *DeliveryState.values, "pause_reason"]
    list_select_related = ["edition"]
    list_per_page = 20

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithProgress

    def get_urls(self) -> list[URLPattern]:
        here = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/<slug:kind>/", here(xframe_options_sameorigin(self.preview)), name="mailing_mailout_preview"),
            path("<int:pk>/results.csv", here(self.results), name="mailing_mailout_results"),
            path("<int:pk>/steer/", here(self.steer), name="mailing_mailout_steer"),
            *super().get_urls(),
        ]

    def has_steer_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mailing.change_mailout")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        mailout = self.get_object(request, object_id)
        if mailout is None:
            return super().change_view(request, object_id, form_url, extra_context)
        chosen = request.GET.get("for", "all") if request.GET.get("for", "all") in CHOICES else "all"
        context = {
            "board": results.board(mailout),
            "providers": by_provider.at_providers(mailout),
            "audience": None if mailout.frozen_at or mailout.cancelled_at else outbox.audience(),
            "may_steer": self.has_steer_permission(request),
            "may_see_readers": request.user.has_perm("mailing.view_subscriber"),
            "chosen": chosen,
            "choices": {"all": "All posts", "teaching": "Teaching only", "support": "Support only"},
            "subject": writing.preview(mailout, CHOICES[chosen], moment_of(mailout)).subject,
            "title": str(mailout),
            "subtitle": None,
            **(extra_context or {}),
        }
        response = super().change_view(request, object_id, form_url, context)
        if mailout.state == "Sending":
            response["Refresh"] = "5"  # the page counts along without a script
        return response

    def preview(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        mailout = get_object_or_404(Mailout.objects.select_related("edition"), pk=pk)
        choice = CHOICES.get(request.GET.get("for", "all"))
        if choice is None or not self.has_view_permission(request, mailout):
            raise PermissionDenied
        letter = writing.preview(mailout, choice, moment_of(mailout))
        if kind == "html":
            return HttpResponse(letter.html, headers={"Content-Security-Policy": EMAIL_POLICY})
        if kind == "text":
            return HttpResponse(letter.text, content_type="text/plain; charset=utf-8")
        if kind == "raw":
            raw = writing.preview_raw(mailout, choice, moment_of(mailout))
            return HttpResponse(raw, content_type="text/plain; charset=utf-8")
        raise Http404

    def results(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        mailout = get_object_or_404(Mailout.objects.select_related("edition"), pk=pk)
        if not (self.has_steer_permission(request) and request.user.has_perm("mailing.view_subscriber")):
            raise PermissionDenied
        return csv_files.response(f"weekly-email-{mailout.edition.on}", results.HEADER, results.rows(mailout))

    def steer(self, request: HttpRequest, pk: int) -> HttpResponse:
        mailout = get_object_or_404(Mailout.objects.select_related("edition"), pk=pk)
        if request.method != "POST" or not request.user.is_authenticated or not self.has_steer_permission(request):
            raise PermissionDenied
        chosen = request.POST.get("step", "")
        step = partial(_release, request.POST.get("provider", "")) if chosen == "release" else STEPS.get(chosen)
        if step is None:
            raise Http404
        level, sentence = step(mailout, request.user, timezone.now())
        self.message_user(request, sentence, level)
        if level == messages.SUCCESS:
            self.log_change(request, mailout, sentence)
        return redirect(reverse("admin:mailing_mailout_change", args=[mailout.pk]))


def _column(state: str) -> Callable[[MailoutAdmin, Mailout], int]:
    @admin.display(description=DeliveryState(state).label)
    def column(self: MailoutAdmin, mailout: Mailout) -> int:
        return mailout.counts[state]

    return column


for _state in DeliveryState.values:
    setattr(MailoutAdmin, _state, _column(_state))

Told = tuple[int, str]  # how the desk says it, and what


def _told(done: object, yes: str, no: str) -> Told:
    return (messages.SUCCESS, yes) if done else (messages.WARNING, no)


def _pause(mailout: Mailout, user: User, now: datetime) -> Told:
    return _told(steering.pause(mailout, "Paused at the desk.", now), "Paused.", "It was not running, so it has not been paused.")


def _resume(mailout: Mailout, user: User, now: datetime) -> Told:
    done = steering.resume(mailout, now)
    if done and mailout.is_too_old(now):
        late = f"It is more than {period(rules.FORGOTTEN_AFTER)} old, so it is no news any more and will not be sent."
        return messages.WARNING, late
    return _told(done, "Resumed. Sending continues within seconds.", "It was not paused, so nothing has changed.")


def _cancel(mailout: Mailout, user: User, now: datetime) -> Told:
    return _told(steering.cancel(mailout, now), "Cancelled for good.", "It had already finished, so it was not cancelled.")


def _retry(mailout: Mailout, user: User, now: datetime) -> Told:
    count = steering.retry_failed(mailout, now)
    return _told(count, f"{count} failed emails have been queued again.", "There is nothing to retry.")


def _send_again(mailout: Mailout, user: User, now: datetime) -> Told:
    count = steering.settle_uncertain(mailout, send_again=True, now=now)
    return _told(count, f"{count} uncertain emails have been queued again.", "No email is uncertain.")


def _take_for_sent(mailout: Mailout, user: User, now: datetime) -> Told:
    count = steering.settle_uncertain(mailout, send_again=False, now=now)
    return _told(count, f"{count} uncertain emails now count as sent.", "No email is uncertain.")


def _test(mailout: Mailout, user: User, now: datetime) -> Told:
    if not user.email:
        return messages.WARNING, "Your account has no email address. Ask an owner to add one under Staff, then try again."
    steering.send_test(mailout, user.email, now)
    return messages.SUCCESS, "A test is on its way to your account’s address."


def _release(provider: str, mailout: Mailout, user: User, now: datetime) -> Told:
    done = consequences.release(provider, now)
    yes = f"{provider} is no longer held back, and what it had refused is sent once more."
    return _told(done, yes, "It was not held back, so nothing has changed.")


STEPS = {
    "pause": _pause,
    "resume": _resume,
    "cancel": _cancel,
    "retry": _retry,
    "send-again": _send_again,
    "take-for-sent": _take_for_sent,
    "test": _test,
}
