"""A place typed among other words, as in "maths teacher near BA14, 5 miles" or "TA trowbridge"."""

import re
from typing import NamedTuple

from .. import rules
from .places import Gazetteer, key_of, postcode_parts

_MILES = re.compile(r"\b(?:within )?(\d{1,2}) ?miles?\b(?: (?:of|from|around)\b)?", re.IGNORECASE)
_LEADING = frozenset(["near", "in", "around", "at", "of", "from", "close", "to"])
_WHOLE_OR_BEGUN = 2  # tokens of a postcode with a space in it


class Spoken(NamedTuple):
    """``words`` are those that are not about the place."""

    words: str
    place: str
    miles: int | None


def place_among(typed: str, gazetteer: Gazetteer) -> Spoken | None:
    """The place that the words name: a postcode anywhere, or a town that they end with. A lone town may be part of a name."""
    said = _MILES.search(typed)
    tokens = [token for word in _MILES.sub(" ", typed).split() if (token := word.strip(",;"))]
    found = _postcode(tokens, gazetteer) or _town(tokens, gazetteer)
    if not found:
        return None
    start, end = found
    while tokens[start].lower() in _LEADING:
        start += 1
    behind = start
    while behind and tokens[behind - 1].lower() in _LEADING:
        behind -= 1
    words, place = tokens[:behind] + tokens[end:], tokens[start:end]
    return Spoken(" ".join(words), " ".join(place), _radius(int(said[1])) if said else None)


def _postcode(tokens: list[str], gazetteer: Gazetteer) -> tuple[int, int] | None:
    """Any whole postcode; of an outward half only one that has schools here, for KS2 looks like one too."""
    for length in (_WHOLE_OR_BEGUN, 1):
        for start in range(len(tokens) - length + 1):
            whole, outward = postcode_parts(" ".join(tokens[start : start + length]))
            if whole or outward in gazetteer.outwards:
                return start, start + length
    return None


def _town(tokens: list[str], gazetteer: Gazetteer) -> tuple[int, int] | None:
    """An authority of that name is a filter of its own (vacancies.search.directory)."""
    for start in range(len(tokens)):
        key = key_of(" ".join(tokens[start:]))
        if key in gazetteer.names:
            is_meant = (start or tokens[0].lower() in _LEADING) and not gazetteer.is_authority(key)
            return (start, len(tokens)) if is_meant else None
    return None


def _radius(miles: int) -> int:
    return next((radius for radius in rules.RADII if radius >= miles), rules.RADII[-1])
