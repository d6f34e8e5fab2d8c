"""What else a phrase is called: the table that staff edit, ready to be asked about what readers type."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..models import Synonym
from .stemming import stem, stems

Words = tuple[str, ...]
LONGEST_SHORT_FORM = 5
SUBJECT, POST = "subject", "post"
STAGES = {1: (1, 2), 2: (3, 4, 5, 6), 3: (7, 8, 9), 4: (10, 11), 5: (12, 13)}


@dataclass(frozen=True)
class Meaning:
    """Phrases that mean the ``same``; what readers ``type`` for them though no advert need say it; what may come ``after``."""

    same: tuple[str, ...]
    typed: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    in_text: bool = False


@dataclass(frozen=True)
class Thesaurus:
    meanings: tuple[Meaning, ...] = ()
    # Names that staff give to subjects and types of post: known phrases without another name.
    names: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()  # those of them that are taught

    @cached_property
    def _taught(self) -> frozenset[Words]:
        return frozenset(map(words_of, self.subjects))

    def kind(self, words: Words) -> str:
        """Whether a phrase names a subject or a kind of post; empty for what a post is about, and for unknown words."""
        known = self.by_phrase.get(words, ())
        if any(words_of(phrase) in self._taught for meaning in known for phrase in meaning.same):
            return SUBJECT
        return POST if known and not any(meaning.in_text for meaning in known) else ""

    @cached_property
    def by_phrase(self) -> Mapping[Words, tuple[Meaning, ...]]:
        """Every phrase that has a meaning, or several, as stems."""
        found: dict[Words, list[Meaning]] = {}
        for meaning in self.meanings:
            for phrase in dict.fromkeys(words for one in (*meaning.same, *meaning.typed) for words in spellings(one)):
                found.setdefault(phrase, []).append(meaning)
        for name in self.names:
            found.setdefault(words_of(name), []).append(Meaning((name,)))
        for stage, years in STAGES.items():
            found.setdefault((f"ks{stage}",), []).insert(0, Meaning((f"ks{stage}",), after=tuple(f"year{one}" for one in years)))
            for one in years:
                found.setdefault((f"year{one}",), []).append(Meaning((f"year{one}",), after=(f"ks{stage}",)))
        found.pop((), None)
        return {words: tuple(meanings) for words, meanings in found.items()}

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.by_phrase), default=0)

    def known(self, phrase: str) -> tuple[Meaning, ...]:
        return self.by_phrase.get(words_of(phrase), ())

    def same_as(self, phrase: str) -> tuple[str, ...]:
        """Every phrase, as stems, that means the same as this one or is typed for it, itself included."""
        found = [stems(phrase)]
        for meaning in self.known(phrase):
            if stems(phrase) in map(stems, meaning.same):
                found += [" ".join(words) for one in (*meaning.same, *meaning.typed) for words in spellings(one)]
        return tuple(dict.fromkeys(found))

    def others(self, phrase: str) -> tuple[str, ...]:
        """The phrases of the meaning that this one begins with: what stands after "headteacher" stands after all its names."""
        return tuple(dict.fromkeys([phrase, *(one for meaning in self.known(phrase) for one in meaning.same)]))


def words_of(text: str) -> Words:
    return tuple(stems(text).split())


def spellings(phrase: str) -> list[Words]:
    """A short form has a plural that no stemmer knows: TAs, LSAs."""
    words = words_of(phrase)
    is_short = len(words) == 1 and 1 < len(words[0]) <= LONGEST_SHORT_FORM
    return [words, (stem(f"{words[0]}s"),)] if is_short else [words]


def phrases_of(line: str) -> tuple[str, ...]:
    """``TA, classroom assistant`` as staff write it."""
    return tuple(dict.fromkeys(phrase for one in line.split(",") if stems(phrase := " ".join(one.split()))))


def meaning_of(row: Synonym) -> Meaning:
    return Meaning(phrases_of(row.same), phrases_of(row.typed), phrases_of(row.after), row.in_text)


def meanings(rows: Iterable[Synonym] | None = None) -> tuple[Meaning, ...]:
    return tuple(meaning_of(row) for row in (Synonym.objects.order_by("pk") if rows is None else rows))
