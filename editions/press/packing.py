"""Puts measured adverts into columns. Pure: numbers in, places out; no input or output, and the same answer every time.

What it promises, and its tests check: no piece is lost, duplicated or out of order, no column holds more than its capacity,
a heading never stands without the beginning of an advert below it, and an advert is divided only where that costs a reader less
than the room that would otherwise stay empty. Lengths are in CSS pixels, like everything that was measured.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from .galley import Advert, Slot

MM = 96 / 25.4
EPSILON = 0.01


@dataclass(frozen=True)
class Item:
    """An advert's measured pieces: head, blocks of text, foot."""

    key: str
    authority: str
    group: str
    head: float
    body: tuple[float, ...]
    foot: float
    leads_on: frozenset[int] = frozenset()  # Places of pieces that announce the next one, so that no column ends with them
    continued: float = 0.0  # The height of the line above what is carried over
    within: frozenset[int] = frozenset()  # Places of lines that the next ones belong to, in one paragraph or item

    @property
    def pieces(self) -> tuple[float, ...]:
        return (self.head, *self.body, self.foot)

    @property
    def height(self) -> float:
        return sum(self.pieces)


def item_of(advert: Advert, continued: float) -> Item:
    """An advert as it may be divided."""
    head, *body, foot = (part.height for part in advert.parts)
    last_of = {part.piece: place for place, part in enumerate(advert.parts)}
    leads_on = frozenset(last_of[piece] for piece in advert.leads_on)
    within = frozenset(place for place, part in enumerate(advert.parts) if part.end >= 0)
    return Item(advert.reference, advert.authority, advert.group, head, tuple(body), foot, leads_on, continued, within)


@dataclass(frozen=True)
class Measures:
    """Everything else that takes room, and the rules of taste."""

    authority: dict[str, float]
    group: dict[str, float]
    column: float
    cover_column: float
    house: tuple[float, ...] = ()
    gap: float = 4.6 * MM
    below_heading: float = 2 * MM
    stretch: float = 4.5 * MM  # how much a gap may grow when a column is stretched
    begin: float = 8 * MM  # the least text below a head at the foot of a column
    rest: float = 18 * MM  # the least that is carried over: more than a foot alone
    near: float = 9 * MM  # so much may stay empty for an advert to be divided between paragraphs, not within one


@dataclass
class Column:
    capacity: float
    slots: list[Slot] = field(default_factory=list)

    @property
    def used(self) -> float:
        return sum(slot.gap + slot.height for slot in self.slots)

    @property
    def free(self) -> float:
        return self.capacity - self.used


@dataclass(frozen=True)
class Layout:
    columns: list[Column]

    @property
    def pages(self) -> int:
        return (len(self.columns) + 1) // 2

    @property
    def splits(self) -> int:
        return sum(slot.kind == "continued" for column in self.columns for slot in column.slots)

    @property
    def turns(self) -> tuple[int, int, int]:
        """How many adverts go on over a leaf, over a page that faces it, and in the next column of a page."""
        goes_on = [place for place, column in enumerate(self.columns) if column.slots[:1] and column.slots[0].kind == "continued"]
        kinds = [kind_of_turn(place) for place in goes_on]
        return kinds.count("leaf"), kinds.count("page"), kinds.count("column")

    @property
    def fill(self) -> float:
        """The share of the columns before the last page that holds adverts and the least space between them, no house adverts."""
        full = self.columns[: 2 * (self.pages - 1)] or self.columns
        used = sum(slot.gap + slot.height for column in full for slot in column.slots if slot.kind != "house")
        return used / sum(column.capacity for column in full) if full else 0.0

    def page_of(self) -> dict[str, int]:
        """The page on which each advert begins."""
        return {
            slot.key: place // 2 + 1
            for place, column in enumerate(self.columns)
            for slot in column.slots
            if slot.kind == "advert" and slot.first == 0
        }


def kind_of_turn(columns: int) -> str:
    """What lies behind so many columns: the next one of the page, the page that faces it, or the leaf that has to be turned."""
    return "column" if columns % 2 else "page" if columns % 4 == 0 else "leaf"


@dataclass(frozen=True)
class Taste:
    """How many pixels may rather stay empty than that an advert goes on in another place."""

    column: float
    page: float
    leaf: float


TASTES = (Taste(10, 60, 150), Taste(10, 60, 300))
BEARABLE = 3  # adverts of a bulletin that go on over a leaf
QUICKLY = TASTES[:1]


def pack(items: Sequence[Item], measures: Measures, tastes: Sequence[Taste] = TASTES, width: int = 12, look: int = 4) -> Layout:
    """By each taste: fewest pages win, then as few adverts that go on over a leaf as a reader bears, then the fullest columns.

    ``width``: how many ways to place the adverts so far are followed at once. ``look``: among so many adverts of a group the one
    that comes next is chosen.
    """
    tried = [_search(items, measures, taste, width, look) for taste in tastes]
    return min(tried, key=merit)


