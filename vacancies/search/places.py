"""Where a postcode or a town is, worked out from the schools' own coordinates without a map service."""

import difflib
import math
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .. import rules
from ..models import School
from .postcode_areas import AREAS, TOWNS, WORDS_TOO
from .spelling import distance, slips
from .stemming import fold, stem

EARTH_MILES = 3958.8
LONGEST_PLACE = 80
CENTRAL = "central "
SUGGESTED = 3
SHORTEST_BEGINNING = 3  # letters
CLOSE = 0.75
_OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
# Wherever it stands, with whatever is between its halves, and with the letter O for a nought.
_POSTCODE = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}) ?([0-9][A-Z0-9]?)[\s.,-]*([0-9O])([A-Z]{2})(?![A-Z0-9])")
_OUTWARD_ONLY = re.compile(rf"({_OUTWARD})(?: [0-9][A-Z]?)?")
_AREA = re.compile("[A-Z]+")
_EITHER = re.compile(r" or |/", re.IGNORECASE)
_AROUND = "a an and at for in near of the to with job post vacanc vacancy around from close by"
_NOISE = frozenset(_AROUND.split())


Point = tuple[float, float]


def miles_between(one: Point, other: Point) -> float:
    """Along the great circle, which is what "as the crow flies" means."""
    (lat_1, lon_1), (lat_2, lon_2) = (map(math.radians, point) for point in (one, other))
    half = math.sin((lat_2 - lat_1) / 2) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_MILES * math.asin(math.sqrt(half))


def postcode_parts(text: str) -> tuple[str, str]:
    """The whole postcode (or nothing) and its outward half, however much was typed; two empty strings for any other text."""
    typed = " ".join(text.upper().split())
    whole = _POSTCODE.search(typed)
    if whole:
        letters, number, digit, unit = whole.groups()
        outward = letters + number
        return outward + digit.replace("O", "0") + unit, outward
    begun = _OUTWARD_ONLY.fullmatch(" ".join(word for word in typed.split() if word.lower() not in _NOISE).strip(" .,;()"))
    return ("", begun[1]) if begun else ("", "")


def key_of(name: str) -> str:
    """Treats ``Bath & North East Somerset`` and ``in Bath and North East Somerset`` alike."""
    return " ".join(word for word in fold(name).split() if stem(word) not in _NOISE)


def is_elsewhere(name: str, is_said: bool = True) -> bool:
    """Whether this is a large town or a county, though no school here is in it; ``is_said`` after "in" or "near"."""
    key = key_of(name)
    return key in TOWNS and (is_said or key not in WORDS_TOO)


