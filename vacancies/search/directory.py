"""The names behind the filters: what each value is called, and which typed phrases mean one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Value

from ..models import Authority, RoleType, StaffGroup, Subject
from .facets import FACETS, IMPLIED, PHRASES
from .stemming import fold
from .synonyms import POST, Meaning, Thesaurus, Words, meanings, words_of
from .words import AND, EITHER, NOT, Condition, is_noise, is_quoted, telling

MOST_WORDS = 6
COMPASS = frozenset(["north", "south", "east", "west", "central", "mid", "greater"])
CENTRE = frozenset(["city", "town", "centre"])


@dataclass(frozen=True)
class Phrase:
    """A part of the typed words that was understood as a filter."""

    typed: str
    facet: str
    value: str
    places: range  # of its words among those typed
    is_not: bool = False

    def widened(self) -> "Phrase":
        """A teacher of a subject may lead it: all teaching staff instead of that type of post."""
        is_teacher = (self.facet, self.value) == ("role", "teacher")
        return Phrase(self.typed, "group", StaffGroup.TEACHING.value, self.places) if is_teacher else self


@dataclass(frozen=True)
class Directory:
    """For each facet, every value that a filter may have, with its name, in the order of display; and the synonyms."""

    names: Mapping[str, Mapping[str, str]]
    meanings: tuple[Meaning, ...] | None = None  # as they are stored, unless others are tried

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """Asked for once something is typed: what staff say that phrases mean, and the names of subjects and types of post."""
        known = meanings() if self.meanings is None else self.meanings
        subjects = tuple(self.names["subject"].values())
        return Thesaurus(known, (*subjects, *self.names["role"].values()), subjects)

    def name(self, facet: str, value: str) -> str:
        return self.names[facet].get(value, value)

    @cached_property
    def lexicon(self) -> dict[Words, tuple[str, str]]:
        """Typed phrases, as stems, to the facet and value that each stands for; an authority wins over a role."""
        found = {words_of(phrase): meaning for phrase, meaning in PHRASES.items()}
        for facet in ("role", "authority"):
            for value, name in self.names[facet].items():
                for phrase in (*self.thesaurus.same_as(name), telling(fold(name))):
                    found[words_of(phrase)] = (facet, value)
        found.pop((), None)
        return found

    def name_subject(self, clauses: Iterable[Condition]) -> bool:
        subjects = {words_of(name) for name in self.names["subject"].values()}
        return any(way.words in subjects for clause in clauses for term in clause.terms for way in term.ways)

    def understand(self, words: Sequence[str], taken: Collection[str] = (), held: Collection[int] = ()) -> list[Phrase]:
        """The phrases that name a filter. Facets that are ``taken`` keep their words, and so do the places that are ``held``."""
        phrases: list[Phrase] = []
        start = 0
        while start < len(words):
            end, meaning = self._longest(words, start, taken, held)
            if meaning:
                typed = " ".join(words[start:end])
                phrases.append(Phrase(typed, *meaning, range(start, end)))
            start = end
        kept = self._without_alternatives(words, phrases)
        asked = [_negated(words, _as_a_whole(words, phrase), kept) for phrase in kept]
        return [*asked, *self._implied(asked)]

    def _longest(
        self, words: Sequence[str], start: int, taken: Collection[str], held: Collection[int]
    ) -> tuple[int, tuple[str, str] | None]:
        """Where the longest known phrase that begins at ``start`` ends, and the filter that it names."""
        for end in range(min(len(words), start + MOST_WORDS), start, -1):
            if any(at in held or words[at] in EITHER or is_quoted(words[at]) for at in range(start, end)):
                continue
            typed = words_of(" ".join(words[start:end]))
            meaning = self.lexicon.get(typed)
            if meaning and meaning[0] in taken:
                meaning = None
            if meaning or typed in self.thesaurus.by_phrase:
                return end, meaning
        return start + 1, None

    def _implied(self, phrases: Iterable[Phrase]) -> list[Phrase]:
        phrases = [phrase for phrase in phrases if not phrase.is_not]
        named = {phrase.facet for phrase in phrases}
        return [
            Phrase(phrase.typed, facet, value, phrase.places)
            for phrase in phrases
            for facet, value in IMPLIED.get(phrase.facet, {}).items()
            if facet not in named and value in self.names[facet]
        ]

    def _without_alternatives(self, words: Sequence[str], phrases: list[Phrase]) -> list[Phrase]:
        """``TA or cook``: a filter would leave out the cooks, so what is an alternative to words is a word itself."""
        by_place = {at: phrase for phrase in phrases for at in phrase.places}
        lost = set()
        for at, word in enumerate(words):
            if word.lower() not in EITHER | AND:
                continue
            before, after = _next(words, at, -1), _next(words, at, 1)
            if before is None or after is None or words[after].lower() in NOT:
                continue
            sides = [by_place.get(before), by_place.get(after)]
            facets = {side.facet if side else "" for side in sides}
            are_posts = facets == {"", "role"} and (word in EITHER or self._is_post(words, before, after, sides[0] is None))
            is_alternative = word.lower() == "or" or are_posts
            if len(facets) > 1 and is_alternative:
                lost |= {side for side in sides if side}
        return [phrase for phrase in phrases if phrase not in lost]

    def _is_post(self, words: Sequence[str], before: int, after: int, is_before: bool) -> bool:
        """Whether what stands at one side of an "and", and is no filter, names a kind of post."""
        runs = (
            [words[start : before + 1] for start in range(max(0, before + 1 - MOST_WORDS), before + 1)]
            if is_before
            else [words[after:end] for end in range(after + 1, min(len(words), after + MOST_WORDS) + 1)]
        )
        return any(self.thesaurus.kind(words_of(" ".join(run))) == POST for run in runs)


def _as_a_whole(words: Sequence[str], phrase: Phrase) -> Phrase:
    """``north Bristol`` and ``Bristol city centre`` are in Bristol; no filter is smaller."""
    if phrase.facet != "authority":
        return phrase
    start, stop = phrase.places.start, phrase.places.stop
    start -= start > 0 and words[start - 1].lower() in COMPASS
    while stop < len(words) and words[stop].lower() in CENTRE:
        stop += 1
    return replace(phrase, typed=" ".join(words[start:stop]), places=range(start, stop))


def _negated(words: Sequence[str], phrase: Phrase, others: Iterable[Phrase]) -> Phrase:
    """A phrase that stands behind "not", or behind one that does and "or"."""
    at = phrase.places.start - 1
    while at >= 0 and is_noise(words[at]) and words[at].lower() not in EITHER:
        at -= 1
    if at < 0:
        return phrase
    if words[at].lower() in NOT:
        places = range(at, phrase.places.stop)
        return replace(phrase, typed=" ".join(words[at : places.stop]), places=places, is_not=True)
    before = next((other for other in others if other.places.stop == at), None)
    if before and words[at] != "," and words[at].lower() in EITHER and _negated(words, before, others).is_not:
        return replace(phrase, places=range(at, phrase.places.stop), is_not=True)
    return phrase


def _next(words: Sequence[str], at: int, step: int) -> int | None:
    """The nearest word to one side that tells something."""
    at += step
    while 0 <= at < len(words) and is_noise(words[at]) and words[at].lower() not in EITHER:
        at += step
    return at if 0 <= at < len(words) else None


def directory() -> Directory:
    """One query: the names that staff may edit; the others are fixed."""
    edited = _named()
    return Directory({facet.name: edited[facet.name] if facet.names is None else facet.names for facet in FACETS})


def _named() -> dict[str, dict[str, str]]:
    """Authorities, types of post and subjects by slug, each in its own order of display."""
    authorities, subjects = (
        model.objects.order_by().values_list(Value(facet), Value(""), Value(0), "name", "slug")
        for facet, model in (("authority", Authority), ("subject", Subject))
    )
    roles = RoleType.objects.order_by().values_list(Value("role"), "staff_group", "position", "name", "slug")
    found: dict[str, dict[str, str]] = {"authority": {}, "role": {}, "subject": {}}
    groups = {group: place for place, group in enumerate(StaffGroup.values)}
    rows = authorities.union(roles, subjects, all=True)
    for facet, _, _, name, slug in sorted(rows, key=lambda row: (groups.get(row[1], 0), *row[2:])):
        found[facet][slug] = name
    return found
