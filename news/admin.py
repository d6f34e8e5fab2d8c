from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from pictures import describing
from richtext.admin import TellsWhatWasLeftOut

from .models import Article, ArticleQuerySet


class PublishedFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("draft", "Draft"), ("planned", "Planned"), ("published", "Published")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> ArticleQuerySet:
        articles = cast(ArticleQuerySet, queryset)
        if self.value() == "published":
            return articles.published()
        if self.value() == "draft":
            return articles.filter(published_at=None)
        return articles.filter(published_at__gt=timezone.now()) if self.value() == "planned" else articles


class ArticleForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        picture = data.get("picture")
        if not picture:
            return data
        name = getattr(picture, "name", "")
        problem = describing.problem(data.get("picture_alt", ""), data.get("picture_is_decorative", False), name)
        if problem:
            self.add_error("picture_alt", problem)
        return data


@admin.register(Article)
class ArticleAdmin(TellsWhatWasLeftOut, SimpleHistoryAdmin):
    form = ArticleForm
    list_display = ["title", "state", "published_at"]
    list_filter = [PublishedFilter]
    date_hierarchy = "published_at"
    search_fields = ["title", "summary", "body"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body"]}),
        ("Picture", {"fields": ["picture", "picture_alt", "picture_is_decorative", "picture_caption"]}),
        ("Publishing", {"fields": ["published_at"]}),
    ]

    @admin.display(description="state")
    def state(self, article: Article) -> str:
        if article.published_at is None:
            return "Draft"
        return "Published" if article.published_at <= timezone.now() else "Planned"

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What readers could see is taken off by emptying its date, not deleted (rule 10)."""
        published = obj is not None and obj.published_at is not None and obj.published_at <= timezone.now()
        return super().has_delete_permission(request, obj) and not published

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        published = obj is not None and Article.objects.published().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if published else None
