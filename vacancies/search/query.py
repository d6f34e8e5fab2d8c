"""What was asked for, once the filter form has understood it, and the shortest address that asks the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from ..paths import path_to
from .directory import Phrase
from .facets import LANDINGS
from .filtering import Hours
from .places import Place
from .words import Condition


@dataclass
class Asked:
    """A query string, understood. ``words`` is what is left of ``q`` once its phrases have become filters.

    ``spoken`` is all that was typed as words if a place was among it; ``q`` is then the rest and ``where`` the place.
    Adverts that say the words of its filters ``besides``, or all that counts ``together``, come first.
    What is ``excluded`` stands among the words too, for no filter says "not".
    ``misspelt`` and ``misspelt_place`` are what was typed where a word that nobody uses was read as the nearest one.
    """

    q: str = ""
    spoken: str = ""
    words: str = ""
    clauses: tuple[Condition, ...] = ()
    misspelt: str = ""
    misspelt_place: str = ""
    hours: Hours | None = None
    hours_typed: str = ""
    pay: int | None = None
    tokens: list[str] = field(default_factory=list)
    excluded: list[Phrase] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)
    together: str = ""
    where: str = ""
    miles: int | None = None
    sort: str = ""
    as_typed: bool = False
    chosen: dict[str, list[str]] = field(default_factory=dict)
    phrases: list[Phrase] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    place: Place | None = None
    area: str = ""
    suggestions: list[str] = field(default_factory=list)
    nearest: str = ""

    @property
    def in_what(self) -> str:
        """What to put back in the search box: what was understood has become a filter, ticked or not, and would return."""
        return " ".join(filter(None, [self.words, self.hours_typed])) if self.phrases else self.q

    @property
    def in_where(self) -> str:
        return "" if self.area else self.where

    @property
    def without_words(self) -> str:
        """What was typed, less what is looked for as words."""
        return " ".join([*dict.fromkeys(phrase.typed for phrase in self.phrases), *filter(None, [self.hours_typed])])

    @property
    def usual_sort(self) -> str:
        """The best match first where words were typed, else the nearest, else the newest."""
        if self.q:
            return "best"
        return "nearest" if self.place else "newest"

    def as_query(self) -> QueryDict:
        """The same search in its shortest spelling, without the page."""
        query = QueryDict(mutable=True)
        typed = {(phrase.facet, phrase.value) for phrase in self.phrases}
        for name, value in (("q", self.q), ("where", self.where)):
            if value:
                query[name] = value
        for name, number in self._numbers().items():
            query[name] = f"{number:.10g}"
        for facet, values in self.chosen.items():
            kept = [value for value in values if (facet, value) not in typed and (facet, value) != ("authority", self.area)]
            if kept:
                query.setlist(facet, kept)
        if self.sort and self.sort != self.usual_sort:
            query["sort"] = self.sort
        if self.as_typed and self.q:
            query["as_typed"] = "1"
        return query

    def _numbers(self) -> dict[str, float]:
        """What is asked for by a number."""
        low, high = self.hours if self.hours and not self.hours_typed else (None, None)
        miles = self.miles if self.place else None
        given = {"miles": miles, "hours_from": low, "hours_to": high, "pay_from": self.pay}
        return {name: number for name, number in given.items() if number is not None}


def landing_url(query: Mapping[str, list[str]]) -> str:
    """The address of the list of one filter alone, or of one type of post in one authority; empty for any other search."""
    if not query:
        return path_to("list")
    if set(query) == {"authority", "role"} and all(len(values) == 1 for values in query.values()):
        return path_to("authority_role", *query["authority"], *query["role"])
    [(facet, values), *others] = query.items()
    if others or len(values) != 1 or facet not in LANDINGS:
        return ""
    return path_to(LANDINGS[facet], *values)


def list_url(query: Mapping[str, list[str]]) -> str:
    """The shortest address of a search: a landing page's where there is one that says the same."""
    kept = dict(query)
    page = {"page": kept.pop("page")} if "page" in kept else {}
    landing = landing_url(kept)
    query_string = _encoded(page if landing else kept | page)
    return f"{landing or path_to('list')}{'?' if query_string else ''}{query_string}"


def _encoded(query: Mapping[str, list[str]]) -> str:
    data = QueryDict(mutable=True)
    for name, values in query.items():
        data.setlist(name, values)
    return data.urlencode()
