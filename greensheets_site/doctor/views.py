"""The same as a page of the desk, for owners."""

from itertools import groupby

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..models import Look
from . import looking, telling
from .table import Line

MAY_LOOK = "greensheets_site.view_look"


@require_http_methods(["GET", "HEAD", "POST"])
def doctor_page(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY_LOOK):
        raise PermissionDenied
    now = timezone.now()
    if request.method == "POST":
        if looking.ask(now):
            messages.success(request, "The worker will look in its next round. Reload this page in a moment.")
        else:
            messages.warning(
                request, "No worker has come by yet to look. Start it; the lines below are what can be seen without."
            )
        return redirect("admin:doctor")
    lines = looking.now_and_then(now)
    context = {
        **admin.site.each_context(request),
        "title": "Doctor",
        "themes": [(theme, list(found)) for theme, found in groupby(_by_theme(lines), key=lambda line: line.theme)],
        "summary": telling.summary(lines),
        "looks": Look.objects.all(),
        "not_yet": looking.not_yet(),
    }
    return render(request, "admin/doctor.html", context)


def _by_theme(lines: list[Line]) -> list[Line]:
    order = list(dict.fromkeys(line.theme for line in lines))
    return sorted(lines, key=lambda line: order.index(line.theme))
