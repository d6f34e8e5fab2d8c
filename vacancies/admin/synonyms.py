from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from simple_history.admin import SimpleHistoryAdmin

from ..models import Synonym
from ..search.comparing import effects, phrases_of_both
from ..search.directory import Directory, directory
from ..search.live import LiveAdverts
from ..search.synonyms import meaning_of, phrases_of


class SynonymForm(ModelForm):
    class Meta:
        widgets = dict.fromkeys(["same", "typed", "after"], AdminTextareaWidget({"rows": 3}))

    def clean_same(self) -> str:
        phrases = phrases_of(self.cleaned_data["same"])
        if not phrases:
            raise ValidationError("Enter at least one word.")
        return ", ".join(phrases)


@admin.register(Synonym)
class SynonymAdmin(SimpleHistoryAdmin):
    form = SynonymForm
    list_display = ["same", "typed", "after", "in_text"]
    list_filter = ["in_text"]
    search_fields = ["same", "typed", "after"]
    search_help_text = "A word that readers type or that adverts say"
    ordering = ["same"]
    fields = ["same", "typed", "after", "in_text"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.changes_view)
        own = [
            path("changes/", view, name="vacancies_synonym_changes"),
            path("<int:pk>/changes/", view, name="vacancies_synonym_changes"),
        ]
        return [*own, *super().get_urls()]

    def changes_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """What the form as it stands would do to searches; nothing is saved."""
        row = Synonym.objects.filter(pk=pk).first() if pk else None
        if pk and row is None:
            raise Http404("No such search word.")
        if not (self.has_change_permission(request, row) if row else self.has_add_permission(request)):
            raise PermissionDenied
        before = meaning_of(row) if row else None
        form = self.get_form(request, row)(request.POST or None, instance=row)
        context: dict[str, Any] = {**self.admin_site.each_context(request), "title": "What would change", "form": form}
        if form.is_valid():
            old, new = _directories(form.instance)
            found = effects(LiveAdverts(), old, new, phrases_of_both(before, meaning_of(form.instance)))
            context |= {"changes": [one for one in found if one.is_any], "same": [one for one in found if not one.is_any]}
        return TemplateResponse(request, "admin/vacancies/synonym/changes.html", context)


def _directories(tried: Synonym) -> tuple[Directory, Directory]:
    """With the rows as they are stored, and with this one in its place or added."""
    stored = list(Synonym.objects.order_by("pk"))
    changed = [tried if row.pk == tried.pk else row for row in stored]
    changed += [] if tried.pk else [tried]
    names = directory().names
    return Directory(names, tuple(map(meaning_of, stored))), Directory(names, tuple(map(meaning_of, changed)))
