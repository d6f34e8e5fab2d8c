"""What was asked for, thing by thing, each with the address of the same search without it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.http import QueryDict

from ..wording import money
from .directory import Directory
from .facets import NAMES
from .hours_in_words import hours_label
from .query import Asked, list_url


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    count: int = 0


class Chips:
    """A search and its variations."""

    def __init__(self, asked: Asked, names: Directory):
        self.asked, self.names = asked, names

    @cached_property
    def chips(self) -> list[Link]:
        """Everything asked for, each with the address of the same search without it."""
        asked, chips = self.asked, []
        if asked.words:
            chips.append(Link(f"“{asked.words}”", self.url(q=asked.without_words, as_typed="")))
        if asked.place:
            chips.append(Link(f"Within {in_miles(asked.miles)} of {asked.place.name}", self.url(where="", miles="", sort="")))
        if asked.hours:
            chips.append(Link(hours_label(asked.hours), self.without_hours))
        if asked.pay:
            chips.append(Link(self.pay_label, self.url(pay_from="")))
        for facet in NAMES:
            for value in asked.chosen[facet]:
                chips.append(Link(self.names.name(facet, value), self.without(facet, [value])))
        return chips

    @property
    def without_hours(self) -> str:
        q = " ".join(self.asked.tokens) if self.asked.hours_typed else self.asked.q
        return self.url(q=q, hours_from="", hours_to="")

    @property
    def pay_label(self) -> str:
        return f"{money(Decimal(self.asked.pay or 0))} a year or more"

    def without(self, facet: str, values: list[str]) -> str:
        """The same search without these values of a facet, whether they were ticked, typed or the name of a place."""
        asked = self.asked
        where = "" if facet == "authority" and asked.area in values else asked.where
        kept = [value for value in asked.as_query().getlist(facet) if value not in values]
        changes: dict[str, str | list[str]] = {facet: kept, "q": self.untyped(facet, values), "where": where}
        return self.url(**changes)

    def untyped(self, facet: str, values: list[str]) -> str:
        """What was typed, without the words that were understood as these values of a facet."""
        phrases = [phrase for phrase in self.asked.phrases if phrase.facet == facet and phrase.value in values]
        gone = {at for phrase in phrases for at in phrase.places}
        left = [word for at, word in enumerate(self.asked.tokens) if at not in gone]
        return " ".join([*left, *filter(None, [self.asked.hours_typed])])

    def url(self, **changes: str | list[str]) -> str:
        """The address of this search with some parameters changed: a landing page where one says the same."""
        return list_url({name: values for name, values in self.changed(**changes).lists() if values})

    def changed(self, **changes: str | list[str]) -> QueryDict:
        query = self.asked.as_query()
        for name, value in changes.items():
            values = [value] if isinstance(value, str) else value
            query.setlist(name, [" ".join(one.split()) for one in values if one.strip()])
        if not query.get("q"):
            query.pop("as_typed", None)
        return query


def in_miles(number: int | None) -> str:
    return f"{number} mile{'' if number == 1 else 's'}"
