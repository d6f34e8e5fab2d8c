"""How words are made comparable: without accents, signs, dots between initials and endings, and numbers in one spelling."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_english = snowballstemmer.stemmer("english")
# What the stemmer would throw together though nobody who looks for a post means the same by them.
APART = frozenset(["physics", "business", "officer", "mps", "ups"])
_DROPPED = dict.fromkeys(map(ord, "'’‘`´ʼ\u02b9"))
_BREAKS = re.compile(r"[^a-z0-9]+")

_INITIALS = re.compile(r"\b([A-Za-z])[.&/]\s?(?=[A-Za-z]\b)|\b([A-Za-z]) & (?=[A-Za-z]\b)")  # P.E., D&T, D & T
_ONE_TO_ONE = re.compile(r"\b(?:1|one)\s*(?::|-|–|\bto\b)+[\s-]*(?:1|one)\b", re.IGNORECASE)
_NAMES = "one two three four five six seven eight nine ten eleven twelve thirteen"
_NUMBERS = {name: number for number, name in enumerate(_NAMES.split(), 1)}
_NUMBER = rf"(?:1[0-3]|[1-9]|{'|'.join(_NUMBERS)})"
_LINK = r"\s*(?:,|/|&|-|–|\band\b|\bor\b|\bto\b)\s*"
_YEAR, _STAGE = r"(?:years?|yrs?|y)\b\.?\s*", r"(?:key[\s-]*stages?|ks)\s*"
_YEARS = re.compile(
    rf"\b(?:years?\s+groups?|years?|yrs?|y)\.?\s*({_NUMBER}\b(?:{_LINK}(?:{_YEAR}|y)?{_NUMBER}\b)*)", re.IGNORECASE
)
_OF_STAGE = "(?:[1-5]|one|two|three|four|five)"
_STAGES = re.compile(rf"\b(?:{_STAGE})({_OF_STAGE}\b(?:{_LINK}(?:{_STAGE})?{_OF_STAGE}\b)*)", re.IGNORECASE)
_ANY_NUMBER = re.compile(rf"(?:1[0-3]|[1-9])|\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_RANGE = re.compile(r"-|–|\bto\b", re.IGNORECASE)
_POINTS = re.compile(r"\b([LMU])(\d{1,2})\s*[-–]\s*(\d{1,2})\b", re.IGNORECASE)  # of a pay scale: L5-9 is L5-L9
# Written in one word or in two, with a full stop or without.
_SPELT = (
    (re.compile(r"\bhead[\s-]+teacher", re.IGNORECASE), "headteacher"),
    (re.compile(r"\bmid[\s-]+day\b", re.IGNORECASE), "midday"),
    (re.compile(r"\blunch[\s-]+time\b", re.IGNORECASE), "lunchtime"),
    (re.compile(r"\bco-ordinat", re.IGNORECASE), "coordinat"),
    (re.compile(r"\bcare[\s-]+taker", re.IGNORECASE), "caretaker"),
    (re.compile(r"\b6th\b", re.IGNORECASE), "sixth"),
    (re.compile(r"\basst\b\.?", re.IGNORECASE), "assistant"),
    (re.compile(r"\b(?:[1-4]|one|two|three|four) days? (?:a|per) week\b", re.IGNORECASE), "part time"),
    (re.compile(r"(?<![£\d.])0\.[1-9]\d?\b(?:\s*fte\b)?(?!\s*(?:mile|%))", re.IGNORECASE), "part time"),
    (re.compile(r"\bsaint\b", re.IGNORECASE), "st"),
    (re.compile(r"\bc(?:hurch)? ?of ?e(?:ngland)?\b|\bc\.? ?of ?e\.?(?= |$)", re.IGNORECASE), "church of england"),
    (re.compile(r"&"), " and "),
)


def fold(text: str) -> str:
    """``St. Aldwyn's`` and ``st aldwyns`` alike: small letters and digits, single spaces, no accents, no apostrophes."""
    plain = unicodedata.normalize("NFKD", text.translate(_DROPPED)).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _BREAKS.sub(" ", bare).strip()


def plain(text: str) -> str:
    """Words as they are compared before they lose their endings: ``P.E.`` is pe, ``Years 5/6`` year year5 year6, ``1:1`` 1to1."""
    text = _INITIALS.sub(lambda found: found[1] or found[2], text)
    text = _ONE_TO_ONE.sub("1to1", text)
    text = _POINTS.sub(r"\1\2 \1\3", text)
    text = _STAGES.sub(lambda found: _each("ks", found[1]), text)
    text = _YEARS.sub(lambda found: f"year {_each('year', found[1])}", text)
    for pattern, spelling in _SPELT:
        text = pattern.sub(spelling, text)
    return fold(text)


def _each(name: str, numbers: str) -> str:
    """``5 and 6`` as each of them, and ``3 to 6`` as all from one to the other."""
    found = [_NUMBERS.get(number.lower()) or int(number) for number in _ANY_NUMBER.findall(numbers)]
    if len(found) == 2 and _RANGE.search(numbers):
        found = list(range(found[0], found[1] + 1)) or found
    return " ".join(f"{name}{number}" for number in dict.fromkeys(found))


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A folded word without its ending, so that "supervisors" finds a supervisor and "secretary" secretaries."""
    if word.removesuffix("s") in APART or word in APART or word.isdigit():
        return word if word in APART else word.removesuffix("s")
    return str(_english.stemWord(word))


@lru_cache(maxsize=8192)
def stems(text: str) -> str:
    return " ".join(map(stem, plain(text).split()))
