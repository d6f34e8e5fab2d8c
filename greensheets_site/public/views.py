"""The front page, and what readers see when an address or the site itself fails."""

import logging
import sys
from collections import Counter
from datetime import date

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from editions.models import Edition
from editions.public.shelf import with_pdfs
from news.models import Article
from vacancies.models import Authority, Break, StaffGroup, Vacancy, calendar
from vacancies.schedule import DAY

from .. import rules
from ..page_cache.moments import fresh
from .structured_data import organization

logger = logging.getLogger(__name__)

RETRY_AFTER = 30  # seconds
PLAINLY = (
    "Something went wrong here. The fault is ours, and it has been recorded. Please try again in a few minutes.\n"
    "To reach us meanwhile, telephone {telephone} or email {email}.\n"
)
DOORS = {
    StaffGroup.TEACHING: "Teachers, heads of department, SENCOs, headteachers",
    StaffGroup.SUPPORT: "Assistants, office, site, catering, midday and pastoral staff",
}


@fresh
def home(request: HttpRequest) -> HttpResponse:
    live = Vacancy.objects.live().order_by().values_list("role_type__staff_group", "school__authority")
    counts = Counter(value for row in live for value in row)
    context = {
        "doors": [(StaffGroup(group), counts[group], examples) for group, examples in DOORS.items()],
        "authorities": [(authority, counts[authority.pk]) for authority in Authority.objects.all()],
        "edition": next(iter(with_pdfs(Edition.objects.published()[:1])), None),
        "articles": Article.objects.published()[: rules.LATEST_NEWS],
        "structured": organization(),
        **_next_edition(timezone.localdate()),
    }
    return render(request, "home.html", context)


def _next_edition(today: date) -> dict[str, object]:
    """The next Monday with an edition, and the Mondays before it that have none."""
    monday = calendar().next_on(today + DAY)
    breaks = Break.objects.confirmed().filter(on__gt=today, on__lt=monday) if monday else []
    return {"next_edition": monday, "breaks": breaks}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}, status=413)
    return render(request, "400.html", status=400)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's check of where a form came from has failed; ``reason`` is for developers."""
    return render(request, "form_refused.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """No query and no session: the database may be what failed, and then the fault passes."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _in_any_case(request, "503.html", 503, headers={"Retry-After": str(RETRY_AFTER)})
    return _in_any_case(request, "500.html", 500)


def _in_any_case(request: HttpRequest, template: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    """Should the page itself fail, its words alone: Django's last resort would say nothing but "Server Error"."""
    try:
        response = render(request, template, status=status)
    except Exception:
        logger.exception("%s could not be shown", template)
        words = PLAINLY.format(**settings.PUBLISHER)
        response = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    for name, value in (headers or {}).items():
        response[name] = value
    return response
