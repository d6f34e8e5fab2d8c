"""What differs between two versions of a row, in words that staff read: field by field, and within a text word by word."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Field, ForeignKey, ManyToManyField, Model

from richtext.cleaning import plain_text
from richtext.fields import HtmlField
from vacancies import wording

# Written by the machine on every save.
NOT_SHOWN = {"updated_at", "created_at", "id"}
LONG = 80
KEPT_AROUND = 6
NAMES, MEMBERS = "_names_of_rows", "_names_of_members"


@dataclass(frozen=True)
class Piece:
    """Words of a text that both versions hold (``same``), or only the newer (``new``) or the older one (``old``)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field; ``pieces`` instead of the two values when it is a long text."""

    name: str
    label: str
    old: str
    new: str
    pieces: list[Piece]


def preload(records: Iterable[Any]) -> None:
    """Fetch the rows that versions point to, such as a school, in a query or two for each kind; a row may be gone by now."""
    records = list(records)
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for record in records:
        for field in record.tracked_fields:
            if isinstance(field, ForeignKey) and (key := getattr(record, field.attname)):
                wanted[field.related_model].add(key)
    found = {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items()}
    names = {(model, key): str(row) for model, rows in found.items() for key, row in rows.items()}
    members = _members_of_all(records)
    for record in records:
        setattr(record, NAMES, names)
        setattr(record, MEMBERS, {name: members[name, record.pk] for name in {name for name, _ in members}})


def _members_of_all(records: list[Any]) -> dict[tuple[str, Any], list[str]]:
    """What each version held in each many-to-many field: the library keeps the rows of the table between."""
    found: dict[tuple[str, Any], list[str]] = {}
    for field in records[0]._history_m2m_fields if records else []:
        between, thing = getattr(records[0], field.name).model, field.m2m_reverse_field_name()
        found |= {(field.name, record.pk): [] for record in records}
        for row in between.objects.filter(history__in=records).select_related(thing):
            found[field.name, row.history_id].append(str(getattr(row, thing)))
    return found


def changes(newer: Any, older: Any) -> list[Change]:
    """From one version to a later one; either may be the row itself."""
    record = newer if hasattr(newer, "tracked_fields") else older
    fields = [field for field in record.tracked_fields if field.name not in NOT_SHOWN]
    found = [_change(field, newer, older) for field in [*fields, *record._history_m2m_fields]]
    return [change for change in found if change.old != change.new]


def _change(field: "Field[Any, Any]", newer: Any, older: Any) -> Change:
    old, new = shown(field, older), shown(field, newer)
    is_long = old != new and max(len(old), len(new)) > LONG
    label = str(field.verbose_name)
    return Change(field.name, label[:1].upper() + label[1:], old, new, words(old, new) if is_long else [])


def shown(field: "Field[Any, Any]", holder: Any) -> str:
    """A field's value as staff read it."""
    if isinstance(field, ManyToManyField):
        return ", ".join(sorted(_members(field, holder)))
    if isinstance(field, ForeignKey):
        return _name(field, holder)
    return _value(field, getattr(holder, field.attname))


def _value(field: "Field[Any, Any]", value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, HtmlField):
        return plain_text(value)
    for kind, say in _WORDS.items():
        if isinstance(value, kind):
            return say(value)
    return str(dict(field.flatchoices).get(value, value))


# A moment is also a day, so moments come first.
_WORDS: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "Yes" if value else "No",
    datetime: lambda value: wording.moment_text(value, long=False),
    date: wording.day_text,
    Decimal: lambda value: f"{value.normalize():f}",
}


def _name(field: "ForeignKey[Any, Any]", holder: Any) -> str:
    key = getattr(holder, field.attname)
    if not key:
        return ""
    names = getattr(holder, NAMES, None)
    return names.get((field.related_model, key), "(deleted)") if names is not None else str(getattr(holder, field.name))


def _members(field: "ManyToManyField[Any, Any]", holder: Any) -> list[str]:
    if hasattr(holder, MEMBERS):
        members: list[str] = getattr(holder, MEMBERS)[field.name]
        return members
    return [str(row) for row in getattr(holder, field.name).all()]


def words(old: str, new: str) -> list[Piece]:
    """Two texts as one, with what went and what came; of what stayed, only the words next to a change."""
    left, right = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    pieces: list[Piece] = []
    for tag, from_left, to_left, from_right, to_right in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(left[from_left:to_left])))
            continue
        pieces += [Piece("old", "".join(left[from_left:to_left])), Piece("new", "".join(right[from_right:to_right]))]
    pieces = [piece for piece in pieces if piece.text]
    return [_shortened(piece, place == 0, place == len(pieces) - 1) for place, piece in enumerate(pieces)]


def _shortened(piece: Piece, is_first: bool, is_last: bool) -> Piece:
    parts = re.findall(r"\S+\s*", piece.text)
    if piece.kind != "same" or len(parts) <= 2 * KEPT_AROUND:
        return piece
    start = "" if is_first else "".join(parts[:KEPT_AROUND])
    end = "" if is_last else "".join(parts[-KEPT_AROUND:])
    return Piece("same", f"{start}… {end}")
