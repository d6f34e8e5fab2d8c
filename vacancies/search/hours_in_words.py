"""Hours a week among other words: about so many, from so many to so many, or no more than so many."""

import re
from typing import NamedTuple

from .. import rules
from .filtering import Hours

_NUMBER = r"(\d{1,2}(?:\.\d{1,2})?)"
_UNIT = r"\s*(?:hours?|hrs?)\b(?:\s*(?:a|per|each|every|/)\s*(?:week|wk)|\s*(?:weekly|pw|p/w))?"
_BETWEEN = re.compile(rf"\b(?:between\s+)?{_NUMBER}\s*(?:-|–|to|and)\s*{_NUMBER}{_UNIT}", re.IGNORECASE)
_AT_MOST = re.compile(
    rf"\b(?:under|up to|less than|fewer than|no more than|at most|max(?:imum)?|below)\s+{_NUMBER}{_UNIT}", re.IGNORECASE
)
_AT_LEAST = re.compile(
    rf"\b(?:over|at least|more than|min(?:imum)?|from|above)\s+{_NUMBER}{_UNIT}|\b{_NUMBER}\s?\+{_UNIT}", re.IGNORECASE
)
_ABOUT = re.compile(rf"\b(?:about|around|approx(?:imately)?\.?|roughly)?\s*\b{_NUMBER}{_UNIT}", re.IGNORECASE)


_A_DAY = re.compile(rf"\b{_NUMBER}\s*(?:hours?|hrs?)\s*(?:a|per|each|every|/)\s*day\b", re.IGNORECASE)
DAYS = 5  # of a school's week


class SpokenHours(NamedTuple):
    rest: str
    typed: str
    hours: Hours


def hours_among(typed: str) -> SpokenHours | None:
    """What was typed without its hours, and the hours that it asks for; a number alone means that or nearly that."""
    typed = _A_DAY.sub(lambda said: f"{float(said[1]) * DAYS:g} hours", typed)
    for pattern in (_BETWEEN, _AT_MOST, _AT_LEAST, _ABOUT):
        said = pattern.search(typed)
        if said:
            rest = " ".join((typed[: said.start()] + " " + typed[said.end() :]).split())
            return SpokenHours(rest, said[0].strip(), _meant(pattern, [float(number) for number in said.groups() if number]))
    return None


def _meant(pattern: re.Pattern[str], numbers: list[float]) -> Hours:
    if pattern is _BETWEEN:
        return min(numbers), max(numbers)
    if pattern is _AT_MOST:
        return None, numbers[0]
    if pattern is _AT_LEAST:
        return numbers[0], None
    return numbers[0] - rules.NEARLY_HOURS, numbers[0] + rules.NEARLY_HOURS


def hours_label(hours: Hours) -> str:
    low, high = hours
    if low is None:
        return f"Up to {high:g} hours a week"
    return f"{low:g} to {high:g} hours a week" if high is not None else f"{low:g} hours a week or more"
