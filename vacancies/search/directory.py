"""The names behind the filters: what each value is called, and which typed phrases stand for one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Value

from ..models import Authority, Contract, Phase, RoleType, StaffGroup, Subject, WorkingPattern
from .filtering import YES
from .words import LONGEST_QUERY, fold, same_as, stems, telling

Words = tuple[str, ...]
MOST_WORDS = 6
# Phrases that are filters whatever staff have called their authorities and role types.
FIXED_PHRASES = {
    "teaching staff": ("group", StaffGroup.TEACHING.value),
    "support staff": ("group", StaffGroup.SUPPORT.value),
    "part time": ("pattern", WorkingPattern.PART_TIME.value),
    "parttime": ("pattern", WorkingPattern.PART_TIME.value),
    "full time": ("pattern", WorkingPattern.FULL_TIME.value),
    "fulltime": ("pattern", WorkingPattern.FULL_TIME.value),
    "term time only": ("term_time", YES[0]),
    "term time": ("term_time", YES[0]),
    "primary": ("phase", Phase.PRIMARY.value),
    "primary school": ("phase", Phase.PRIMARY.value),
    "secondary": ("phase", Phase.SECONDARY.value),
    "secondary school": ("phase", Phase.SECONDARY.value),
    "special school": ("phase", Phase.SPECIAL.value),
    "nursery school": ("phase", Phase.NURSERY.value),
    "permanent": ("contract", Contract.PERMANENT.value),
    "fixed term": ("contract", Contract.FIXED_TERM.value),
    "temporary": ("contract", Contract.TEMPORARY.value),
    "casual": ("contract", Contract.CASUAL.value),
}
READERS_PHASES = (Phase.NURSERY, Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL, Phase.SIXTEEN_PLUS)
READERS_PATTERNS = (WorkingPattern.FULL_TIME, WorkingPattern.PART_TIME, WorkingPattern.CASUAL)
READERS_CONTRACTS = tuple(choice for choice in Contract if choice != Contract.CASUAL_OR_PERMANENT)


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
        found = {_words(phrase): meaning for phrase, meaning in FIXED_PHRASES.items()}
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
    """Where the longest known phrase that begins at ``start`` ends; 0 if none does."""
    ends = range(min(len(tokens), start + MOST_WORDS), start, -1)
    return next((end for end in ends if _joined(tokens[start:end]) in lexicon), 0)


def _joined(tokens: list[tuple[str, Words]]) -> Words:
    return tuple(word for _, words in tokens for word in words)


def _words(text: str) -> Words:
    return tuple(stems(text).split())


def directory() -> Directory:
    """One query: the names that staff may edit; the others are fixed."""
    named = _named()
    return Directory(
        {
            "group": dict(StaffGroup.choices),
            "authority": named["authority"],
            "role": named["role"],
            "phase": _labels(READERS_PHASES),
            "subject": named["subject"],
            "pattern": _labels(READERS_PATTERNS),
            "contract": _labels(READERS_CONTRACTS),
            "term_time": {YES[0]: "Term time only"},
            "new": {YES[0]: "New this week"},
            "closing": {YES[0]: "Closing this week"},
        }
    )


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


def _labels(choices) -> dict[str, str]:
    return {choice.value: choice.label for choice in choices}
