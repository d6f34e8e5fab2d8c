from pathlib import PurePath

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from ..editing import documents
from ..models import VacancyDocument


class DocumentInput(forms.FileInput):
    """A box to choose a file with; for a document that is stored, the link that opens it."""

    def render(self, name, value, attrs=None, renderer=None):
        stored = getattr(value, "instance", None)
        if stored is None or not stored.pk:
            return super().render(name, None, attrs, renderer)
        address, named = stored.get_absolute_url(), stored.file_name
        return format_html('<a href="{}" target="_blank">{}</a> ({})', address, named, stored.description)


class DocumentForm(forms.ModelForm):
    class Meta:
        model = VacancyDocument
        fields = ["title", "file", "is_shown"]
        widgets = {"file": DocumentInput(attrs={"accept": ".pdf,.docx"})}

    def clean_file(self):
        """A stored document is never exchanged under its readers: another one is added, this one no longer shown."""
        if self.instance.pk:
            return self.instance.file
        file = self.cleaned_data["file"]
        try:
            self.instance.kind = documents.kind_of(file, file.size)
        except documents.NotADocument as error:
            raise ValidationError(str(error)) from error
        self.instance.size = file.size
        return file

    def clean(self):
        data = super().clean()
        if not data.get("title") and data.get("file") and not self.instance.pk:
            data["title"] = PurePath(data["file"].name).stem.replace("_", " ")[:120]
        return data


class DocumentInline(admin.StackedInline):
    """Editing an advert includes its documents; to delete one for good is for those who may delete adverts."""

    model = VacancyDocument
    form = DocumentForm
    fields = [("title", "is_shown"), "file"]
    extra = 1
    max_num = 10
    verbose_name = "document"
    verbose_name_plural = "documents for readers"

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("vacancies.view_vacancy")

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("vacancies.change_vacancy")

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("vacancies.change_vacancy")

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("vacancies.delete_vacancy")
