from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils import timezone

from .models import DocumentKind, Vacancy, VacancyDocument


def document(request, pk, name):
    """A document of a live advert; staff who may look at adverts see it at any time, shown or not."""
    wanted = VacancyDocument.objects.filter(pk=pk).first()
    is_public = wanted and wanted.is_shown and Vacancy.objects.live(timezone.now()).filter(pk=wanted.vacancy_id).exists()
    if not wanted or not (is_public or request.user.has_perm("vacancies.view_vacancy")):
        raise Http404("No document here.")
    if name != wanted.file_name:
        return redirect(wanted)
    return _sent(wanted)


def _sent(wanted):
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
