"""Live adverts for other programs: JobPostings as JSON, a page at a time; docs/vacancies-json.md describes it."""

from math import ceil

from django.conf import settings
from django.http import HttpRequest, JsonResponse, QueryDict
from django.urls import reverse

from .. import rules
from ..search.forms import VacancyFilterForm, page_number
from ..search.results import Results
from .freshness import fresh
from .structured_data import job_posting


@fresh
def vacancies_json(request: HttpRequest) -> JsonResponse:
    results = VacancyFilterForm(request.GET).apply()
    if results.is_lost:  # A page can say that it shows all areas instead; a program would take them for what it asked for.
        return JsonResponse({"error": results.lost_reason}, status=400)
    page, pages = page_number(request.GET), max(1, ceil(len(results) / rules.POSTS_ON_A_JSON_PAGE))
    document = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": "Vacancies in schools",
        "url": _address(results, page),
        "numberOfItems": len(results),
        "page": page,
        "pages": pages,
        "previous": _address(results, min(page - 1, pages)) if page > 1 else None,
        "next": _address(results, page + 1) if page < pages else None,
        "itemListElement": [job_posting(advert) for advert in results.page(page, rules.POSTS_ON_A_JSON_PAGE)],
    }
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


def _address(results: Results, page: int) -> str:
    query: QueryDict = results.asked.as_query()
    if page > 1:
        query["page"] = str(page)
    return f"{settings.SITE_URL}{reverse('vacancies:json')}{'?' if query else ''}{query.urlencode()}"
