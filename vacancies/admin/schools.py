from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from ..models import School
from ..models.schools import SchoolQuerySet
from ..search.boxes import schools_called
from .importing import SCHOOLS, ImportsFiles


class OpenFilter(admin.SimpleListFilter):
    title = "open or closed"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "Open"), ("no", "Closed")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[School]:
        if self.value() == "yes":
            return queryset.filter(closed_on=None)
        return queryset.exclude(closed_on=None) if self.value() == "no" else queryset


@admin.register(School)
class SchoolAdmin(ImportsFiles, SimpleHistoryAdmin):
    what = SCHOOLS
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["name", "town", "authority", "phase", "urn", "copies", "closed_on"]
    list_filter = ["authority", "phase", OpenFilter]
    list_select_related = ["authority"]
    search_fields = ["name", "=urn", "town", "postcode", "trust"]
    search_help_text = "Name, town, postcode, trust or URN"
    autocomplete_fields = ["authority"]
    fieldsets = [
        (None, {"fields": ["name", ("authority", "urn"), ("kind", "phase"), "trust"]}),
        ("Where it is", {"fields": ["address", ("town", "postcode"), ("latitude", "longitude")]}),
        ("How to reach it", {"fields": ["head", ("phone", "email"), "website"]}),
        (
            "In adverts",
            {
                "fields": [("age_from", "age_to"), ("roll", "religious_character"), "logo", "safeguarding_text"],
                "description": "These facts are printed with each of the school's adverts.",
            },
        ),
        ("The printed bulletins", {"fields": ["copies", "closed_on"]}),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[School], bool]:
        """A closed school is found in its list, but is not offered for a new advert."""
        found = schools_called(search_term, queryset)
        return (cast(SchoolQuerySet, found).open() if request.path.endswith("/autocomplete/") else found), False

    def has_delete_permission(self, request: HttpRequest, obj: School | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj is not None and obj.vacancies.exists())

    def get_view_on_site_url(self, obj: School | None = None) -> str | None:
        return super().get_view_on_site_url(obj) if obj is not None and obj.vacancies.with_page().exists() else None
