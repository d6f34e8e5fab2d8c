"""The page on which staff say why an address may be written to again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import pluralize

# Brings one row back; given who of the staff, and why.
Back = Callable[[Any, str, str], object]


class ReasonForm(forms.Form):
    why = forms.CharField(
        label="Why may we write to them again?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text="For instance: she telephoned on 3 May; she had pressed the wrong button. Kept with your name and the moment.",
        error_messages={"required": "Say why; otherwise we must not write to them."},
    )


def ask_why(
    model_admin: "admin.ModelAdmin[Any]", request: HttpRequest, rows: QuerySet[Any], action: str, back: Back
) -> HttpResponse | None:
    """Ask first; once a reason is given, bring the rows back and tell how many there were to be brought."""
    form = ReasonForm(request.POST if "why" in request.POST else None)
    if form.is_valid():
        why, who = form.cleaned_data["why"], f"member of staff {request.user.pk}"
        done = []
        for row in rows:
            pk = row.pk
            if back(row, who, why) is not False:
                row.pk = pk  # the history names a row that may be gone by now
                model_admin.log_change(request, row, f"Write to again: {why}")
                done.append(row)
        said = f"{len(done)} address{pluralize(len(done), 'es')} may be written to again."
        model_admin.message_user(request, said, messages.SUCCESS if done else messages.WARNING)
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "form": form,
        "rows": rows,
        "action": action,
        "checkbox": ACTION_CHECKBOX_NAME,
        "opts": model_admin.opts,
        "title": "Write to again",
    }
    return render(request, "admin/mailing/write_again.html", context)
