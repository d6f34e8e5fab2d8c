"""A test email from the desk, with a link by which its reader says that it arrived.

It goes out while staff wait, past the outbox and the worker: what the mail server answers stands on the page at once.
"""

from smtplib import SMTPException
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, get_connection
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from greensheets_site import rules
from greensheets_site.models import Begun
from web.quantities import period

from .checks import TEST_EMAIL

_signer = TimestampSigner(salt="greensheets_site.beginning")


class AddressForm(forms.Form):
    email = forms.EmailField(label="Send it to", help_text="An address whose inbox you can read.")


def send_test_email(address: str) -> None:
    link = settings.SITE_URL + reverse("admin:test_email_arrived", args=[_signer.sign("arrived")])
    text = f"This is a test from Greensheets. If you can read it, open this link and log in at the desk:\n\n{link}\n"
    connection = get_connection(timeout=rules.TEST_EMAIL_TAKES_AT_MOST) if "smtp" in settings.EMAIL_BACKEND else get_connection()
    EmailMessage("A test from Greensheets", text, to=[address], connection=connection).send()


def test_email_page(request: HttpRequest) -> HttpResponse:
    _ask_for_the_right(request)
    form = AddressForm(request.POST or None, initial={"email": getattr(request.user, "email", "")})
    if request.method == "POST" and form.is_valid():
        try:
            send_test_email(form.cleaned_data["email"])
        except (OSError, SMTPException) as error:
            form.add_error(None, f"The mail server refused it: {error}. Check EMAIL_URL in the settings.")
        else:
            messages.success(request, "Sent. Open the link in it when it arrives; check your junk mail too.")
            return redirect("admin:index")
    context: dict[str, Any] = {**admin.site.each_context(request), "form": form, "title": "Send a test email"}
    return render(request, "admin/test_email.html", context)


def test_email_arrived(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever opens it is logged in, so that no program that scans inboxes can do it for them."""
    _ask_for_the_right(request)
    try:
        _signer.unsign(token, max_age=rules.TEST_EMAIL_GOOD_FOR)
    except BadSignature:
        messages.error(
            request, f"This link is incomplete, or more than {period(rules.TEST_EMAIL_GOOD_FOR)} old. Send another test email."
        )
    else:
        Begun.objects.get_or_create(what=TEST_EMAIL)
        messages.success(request, "Good: the test email arrived.")
    return redirect("admin:index")


def _ask_for_the_right(request: HttpRequest) -> None:
    if not request.user.has_perm("editions.change_edition"):
        raise PermissionDenied
