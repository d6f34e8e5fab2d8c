from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import bank_holidays
from ..schedule import copy_deadline
from . import proofs


@never_cache
@require_safe
def proof(request: HttpRequest, link: str) -> HttpResponse:
    """The advert as it stands, for the school that placed it. Nobody can change anything here."""
    try:
        vacancy = proofs.advert_of(link)
    except proofs.NoProof as reason:
        status = 410 if reason.was_good else 404
        return _private(render(request, "vacancies/no_proof.html", {"reason": str(reason)}, status=status))
    monday = vacancy.print_from
    context = {
        "vacancy": vacancy,
        "is_closed": vacancy.is_closed(),
        "link": link,
        "deadline": copy_deadline(monday, bank_holidays.before(monday)) if monday and not vacancy.is_published() else None,
    }
    return _private(render(request, "vacancies/proof.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    """Not for search engines, and the link goes along to no other site."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
