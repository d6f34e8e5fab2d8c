"""How much one request may bring along: little from visitors, from staff what the page says. Asked before a byte is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

import editions.rules
import mailing.rules
import pictures.rules
import vacancies.rules

from .. import rules
from ..page_cache.reception import announced

# By the name of the page: the files that it takes, besides the words of a form.
FILES = {
    **dict.fromkeys(
        ("vacancies_vacancy_add", "vacancies_vacancy_change"),
        vacancies.rules.MOST_DOCUMENTS * vacancies.rules.LARGEST_DOCUMENT,
    ),
    **dict.fromkeys(("vacancies_vacancy_import", "vacancies_school_import"), vacancies.rules.LARGEST_CSV),
    **dict.fromkeys(
        ("vacancies_school_add", "vacancies_school_change", "news_article_add", "news_article_change"),
        pictures.rules.LARGEST_PICTURE,
    ),
    "editions_edition_upload": 2 * editions.rules.LARGEST_UPLOAD,
    "mailing_subscriber_import": mailing.rules.LARGEST_IMPORT,
}


class BodyLimitMiddleware:
    """Stands where it is known who asks, and before anything looks into the form: the check of where it comes from does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = announced(request.META)
        if length <= rules.LARGEST_FORM:
            return self.get_response(request)
        most, files = limits(request)
        if length <= most:
            return self.get_response(request)
        return render(request, "413.html", {"most": most, "files": files}, status=413)


def limits(request: HttpRequest) -> tuple[int, int]:
    """How much may be sent to this page in all, and how much of it in files."""
    if request.path_info.startswith("/anymail/"):
        return rules.LARGEST_REPORT, 0
    if not (request.path_info.startswith(reverse("admin:index")) and request.user.is_active and request.user.is_staff):
        return rules.LARGEST_FORM, 0
    try:
        files = FILES.get(resolve(request.path_info).url_name or "", 0)
    except Resolver404:
        files = 0
    return files + settings.DATA_UPLOAD_MAX_MEMORY_SIZE, files
