"""A column for a picture: whatever is put into it is checked and re-encoded before it is stored, and knows its renditions."""

from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.forms import Field

from . import rules
from .forms import PictureFormField
from .renditions import keep, prepare, size_of, webp_name, widths
from .widgets import PictureInput

TAKEN = f"JPEG, PNG, WebP or GIF, up to {rules.LARGEST_PICTURE // 1024**2} MB."


class PictureFile(ImageFieldFile):
    """The stored JPEG of a picture, from whose name everything else about it follows; no file is opened to know it."""

    def save(self, name: str, content: "File[Any]", save: bool = True) -> None:
        prepared = getattr(content, "prepared", None) or prepare(content)
        self.name = keep(prepared, str(self.field.upload_to), self.storage)
        setattr(self.instance, self.field.attname, self.name)
        self._committed = True
        if save:
            self.instance.save()

    @property
    def width(self) -> int:
        return self._size[0]

    @property
    def height(self) -> int:
        return self._size[1]

    @property
    def webps(self) -> list[tuple[str, int]]:
        """Address and width of each WebP, the narrowest first; none for a file that was not made here."""
        if not self.name or not size_of(self.name):
            return []
        name = self.name
        return [(self.storage.url(webp_name(name, width)), width) for width in widths(self.width)]

    @property
    def _size(self) -> tuple[int, int]:
        return size_of(self.name or "") or (super().width, super().height)


class PictureField(models.ImageField):
    """Migrations see a plain ImageField: none of them names the machinery."""

    attr_class = PictureFile

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ImageField", args, kwargs

    def formfield(self, **kwargs: Any) -> Field | None:
        """Whoever asks gets our widget, the admin too: it would put its own in its place, going by the class that it knows."""
        ours = {"form_class": PictureFormField, "widget": PictureInput, "help_text": self.help_text or TAKEN}
        return super().formfield(**{**kwargs, **ours})