def merit(layout: Layout) -> tuple[float, ...]:
    return layout.pages, max(layout.turns[0] - BEARABLE, 0), -layout.fill


def finish_column(layout: Layout, measures: Measures) -> Layout:
    """Fill what is left: in each column a house advert where one has room, then wider gaps; on the last page as many as fit.

    None stands below an advert that goes on in the next column: it would look like its end.
    """
    recent: deque[int] = deque(maxlen=2)
    full: list[Column] = []
    for column, below in pairwise(layout.columns):
        beside = house_of(full[-1]) if len(full) % 2 else set()
        full.append(_finished(column, measures, recent, below.slots[0].kind == "continued", beside))
    rest = [Column(layout.columns[-1].capacity, list(layout.columns[-1].slots))]
    if len(layout.columns) % 2:
        rest.append(Column(rest[0].capacity))
    _share(rest, measures, house_of(full[-1]) if len(rest) == 1 else set())
    return replace(layout, columns=[*full, *(column for column in rest if column.slots or column is rest[0])])


def house_of(column: Column) -> set[str]:
    return {slot.key for slot in column.slots if slot.kind == "house"}


def _finished(column: Column, measures: Measures, recent: deque[int], goes_on: bool, beside: set[str]) -> Column:
    """With the largest house advert that fits and is not beside it, but none of the last two while there is another."""
    can_stretch = sum(slot.gap > measures.below_heading for slot in column.slots) * measures.stretch
    if goes_on or column.free <= can_stretch:
        return _feathered(column, measures)
    fits = [place for place in _by_size(measures) if measures.house[place] + measures.gap <= column.free]
    fitting = [place for place in fits if str(place) not in beside]
    chosen = next((place for place in fitting if place not in recent), fitting[0] if fitting else None)
    if chosen is None:
        return _feathered(column, measures)
    recent.append(chosen)
    house = Slot("house", str(chosen), measures.house[chosen], measures.gap)
    return _feathered(Column(column.capacity, [*column.slots, house]), measures)


def _by_size(measures: Measures) -> list[int]:
    return sorted(range(len(measures.house)), key=lambda place: -measures.house[place])


def _share(columns: list[Column], measures: Measures, beside: set[str]) -> None:
    """Each house advert once a page, in the column that has most room, until none fits."""
    for place in _by_size(measures):
        column = max(columns, key=lambda column: column.free)
        slot = Slot("house", str(place), measures.house[place], measures.gap if column.slots else 0.0)
        if slot.key not in beside and slot.gap + slot.height <= column.free:
            column.slots.append(slot)


def _feathered(column: Column, measures: Measures) -> Column:
    wide = [slot for slot in column.slots if slot.gap > measures.below_heading]
    if not wide:
        return column
    more = min(max(column.free, 0) / len(wide), measures.stretch)
    more = int(more / MM * 10) / 10 * MM  # Whole tenths of a millimetre, downwards: the stylesheet has one rule for each.
    slots = [slot._replace(gap=slot.gap + more) if slot.gap > measures.below_heading else slot for slot in column.slots]
    return Column(column.capacity, slots)


OUT_OF_ORDER = 2.0  # pixels: a later one must be worth it
AS_GOOD = 6.0  # pixels: of two ways that end so near each other, the better one is followed

Closed = tuple["Closed", "Column"] | None


def _search(items: Sequence[Item], measures: Measures, taste: Taste, width: int, look: int) -> Layout:
    """Follows the best ways to place the adverts, one group after the other; within a group a later one may come first."""
    ways = [_Packer(measures, taste)]
    for authority, of_authority in groupby(items, key=lambda item: item.authority):
        names = [("authority", authority)]
        for group, members in groupby(of_authority, key=lambda item: item.group):
            ways = _with_group(ways, [*names, ("group", group)], tuple(members), width, look)
            names = []
    best = min(ways, key=lambda way: (way.pages, way.cost))
    return Layout(best.columns)


def _with_group(
    ways: list["_Packer"], names: list[tuple[str, str]], members: tuple[Item, ...], width: int, look: int
) -> list["_Packer"]:
    live = [(way, members) for way in ways]
    for step in range(len(members)):
        found: dict[tuple[object, ...], tuple[_Packer, tuple[Item, ...]]] = {}
        for way, queue in live:
            headings = [] if step else [way.heading(*name) for name in names]
            for place in range(min(look, len(queue))):
                left = queue[:place] + queue[place + 1 :]
                for next_way in way.ways_to_put(headings, queue[place], OUT_OF_ORDER * place):
                    key = (next_way.number, round(next_way.column.used / AS_GOOD), *(item.key for item in left))
                    if key not in found or next_way.cost < found[key][0].cost:
                        found[key] = (next_way, left)
        live = sorted(found.values(), key=lambda pair: pair[0].cost)[:width]
    return [way for way, _ in live]


