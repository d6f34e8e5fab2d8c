"""How words are compared in a search: folded, by their beginnings, and with the field's synonyms both ways."""

import difflib
import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

LONGEST_QUERY = 200
MOST_CORRECTED = 6  # words
SHORTEST_CORRECTED = 4  # letters
CLOSE = 0.75

# A term is met in any one of several ways; each way is pieces of text that must all be there.
Term = tuple[tuple[str, ...], ...]

# Each row: phrases that mean the same to somebody who looks for a post, in one or in many. Written as `fold` leaves them.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("ta", "tas", "teaching assistant", "classroom assistant", "learning support assistant", "lsa"),
    ("hlta", "higher level teaching assistant"),
    ("senco", "sendco", "special educational needs coordinator", "special educational needs co ordinator"),
    ("send", "sen", "special educational needs", "special needs"),
    ("headteacher", "head teacher", "principal", "head of school"),
    ("deputy headteacher", "deputy head teacher", "deputy head", "vice principal"),
    ("assistant headteacher", "assistant head teacher", "assistant head", "assistant principal"),
    ("head of department", "hod", "head of faculty", "subject leader", "curriculum leader"),
    ("ect", "nqt", "early career teacher", "newly qualified teacher"),
    ("eyfs", "early years", "foundation stage"),
    ("ks1", "key stage 1", "infants"),
    ("ks2", "key stage 2", "juniors"),
    ("ks3", "key stage 3"),
    ("ks4", "key stage 4", "gcse"),
    ("ks5", "key stage 5", "a level", "sixth form"),
    ("maths", "mathematics", "numeracy"),
    ("pe", "p e", "physical education"),
    ("re", "r e", "religious education", "religious studies"),
    ("mfl", "modern foreign languages", "modern languages"),
    ("dt", "d t", "design and technology", "design technology"),
    ("ict", "it", "computing", "computer science", "information technology"),
    ("pshe", "personal social and health education"),
    ("caretaker", "site manager", "premises manager", "site supervisor", "site officer", "premises officer"),
    ("midday supervisor", "midday supervisory assistant", "lunchtime supervisor", "dinner lady", "dinner supervisor", "mdsa"),
    ("catering assistant", "kitchen assistant"),
    (
        "administrator",
        "administrative assistant",
        "admin assistant",
        "admin officer",
        "clerical assistant",
        "school secretary",
        "receptionist",
    ),
    ("school business manager", "business manager", "bursar", "sbm"),
    ("exams officer", "examinations officer"),
    ("nursery nurse", "nursery practitioner", "early years practitioner", "early years educator"),
    ("cover supervisor", "cover assistant"),
    ("hr", "human resources"),
    ("cleaner", "cleaning assistant", "cleaning operative", "domestic assistant"),
    ("cook", "chef"),
    ("science technician", "laboratory technician", "lab technician"),
    ("librarian", "library manager", "library assistant", "learning resource centre manager"),
    ("examination invigilator", "exam invigilator", "invigilator"),
    ("bath and north east somerset", "banes"),
    ("bournemouth christchurch and poole", "bcp"),
)
# Words that readers type around those that distinguish one post from another.
_NOISE = frozenset(["a", "an", "and", "at", "for", "in", "near", "of", "the", "to", "with", "job", "post", "vacancy", ""])
_DROPPED = dict.fromkeys(map(ord, "'’‘`´ʼ\u02b9"))
_BREAKS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """``St. Aldwyn's`` and ``st aldwyns`` alike: small letters and digits, single spaces, no accents, no apostrophes."""
    plain = unicodedata.normalize("NFKD", text.translate(_DROPPED)).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _BREAKS.sub(" ", bare).strip()


def stem(word: str) -> str:
    """A folded word in the singular, so that "supervisors" finds a supervisor and "secretary" secretaries."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=4096)
def stems(text: str) -> str:
    return " ".join(map(stem, fold(text).split()))


_SAME: dict[str, tuple[str, ...]] = {stems(phrase): tuple(map(stems, row)) for row in SYNONYMS for phrase in row}
_ANY_PHRASE = re.compile(f" ({'|'.join(sorted(_SAME, key=len, reverse=True))})(?= )")
# A short form is looked for as a whole word: "ta" is not the beginning of "Tall Trees".
SHORT_FORMS = frozenset(phrase for phrase in _SAME if len(phrase) <= 4 and " " not in phrase)


def same_as(phrase: str) -> tuple[str, ...]:
    """Every phrase, as stems, that means the same as this one, itself included."""
    return _SAME.get(stems(phrase), (stems(phrase),))


@lru_cache(maxsize=4096)
def searchable(text: str) -> str:
    """The stems of an advert's own words, with the synonyms of its phrases added: what `has_all` looks in."""
    own = f" {stems(text)} "
    found = dict.fromkeys(_ANY_PHRASE.findall(own))
    added = dict.fromkeys(_as_one(other) for phrase in found for other in _SAME[phrase])
    return own + " ".join([*added, ""])


def _as_one(phrase: str) -> str:
    """A synonym of several words stays together: "computer science" makes no science teacher of one who teaches computing."""
    return phrase.replace(" ", "_")


def telling(typed: str) -> str:
    """What was typed, without the words that apply to every post: "jobs in the kitchen" is about the kitchen."""
    return " ".join(word for word in typed.split() if stems(word) not in _NOISE)


def trimmed(typed: str) -> str:
    """What was typed without such words at its ends; between others they may be part of a phrase, such as "head of faculty"."""
    words = typed.split()
    kept = [at for at, word in enumerate(words) if stems(word) not in _NOISE]
    return " ".join(words[kept[0] : kept[-1] + 1]) if kept else ""


def terms(query: str) -> tuple[Term, ...]:
    """What every advert found must have: each word, or its synonyms, that tells one post from another."""
    typed = f" {stems(query[:LONGEST_QUERY])} "
    phrases = [phrase for phrase in dict.fromkeys(_ANY_PHRASE.findall(typed)) if " " in phrase]
    for phrase in phrases:
        typed = typed.replace(f" {phrase} ", " ")
    words = [word for word in dict.fromkeys(typed.split()) if word not in _NOISE]
    in_phrases: list[Term] = [((f" {_as_one(phrase)} ",), tuple(map(_begun, phrase.split()))) for phrase in phrases]
    return (*in_phrases, *(((_begun(word),),) for word in words))


def _begun(word: str) -> str:
    """Matches the beginning of a word, with the space before it, or a whole short form."""
    return f" {word} " if word in SHORT_FORMS else f" {word}"


def has_all(text: str, wanted: tuple[Term, ...]) -> bool:
    return all(any(all(part in text for part in way) for way in term) for term in wanted)


def nearest_spelling(query: str, vocabulary: Collection[str]) -> str:
    """The query with each unknown word replaced by the word that was probably meant; empty if nothing was replaced."""
    words = query[:LONGEST_QUERY].split()
    meant = [_meant(word, vocabulary) for word in words[:MOST_CORRECTED]] + words[MOST_CORRECTED:]
    return " ".join(meant) if meant != words else ""


def _meant(word: str, vocabulary: Collection[str]) -> str:
    typed = stems(word)
    if len(typed) < SHORTEST_CORRECTED or " " in typed or any(known.startswith(typed) for known in vocabulary):
        return word
    alike = [known for known in vocabulary if abs(len(known) - len(typed)) <= 2 and known[0] == typed[0]]
    return next(iter(difflib.get_close_matches(typed, alike, n=1, cutoff=CLOSE)), word)
