from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from simple_history.admin import SimpleHistoryAdmin

from richtext.admin import TellsWhatWasLeftOut
from web.cells import list_cell
from web.quantities import clock

from .. import reference, wording
from ..editing import documents, fields, print_consequences
from ..editing.forms import VacancyForm
from ..models import Status, Vacancy
from ..public import proofs
from . import live_feedback, pasting, proof_recall, step_views, steps, unsaved
from .documents import DocumentInline
from .filters import (
    AttentionFilter,
    ClosingFilter,
    EditionFilter,
    FewChoices,
    GroupFilter,
    PrintedFilter,
    StateFilter,
    state_of,
)
from .importing import ADVERTS, ImportsFiles


@admin.register(Vacancy)
class VacancyAdmin(ImportsFiles, TellsWhatWasLeftOut, SimpleHistoryAdmin):
    what = ADVERTS
    form = VacancyForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fieldsets = fields.fieldsets()
    inlines = [DocumentInline]
    autocomplete_fields = ["school", "role_type", "subjects"]
    list_display = ["post", "state", "appears", "closing"]
    list_display_links = ["post"]
    list_filter = [
        EditionFilter,
        StateFilter,
        AttentionFilter,
        ClosingFilter,
        GroupFilter,
        PrintedFilter,
        ("school__authority", FewChoices),
        ("role_type", FewChoices),
    ]
    list_select_related = ["school", "role_type"]
    list_per_page = 50
    show_full_result_count = False  # a second count of all adverts on every page
    date_hierarchy = "publish_on"
    search_fields = ["title", "school__name", "school__town"]
    search_help_text = "Title, school, town, or a reference such as GS10427"
    ordering = ["-publish_on", "-pk"]
    actions = [step_views.action(step) for step in steps.STEPS.values()]

    class Media:
        css = {"all": ["css/advert.css"]}
        js = ["js/rich_text.js", "js/advert_form.js", "js/folds.js", "js/paste.js", "js/unsaved.js"]

    @admin.display(description="advert", ordering="pk")
    def post(self, vacancy: Vacancy) -> SafeString:
        below = (vacancy.school, vacancy.role_type or "No role type yet")
        return list_cell(vacancy.title, *below, strong=vacancy.reference)

    @admin.display(description="state")
    def state(self, vacancy: Vacancy) -> str:
        return state_of(vacancy)

    @admin.display(description="appears", ordering="publish_on")
    def appears(self, vacancy: Vacancy) -> SafeString:
        day = f"{vacancy.publish_on:%d/%m/%Y}" if vacancy.publish_on else "no day yet"
        return list_cell(day, _printed(vacancy))

    @admin.display(description="closes", ordering="closes_at")
    def closing(self, vacancy: Vacancy) -> str:
        if not vacancy.closes_at:
            return "no time yet"
        at = timezone.localtime(vacancy.closes_at)
        return list_cell(f"{at:%d/%m/%Y}", clock(at.time()))

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Vacancy], bool]:
        """The search box understands a reference."""
        pk = reference.to_pk(search_term)
        if pk is not None:
            return queryset.filter(pk=pk), False
        return super().get_search_results(request, queryset, search_term)

    def get_form(
        self, request: HttpRequest, obj: Vacancy | None = None, change: bool = False, **kwargs: Any
    ) -> type[VacancyForm]:
        form = cast(type[VacancyForm], super().get_form(request, obj, change=change, **kwargs))
        if request.resolver_match and request.resolver_match.url_name == "vacancies_vacancy_simple_history":
            return type(form.__name__, (form,), {"reverting": True})
        return form

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("look/", self.look, "look"),
            ("paste/", self.paste, "paste"),
            ("<int:pk>/look/", self.look, "look"),
            ("<int:pk>/proof/recall/", partial(proof_recall.recall_page, self), "proof_recall"),
            ("steps/undo/", partial(step_views.undo_page, self), "undo"),
            ("steps/<slug:name>/", partial(step_views.step_page, self), "step"),
        ]
        ours = [path(route, self.admin_site.admin_view(view), name=f"vacancies_vacancy_{name}") for route, view, name in pages]
        return [*ours, *super().get_urls()]

    def unsaved_form(self, request: HttpRequest, pk: int | None = None) -> VacancyForm:
        """The form as it was sent, filled in and checked, for pages that show what is not saved. Requires permission to edit."""
        obj = get_object_or_404(Vacancy, pk=pk) if pk else None
        if not (self.has_change_permission(request, obj) if pk else self.has_add_permission(request)):
            raise PermissionDenied
        form = self.get_form(request, obj, change=bool(pk))(request.POST, instance=obj)
        form.is_valid()
        return form

    @method_decorator([require_POST, never_cache])
    def look(self, request: HttpRequest, pk: int | None = None) -> JsonResponse:
        return JsonResponse(live_feedback.look(self.unsaved_form(request, pk)))

    @method_decorator([require_POST, never_cache])
    def paste(self, request: HttpRequest) -> JsonResponse:
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        return pasting.pasted(request)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        stored = Vacancy.objects.filter(pk=object_id).first() if object_id and object_id.isdecimal() else None
        context = {
            "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
            "steps": [],
            **(_beside_the_form(stored) if stored and self.has_change_permission(request, stored) else {}),
            **(extra_context or {}),
        }
        return unsaved.forget(request, super().changeform_view(request, object_id, form_url, context))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Vacancy]:
        """A save holds its row until it is done, so that of two simultaneous saves the second sees the first."""
        rows = super().get_queryset(request)
        return rows.select_for_update(of=("self",)) if request.method == "POST" and _is_change(request) else rows

    def has_delete_permission(self, request: HttpRequest, obj: Vacancy | None = None) -> bool:
        """Nothing that was approved is deleted: it is withdrawn (rule 10)."""
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.status != Status.DRAFT)

    def get_view_on_site_url(self, obj: Vacancy | None = None) -> str | None:
        has_page = obj is not None and Vacancy.objects.with_page().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if has_page else None

    def save_formset(self, request: HttpRequest, form: VacancyForm, formset: BaseModelFormSet, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        documents.remove_files([document.file.name for document in formset.deleted_objects])

    def delete_model(self, request: HttpRequest, obj: Vacancy) -> None:
        documents.remove_files(list(obj.attachments.values_list("file", flat=True)))
        super().delete_model(request, obj)

    def save_model(self, request: HttpRequest, obj: Vacancy, form: VacancyForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for problem in form.found or []:
            if obj.status == Status.APPROVED and not problem.stops:
                self.message_user(request, f"Please check: {problem.sentence}", messages.WARNING)
        for sentence in [*form.worked_out, *_on_paper(obj, form)]:
            self.message_user(request, sentence)
        if "_approve" in request.POST:
            self.message_user(request, f"{obj} is approved. {_when(obj)}")


def _is_change(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.url_name == "vacancies_vacancy_change"


def _beside_the_form(vacancy: Vacancy) -> dict[str, object]:
    """What may be done to a stored advert: the steps, each with its page, and its proof link."""
    offered = [(step, step_views.step_address(step, [vacancy.pk])) for step in steps.offered(vacancy)]
    return {"steps": offered, **(_proof(vacancy) if vacancy.status != Status.WITHDRAWN else {})}


def _proof(vacancy: Vacancy) -> dict[str, object]:
    address = reverse("vacancies:proof", args=[proofs.token(vacancy)])
    return {"proof_url": f"{settings.SITE_URL}{address}", "proof_ends": proofs.ends_at()}


def _printed(vacancy: Vacancy) -> str:
    if not vacancy.print_from:
        return "website only"
    if vacancy.print_from != vacancy.print_until:
        return f"printed until {vacancy.print_until:%d/%m/%Y}"
    return "printed then" if vacancy.print_from == vacancy.publish_on else f"printed {vacancy.print_from:%d/%m/%Y}"


def _on_paper(vacancy: Vacancy, form: VacancyForm) -> list[str]:
    """What a save can no longer change, and what the print shop may be missing."""
    if vacancy.status != Status.APPROVED or not form.changed_data:
        return []
    held = print_consequences.kept(print_consequences.run(form.stored, form.calendar, form.at)) if form.stored else ""
    return list(filter(None, [held, print_consequences.run(vacancy, form.calendar, form.at).too_late]))


def _when(vacancy: Vacancy) -> str:
    if vacancy.is_closed():
        return "It is closed."
    if vacancy.is_published():
        return "It is on the website now."
    return f"It goes on the website on {wording.long_day(vacancy.dates[0])}."
