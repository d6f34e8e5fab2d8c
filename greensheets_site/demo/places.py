"""Thirteen neighbouring authorities of the South West of England: names, DfE codes, towns and outward postcodes are facts.

Coordinates are those of the town, to about a kilometre. The counts of schools are invented but in proportion.
"""

import csv
from itertools import groupby
from typing import NamedTuple

from .data import FOLDER


class Town(NamedTuple):
    """Where it is, and how far (in degrees) its schools lie from there."""

    name: str
    outward: str
    latitude: float
    longitude: float
    spread: float


class Place(NamedTuple):
    """An authority, how many invented schools it gets, and its towns."""

    name: str
    code: str
    schools: int
    towns: tuple[Town, ...]


def _read() -> tuple[Place, ...]:
    """A line of the table is a town; its first four columns are of the authority, which keeps its towns together."""
    with (FOLDER / "places.csv").open() as file:
        lines = list(csv.DictReader(file))
    return tuple(_place(list(towns)) for _, towns in groupby(lines, key=lambda line: line["authority"]))


def _place(lines: list[dict[str, str]]) -> Place:
    first = lines[0]
    return Place(first["authority"], first["code"], int(first["schools"]), tuple(_town(line) for line in lines))


def _town(line: dict[str, str]) -> Town:
    degrees = (float(line[name]) for name in ("latitude", "longitude", "spread"))
    return Town(line["town"], line["outward"], *degrees)


PLACES = _read()
