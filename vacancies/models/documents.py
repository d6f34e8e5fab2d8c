"""What a school sends along with an advert: a job description, a person specification, a form."""

import secrets

from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify

from richtext.fields import LineField

from ..paths import path_to
from .vacancies import Vacancy


class DocumentKind(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"

    @property
    def content_type(self) -> str:
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return "application/pdf" if self == DocumentKind.PDF else word


def random_name(document: "VacancyDocument", _name: str) -> str:
    """Nobody can guess where a document lies, and no name that somebody typed reaches the disk."""
    return f"documents/{secrets.token_hex(16)}.{document.kind}"


class VacancyDocumentQuerySet(models.QuerySet["VacancyDocument"]):
    def shown(self) -> "VacancyDocumentQuerySet":
        return self.filter(is_shown=True, is_written_anew=True)


class VacancyDocument(models.Model):
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="attachments")
    title = LineField(max_length=120, blank=True, help_text="Such as Job description. Leave empty to take the name of the file.")
    file = models.FileField(upload_to=random_name, max_length=120)
    kind = models.CharField(max_length=4, choices=DocumentKind.choices, editable=False)
    size = models.PositiveIntegerField(editable=False)
    is_shown = models.BooleanField("shown to readers", default=True)
    is_written_anew = models.BooleanField(default=False, editable=False)  # readers get no file that somebody else wrote
    added_at = models.DateTimeField(auto_now_add=True)

    objects = VacancyDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "document"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DocumentKind.values), name="vacancy_document_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path_to("document", self.pk, self.file_name)

    @property
    def is_for_readers(self) -> bool:
        return self.is_shown and self.is_written_anew

    @property
    def file_name(self) -> str:
        """What a reader's computer calls it."""
        return f"{slugify(self.title) or 'document'}.{self.kind}"

    @property
    def description(self) -> str:
        """``PDF, 240 KB``."""
        return f"{self.get_kind_display()}, {filesizeformat(self.size)}".replace("\N{NO-BREAK SPACE}", " ")
