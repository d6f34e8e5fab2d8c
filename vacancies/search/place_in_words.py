"""A place typed among other words, as in "maths teacher near BA14, 5 miles" or "TA trowbridge"."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from .. import rules
from .directory import CENTRE, COMPASS
from .places import Gazetteer, is_elsewhere, key_of, postcode_parts
from .words import AND, EITHER, NOT, is_noise, is_quoted

_MILES = re.compile(r"\b(?:within )?(\d{1,2}) ?(?:miles?|mi)\b(?: (?:of|from|around)\b)?", re.IGNORECASE)
_POSTS = frozenset(["job", "jobs", "post", "posts", "vacancy", "vacancies", "work"])
# After a town elsewhere these make a name of it too.
_OF_A_STREET = frozenset(["road", "street", "lane", "park", "house", "hill"])
_LEADING = frozenset(["near", "in", "around", "at", "of", "from", "close", "to", "nearby", "by"])
_WHOLE_OR_BEGUN = 2  # tokens of a postcode with a space in it
_LONGEST_TOWN = 5  # words
# The beginnings of postcodes that are no word or short form of anything: TA and DT are.
_AREAS = frozenset(["bs", "bh", "gl", "sn", "tq"])
# What follows a town in the name of a school: "Ferndown Primary" is no primary school in Ferndown.
_OF_A_NAME = frozenset(["school", "academy", "college", "infant", "infants", "junior", "juniors", "church", "catholic", "c"])


class Spoken(NamedTuple):
    """``words`` are those that are not about the place."""

    words: list[str]
    place: str


def distance_in(typed: str) -> tuple[str, int | None]:
    """What was typed without its "within 5 miles of", and the radius that it asks for."""
    said = _MILES.search(typed)
    return (_MILES.sub(" ", typed), _radius(int(said[1]))) if said else (typed, None)


def place_among(words: Sequence[str], gazetteer: Gazetteer, held: Collection[int] = ()) -> Spoken | None:
    """The place that the words name: a postcode or its letters, or a town, here or elsewhere, wherever it stands."""
    here = _postcode(words, gazetteer) or _towns(words, gazetteer, held) or _area(words, gazetteer)
    found = here or _elsewhere(words, gazetteer, held)
    if not found:
        return None
    start, end = found
    behind = start
    while behind and words[behind - 1].lower() in _LEADING | EITHER | COMPASS:
        behind -= 1
    if behind and words[behind - 1].lower() in NOT:
        return None
    place = " ".join("or" if word.lower() in AND else word for word in words[start:end])
    while end < len(words) and words[end].lower() in CENTRE:
        end += 1
    return Spoken([*words[:behind], *words[end:]], place)


def _postcode(words: Sequence[str], gazetteer: Gazetteer) -> tuple[int, int] | None:
    """Any whole postcode; of an outward half only one that has schools here, for KS2 looks like one too."""
    for length in (1, _WHOLE_OR_BEGUN):
        for start in range(len(words) - length + 1):
            if postcode_parts(" ".join(words[start : start + length]))[0]:
                return start, start + length
    for length in (_WHOLE_OR_BEGUN, 1):
        for start in range(len(words) - length + 1):
            begun = words[start].lower() not in _LEADING and postcode_parts(" ".join(words[start : start + length]))[1]
            if begun in gazetteer.outwards:
                return start, start + length
    return None


def _towns(words: Sequence[str], gazetteer: Gazetteer, held: Collection[int]) -> tuple[int, int] | None:
    """The first town, with all that are named as alternatives to it."""
    start = 0
    while start < len(words):
        end = _town(words, start, gazetteer, held) or _city_or_town(words, start, gazetteer, held)
        if end:
            while end + 1 < len(words) and words[end].lower() in EITHER | AND:
                other = _town(words, end + 1, gazetteer, held) or _city(words, end + 1, gazetteer)
                if not other:
                    break
                end = other
            return start, end
        start += 1
    return None


def _town(words: Sequence[str], start: int, gazetteer: Gazetteer, held: Collection[int]) -> int:
    """Where the longest town that begins here ends; an authority of that name is a filter (vacancies.search.directory)."""
    for end in range(min(len(words), start + _LONGEST_TOWN), start, -1):
        if not _are_free(range(start, end), words, held):
            continue
        key = key_of(" ".join(words[start:end]))
        is_whole = not is_noise(words[start]) and not is_noise(words[end - 1])
        if gazetteer.is_authority(key):
            return 0
        if key in gazetteer.names and is_whole:
            is_name = _goes_on(words, end, _OF_A_NAME)
            return 0 if is_name else end
    return 0


def _goes_on(words: Sequence[str], end: int, of_a_name: Collection[str]) -> bool:
    """Whether a name does not end where a town does; "Ferndown school jobs" are those of the schools there."""
    following = [word.lower() for word in words[end : end + 2]]
    return bool(following) and following[0] in of_a_name and not _POSTS.intersection(following[1:])


def _city_or_town(words: Sequence[str], start: int, gazetteer: Gazetteer, held: Collection[int]) -> int:
    """Where a city ends that stands before a town: "Bristol or Bath" are two places, not a filter and a place."""
    end = _city(words, start, gazetteer)
    is_either = end and end + 1 < len(words) and words[end].lower() in EITHER | AND
    return end if is_either and _town(words, end + 1, gazetteer, held) else 0


def _city(words: Sequence[str], start: int, gazetteer: Gazetteer) -> int:
    return start + 1 if gazetteer.is_authority(key_of(words[start])) else 0


def _area(words: Sequence[str], gazetteer: Gazetteer) -> tuple[int, int] | None:
    """The letters alone that postcodes here begin with."""
    return next(
        ((at, at + 1) for at, word in enumerate(words) if word.lower() in _AREAS and gazetteer.has_area(word.upper())), None
    )


def _elsewhere(words: Sequence[str], gazetteer: Gazetteer, held: Collection[int]) -> tuple[int, int] | None:
    """A large town or a county where no school here is."""
    for start in range(len(words)):
        for end in range(min(len(words), start + _LONGEST_TOWN), start, -1):
            place = " ".join(words[start:end])
            is_said = start > 0 and words[start - 1].lower() in _LEADING
            is_free = _are_free(range(start, end), words, held) and not is_noise(words[start]) and not is_noise(words[end - 1])
            is_name = _goes_on(words, end, _OF_A_NAME | _OF_A_STREET)
            if is_free and not is_name and is_elsewhere(place, is_said) and not gazetteer.is_authority(key_of(place)):
                return start, end
    return None


def _are_free(places: range, words: Sequence[str], held: Collection[int]) -> bool:
    return not any(at in held or is_quoted(words[at]) or words[at] in EITHER for at in places)


def _radius(miles: int) -> int:
    return next((radius for radius in rules.RADII if radius >= miles), rules.RADII[-1])
