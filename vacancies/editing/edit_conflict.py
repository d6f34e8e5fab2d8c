"""Two people, one row: a save over somebody else's newer save shows both versions and stores neither unasked.

A form mixin for models with ``updated_at`` and ``history``. The form carries the moment of the version that it was opened with.
When the stored row is newer, the form refuses, lists each field that differs with both values, and lets staff choose.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import ManyToManyField
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from richtext.cleaning import clean
from richtext.fields import HtmlField

TAKE = "_take_"
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Difference:
    """A field whose stored value differs from the one that was sent."""

    name: str
    label: str
    theirs: str
    mine: str
    suggested: str


class StaleSave(forms.ModelForm):
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    # Going back to an old version on purpose is not a stale save.
    reverting = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        self.saved_by: Any = None  # an entry of the history
        self.stored: Any = None  # a row like the instance
        if self.instance.pk:
            self.initial["version"] = _version(self.instance)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not self.instance.pk or self.reverting:
            return data
        self.stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        self._take_theirs(data)
        if data.get("version") != _version(self.stored):
            self._refuse(data.get("version"))
        return data

    def _take_theirs(self, data: dict[str, Any]) -> None:
        """What staff chose on the page that showed both versions."""
        for name in self.fields:
            if self.data.get(TAKE + name) == THEIRS:
                data[name] = self._stored_value(name)
                self.errors.pop(name, None)

    def _refuse(self, seen: str | None) -> None:
        base = self.stored.history.filter(updated_at=parse_datetime(seen or "")).first() if seen else None
        self.saved_by = self.stored.history.first()
        self.differences = [self._difference(name, base) for name in self._changed_fields()]
        # The next save is made knowing both versions.
        sent = self.data.copy()  # type: ignore[attr-defined]  # of a request, a QueryDict
        sent[self.add_prefix("version")] = _version(self.stored)
        self.data = sent
        if self.differences:
            self.add_error(None, "Somebody else has saved this advert since you opened it. Your changes have not been saved yet.")

    def _changed_fields(self) -> list[str]:
        fields = (*self.instance._meta.fields, *self.instance._meta.many_to_many)
        return [
            field.name
            for field in fields
            if field.name in self.cleaned_data
            and _key(field, self.cleaned_data[field.name]) != _key(field, self._stored_value(field.name))
        ]

    def _stored_value(self, name: str) -> Any:
        value = getattr(self.stored, name)
        return value.all() if isinstance(self.instance._meta.get_field(name), ManyToManyField) else value

    def _difference(self, name: str, base: Any) -> Difference:
        field = self.instance._meta.get_field(name)
        theirs, mine = self._stored_value(name), self.cleaned_data[name]
        # If you did not touch a field, the other person's value stays unless you choose otherwise.
        untouched = base is not None and hasattr(base, name) and _key(field, getattr(base, name)) == _key(field, mine)
        return Difference(
            name=name,
            label=str(self.fields[name].label),
            theirs=_shown(field, theirs),
            mine=_shown(field, mine),
            suggested=THEIRS if untouched else MINE,
        )


def _version(row: Any) -> str:
    return str(row.updated_at.isoformat())


def _key(field: Any, value: Any) -> str:
    """Two values are the same when their keys are: an editor's line breaks and a decimal's zeros make no difference."""
    if isinstance(field, HtmlField):
        return " ".join(clean(value or "", field.grammar).split())
    return _shown(field, value)


def _shown(field: Any, value: Any) -> str:
    """A value as staff read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M:%S")
    if hasattr(value, "all"):
        return ", ".join(sorted(str(item) for item in value.all()))
    if hasattr(value, "is_zero"):
        return f"{value.normalize():f}"
    if isinstance(field, HtmlField):
        value = re.sub(r"<[^>]*>", " ", value)
    return str(dict(field.flatchoices).get(value, " ".join(str(value).split())))
