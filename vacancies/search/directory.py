"""The names behind the filters: what each value is called, and which typed phrases mean one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Value

from ..models import Authority, RoleType, StaffGroup, Subject
from .facets import FACETS, PHRASES
from .words import LONGEST_QUERY, fold, same_as, stems, telling

Words = tuple[str, ...]
MOST_WORDS = 6


@dataclass(frozen=True)
class Phrase:
    """A part of the typed words that was understood as a filter."""

    typed: str
    facet: str
    value: str
    places: range  # of its words among those typed


@dataclass(frozen=True)
class Directory:
    """For each facet, every value that a filter may have, with its name, in the order of display."""

    names: Mapping[str, Mapping[str, str]]

    def name(self, facet: str, value: str) -> str:
        return self.names[facet].get(value, value)

    def lexicon(self) -> dict[Words, tuple[str, str]]:
        """Typed phrases, as stems, to the facet and value that each stands for; an authority wins over a role."""
        found = {_words(phrase): meaning for phrase, meaning in PHRASES.items()}
        for facet in ("role", "authority"):
            for value, name in self.names[facet].items():
                for phrase in (*same_as(name), telling(fold(name))):
                    found[_words(phrase)] = (facet, value)
        return found

    def understand(self, query: str, taken: Collection[str] = ()) -> tuple[str, list[Phrase]]:
        """The phrases that name a filter, and the words that are left. Facets that are ``taken`` keep their words as words."""
        lexicon = {words: meaning for words, meaning in self.lexicon().items() if meaning[0] not in taken}
        tokens = [(typed, _words(typed)) for typed in query[:LONGEST_QUERY].split()]
        left, phrases, start = [], [], 0
        while start < len(tokens):
            end = _longest(tokens, start, lexicon)
            typed = " ".join(token for token, _ in tokens[start : end or start + 1])
            if end:
                phrases.append(Phrase(typed, *lexicon[_joined(tokens[start:end])], range(start, end)))
            else:
                left.append(typed)
            start = end or start + 1
        return " ".join(left), phrases


def _longest(tokens: list[tuple[str, Words]], start: int, lexicon: Mapping[Words, object]) -> int:
    """Where the longest known phrase that begins at ``start`` ends; 0 if there is none."""
    ends = range(min(len(tokens), start + MOST_WORDS), start, -1)
    return next((end for end in ends if _joined(tokens[start:end]) in lexicon), 0)


def _joined(tokens: list[tuple[str, Words]]) -> Words:
    return tuple(word for _, words in tokens for word in words)


def _words(text: str) -> Words:
    return tuple(stems(text).split())


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
