"""What a reader typed as words, read: phrases that have a meaning, words of no known meaning, either of several, and not."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from .stemming import plain, stem
from .synonyms import Meaning, Thesaurus, Words, words_of

LONGEST_QUERY = 200
SHORTEST_BEGUN = 3  # letters
LONGEST_NAME = 12  # words of a school

# How good it is to find a phrase, whole in a title; the fields of an advert weigh in vacancies.search.index.
EXACT, SAME, BEGUN, AFTER, LOOSE = 10, 9, 5, 4, 2

EITHER = frozenset(["or", ",", "/"])
AND = frozenset(["and", "&"])
NOT = frozenset(["not", "no", "except", "exclude", "excluding", "without", "minus", "isnt", "isn't", "dont", "don't"])
# Words that readers type around those that distinguish one post from another.
_AROUND = """
    a about advert adverts all also am an and any anyone anything anywhere are area areas around as at available be
    been being best but by can close could current currently dad dads do does during employment every find fit fits
    for from get give good got has have hello help hi hiring hoping i id if ill im in interested into is its ive job
    jobs join just know lets like local look looking me mum mummies mums my near nearby nearest need needed needs new
    now of off on one open opening openings opportunities opportunity our out people person please position positions
    post posts preferably qualified recruiting recruitment required role roles search seek seeking show so some
    somebody someone somewhere start starting starts suit suitable suits than thank thanks that the their them there
    theres these they this those to up us vacancies vacancy want wanted wanting was we what whats when where wheres
    which while who will with within work working works would you your
