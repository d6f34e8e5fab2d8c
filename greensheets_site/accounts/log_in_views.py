"""Everybody's own log-ins: where they are logged in now, and a button that ends one."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from web import trail
from web.models import Happening, TrailEntry, hashed

from .. import rules
from ..models import LogIn
from . import sessions


def named(log_in: LogIn) -> str:
    """What the page calls it: its own key would let whoever sees it in."""
    return hashed(f"log-in {log_in.pk}")[:16]


def log_ins_page(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:  # the desk lets nobody else this far
        raise PermissionDenied
    own = sessions.of(request.user, timezone.now())
    here = request.session.session_key
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        ended = [one for one in own if one.pk != here and wanted in {"others", named(one)}]
        LogIn.objects.filter(pk__in=[one.pk for one in ended]).delete()
        if ended:
            trail.record(Happening.ENDED, request, said=f"{len(ended)} of their own")
        messages.success(request, "Ended." if ended else "That log-in has already ended.")
        return redirect("admin:log_ins")
    rows = [(named(one), one, one.pk == here) for one in own]
    happened = TrailEntry.objects.filter(about=request.user.get_username())[: rules.HAPPENINGS_SHOWN]
    context = {**admin.site.each_context(request), "title": "Your log-ins", "rows": rows, "happened": happened}
    return TemplateResponse(request, "admin/log_ins.html", context)
