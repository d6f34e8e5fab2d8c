from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from simple_history.models import HistoricalRecords

from pictures import describing
from pictures.fields import PictureField
from richtext.cleaning import ARTICLE
from richtext.fields import HtmlField, LineField

COMPARED, RELATED = 60, 3


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, at: datetime | None = None) -> "ArticleQuerySet":
        return self.filter(published_at__lte=at or timezone.now())


class Article(models.Model):
    title = LineField(max_length=200)
    summary = LineField(max_length=300, blank=True, help_text="One sentence for lists, search engines and sharing.")
    body = HtmlField("text", grammar=ARTICLE)
    picture = PictureField(upload_to="news/", blank=True)
    picture_alt = LineField(
        "what it shows",
        max_length=200,
        blank=True,
        help_text="In a few words, for people who cannot see it.",
    )
    picture_is_decorative = models.BooleanField(
        "only decorative", default=False, help_text="Tick this instead if the picture adds nothing to the text."
    )
    picture_caption = LineField(
        "caption", max_length=200, blank=True, help_text="Printed under the picture; credit the photographer here too."
    )
    published_at = models.DateTimeField(null=True, blank=True, help_text="When the article appears; leave empty for a draft.")
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()
    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["published_at"], name="article_published_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(picture="") | models.Q(picture_is_decorative=True) | ~models.Q(picture_alt=""),
                name="article_picture_is_described_or_decorative",
                violation_error_message=describing.MISSING,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The trailing id decides; addresses of the former site end the same way."""
        return reverse("news:article", args=[self.slug, self.pk])

    def related(self, at: datetime | None = None) -> list["Article"]:
        """The three published articles that share the most words with the title and summary of this one, the newest first."""
        others = Article.objects.published(at).exclude(pk=self.pk).defer("body")[:COMPARED]
        alike = sorted(others, key=lambda other: len(self.words & other.words), reverse=True)[:RELATED]
        return sorted(alike, key=lambda other: (other.published_at, other.pk), reverse=True)

    @property
    def changed_at(self) -> datetime:
        """When readers last saw it change: by a save, or because it appeared."""
        return max(self.published_at or self.updated_at, self.updated_at)

    @property
    def words(self) -> set[str]:
        """Long enough to mean something."""
        return {word for word in slugify(f"{self.title} {self.summary}").split("-") if len(word) > 4}

    @property
    def slug(self) -> str:
        return slugify(self.title) or "article"
