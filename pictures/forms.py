"""The form field of a picture: refuses with a sentence, and hands on what is ready to be stored."""

from typing import Any

from django import forms
from django.core.files.base import File

from .renditions import prepare
from .widgets import PictureInput


class PictureFormField(forms.FileField):
    """Its value is the uploaded file with everything that will be stored of it as ``prepared``."""

    widget = PictureInput
    default_error_messages = {"empty": "This file is empty."}

    def to_python(self, data: "File[Any] | None") -> "File[Any] | None":
        file = super().to_python(data)
        if file is not None:
            file.prepared = prepare(file)  # type: ignore[attr-defined]  # PictureFile.save looks for it
        return file