"""
NOISE = frozenset(_AROUND.split())
_TOKENS = re.compile(r'"[^"]*"|\b[pPfF]/[tT]\b|“[^”]*”|[^\s,/"“”()]+(?:/[\d&][^\s,/"“”()]*)*|[,/]')
_OTHER_THAN = re.compile(r"\b(?:other than|apart from|anything but|rather than|but not|not including)\b", re.IGNORECASE)
_NEAR_ME = re.compile(r"\b(?:near|close to|around|by) me\b", re.IGNORECASE)


@dataclass(frozen=True)
class Way:
    """A phrase that meets what was typed, and how well it does."""

    words: Words
    quality: int = EXACT
    begun: bool = False


@dataclass(frozen=True)
class Wanted:
    """One thing that was typed. ``is_known``: it has a meaning here. ``in_text``: adverts are found by their text too."""

    typed: str
    ways: tuple[Way, ...]
    in_text: bool = True
    is_known: bool = False
    kind: str = ""  # see Thesaurus.kind


@dataclass(frozen=True)
class Condition:
    """Any of these, or none of them. What may be missing only puts first what has it."""

    terms: tuple[Wanted, ...]
    is_not: bool = False

    @property
    def typed(self) -> str:
        """Such as "french or spanish"; typed again, it asks the same."""
        return ("not " if self.is_not else "") + " or ".join(term.typed for term in self.terms)


def tokens(typed: str) -> list[str]:
    """The words as they were typed; commas and slashes stand apart, and what is in quotation marks together."""
    return _TOKENS.findall(_OTHER_THAN.sub(" not ", _NEAR_ME.sub(" ", typed[:LONGEST_QUERY])))


def is_quoted(token: str) -> bool:
    return token[:1] in {'"', "“"}


def is_noise(token: str) -> bool:
    return not is_quoted(token) and (token in EITHER or all(word in NOISE for word in plain(token).split()))


def telling(typed: str) -> str:
    """What was typed, without the words that apply to every post: "jobs in the kitchen" is about the kitchen."""
    return " ".join(word for word in typed.split() if not is_noise(word))


def trimmed(words: Sequence[str]) -> list[str]:
    """What was typed without such words at its ends; between others they may be part of a phrase, such as "head of faculty"."""
    kept = [at for at, word in enumerate(words) if not is_noise(word)]
    return list(words[kept[0] : kept[-1] + 1]) if kept else []


def clauses(words: Sequence[str], thesaurus: Thesaurus, names: Collection[Words] = ()) -> tuple[Condition, ...]:
    """Each is met by every advert found. ``names`` are of schools, whose words stay together.

    "Music and drama" are two kinds of post, and who looks for both takes either; a comma ends what is not wanted.
    """
    found: list[Condition] = []
    joined, both, is_not = False, False, False
    for part in _parts(words):
        if isinstance(part, str):
            is_not = is_not or part in NOT
            joined = not is_not and (joined or (bool(found) and not (part == "," and found[-1].is_not)))
            continue
        for term in _terms(part, thesaurus, names):
            if term is None:
                both = bool(found)
                continue
            if joined or (both and not is_not and term.kind and found[-1].terms[-1].kind == term.kind):
                found[-1] = replace(found[-1], terms=(*found[-1].terms, term))
            else:
                found.append(Condition((term,), is_not))
            joined, both, is_not = False, False, False
    return tuple(dict.fromkeys(found))


def _parts(words: Sequence[str]) -> Iterator[str | list[str]]:
    """The runs of words between "or", commas, slashes, "not" and quotations, and those words."""
    run: list[str] = []
    for word in words:
        if word.lower() in EITHER | NOT or is_quoted(word):
            if run:
                yield run
            run = []
            yield [word] if is_quoted(word) else word.lower()
        else:
            run.append(word)
    if run:
        yield run


def _terms(run: list[str], thesaurus: Thesaurus, names: Collection[Words]) -> Iterator[Wanted | None]:
    """What the words of a run mean, with None for "and" between them."""
    if is_quoted(run[0]):
        quoted = words_of(run[0])
        if quoted:
            yield Wanted(run[0], (Way(quoted),))
        return
    bare = plain(" ".join(run)).split()
    all_stems, start = tuple(map(stem, bare)), 0
    while start < len(bare):
        end = _longest_known(all_stems, start, thesaurus, names)
        words = all_stems[start : end or start + 1]
        if end and words in names:
            yield Wanted(" ".join(bare[start:end]), (Way(words),), in_text=False)
        elif end:
            yield known_term(" ".join(bare[start:end]), words, thesaurus.by_phrase[words], thesaurus)
        elif bare[start] in AND:
            yield None
        elif bare[start] not in NOISE and not _is_of_a_number(all_stems, start):
            yield _unknown(bare[start])
        start = end or start + 1


def _longest_known(all_stems: Words, start: int, thesaurus: Thesaurus, names: Collection[Words]) -> int:
    longest = max(thesaurus.longest, LONGEST_NAME if names else 0)
    ends = range(min(len(all_stems), start + longest), start, -1)
    return next((end for end in ends if all_stems[start:end] in thesaurus.by_phrase or all_stems[start:end] in names), 0)


def _is_of_a_number(all_stems: Words, at: int) -> bool:
    """The "year" of "year year3", which is how "Year 3" is read."""
    return all_stems[at] == "year" and at + 1 < len(all_stems) and all_stems[at + 1].startswith("year")


def _looked_for(phrase: str) -> Words:
    words = words_of(phrase)
    return words[1:] if len(words) > 1 and _is_of_a_number(words, 0) else words


def _unknown(word: str) -> Wanted:
    ways = (Way((stem(word),)), Way((word,), BEGUN, begun=True))
    return Wanted(word, ways if len(word) >= SHORTEST_BEGUN else ways[:1])


def known_term(typed: str, words: Words, known: Sequence[Meaning], thesaurus: Thesaurus) -> Wanted:
    """What has several meanings is found by all of them; a phrase that is only typed for others is looked for last."""
    ways: dict[Words, int] = {}

    def add(phrase: str, quality: int) -> None:
        ways[_looked_for(phrase)] = max(quality, ways.get(_looked_for(phrase), 0))

    ways[words] = EXACT if any(words in map(_looked_for, meaning.same) for meaning in known) else LOOSE
    for meaning in known:
        for phrase in meaning.same:
            add(phrase, SAME)
        for phrase in (other for one in meaning.after for other in thesaurus.others(one)):
            add(phrase, AFTER)
    best_first = sorted(ways.items(), key=lambda way: -way[1])
    return Wanted(
        typed,
        tuple(Way(phrase, quality) for phrase, quality in best_first if phrase),
        in_text=any(meaning.in_text for meaning in known),
        is_known=True,
        kind=thesaurus.kind(words),
    )
