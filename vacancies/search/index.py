"""The words of live adverts, field by field: which adverts say a phrase, and how well they say it.

Made of the live adverts when somebody first searches for words after a change of content. A field is a bit of a mask, the
weightiest first; a phrase is looked for only in the adverts that have all its words.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .. import rules
from .stemming import plain, stem
from .synonyms import SUBJECT, Words, words_of
from .words import AFTER, EXACT, LONGEST_NAME, SAME, Condition, Wanted, Way

# What an advert says of itself, in order of weight. Its text comes last, and may be told apart from the others: they are names.
WEIGHTS = {"title": 100, "role": 60, "subject": 60, "school": 60, "said": 40, "place": 30, "trust": 30, "terms": 20, "text": 10}
FIELDS = tuple(WEIGHTS)
TEXT = 1 << FIELDS.index("text")
NAMED = TEXT - 1
_BEST = [max((WEIGHTS[name] for at, name in enumerate(FIELDS) if mask >> at & 1), default=0) for mask in range(2 * TEXT)]
# A whole search that stands together is worth more than its words apart; a title or school of just these words is the best.
TOGETHER, ALL_OF_IT = 50, 40
MOST_REMEMBERED = 512  # phrases
# Words that each advert could be said to have: they put first who says so, and leave nobody out.
SAID_OF_ALL = frozenset([("school",), ("educ",), ("staff",), ("class",)])
# And words that each could be said to have whatever else is asked for: "school jobs" are all of them.
ASKS_NOTHING = frozenset([("school",), ("educ",)])

Hits = dict[int, int]  # how well, by the place of an advert in the index


@dataclass(frozen=True)
class Judged:
    """The answer to some clauses: for each advert that meets all of them how well, and which clauses each of the others fails."""

    scores: Mapping[int, int]
    failed: Mapping[int, tuple[int, ...]]
    soft: frozenset[int]


class Index:
    """``documents`` are texts by field, by key of the advert."""

    def __init__(self, documents: Mapping[int, Mapping[str, str]]):
        self.keys = tuple(documents)
        self.texts = [tuple(f" {_stems(document.get(name, ''))} " for name in FIELDS) for document in documents.values()]
        self.postings: dict[str, Hits] = defaultdict(dict)
        for at, fields in enumerate(self.texts):
            for place, text in enumerate(fields):
                for word in set(text.split()):
                    found = self.postings[word]
                    found[at] = found.get(at, 0) | 1 << place
        self.names = sorted(word for word, found in self.postings.items() if any(mask & NAMED for mask in found.values()))
        self.schools = frozenset(words for document in documents.values() for words in _names(document.get("school", "")))
        self.hits_of: Callable[[Way], Hits] = lru_cache(maxsize=MOST_REMEMBERED)(self._hits)
        self._documents = documents

    def judge(
        self, clauses: Sequence[Condition], besides: Sequence[Condition] = (), typed: str = "", is_anchored: bool = False
    ) -> Judged:
        """What meets ``besides`` too comes first, as does what says all that was ``typed`` in one piece.

        ``is_anchored``: filters say already what is looked for.
        """
        also = [self.of_clause(clause) for clause in besides if not _is_said_of_all(clause)]
        found = [self.of_clause(clause) for clause in clauses]
        soft = frozenset(at for at, clause in enumerate(clauses) if self._is_soft(clause, found[at], clauses, is_anchored))
        found = self._with_texts(clauses, found)
        found = [{} if at in soft and _is_said_of_all(clause) else found[at] for at, clause in enumerate(clauses)]
        failed: dict[int, tuple[int, ...]] = {}
        scores: dict[int, int] = {}
        together = self._together(words_of(typed))
        for at in range(len(self.keys)):
            missing = tuple(place for place, clause in enumerate(clauses) if (at in found[place]) == clause.is_not)
            if not set(missing) <= soft:
                failed[self.keys[at]] = tuple(place for place in missing if place not in soft)
                continue
            scores[self.keys[at]] = sum(hits.get(at, 0) for hits in (*found, *also)) + together.get(at, 0)
        return Judged(scores, failed, soft)

    def named(self, words: Sequence[str]) -> frozenset[int]:
        """The places of the words that name a school."""
        held: set[int] = set()
        for start in range(len(words)):
            for end in range(min(len(words), start + LONGEST_NAME), start + 1, -1):
                if held.isdisjoint(range(start, end)) and words_of(" ".join(words[start:end])) in self.schools:
                    held |= set(range(start, end))
        return frozenset(held)

    def knows(self, word: str) -> bool:
        return stem(word) in self.postings or bool(self._begun(word))

    def of_clause(self, clause: Condition) -> Hits:
        """The best of its terms; a "not" looks at names alone, for a text may mention what the post is not."""
        best: Hits = {}
        for term in clause.terms:
            hits = self.of_term(term, names_only=clause.is_not)
            best = {at: max(best.get(at, 0), hits.get(at, 0)) for at in best.keys() | hits.keys()} if best else hits
        return best

    def of_term(self, term: Wanted, names_only: bool = False) -> Hits:
        """The text of adverts counts where their names give less than a page: what titles say often, texts mention in passing."""
        named: Hits = {}
        text: Hits = {}
        for way in _unwanted(term) if names_only else term.ways:
            for at, mask in self.hits_of(way).items():
                score = _BEST[mask & NAMED] * way.quality
                if score:
                    named[at] = max(score, named.get(at, 0))
                else:
                    text[at] = max(_BEST[mask] * way.quality, text.get(at, 0))
        if names_only or not term.in_text or len(named) >= rules.POSTS_ON_A_PAGE:
            return named
        return {**text, **named}

    def has(self, term: Wanted) -> bool:
        return bool(self.of_term(term))

    def _with_texts(self, clauses: Sequence[Condition], found: list[Hits]) -> list[Hits]:
        """Beside a word of no known meaning, a subject is looked for in texts too: "maths mastery" is what class teachers teach.

        What says both comes first; who only teaches the subject comes after.
        """
        words = [
            hits
            for clause, hits in zip(clauses, found, strict=True)
            if hits and not clause.is_not and not _is_said_of_all(clause) and not any(term.is_known for term in clause.terms)
        ]
        return [self._in_texts(clause, hits, words) if words else hits for clause, hits in zip(clauses, found, strict=True)]

    def _in_texts(self, clause: Condition, hits: Hits, words: Sequence[Hits]) -> Hits:
        if clause.is_not or not all(term.kind == SUBJECT for term in clause.terms):
            return hits
        ways = (way for term in clause.terms for way in term.ways if way.quality >= SAME)
        said = {at for way in ways for at in self.hits_of(way)}
        both = {at for at in said if all(at in those for those in words)}
        return {**hits, **{at: hits.get(at, 0) + WEIGHTS["title"] * EXACT for at in both}}

    def _is_soft(self, clause: Condition, hits: Hits, clauses: Sequence[Condition], is_anchored: bool) -> bool:
        """Beside the name of a post, what it is about is a wish, and so is a word that only texts say; "school" says nothing."""
        others = [one for one in clauses if one is not clause and not one.is_not]
        if clause.is_not:
            return False
        if all(term.ways[0].words in ASKS_NOTHING for term in clause.terms):
            return True
        if not (others or is_anchored):
            return False
        if _is_said_of_all(clause):
            return True
        is_anchored = is_anchored or any(term.is_known and not term.in_text for one in others for term in one.terms)
        is_in_texts_only = bool(hits) and max(hits.values()) <= WEIGHTS["text"] * EXACT
        return is_anchored and all(term.in_text and (term.is_known or is_in_texts_only) for term in clause.terms)

    def _together(self, words: Words) -> Hits:
        """More for adverts that say the whole search in one piece."""
        if not words:
            return {}
        phrase, found = f" {' '.join(words)} ", {}
        for at, mask in self._having(words).items():
            fields = [place for place in _places(mask) if phrase in self.texts[at][place]]
            if fields:
                whole = ALL_OF_IT if any(self.texts[at][place] == phrase for place in fields) else 0
                found[at] = (TOGETHER if len(words) > 1 else 0) * _BEST[1 << fields[0]] // 10 + whole
        return found

    def _having(self, words: Words) -> Hits:
        """The adverts that have all the words in one field or another, with the fields that have each of them."""
        postings = sorted((self.postings.get(word, {}) for word in words), key=len)
        found = dict(postings[0])
        for other in postings[1:]:
            found = {at: mask & other[at] for at, mask in found.items() if at in other}
        return {at: mask for at, mask in found.items() if mask}

    def _hits(self, way: Way) -> Hits:
        """The fields that say a phrase; a title may also have its words in another order."""
        if way.begun:
            return self._begun(way.words[0])
        found = self._having(way.words)
        if len(way.words) == 1:
            return found
        phrase = f" {' '.join(way.words)} "
        kept = {}
        for at, mask in found.items():
            said = sum(1 << place for place in _places(mask) if phrase in self.texts[at][place])
            if said:
                kept[at] = said
        return kept

    def _begun(self, beginning: str) -> Hits:
        """Names that begin so: "chem" is chemistry."""
        found: Hits = {}
        for word in self.names[bisect_left(self.names, beginning) :]:
            if not word.startswith(beginning):
                break
            for at, mask in self.postings[word].items():
                found[at] = found.get(at, 0) | (mask & NAMED)
        return {at: mask for at, mask in found.items() if mask}

    def vocabulary(self) -> Counter[str]:
        """The words of live adverts as they are written, with how often; what names say counts ten times."""
        found: Counter[str] = Counter()
        for document in self._documents.values():
            for name in FIELDS:
                weight = 1 if name == "text" else 10
                for word in _plain(document.get(name, "")).split():
                    found[word] += weight
        return found


def _unwanted(term: Wanted) -> Iterable[Way]:
    """Of what is not wanted only whole words, and of what a post is about not what is worth showing besides."""
    return (way for way in term.ways if not way.begun and not (term.in_text and way.quality == AFTER))


def _is_said_of_all(clause: Condition) -> bool:
    return all(term.ways[0].words in SAID_OF_ALL for term in clause.terms)


def _names(school: str) -> Iterable[Words]:
    """What a school is called, each name in a line of its own: the beginnings of two words at least."""
    names = map(words_of, school.splitlines())
    return {words[:end] for words in names for end in range(2, len(words) + 1)}


def _places(mask: int) -> list[int]:
    return [place for place in range(len(FIELDS)) if mask >> place & 1]


@lru_cache(maxsize=16384)
def _plain(text: str) -> str:
    return plain(text)


def _stems(text: str) -> str:
    return " ".join(map(stem, _plain(text).split()))
