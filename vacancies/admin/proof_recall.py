"""The page on which staff call back the proof links of one advert: one was sent to the wrong person, or has done its work."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ..models import Vacancy
from ..public import proofs

SAID = "No proof link made before now opens this advert. The one shown here is new."


def recall_page(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = get_object_or_404(Vacancy, pk=pk)
    if not model_admin.has_change_permission(request, vacancy):
        raise PermissionDenied
    if request.method == "POST":
        proofs.recall(vacancy)
        model_admin.log_change(request, vacancy, "Called back the proof links")
        messages.success(request, SAID)
        return redirect("admin:vacancies_vacancy_change", pk)
    context = {**model_admin.admin_site.each_context(request), "title": "Call back the proof links", "vacancy": vacancy}
    return render(request, "admin/vacancies/vacancy/proof_recall.html", context)
