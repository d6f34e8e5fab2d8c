"""The heads and feet of printed pages, which stand around an advert on each of them."""

import re

from .days import MONTH
from .labels import label_before
from .names import is_school, school_in
from .page_numbers import has_page_number, is_page_number

_ISSUED = rf"(?:(?:{MONTH}|spring|summer|autumn)(?: term)?\s+20\d\d|20\d\d\s?[/–-]\s?(?:20)?\d\d|20\d\d)"
_NUMBER_BEHIND = re.compile(r"^(?P<rest>.{6,110}?)[\s|•·–-]+\d{1,2}$")
_NUMBER_BEFORE = re.compile(r"^\d{1,2}\s*[|•·–-]+\s*(?P<rest>.{6,110})$")
_ISSUED_BEHIND = re.compile(rf"^(?P<rest>.{{6,90}}?)[\s|•·–,-]+{_ISSUED}$", re.IGNORECASE)
_ISSUED_BEFORE = re.compile(rf"^{_ISSUED}[\s|•·–,-]+(?P<rest>.{{6,90}})$", re.IGNORECASE)
_PIECES = re.compile(r"\s*[|•·]\s*|\s+[–-]\s+|,\s+")
_EDGE = 2  # lines from the beginning and from the end


def running(texts: list[str]) -> frozenset[int]:
    """The numbers of the heads and feet. They say nothing but what stands elsewhere, a page, and when the page was made."""
    squeezed = [_squeezed(text) for text in texts]
    return frozenset(number for number in range(len(texts)) if _is_running(number, texts, squeezed))


def _is_running(number: int, texts: list[str], squeezed: list[str]) -> bool:
    text = texts[number]
    if has_page_number(text) and not label_before(text)[0]:
        return True
    if squeezed.count(squeezed[number]) > 1 and any(map(is_page_number, [*texts[:number][-1:], *texts[number + 1 :][:1]])):
        return not is_page_number(text)
    others = [one for place, one in enumerate(squeezed) if place != number]
    if numbered := _NUMBER_BEHIND.match(text) or _NUMBER_BEFORE.match(text):
        return _says_nothing_new(numbered["rest"], others)
    is_at_edge = number < _EDGE or number >= len(texts) - _EDGE
    if is_at_edge and (issued := _ISSUED_BEHIND.match(text) or _ISSUED_BEFORE.match(text)):
        is_numbered_elsewhere = any(re.fullmatch(rf"{_squeezed(issued['rest'])}\d{{1,2}}", other) for other in others)
        return is_numbered_elsewhere or (is_school(issued["rest"]) and _says_nothing_new(issued["rest"], others))
    return (
        squeezed[number] in squeezed[:number] and len(_pieces(text)) > 1 and bool(school_in(text)) and not label_before(text)[0]
    )


def _says_nothing_new(words: str, others: list[str]) -> bool:
    """``Oak School – Site Manager 2026/27``: the school, and whatever else stands in other lines."""
    pieces = _pieces(re.sub(rf"[\s,]*{_ISSUED}", "", words, flags=re.IGNORECASE))
    return any(map(is_school, pieces)) and all(any(_squeezed(piece) in other for other in others) for piece in pieces)


def _pieces(words: str) -> list[str]:
    return [piece for piece in _PIECES.split(words) if _squeezed(piece)]


def _squeezed(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).lower()
