from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db.models import Model
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest
from django.utils.safestring import SafeString

from uploads.refusals import Refused
from web.cells import list_cell
from web.quantities import size

from .. import rules
from ..editing import documents
from ..models import VacancyDocument


class DocumentInput(forms.FileInput):
    """A box to choose a file with; for a document that is stored, the link that opens it."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        stored = getattr(value, "instance", None)
        if stored is None or not stored.pk:
            return super().render(name, None, attrs, renderer)
        return list_cell(stored.file_name, stored.description, href=stored.get_absolute_url(), opens_beside=True)


class DocumentForm(forms.ModelForm):
    instance: VacancyDocument

    class Meta:
        model = VacancyDocument
        fields = ["title", "file", "is_shown"]
        widgets = {"file": DocumentInput(attrs={"accept": ".pdf,.docx"})}
        help_texts = {"file": f"A PDF or a Word document (.docx) of up to {size(rules.LARGEST_DOCUMENT)}."}

    def clean_file(self) -> File:
        """A stored document is never exchanged under its readers: another one is added, this one no longer shown."""
        if self.instance.pk:
            return self.instance.file
        file: File = self.cleaned_data["file"]
        try:
            made = documents.written_anew(file)
        except Refused as error:
            raise ValidationError(str(error)) from error
        self.instance.kind, self.instance.size, self.instance.is_written_anew = made.kind, len(made.content), True
        return ContentFile(made.content, name=file.name)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not data.get("title") and data.get("file") and not self.instance.pk:
            data["title"] = PurePath(data["file"].name).stem.replace("_", " ")[:120]
        return data


class DocumentInline(admin.StackedInline):
    """Editing an advert includes its documents; to delete one for good is for those who may delete adverts."""

    model = VacancyDocument
    form = DocumentForm
    fields = [("title", "is_shown"), "file"]
    extra = 1
    max_num = rules.MOST_DOCUMENTS
    verbose_name = "document"
    verbose_name_plural = "documents for readers"

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("vacancies.view_vacancy")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("vacancies.change_vacancy")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("vacancies.change_vacancy")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("vacancies.delete_vacancy")