@dataclass(frozen=True)
class Place:
    """``others`` are the middles of the alternatives to it, as in "Bath or Frome"."""

    name: str
    point: Point
    others: tuple[Point, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        return (self.point, *self.others)


@dataclass
class Gazetteer:
    """Places by name, each the midpoint of its schools."""

    postcodes: dict[str, list[Point]] = field(default_factory=lambda: defaultdict(list))
    outwards: dict[str, list[Point]] = field(default_factory=lambda: defaultdict(list))
    towns: dict[str, list[Point]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, str] = field(default_factory=dict)
    authorities: dict[str, list[Point]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, schools: Iterable[tuple[str, str, str, float, float]]) -> "Gazetteer":
        """Of each school's postcode, town, authority and coordinates."""
        gazetteer = cls()
        for postcode, town, authority, latitude, longitude in schools:
            whole, outward = postcode_parts(postcode)
            for index, key in ((gazetteer.postcodes, whole), (gazetteer.outwards, outward), (gazetteer.towns, key_of(town))):
                if key:
                    index[key].append((latitude, longitude))
            gazetteer.names.setdefault(key_of(town), town)
            gazetteer.authorities[authority].append((latitude, longitude))
        return gazetteer

    def find(self, text: str) -> Place | None:
        """A postcode, its outward half, or a town; a postcode without a school of its own stands at its outward half."""
        text = text[:LONGEST_PLACE]
        if _EITHER.search(text):
            return self._either(text)
        whole, outward = postcode_parts(text)
        if outward:
            points = self.postcodes.get(whole) or self.outwards.get(outward)
            return Place(f"{whole[:-3]} {whole[-3:]}" if whole else outward, middle(points)) if points else None
        area = text.strip().upper()
        if self.has_area(area):
            return Place(area, AREAS[area])
        key = self._town(text)
        return Place(self.names[key], middle(self.towns[key])) if key else self._centre(text)

    def has_area(self, letters: str) -> bool:
        """Whether schools here have postcodes that begin with these letters alone, as BS1 does with BS."""
        return letters in AREAS and any(_AREA.findall(outward)[0] == letters for outward in self.outwards)

    def _either(self, text: str) -> Place | None:
        """Several places, if all of them are known; a city stands for its middle."""
        found = [self.find(one) or self._centre(f"{CENTRAL}{one}") for one in _EITHER.split(text)]
        places = [place for place in found if place]
        if not places or len(places) < len(found):
            return None
        name = " or ".join(place.name.removeprefix(CENTRAL) for place in places)
        return Place(name, places[0].point, tuple(place.point for place in places[1:]))

    def _town(self, text: str) -> str:
        """The key of a town, with or without its county or authority behind it."""
        key = key_of(text)
        words = key.split()
        shorter = (" ".join(words[:end]) for end in range(len(words) - 1, 0, -1) if self.is_authority(" ".join(words[end:])))
        return next((known for known in (key, key_of(text.partition(",")[0]), *shorter) if known in self.names), "")

    def _centre(self, text: str) -> Place | None:
        """``central Bristol``: the middle of an authority that is otherwise a filter."""
        key = key_of(text)
        points = self.authorities.get(self._slug(key.removeprefix(CENTRAL))) if key.startswith(CENTRAL) else None
        return Place(" ".join(text.split()), middle(points)) if points else None

    def is_authority(self, key: str) -> bool:
        return bool(self._slug(key))

    def _slug(self, key: str) -> str:
        return next((slug for slug in self.authorities if key_of(slug.replace("-", " ")) == key), "")

    def is_city(self, authority: str) -> bool:
        """Whether an authority is so small that its name means a place to readers: half its schools are near its middle."""
        points = self.authorities.get(authority)
        if not points:
            return False
        centre = middle(points)
        return statistics.median(miles_between(centre, point) for point in points) <= rules.CITY_MILES

    def point_of(self, postcode: str) -> Point | None:
        """Where a school without coordinates is, as nearly as its postcode shows."""
        outward = postcode_parts(postcode)[1]
        points = self.outwards.get(outward)
        return middle(points) if points else None

    def nearest_authority(self, text: str) -> str:
        """For a postcode that no school here shares, or a large town elsewhere: the authority with the nearest school."""
        outward = postcode_parts(text[:LONGEST_PLACE])[1]
        here = AREAS.get(_AREA.findall(outward)[0]) if outward else TOWNS.get(key_of(text[:LONGEST_PLACE]))
        if not here or not self.authorities:
            return ""
        distances = {slug: min(miles_between(here, point) for point in points) for slug, points in self.authorities.items()}
        return min(distances, key=lambda slug: (distances[slug], slug))

    def respelt(self, text: str) -> str:
        """The one town that was nearly typed; empty where several are as near, or what was typed is a town elsewhere."""
        typed = fold(text[:LONGEST_PLACE])
        if is_elsewhere(text) or any(map(str.isdigit, typed)):
            return ""
        most = slips(typed.replace(" ", ""))
        near = sorted((distance(typed, key, most), key) for key in self.names if key and abs(len(key) - len(typed)) <= most)
        best = [key for away, key in near if away <= most and away == near[0][0]]
        return self.names[best[0]] if len(best) == 1 else ""

    def suggestions(self, text: str) -> list[str]:
        """Towns whose names begin with what was typed, or nearly do."""
        typed, keys = key_of(text[:LONGEST_PLACE]), [key for key in self.names if key]
        begun = sorted(key for key in keys if len(typed) >= SHORTEST_BEGINNING and key.startswith(f"{typed} "))
        close = difflib.get_close_matches(typed, keys, n=SUGGESTED, cutoff=CLOSE)
        return [self.names[key] for key in dict.fromkeys([*begun, *close])][:SUGGESTED]


def middle(points: list[Point]) -> Point:
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)


def gazetteer() -> Gazetteer:
    """Every place that a school of ours is in, in one query."""
    rows = School.objects.open().order_by().values_list("postcode", "town", "authority__slug", "latitude", "longitude")
    located = rows.filter(latitude__isnull=False)
    return Gazetteer.of(
        (postcode, town, authority, latitude, longitude)
        for postcode, town, authority, latitude, longitude in located
        if latitude is not None and longitude is not None
    )
