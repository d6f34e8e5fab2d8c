"""Bringing in readers at the desk: first what would become of every line, then the import, and the way back."""

import base64
import binascii
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.utils import timezone

from web import csv_files
from web.quantities import size

from .. import rules
from ..forms import ChoiceForm
from ..models import ReaderImport
from ..readers import importing
from ..readers.lists import Unreadable

LINES_SHOWN = 1000
LATEST = 10


class ImportForm(ChoiceForm):
    file = forms.FileField(
        label="File",
        required=False,
        help_text="A list from Excel, Outlook, Google or Mailchimp (.xlsx, CSV or text), or just addresses, on one line or many. "
        f"Up to {size(rules.LARGEST_IMPORT)}.",
    )
    again = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2 * rules.LARGEST_IMPORT)
    statement = forms.CharField(
        label="How did these people agree?",
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        help_text="Where and when they were asked, and the words they agreed to. Kept with each reader as evidence.",
        error_messages={"required": "Say how these people agreed; otherwise we must not write to them."},
    )
    agreed = forms.BooleanField(
        label="Everybody in this file has agreed to get the weekly email",
        error_messages={"required": "Tick this if it is true; if it is not, do not import the file."},
    )
    field_order = ["file", "groups", "authorities", "statement", "agreed", "again"]

    def clean(self) -> dict[str, Any]:
        data = cast(dict[str, Any], super().clean())
        file: UploadedFile | None = data.get("file")
        if file and (file.size or 0) > rules.LARGEST_IMPORT:
            self.add_error(
                "file", f"The file is larger than {size(rules.LARGEST_IMPORT)}. Split it and import the parts one by one."
            )
            return data
        data["content"] = file.read() if file else _unpacked(data.get("again", ""))
        if not data["content"]:
            self.add_error("file", "Choose a file.")
        return data


def _unpacked(again: str) -> bytes:
    try:
        return base64.b64decode(again, validate=True)
    except (binascii.Error, ValueError):
        return b""


def bring_in(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """The file comes along with the answer, so that staff need not choose it twice."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer = _answered(request, form, context)
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            return answer
    return render(request, "admin/mailing/subscriber/import.html", {**context, "form": form, "latest": _latest()})


def _answered(request: HttpRequest, form: ImportForm, context: dict[str, Any]) -> HttpResponseBase:
    content: bytes = form.cleaned_data["content"]
    step = request.POST.get("step", "import")
    if step == "import":
        staff = cast(int, request.user.pk)
        done = importing.import_readers(content, form.choice(), form.cleaned_data["statement"], staff, timezone.now())
        messages.add_message(request, messages.WARNING if done.wrong else messages.SUCCESS, str(done))
        return redirect("admin:mailing_subscriber_changelist")
    plan = importing.look_through(content)
    if step == "bad":
        bad = [[line.entry.line, line.entry.text, line.why] for line in plan.bad()]
        return csv_files.response("readers-not-usable", ["line", "text", "what is wrong"], bad)
    found = {"plan": plan, "lines": plan.lines[:LINES_SHOWN], "more": len(plan.lines) - LINES_SHOWN}
    again = {"again": base64.b64encode(content).decode()}
    return render(request, "admin/mailing/subscriber/import.html", {**context, "form": form, **found, **again})


def _latest() -> list[ReaderImport]:
    return list(ReaderImport.objects.filter(added__gt=0)[:LATEST])


def undo_import(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        raise PermissionDenied
    count = importing.take_back(get_object_or_404(ReaderImport, pk=pk), cast(int, request.user.pk), timezone.now())
    said = f"{count} reader{pluralize(count)} of that import {'is' if count == 1 else 'are'} no longer on the list."
    messages.add_message(request, messages.SUCCESS if count else messages.WARNING, said)
    return redirect("admin:mailing_subscriber_import")
