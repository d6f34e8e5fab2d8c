from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)

if TYPE_CHECKING:
    RowAdmin = admin.ModelAdmin
else:

    class RowAdmin(admin.ModelAdmin):
        """Django's own, which says ``[Row]`` to a type checker only."""

        def __class_getitem__(cls, _row: Any) -> type:
            return cls


class ReadOnly(RowAdmin[Row]):
    """Rows that staff look at and control with buttons; nobody types them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False
