"""What a line of a table was understood to say, value by value, for whoever looks before importing."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from richtext.cleaning import clean, plain_text

from .. import wording
from ..models import Vacancy
from .columns import BULLETIN, BY_NAME, CLOSING_TIME, SCHOOL, URN, Column
from .tables import Row

LONGEST_SHOWN = 160
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Understood:
    column: str
    typed: str
    value: str

    @property
    def is_reshaped(self) -> bool:
        """Whether more than spaces, signs and capitals differ."""
        return _bare(self.typed) != _bare(self.value) and not _are_equal_numbers(self.typed, self.value)


@dataclass(frozen=True)
class UnderstoodLine:
    number: int
    name: str
    values: tuple[Understood, ...]

    @property
    def reshaped(self) -> int:
        return sum(value.is_reshaped for value in self.values)


def understood(number: int, row: Row, advert: Vacancy, cleaned: dict[str, Any]) -> UnderstoodLine:
    """The values that differ from what was typed come first."""
    values = [
        Understood(name, text[:LONGEST_SHOWN], _value(BY_NAME[name], advert, cleaned)[:LONGEST_SHOWN])
        for name, text in row.items()
        if text and name in BY_NAME
    ]
    return UnderstoodLine(number, f"{advert.title}, {advert.school}", tuple(sorted(values, key=lambda one: not one.is_reshaped)))


def _value(column: Column, advert: Vacancy, cleaned: dict[str, Any]) -> str:
    if column.name in {URN, SCHOOL}:
        return str(advert.school.urn if column.name == URN else advert.school)
    if column.name == BULLETIN:
        return "Yes" if advert.print_from else "No"
    if column.name == CLOSING_TIME and advert.closes_at:
        return wording.moment_text(advert.closes_at)
    value = cleaned.get(column.field)
    if column.choices and not isinstance(value, bool):
        return next((words for words, one in column.choices.items() if one == value), "")
    return _shown(value)


def _shown(value: Any) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return "Yes" if value else "No"
        case date():
            return wording.long_day(value.date() if isinstance(value, datetime) else value)
        case Decimal():
            return wording.number(value)
        case str():
            return plain_text(clean(value)) if "<" in value else value
    return ", ".join(map(str, value)) if hasattr(value, "__iter__") else str(value)


def _are_equal_numbers(one: str, other: str) -> bool:
    return bool(_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)) and Decimal(one) == Decimal(other)


def _bare(text: str) -> str:
    return _SIGNS.sub("", text.lower())
