"""The pages that staff edit, each at its fixed address, and what the site adds to them."""

from django.contrib.flatpages.models import FlatPage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from editions.models import Edition

from .. import rules
from ..beginning import gaps
from ..page_cache.moments import fresh


@fresh
def page(request: HttpRequest, url: str) -> HttpResponse:
    found = get_object_or_404(FlatPage, url=url, registration_required=False)
    context = {
        "page": found,
        "words": gaps.without_gaps(found.content),
        "deadlines": deadlines() if url == "/advertise/" else [],
        "says_what_is_kept": url == "/privacy/",
    }
    return render(request, "flatpages/default.html", context)


def deadlines() -> list[Edition]:
    """The next editions that copy can still be sent for, the nearest first."""
    return list(Edition.objects.coming().filter(copy_deadline_at__gt=timezone.now())[: rules.DEADLINES_SHOWN])
