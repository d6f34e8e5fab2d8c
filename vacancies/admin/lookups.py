from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest

from ..models import Authority, RoleType, Subject
from ..search.boxes import roles_called


class UsedIsKept(admin.ModelAdmin):
    """A row that adverts or schools refer to cannot be deleted; ``used_by`` is the reverse relation."""

    used_by = ""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj is not None and getattr(obj, self.used_by).exists())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(uses=Count(self.used_by))
        return rows

    @admin.display(description="used", ordering="uses")
    def uses(self, row: Any) -> int:
        return int(row.uses)


@admin.register(Authority)
class AuthorityAdmin(UsedIsKept):
    used_by = "schools"
    ordering = ["name"]
    list_display = ["name", "code", "schools_listed"]
    search_fields = ["name", "code"]
    prepopulated_fields = {"slug": ["name"]}

    @admin.display(description="schools", ordering="uses")
    def schools_listed(self, authority: Any) -> int:
        return int(authority.uses)


@admin.register(RoleType)
class RoleTypeAdmin(UsedIsKept):
    used_by = "vacancies"
    ordering = ["-staff_group", "position", "name"]
    list_display = ["name", "staff_group", "position", "uses"]
    list_filter = ["staff_group"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[RoleType], bool]:
        """By what people call such a post; the first is the one that Enter takes."""
        return (roles_called(search_term, queryset) if search_term else queryset), False


@admin.register(Subject)
class SubjectAdmin(UsedIsKept):
    used_by = "vacancies"
    ordering = ["name"]
    list_display = ["name", "uses"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
