"""What a search gives its page: the adverts page by page, the filters with their counts, chips, and help when there are none."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.http import QueryDict

from web.remembered import remember

from .. import rules
from ..models import Vacancy
from ..paths import path_to
from .chips import Chips, Link, in_miles
from .directory import Directory
from .facets import FACETS, NAMES, PHRASES
from .filtering import Found
from .hours_in_words import hours_label
from .live import LiveAdverts
from .places import CENTRAL, Gazetteer, postcode_parts
from .query import Asked, list_url
from .stemming import plain
from .words import Condition

NO_BREAK = "\N{NO-BREAK SPACE}"
SORT_LABELS = {
    "best": "Best match",
    "newest": "Newest first",
    "closing": "Closing soonest",
    "nearest": "Nearest first",
    "pay": "Highest actual pay",
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """A facet as offered on the page."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Box:
    """A filter by a number that the reader types."""

    name: str
    label: str
    value: str
    most: int


class Results(Chips):
    """``len(results)`` adverts, in order. ``places`` is None if nothing was typed; ``count`` tells what another query finds."""

    def __init__(
        self,
        live: LiveAdverts,
        found: Found,
        asked: Asked,
        names: Directory,
        places: Gazetteer | None,
        *,
        count: Callable[[QueryDict], int],
    ):
        super().__init__(asked, names)
        self.live, self.found, self.places, self._count = live, found, places, count

    def __len__(self) -> int:
        return len(self.found.rows)

    @cached_property
    def pks(self) -> list[int]:
        return [row.pk for row in self.found.rows]

    @property
    def pages(self) -> int:
        return max(1, ceil(len(self) / rules.POSTS_ON_A_PAGE))

    def page(self, number: int, size: int = rules.POSTS_ON_A_PAGE) -> list[Vacancy]:
        return [self.live.by_pk[pk] for pk in self.pks[(number - 1) * size : number * size]]

    def page_with(self, place: int) -> str:
        """The address of the page that shows the advert with this number, from 1."""
        number = (place - 1) // rules.POSTS_ON_A_PAGE + 1
        return self.url(page=str(number) if number > 1 else "")

    def neighbours(self, pk: int) -> tuple[Vacancy | None, Vacancy | None, int]:
        """The adverts before and after one in this list, and its number in it from 1; three times None if it is not there."""
        if pk not in self.pks:
            return None, None, 0
        at = self.pks.index(pk)
        before, after = self.pks[at - 1 : at], self.pks[at + 1 : at + 2]
        around = [self.live.by_pk[pks[0]] if pks else None for pks in (before, after)]
        return around[0], around[1], at + 1

    @cached_property
    def query(self) -> str:
        """What an advert's address carries so that the advert knows which list it was opened from."""
        return self.asked.as_query().urlencode() or "sort=newest"

    @property
    def feed_url(self) -> str:
        """The feed of this search, which is always in order of appearance."""
        query = self.asked.as_query()
        query.pop("sort", None)
        return f"{path_to('feed')}{'?' if query else ''}{query.urlencode()}"

    @cached_property
    def facets(self) -> list[Choices]:
        choices = [Choices(facet.name, facet.label, list(self._options(facet.name))) for facet in FACETS if not facet.is_tick]
        return [facet for facet in choices if facet.options]

    @cached_property
    def ticks(self) -> list[tuple[str, Option]]:
        """The yes-or-no filters."""
        return [(facet.name, option) for facet in FACETS if facet.is_tick for option in self._options(facet.name)]

    @property
    def boxes(self) -> list[Box]:
        """Hours and pay; hours that were typed as words stand in the search box."""
        asked = self.asked
        low, high = (asked.hours or (None, None)) if not asked.hours_typed else (None, None)
        return [
            Box("hours_from", "Hours a week, from", _typed(low), rules.MOST_HOURS),
            Box("hours_to", "Hours a week, to", _typed(high), rules.MOST_HOURS),
            Box("pay_from", "Actual pay a year, from £", _typed(asked.pay), rules.MOST_PAY),
        ]

    def _options(self, name: str) -> Iterator[Option]:
        """The values that would find something, and those already ticked."""
        chosen, counts = self.asked.chosen[name], self.found.counts[name]
        for value, label in self.names.names[name].items():
            if counts[value] or value in chosen:
                yield Option(value, label, counts[value], value in chosen)

    @property
    def usual_sort(self) -> str:
        return self.asked.usual_sort

    @property
    def radii(self) -> tuple[int, ...]:
        return rules.RADII

    @property
    def radius(self) -> int:
        return self.asked.miles or rules.USUAL_RADIUS

    @property
    def ticked(self) -> int:
        return sum(map(len, self.asked.chosen.values())) + sum(bool(box.value) for box in self.boxes)

    @property
    def is_lost(self) -> bool:
        """A place was typed that is neither known here nor the name of an authority."""
        return bool(self.asked.where and not self.asked.place and not self.asked.area)

    @property
    def lost_reason(self) -> str:
        where = self.asked.where
        if any(postcode_parts(where)):
            return f"No school that advertises here is in {where.upper().replace(' ', NO_BREAK)}."
        return f"No school here is in a place called “{where}”. Try a postcode, its first half, or a town."

    @property
    def suggested_places(self) -> list[Link]:
        return [Link(name, self.url(where=name)) for name in self.asked.suggestions]

    @property
    def as_understood_url(self) -> str:
        return self.url(as_typed="")

    @property
    def as_typed_url(self) -> str:
        """The same search with its words left as words."""
        if self.asked.spoken:
            return self.url(q=self.asked.spoken, where="", miles="", as_typed="1")
        return self.url(as_typed="1")

    @property
    def understood(self) -> list[str]:
        """The parts of the typed text that are used as filters."""
        asked = self.asked
        spoken = [asked.where] if asked.spoken else []
        area = [asked.where] if asked.area and not asked.spoken else []
        hours = [asked.hours_typed] if asked.hours_typed else []
        return [*dict.fromkeys(phrase.typed for phrase in asked.phrases), *hours, *spoken, *area]

    @property
    def central(self) -> Link | None:
        """For a city that was typed as a place and is a filter: the distance asked for, from its middle."""
        asked = self.asked
        if not asked.area or not self.places or not self.places.is_city(asked.area):
            return None
        miles, name = asked.miles or rules.USUAL_RADIUS, self.names.name("authority", asked.area)
        url = self.url(where=f"{CENTRAL}{name}", miles=str(miles))
        return Link(f"within {in_miles(miles)} of {CENTRAL}{name}", url)

    @property
    def misspelt(self) -> Link | None:
        """What was typed, where a word that nobody uses was read as another: the search for just that."""
        asked = self.asked
        typed = asked.misspelt or asked.misspelt_place
        if not typed:
            return None
        return Link(typed, self.url(q=asked.misspelt or asked.q, where=asked.misspelt_place or asked.where, as_typed="1"))

    @property
    def read_as(self) -> str:
        """What a misspelt search was read as."""
        asked = self.asked
        return (asked.spoken or asked.q) if asked.misspelt else asked.where

    def vocabulary(self) -> Counter[str]:
        """Every word that may be typed and would find something."""
        return remember("vocabulary", self._vocabulary)

    def _vocabulary(self) -> Counter[str]:
        words = self.live.index.vocabulary()
        thesaurus = self.names.thesaurus
        phrases = [phrase for meaning in thesaurus.meanings for phrase in (*meaning.same, *meaning.typed)]
        places = list(self.places.names) if self.places else []
        names = [name for facet in self.names.names.values() for name in facet.values()]
        words.update(word for text in (*phrases, *places, *names, *PHRASES) for word in plain(text).split())
        return words

    @property
    def title(self) -> str:
        """The search in a line, for the tab, the history and a screen reader: ``2 posts: Cook · Within 5 miles of BA14``."""
        posts = f"{len(self)} post{'' if len(self) == 1 else 's'}" if self else "No posts"
        return ": ".join(filter(None, [posts, " · ".join(chip.label for chip in self.chips)]))

    def sorts(self) -> list[tuple[str, str, bool]]:
        """Value, name and whether it is in use, of the orders that this search may have."""
        return [
            (value, label, value == self.asked.sort)
            for value, label in SORT_LABELS.items()
            if {"nearest": bool(self.asked.place), "best": bool(self.asked.q)}.get(value, True)
        ]

    @cached_property
    def wider(self) -> list[Link]:
        """Radii beyond the one asked for that would find more, with what each would find in all."""
        beyond = sorted(self.found.miles[row.pk] for row in self.found.only_without["place"] if row.pk in self.found.miles)
        links, last = [], 0
        for radius in rules.RADII:
            count = sum(miles <= radius for miles in beyond)
            if self.asked.miles and radius > self.asked.miles and count > last:
                links.append(Link(f"Within {in_miles(radius)}", self.url(miles=str(radius)), len(self) + count))
                last = count
        return links

    @cached_property
    def stopping(self) -> list[Link]:
        """For an empty list, each word that stops it, with what the list would have without that word."""
        asked = self.asked
        if self or len(asked.clauses) < 2:
            return []
        without = [
            self._gained(f"Without “{clause.typed}”{self._unsaid(clause)}", [one for one in asked.clauses if one is not clause])
            for clause in asked.clauses
        ]
        alone = [self._gained(f"Only “{clause.typed}”", [clause]) for clause in asked.clauses if not clause.is_not]
        return [link for link in without if link.count] or [link for link in alone if link.count]

    def _gained(self, label: str, clauses: list[Condition]) -> Link:
        q = " ".join([self.asked.without_words, *(clause.typed for clause in clauses)])
        return Link(label, self.url(q=q), self._count(self.changed(q=q)))

    def _unsaid(self, clause: Condition) -> str:
        return "" if clause.is_not or self.live.index.of_clause(clause) else ", which no advert here says"

    @property
    def nearest(self) -> tuple[Vacancy, int] | None:
        """For an empty list near a place: the nearest post that is all else that was asked for, and how many miles away it is."""
        beyond = [(self.found.miles[row.pk], row.pk) for row in self.found.only_without["place"] if row.pk in self.found.miles]
        if self or not beyond:
            return None
        miles, pk = min(beyond)
        return self.live.by_pk[pk], round(miles)

    @cached_property
    def relaxed(self) -> list[Link]:
        """Each thing that by itself excludes posts, with what the list would have without it."""
        links, here = [], len(self)
        if self.asked.hours and self.found.only_without["hours"]:
            gained = len(self.found.only_without["hours"])
            links.append(Link(f"Without “{hours_label(self.asked.hours)}”", self.without_hours, here + gained))
        if self.asked.pay and self.found.only_without["pay"]:
            gained = len(self.found.only_without["pay"])
            links.append(Link(f"Without “{self.pay_label}”", self.url(pay_from=""), here + gained))
        if self.asked.words and self.found.only_without["words"]:
            url = self.url(q=self.asked.without_words)
            gained = len(self.found.only_without["words"])
            links.append(Link(f"Without the words “{self.asked.words}”", url, here + gained))
        for facet in NAMES:
            if self.asked.chosen[facet] and self.found.only_without[facet]:
                names = " or ".join(self.names.name(facet, value) for value in self.asked.chosen[facet])
                gained = len(self.found.only_without[facet])
                links.append(Link(f"Without “{names}”", self.without(facet, self.asked.chosen[facet]), here + gained))
        return links

    @cached_property
    def apart(self) -> list[Link]:
        """For an empty list that dropping one thing would not fill: each thing asked for, by itself."""
        asked, links = self.asked, []
        if asked.words and self.found.alone["words"]:
            links.append(Link(f"Only the words “{asked.words}”", list_url({"q": [asked.words]}), self.found.alone["words"]))
        if asked.hours and self.found.alone["hours"]:
            only = {name: values for name, values in asked.as_query().lists() if name in {"hours_from", "hours_to"}}
            url = list_url({"q": [asked.hours_typed]} if asked.hours_typed else only)
            links.append(Link(f"Only “{hours_label(asked.hours)}”", url, self.found.alone["hours"]))
        if asked.pay and self.found.alone["pay"]:
            links.append(Link(f"Only “{self.pay_label}”", list_url({"pay_from": [str(asked.pay)]}), self.found.alone["pay"]))
        if asked.place and self.found.alone["place"]:
            url = list_url({"where": [asked.where], "miles": [str(asked.miles)]})
            links.append(Link(f"Everything within {in_miles(asked.miles)} of {asked.place.name}", url, self.found.alone["place"]))
        for facet in NAMES:
            values = asked.chosen[facet]
            if values and self.found.alone[facet]:
                names = " or ".join(self.names.name(facet, value) for value in values)
                links.append(Link(f"Only “{names}”", list_url({facet: values}), self.found.alone[facet]))
        return links

    @property
    def nearest_authority(self) -> Link | None:
        """For a postcode from outside: the same search in the nearest authority, or all its posts if that finds none."""
        slug = self.asked.nearest
        if not slug:
            return None
        count = self.found.counts["authority"][slug]
        url = self._in_authority(slug) if count else list_url({"authority": [slug]})
        return Link(self.names.name("authority", slug), url, count)

    @cached_property
    def other_authorities(self) -> list[Link]:
        """The other areas that have what was asked for."""
        counts, chosen = self.found.counts["authority"], self.asked.chosen["authority"]
        return [
            Link(name, self._in_authority(slug), counts[slug])
            for slug, name in self.names.names["authority"].items()
            if counts[slug] and slug not in chosen
        ]

    def _in_authority(self, slug: str) -> str:
        """The same search in a different authority, whether the first was ticked or typed; a place stays."""
        asked = self.asked
        q = self.untyped("authority", asked.chosen["authority"])
        return self.url(authority=[slug], q=q, where=asked.where if asked.place else "")


def _typed(number: float | None) -> str:
    return "" if number is None else f"{number:.10g}"