class _Packer:
    """One way to place the adverts so far. Columns that are full stand in a chain that many ways share."""

    def __init__(self, measures: Measures, taste: Taste):
        self.measures, self.taste = measures, taste
        self.closed: Closed = None
        self.number, self.cost = 1, 0.0
        self.column = Column(measures.cover_column)

    def copy(self) -> "_Packer":
        other = _Packer(self.measures, self.taste)
        other.closed, other.number, other.cost = self.closed, self.number, self.cost
        other.column = Column(self.column.capacity, list(self.column.slots))
        return other

    @property
    def pages(self) -> int:
        return (self.number + 1) // 2

    @property
    def columns(self) -> list[Column]:
        found, closed = [self.column], self.closed
        while closed:
            closed, column = closed
            found.append(column)
        return found[::-1]

    def heading(self, kind: str, name: str) -> Slot:
        return Slot(kind, name, (self.measures.authority if kind == "authority" else self.measures.group)[name])

    def ways_to_put(self, headings: list[Slot], item: Item, cost: float) -> Iterator["_Packer"]:
        """Whole if there is room; else divided here, or in a new column."""
        is_new = not self.column.slots
        fits = self.room(headings, item) >= item.height - EPSILON
        if fits or is_new or self.split(headings, item):
            here = self.copy()
            here.put(headings, item)
            here.cost += cost
            yield here
        if not (fits or is_new):
            below = self.copy()
            below.next_column()
            below.put(headings, item)
            below.cost += cost
            yield below

    def room(self, headings: list[Slot], item: Item) -> float:
        """What is left for the advert below its headings."""
        return self.column.free - sum(slot.gap + slot.height for slot in self.spaced(headings, item.head)) + item.head

    def spaced(self, headings: list[Slot], head: float) -> list[Slot]:
        """The headings and the head of an advert with the gaps that they would have at this place."""
        slots: list[Slot] = []
        for slot in [*headings, Slot("advert", "", head)]:
            first = not self.column.slots and not slots
            gap = 0.0 if first else self.measures.below_heading if slots else self.measures.gap
            slots.append(slot._replace(gap=gap))
        return slots

    def split(self, headings: list[Slot], item: Item) -> int:
        """How many pieces of the advert stay in this column if it is divided here; 0 if it cannot be."""
        room = self.room(headings, item)
        places, height = [], item.head
        for place, block in enumerate(item.body, 2):
            height += block
            if height > room + EPSILON:
                break
            is_good = height - item.head >= self.measures.begin and item.height - height >= self.measures.rest
            if is_good and place - 1 not in item.leads_on:
                places.append(place)
        return self.better(item, places)

    def better(self, item: Item, places: Sequence[int]) -> int:
        """The last of these places, or one between paragraphs if little more stays empty for it; 0 if there is none."""
        if not places:
            return 0
        whole = [place for place in places if place - 1 not in item.within]
        if whole and sum(item.pieces[whole[-1] : places[-1]]) <= self.measures.near:
            return whole[-1]
        return places[-1]

    def put(self, headings: list[Slot], item: Item) -> None:
        slots = self.spaced(headings, item.head)
        pieces = item.pieces
        room = self.room(headings, item)
        last = len(pieces) if room >= item.height - EPSILON else self.split(headings, item) or self.forced(item, 0, room)
        self.column.slots += slots[:-1]
        self.column.slots.append(slots[-1]._replace(key=item.key, height=sum(pieces[:last]), last=last))
        while last < len(pieces):
            last = self.carry_over(item, last)

    def forced(self, item: Item, first: int, room: float) -> int:
        """In an empty column: the place behind as many pieces as fit, at least one."""
        pieces = item.pieces
        height, last = pieces[first], first + 1
        while last < len(pieces) and height + pieces[last] <= room + EPSILON:
            height += pieces[last]
            last += 1
        if last == len(pieces) - 1 and last - first > 2:
            last -= 1  # The foot alone would be carried over; it takes a block with it.
        if last == len(pieces):
            return last
        return self.better(item, [place for place in range(first + 1, last + 1) if place - 1 not in item.leads_on]) or last

    def carry_over(self, item: Item, first: int) -> int:
        self.cost += getattr(self.taste, kind_of_turn(self.number)) + item.continued
        self.next_column()
        self.column.slots.append(Slot("continued", item.key, item.continued))
        last = self.forced(item, first, self.column.free)
        self.column.slots.append(Slot("advert", item.key, sum(item.pieces[first:last]), first=first, last=last))
        return last

    def next_column(self) -> None:
        self.cost += self.column.free
        self.closed = (self.closed, self.column)
        self.number += 1
        self.column = Column(self.measures.cover_column if self.number <= 2 else self.measures.column)
