from django import forms
from django.contrib import admin
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from pictures import describing
from richtext.admin import TellsWhatWasLeftOut

from .models import Article


class PublishedFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("draft", "Draft"), ("planned", "Planned"), ("published", "Published")]

    def queryset(self, request, queryset):
        if self.value() == "published":
            return queryset.published()
        if self.value() == "draft":
            return queryset.filter(published_at=None)
        return queryset.filter(published_at__gt=timezone.now()) if self.value() == "planned" else queryset


class ArticleForm(forms.ModelForm):
    def clean(self):
        data = super().clean()
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
    def state(self, article):
        if article.published_at is None:
            return "Draft"
        return "Published" if article.published_at <= timezone.now() else "Planned"

    def has_delete_permission(self, request, obj=None):
        """What readers could see is taken off by emptying its date, not deleted (rule 10)."""
        published = obj is not None and obj.published_at is not None and obj.published_at <= timezone.now()
        return super().has_delete_permission(request, obj) and not published

    def get_view_on_site_url(self, obj=None):
        published = obj is not None and Article.objects.published().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if published else None
