"""What an advert will look like on the web, on paper and in the email, while it is still being typed.

It is here because only the site knows all three rooms. The whole form arrives by POST; none of it is stored anywhere.
"""

from base64 import b64encode
from typing import cast

from django.conf import settings
from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from editions.building import columns
from editions.building.rendering import PressFailed
from mailing.emails import week
from richtext.cleaning import clean
from vacancies.admin import VacancyAdmin
from vacancies.models import Vacancy
from web.csp import csp_override

# The column is a picture that lies nowhere, so it comes with the page itself.
POLICY = {**settings.SECURE_CSP, "img-src": ["'self'", "data:"]}
NOT_YET_SAVED = 0


@never_cache
@require_POST
@csp_override(POLICY)
def preview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Whoever may edit the advert may preview it; ``unsaved_form`` asks for that right."""
    form = cast(VacancyAdmin, admin.site.get_model_admin(Vacancy)).unsaved_form(request, pk)
    context = {**admin.site.each_context(request), "title": "Preview", "form": form, "is_popup": True}
    if form.instance.school_id:
        vacancy = as_typed(form)
        context |= {"vacancy": vacancy, "web": web(request, vacancy), "email": email(vacancy), **column(vacancy)}
    return TemplateResponse(request, "admin/vacancies/vacancy/preview.html", context)


def as_typed(form: "ModelForm[Vacancy]") -> Vacancy:
    """The advert as it would be stored: cleaned, with its subjects, under a number that no advert has."""
    vacancy = form.instance
    vacancy.body = clean(vacancy.body or "", vacancy._meta.get_field("body").grammar)
    vacancy.pk = vacancy.pk or NOT_YET_SAVED
    vacancy.updated_at = vacancy.created_at = timezone.now()
    known = {"subjects": form.cleaned_data.get("subjects") or vacancy.subjects.none()}
    vacancy._prefetched_objects_cache = known  # type: ignore[attr-defined]  # where ``prefetch_related`` keeps what it found
    return vacancy


def web(request: HttpRequest, vacancy: Vacancy) -> str:
    return render_to_string("vacancies/preview.html", {"vacancy": vacancy, "is_closed": False}, request)


def email(vacancy: Vacancy) -> week.Post | None:
    """The lines of the weekly email, which lists an advert only with its type and its closing time."""
    return week.post_of(vacancy) if vacancy.role_type and vacancy.closes_at else None


def column(vacancy: Vacancy) -> dict[str, str]:
    try:
        return {"column": b64encode(columns.picture(vacancy)).decode()}
    except PressFailed as error:
        return {"column_problem": str(error)}
