"""The one filter form of every list, feed and export: any query string becomes a search, never an error."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from web.remembered import remember

from .. import rules
from .directory import Directory, Phrase, directory
from .facets import KINDS_OF, MOVED, NAMES
from .filtering import SORTS, Criteria, search
from .hours_in_words import hours_among
from .live import LiveAdverts, live_adverts
from .place_in_words import distance_in, place_among
from .places import LONGEST_PLACE, Gazetteer, gazetteer, key_of
from .query import Asked
from .results import Results
from .spelling import corrected
from .stemming import stems
from .words import LONGEST_QUERY, Condition, clauses, tokens, trimmed

LONGEST_PAGE = 6
LONGEST_NUMBER = 12
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
# Filters whose words adverts say too: those that do come first.
SAID_BY_ADVERTS = frozenset(["role", "phase"])
# What says by itself which posts are meant, so that other words need not.
ANCHORS = frozenset(["group", "role", "phase", "subject", "ect"])
FIELDS = ("q", "where", "miles", "hours_from", "hours_to", "pay_from", "sort", "as_typed", *MOVED, *NAMES)


def page_number(query: QueryDict) -> int:
    """The page asked for, from 1; whatever is not a number of at most six digits is page 1."""
    text = query.get("page", "").strip()
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_PAGE else 1


def _usual_post(asked: tuple[Condition, ...]) -> list[str]:
    """Who asks for Year 3 or Key Stage 2 alone would teach there."""
    numbers = [term.ways[0].words[0] for clause in asked for term in clause.terms]
    return ["class", "teacher"] if numbers and all(number[-1].isdigit() and not number.isdigit() for number in numbers) else []


def _excluded(phrases: Iterable[Phrase]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for phrase in phrases:
        found[phrase.facet] = found.get(phrase.facet, frozenset()) | {phrase.value} | KINDS_OF.get(phrase.value, frozenset())
    return found


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


class Number(forms.Field):
    """From nothing to the most that anybody means, as readers type it (£20,000); anything else counts as missing."""

    def __init__(self, most: int) -> None:
        super().__init__(required=False)
        self.most = most

    def clean(self, value: Any) -> float | None:
        typed = str(value or "")[:LONGEST_NUMBER].strip().removeprefix("£").replace(",", "")
        number = float(typed) if NUMBER.fullmatch(typed) else 0
        return number if 0 < number <= self.most else None


class VacancyFilterForm(forms.Form):
    """``VacancyFilterForm(request.GET).apply()`` is the whole search.

    ``preset`` holds what the address itself says, such as the authority of ``/vacancies/in/saltmere/``.
    """

    q = Text(LONGEST_QUERY)
    where = Text(LONGEST_PLACE)
    miles = OneOf(rules.RADII)
    sort = OneOf(SORTS)
    as_typed = OneOf(["1"])
    hours_from = Number(rules.MOST_HOURS)
    hours_to = Number(rules.MOST_HOURS)
    pay_from = Number(rules.MOST_PAY)

    def __init__(self, data: QueryDict | None = None, preset: Mapping[str, str] | None = None) -> None:
        self.preset = preset or {}
        sent = (data or QueryDict()).copy()
        for earlier, (facet, value) in MOVED.items():
            if sent.get(earlier):
                sent.appendlist(facet, value)
        for facet, value in self.preset.items():
            sent.setlist(facet, [value, *sent.getlist(facet)])
        super().__init__(sent)
        self.fields |= {name: Values() for name in NAMES}

    def apply(self, live: LiveAdverts | None = None, names: Directory | None = None) -> Results:
        """The adverts asked for, out of those that are live, with counts."""
        live, names = live or live_adverts(), names or remember("directory", directory)
        self.full_clean()
        typed = self.cleaned_data["q"]
        results = self._results(live, names, typed)
        if results or not typed or self.cleaned_data["as_typed"]:
            return results
        meant = self._respelt(typed, results)
        again = self._results(live, names, meant) if meant != typed else results
        if again.is_lost and not results.is_lost:  # no word was meant to be a place elsewhere
            return results
        again.asked.misspelt = typed if meant != typed else ""
        return again or results

    def _respelt(self, typed: str, results: Results) -> str:
        vocabulary = results.vocabulary()
        words = tokens(typed)
        meant = corrected(words, lambda word: word not in vocabulary and not results.live.index.knows(word), vocabulary)
        return " ".join(meant) if meant != words else typed

    def _results(self, live: LiveAdverts, names: Directory, typed: str) -> Results:
        places = remember("gazetteer", gazetteer) if typed or self.cleaned_data["where"] else None
        asked = self._asked(typed, names)
        if asked.q and places and not asked.as_typed:
            self._understand(asked, names, places, live)
        elif asked.q:
            self._take_words(asked, tokens(asked.q), names, live)
        self._locate(asked, names, places)
        words = None
        if asked.clauses or asked.besides:
            besides = clauses(asked.besides or _usual_post(asked.clauses), names.thesaurus)
            is_anchored = any(phrase.facet in ANCHORS for phrase in asked.phrases)
            words = live.index.judge(asked.clauses, besides, asked.together, is_anchored)
        criteria = Criteria(
            words=words,
            chosen={facet: frozenset(values) for facet, values in asked.chosen.items()},
            excluded=_excluded(asked.excluded),
            points=asked.place.points if asked.place else (),
            miles=asked.miles if asked.place else None,
            hours=asked.hours,
            pay=asked.pay,
            sort=asked.sort,
        )
        found = search(live.rows, criteria, places)
        return Results(live, found, asked, names, places, count=lambda query: len(VacancyFilterForm(query).apply(live, names)))

    def _asked(self, typed: str, names: Directory) -> Asked:
        given = self.cleaned_data
        chosen, unknown = {}, []
        for facet in NAMES:
            chosen[facet] = [value for value in given[facet] if value in names.names[facet]]
            unknown += [value for value in given[facet] if value not in names.names[facet]]
        asked = Asked(q=typed, where=given["where"], chosen=chosen, unknown=unknown)
        if given["hours_from"] or given["hours_to"]:
            asked.hours = given["hours_from"], given["hours_to"]
        asked.pay = round(given["pay_from"]) if given["pay_from"] else None
        asked.miles, asked.sort, asked.as_typed = given["miles"], given["sort"] or "", bool(given["as_typed"])
        return asked

    def _understand(self, asked: Asked, names: Directory, places: Gazetteer, live: LiveAdverts) -> None:
        """What was typed as words may name a place, hours and filters; these take the place of what was ticked before.

        The page shows an understood phrase as a tick, so what is typed next to it was typed later. What the address itself
        says stays, and a phrase that names another value of it is left among the words.
        """
        self._take_place(asked, places, live)
        said = hours_among(asked.q)
        if said:
            asked.hours, asked.hours_typed = said.hours, said.typed
        words = tokens(said.rest if said else asked.q)
        understood = names.understand(words, taken=self.preset, held=live.index.named(words) if words else ())
        asked.phrases = [phrase for phrase in understood if not phrase.is_not]
        asked.excluded = [phrase for phrase in understood if phrase.is_not]
        said_too = [phrase for phrase in asked.phrases if phrase.facet in SAID_BY_ADVERTS]
        asked.besides = [phrase.typed for phrase in said_too]
        gone = {at for phrase in asked.phrases for at in phrase.places}
        unwanted = {at for phrase in asked.excluded for at in phrase.places}
        self._take_words(asked, [word for at, word in enumerate(words) if at not in gone | unwanted], names, live)
        asked.words = " ".join(trimmed([word for at, word in enumerate(words) if at not in gone]))
        kept = {at for phrase in said_too for at in phrase.places}
        asked.together = " ".join(word for at, word in enumerate(words) if at in kept or at not in gone | unwanted)
        asked.tokens = words
        if names.name_subject(asked.clauses):
            asked.phrases = [phrase.widened() for phrase in asked.phrases]
        typed: dict[str, dict[str, None]] = {}
        for phrase in asked.phrases:
            typed.setdefault(phrase.facet, {})[phrase.value] = None
        asked.chosen |= {facet: list(values) for facet, values in typed.items()}

    def _take_place(self, asked: Asked, places: Gazetteer, live: LiveAdverts) -> None:
        rest, miles = distance_in(asked.q)
        words = tokens(rest)
        spoken = place_among(words, places, live.index.named(words)) if not asked.where else None
        if spoken:
            asked.spoken, asked.q, asked.where = asked.q, " ".join(spoken.words), spoken.place
        if miles and (spoken or asked.where):
            asked.q = asked.q if spoken else " ".join(words)
            asked.miles = miles

    def _take_words(self, asked: Asked, words: list[str], names: Directory, live: LiveAdverts) -> None:
        asked.tokens = words
        asked.words = asked.together = " ".join(trimmed(words))
        asked.clauses = clauses(words, names.thesaurus, live.index.schools) if asked.words else ()

    def _locate(self, asked: Asked, names: Directory, places: Gazetteer | None) -> None:
        """Turns ``where`` into a point or an authority; otherwise the reader is told."""
        if places and asked.where:
            asked.place = places.find(asked.where)
            if not asked.place:
                self._take_authority(asked, names)
            if not asked.place and not asked.area and not asked.as_typed:
                self._respell_place(asked, places)
            if not asked.place and not asked.area:
                asked.suggestions, asked.nearest = places.suggestions(asked.where), places.nearest_authority(asked.where)
        if asked.place:
            asked.miles = asked.miles or rules.USUAL_RADIUS
        is_possible = {"nearest": bool(asked.place), "best": bool(asked.q)}.get(asked.sort, True)
        asked.sort = (asked.sort if is_possible else "") or asked.usual_sort

    def _respell_place(self, asked: Asked, places: Gazetteer) -> None:
        meant = places.respelt(asked.where)
        if meant:
            asked.misspelt_place, asked.where = asked.where, meant
            asked.place = places.find(meant)

    def _take_authority(self, asked: Asked, names: Directory) -> None:
        """One that was typed takes the place of the authorities that were ticked, except of the one that the address names."""
        called = {
            key: slug for slug, name in names.names["authority"].items() for key in (key_of(name), *names.thesaurus.same_as(name))
        }
        asked.area = called.get(key_of(asked.where)) or called.get(stems(asked.where), "")
        if asked.area:
            named = [self.preset["authority"]] if "authority" in self.preset else []
            asked.chosen["authority"] = [*dict.fromkeys([*named, asked.area])]
