"""What the press is handed: one bulletin's adverts as pieces of HTML, frozen, and the facts of its cover.

Plain data that goes to a child process as JSON, so that whatever sets type has neither the database nor a secret at hand.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

PROFILE = "print.icc"


class Sized(NamedTuple):
    """What was measured of a piece: its height, and the lines at whose ends it may be divided, as ``lines.ends`` tells them."""

    height: float
    ends: list[tuple[int, float]] = []


class Part(NamedTuple):
    """A piece, or so many of its lines that a column may end behind them: from one place in it to another; -1 for its end."""

    piece: int
    start: int = 0
    end: int = -1
    height: float = 0.0


@dataclass(frozen=True)
class Advert:
    """One advert in pieces, each of which is measured as it stands."""

    reference: str
    authority: str
    group: str
    title: str
    head: str
    body: tuple[str, ...]
    foot: str
    continued: str  # Stands above what is carried over into another column
    leads_on: tuple[int, ...] = ()  # Places of pieces that no column may end with
    parts: tuple[Part, ...] = ()  # Between two of them a column may end; known once it is measured
    contact: int = 0  # The place of the piece that names a person, if one does
    unnamed: str = ""  # What that piece says without the name
    withdrawn: bool = False  # A notice stands where it stood
    held: int = 0  # The place of a piece that is as high as it was, whatever it says now

    @property
    def pieces(self) -> tuple[str, ...]:
        return (self.head, *self.body, self.foot)

    @property
    def measured(self) -> tuple[str, ...]:
        return (*self.pieces, self.continued)


@dataclass(frozen=True)
class Cover:
    title: str
    staff_group: str
    day: str
    issue: str
    strapline: str
    next_issue: str
    deadline: str
    telephone: str
    email: str
    website: str
    note: str = ""
    revision: str = ""


class Slot(NamedTuple):
    """One thing in a column, with the space above it; of an advert, the parts from ``first`` to before ``last``."""

    kind: str  # authority, group, advert, continued, house or blank
    key: str
    height: float
    gap: float = 0.0
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Kept:
    """How a bulletin was set: the slots of each column, how much of the first page its cover took, and its stylesheet."""

    columns: tuple[tuple[Slot, ...], ...]
    cover_height: float
    sheet: str
    anew: bool = False  # Only to tell which pages differ: everything is packed again


@dataclass(frozen=True)
class Galley:
    cover: Cover
    created: str
    address: str  # Of the website, with its scheme, for QR codes
    adverts: tuple[Advert, ...] = ()
    house: tuple[str, ...] = ()
    heights: dict[str, list[Sized]] = field(default_factory=dict)
    static_root: str = ""
    for_print: bool = False
    profile: str = ""  # Name of the print shop's ICC profile beside the crests
    house_pages: tuple[str, ...] = ()  # Whole pages that make the number of pages a multiple of four
    kept: Kept | None = None  # It was set before: everything stays in its place

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


def load(path: Path) -> Galley:
    data = json.loads(path.read_text(encoding="utf-8"))
    data["cover"] = Cover(**data["cover"])
    data["adverts"] = tuple(_advert(advert) for advert in data["adverts"])
    data["heights"] = sized(data["heights"])
    data["kept"] = _kept(data["kept"]) if data["kept"] else None
    data["house"], data["house_pages"] = tuple(data["house"]), tuple(data["house_pages"])
    return Galley(**data)


def _advert(data: dict[str, Any]) -> Advert:
    parts = tuple(Part(*part) for part in data["parts"])
    return Advert(**{**data, "body": tuple(data["body"]), "leads_on": tuple(data["leads_on"]), "parts": parts})


def _kept(data: dict[str, Any]) -> Kept:
    columns = tuple(tuple(Slot(*slot) for slot in column) for column in data["columns"])
    return Kept(**{**data, "columns": columns})


def sized(heights: dict[str, list[Any]]) -> dict[str, list[Sized]]:
    """As they were before they became JSON."""
    return {key: [Sized(height, [tuple(end) for end in ends]) for height, ends in pieces] for key, pieces in heights.items()}


@dataclass(frozen=True)
class Outcome:
    """What the press made, or why it could not."""

    pages: int = 0
    page_of: dict[str, int] = field(default_factory=dict)
    held_back: dict[str, str] = field(default_factory=dict)
    heights: dict[str, list[Sized]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)  # Reference, "furniture" or "cover" to the key of its heights
    moved: str = ""  # What the cover says of pages that differ from those that were set before
    fill: float = 0.0
    turns: tuple[int, ...] = ()  # Adverts that go on over a leaf, over a page that faces it, in another column
    seconds: dict[str, float] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


def load_outcome(path: Path) -> Outcome:
    data = json.loads(path.read_text(encoding="utf-8"))
    return Outcome(**{**data, "heights": sized(data["heights"]), "turns": tuple(data["turns"])})
