"""The one filter form of every list, feed and export: any query string becomes a search, never an error."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from web.remembered import remember

from .. import rules
from .directory import Directory, directory
from .facets import NAMES
from .filtering import SORTS, Criteria, search
from .live import LiveAdverts, live_adverts
from .place_in_words import place_among
from .places import LONGEST_PLACE, Gazetteer, gazetteer, key_of
from .query import Asked
from .results import Results
from .words import LONGEST_QUERY, same_as, stems, terms, trimmed

LONGEST_PAGE = 6
FIELDS = ("q", "where", "miles", "sort", "as_typed", *NAMES)


def page_number(query: QueryDict) -> int:
    """The page asked for, from 1; whatever is not a number of at most six digits is page 1."""
    text = query.get("page", "").strip()
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_PAGE else 1


class Text(forms.CharField):
    """One line of text; what no reader would type (control characters, ten thousand letters) is dropped rather than refused."""

    def __init__(self, longest: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.longest = longest

    def to_python(self, value: Any) -> str:
        printable = "".join(letter if letter.isprintable() else " " for letter in str(value or "")[: self.longest * 4])
        return " ".join(printable.split())[: self.longest].strip()


class Values(forms.Field):
    """Every value of a repeated parameter, each once."""

    widget = forms.MultipleHiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: list[str] | None) -> list[str]:
        tidy = (" ".join(one[:LONGEST_PLACE].replace("\0", "").split()) for one in (value or [])[: rules.MOST_TICKED_VALUES * 4])
        return list(dict.fromkeys(one for one in tidy if one))[: rules.MOST_TICKED_VALUES]


class OneOf(forms.Field):
    """One of a few values; anything else counts as missing."""

    def __init__(self, values: Iterable[str | int]) -> None:
        super().__init__(required=False)
        self.values = {str(value): value for value in values}

    def clean(self, value: Any) -> str | int | None:
        return self.values.get(str(value or "").strip())


class VacancyFilterForm(forms.Form):
    """``VacancyFilterForm(request.GET).apply()`` is the whole search.

    ``preset`` holds what the address itself says, such as the authority of ``/vacancies/in/saltmere/``.
    """

    q = Text(LONGEST_QUERY)
    where = Text(LONGEST_PLACE)
    miles = OneOf(rules.RADII)
    sort = OneOf(SORTS)
    as_typed = OneOf(["1"])

    def __init__(self, data: QueryDict | None = None, preset: Mapping[str, str] | None = None) -> None:
        self.preset = preset or {}
        sent = (data or QueryDict()).copy()
        for facet, value in self.preset.items():
            sent.setlist(facet, [value, *sent.getlist(facet)])
        super().__init__(sent)
        self.fields |= {name: Values() for name in NAMES}

    def apply(self, live: LiveAdverts | None = None) -> Results:
        """The adverts asked for, out of those that are live, with counts."""
        live = live or live_adverts()
        self.full_clean()
        names = remember("directory", directory)
        given = self.cleaned_data
        places = remember("gazetteer", gazetteer) if given["q"] or given["where"] else None
        asked = self._asked(names, places)
        self._locate(asked, names, places)
        criteria = Criteria(
            wanted=terms(asked.words),
            chosen={facet: frozenset(values) for facet, values in asked.chosen.items()},
            point=asked.place.point if asked.place else None,
            miles=asked.miles if asked.place else None,
            sort=asked.sort,
        )
        return Results(live, search(live.rows, criteria, places), asked, names, places)

    def _asked(self, names: Directory, places: Gazetteer | None) -> Asked:
        given = self.cleaned_data
        chosen, unknown = {}, []
        for facet in NAMES:
            chosen[facet] = [value for value in given[facet] if value in names.names[facet]]
            unknown += [value for value in given[facet] if value not in names.names[facet]]
        asked = Asked(q=given["q"], words=given["q"], where=given["where"], chosen=chosen, unknown=unknown)
        asked.miles, asked.sort, asked.as_typed = given["miles"], given["sort"], bool(given["as_typed"])
        if asked.q and places and not asked.as_typed:
            self._understand(asked, names, places)
        asked.words = trimmed(asked.words)
        return asked

    def _understand(self, asked: Asked, names: Directory, places: Gazetteer) -> None:
        """What was typed as words may name a place, and filters; these take the place of what was ticked before.

        The page shows an understood phrase as a tick, so what is typed next to it was typed later. What the address itself
        says stays, and a phrase that names another value of it is left among the words.
        """
        spoken = place_among(asked.q, places) if not asked.where else None
        if spoken:
            asked.spoken, asked.q, asked.where = asked.q, spoken.words, spoken.place
            asked.miles = spoken.miles or asked.miles
        asked.words, asked.phrases = names.understand(asked.q, taken=self.preset)
        typed: dict[str, dict[str, None]] = {}
        for phrase in asked.phrases:
            typed.setdefault(phrase.facet, {})[phrase.value] = None
        asked.chosen |= {facet: list(values) for facet, values in typed.items()}

    def _locate(self, asked: Asked, names: Directory, places: Gazetteer | None) -> None:
        """Turns ``where`` into a point or an authority; otherwise the reader is told."""
        if places and asked.where:
            asked.place = places.find(asked.where)
            if not asked.place:
                self._take_authority(asked, names)
            if not asked.place and not asked.area:
                asked.suggestions, asked.nearest = places.suggestions(asked.where), places.nearest_authority(asked.where)
        if asked.place:
            asked.miles = asked.miles or rules.USUAL_RADIUS
        elif asked.sort == "nearest":
            asked.sort = ""
        asked.sort = asked.sort or ("nearest" if asked.place else "newest")

    def _take_authority(self, asked: Asked, names: Directory) -> None:
        """One that was typed takes the place of the authorities that were ticked, except of the one that the address names."""
        by_name = {key: slug for slug, name in names.names["authority"].items() for key in (key_of(name), *same_as(name))}
        asked.area = by_name.get(key_of(asked.where)) or by_name.get(stems(asked.where), "")
        if asked.area:
            named = [self.preset["authority"]] if "authority" in self.preset else []
            asked.chosen["authority"] = [*dict.fromkeys([*named, asked.area])]
