"""Puts adverts that were corrected back where they stood, so that nothing else changes its page. Pure, like the packer."""

from collections.abc import Iterable, Sequence

from .galley import Slot
from .packing import EPSILON, MM, Column, Item, Layout

GAP = 4.6 * MM
TIGHT = 2.6 * MM  # Between adverts, if a line more would otherwise move all that follow


class NoRoom(Exception):
    """It does not fit where it stood."""


def refit(columns: Sequence[Column], changed: Iterable[Item]) -> Layout | None:
    """Each advert in the columns where it stood, or ``None`` if there is too little room.

    What became shorter leaves room empty. What became longer takes what its columns have to spare: what is empty, what gaps were
    stretched by, a house advert, a little of each gap.
    """
    again = [Column(column.capacity, list(column.slots)) for column in columns]
    try:
        for item in changed:
            _put_back(again, item)
        for column in again:
            _make_room(column, 0.0)
    except NoRoom:
        return None
    return Layout(again)


def _put_back(columns: list[Column], item: Item) -> None:
    first = 0
    stood = [column for column in columns if _place(column, item.key) is not None]
    if not stood:
        raise NoRoom
    for number, column in enumerate(stood, 1):
        place = _place(column, item.key) or 0
        slot, pieces = column.slots[place], item.pieces[first:]
        if slot.first and pieces:
            _grow(column, place - 1, item.continued)
        elif not pieces:
            column.slots[place - 1] = column.slots[place - 1]._replace(kind="blank")
        room = slot.height + _spare(column)
        last = first + (len(pieces) if number == len(stood) else _fitting(item, first, room))
        _grow(column, place, sum(item.pieces[first:last]))
        column.slots[place] = column.slots[place]._replace(kind="advert" if pieces else "blank", first=first, last=last)
        first = last


def _place(column: Column, key: str) -> int | None:
    return next((place for place, slot in enumerate(column.slots) if slot.kind == "advert" and slot.key == key), None)


def _fitting(item: Item, first: int, room: float) -> int:
    """How many of the pieces from ``first`` on fit, not ending with one that announces the next."""
    height, number = 0.0, 0
    for place, piece in enumerate(item.pieces[first:], first):
        height += piece
        if height > room + EPSILON:
            break
        if place not in item.leads_on:
            number = place - first + 1
    if not number:
        raise NoRoom
    return number


def _grow(column: Column, place: int, height: float) -> None:
    """A slot becomes higher if it has to; it never becomes lower, so that what stands below stays there."""
    slot = column.slots[place]
    if height > slot.height:
        _make_room(column, height - slot.height)
        column.slots[place] = column.slots[place]._replace(height=height)


def _spare(column: Column) -> float:
    stretched = sum(max(0.0, slot.gap - TIGHT) for slot in column.slots)
    return column.free + stretched + sum(slot.height for slot in column.slots if slot.kind == "house")


def _make_room(column: Column, more: float) -> None:
    """First gaps are no longer stretched, then a house advert makes way, then gaps become small."""
    for way in (_unstretched, _without_house, _tight):
        if column.free >= more - EPSILON:
            return
        column.slots = way(column.slots)
    if column.free < more - EPSILON:
        raise NoRoom


def _unstretched(slots: list[Slot]) -> list[Slot]:
    return [slot._replace(gap=min(slot.gap, GAP)) for slot in slots]


def _without_house(slots: list[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.kind != "house"]


def _tight(slots: list[Slot]) -> list[Slot]:
    return [slot._replace(gap=min(slot.gap, TIGHT)) for slot in slots]


def pages_differing(before: Sequence[Sequence[Slot]], after: Sequence[Sequence[Slot]]) -> list[int]:
    """The pages on which not the same stands as before; an advert that was corrected in its place is still the same."""
    known, found = [_pages(columns) for columns in (before, after)]
    return [
        number for number in range(1, max(len(known), len(found)) + 1) if known[number - 1 : number] != found[number - 1 : number]
    ]


def _pages(columns: Sequence[Sequence[Slot]]) -> list[list[list[tuple[str, str]]]]:
    named = [[(slot.kind, slot.key) for slot in column if slot.kind != "house"] for column in columns]
    return [named[place : place + 2] for place in range(0, len(named), 2)]


def not_as_on_paper(pages: Sequence[int]) -> str:
    """``Pages 3, 7 to 12 are not as they were printed.``"""
    if not pages:
        return ""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    told = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
    return f"Page {told} is not as it was printed." if len(pages) == 1 else f"Pages {told} are not as they were printed."
