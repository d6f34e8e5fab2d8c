"""For admin classes whose forms hold a rich text."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from .forms import HtmlFormField


class TellsWhatWasLeftOut(admin.ModelAdmin):
    """Says after saving what the cleaner left out, such as pictures. Stands before the admin class that it extends."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for name, field in form.fields.items():
            if isinstance(field, HtmlFormField) and name in form.changed_data and field.report:
                messages.warning(request, f"{field.label}: {field.report}")
