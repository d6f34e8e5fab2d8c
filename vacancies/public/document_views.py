from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import DocumentKind, Vacancy, VacancyDocument
from . import proofs


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """A document of a live advert; staff see it at any time, shown or not, and its school by a proof link."""
    wanted = VacancyDocument.objects.filter(pk=pk).first()
    is_public = wanted and wanted.is_for_readers and Vacancy.objects.live(timezone.now()).filter(pk=wanted.vacancy_id).exists()
    if not wanted or not (is_public or _may_look(request, wanted)):
        raise Http404("There is no document here.")
    if name != wanted.file_name:
        return redirect(f"{wanted.get_absolute_url()}?{request.GET.urlencode()}" if request.GET else wanted)
    return _sent(wanted)


def _may_look(request: HttpRequest, wanted: VacancyDocument) -> bool:
    """Staff, and the school that checks its advert by a proof link."""
    by_proof = wanted.is_for_readers and proofs.is_for(request.GET.get("proof", ""), wanted.vacancy_id)
    return by_proof or request.user.has_perm("vacancies.view_vacancy")


def _sent(wanted: VacancyDocument) -> FileResponse:
    kind = DocumentKind(wanted.kind)
    try:
        file = wanted.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file of this document is missing.") from error
    # Browsers show a PDF by themselves; a Word document can only be kept.
    response = FileResponse(
        file, as_attachment=kind != DocumentKind.PDF, filename=wanted.file_name, content_type=kind.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    # Asked for again each time: it must be gone the moment the advert is.
    response["Cache-Control"] = "private, no-cache"
    return response
