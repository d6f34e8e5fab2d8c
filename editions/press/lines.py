"""Where a piece of text may be divided: at the ends of its lines as they were set, never in a word.

A place in a piece is told by the number of signs before it, spaces not counted: the same whether the text is read from the
boxes of the typesetter or from the markup. Lines are broken one after the other, so that what stands before a line's end is
set as before, and what begins with the next line is set as it was.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from itertools import pairwise
from typing import Any

from .galley import Part, Sized

SPACES = " \t\n\r\f"
FEWEST = 2  # lines of a piece on either side
FAR = 12  # lines: where no line ends with a word for so long, one is divided that ends within
TOKEN = re.compile(r"<[^>]*>|[^<]+")
NAME = re.compile(r"</?(\w+)")
CUT = re.compile(r'<\w+ class="block (?!apply)')  # How to apply stays together: the name in it may have to go.
CLASS = re.compile(r' class="([^"]*)"')


def divided(pieces: Sequence[Sized]) -> list[Part]:
    """Everything between two of which a column may end."""
    parts = []
    for place, piece in enumerate(pieces):
        for (start, above), (end, below) in pairwise([(0, 0.0), *piece.ends, (-1, piece.height)]):
            parts.append(Part(place, start, end, round(below - above, 3)))
    return parts


def lines_of(box: Any) -> Iterator[Any]:
    """The boxes of lines in the order of the text."""
    waiting = [box]
    while waiting:
        at = waiting.pop()
        if type(at).__name__ == "LineBox":
            yield at
        elif "::" not in (at.element_tag or ""):
            waiting += reversed(getattr(at, "children", ()))


def text_of(line: Any) -> str:
    """What of the advert stands in a line, without bullets and numbers."""
    waiting, texts = [line], []
    while waiting:
        at = waiting.pop()
        if "::" not in (at.element_tag or ""):
            texts.append(getattr(at, "text", ""))
            waiting += reversed(getattr(at, "children", ()))
    return "".join(texts)


def ends(box: Any, html: str) -> list[tuple[int, float]]:
    """The places where the piece may be divided, each with the height above it."""
    lines = list(lines_of(box)) if CUT.match(html) else []
    if len(lines) < 2 * FEWEST:
        return []
    text = plain(html)
    solid = "".join(text.split())
    begins = starts_of_words(text)
    found: list[tuple[int, float]] = []
    place, since = 0, 0
    for number, line in enumerate(lines[:-FEWEST], 1):
        place = after(solid, place, text_of(line))
        since += 1
        if number >= FEWEST and (place in begins or since >= FAR):
            found.append((place, round(lines[number].position_y - box.position_y, 3)))
            since = 0
    return found


def plain(html: str) -> str:
    """The words of a piece. What the typesetter breaks at, it drops: a space that breaks no line stays a sign."""
    tokens = TOKEN.findall(html)
    return "".join(unescape(token) if not token.startswith("<") else " " if name_of(token) == "br" else "" for token in tokens)


def starts_of_words(text: str) -> set[int]:
    """The places, in signs, at which a word begins."""
    found, count, was_space = set(), 0, True
    for sign in text:
        if sign in SPACES:
            was_space = True
            continue
        if was_space:
            found.add(count)
        was_space, count = False, count + 1
    return found


def after(solid: str, place: int, line: str) -> int:
    """The place behind a line; the hyphen at which a word was divided is no sign of the text."""
    shown = "".join(sign for sign in line if sign not in SPACES)
    end = place + len(shown)
    if shown.endswith("-") and solid[end - 1 : end] != "-":
        return end - 1
    return end


def between(html: str, start: int, end: int) -> str:
    """The piece from one place to another, within the same tags; one that begins within it is marked ``on``."""
    out: list[str] = []
    around: list[str] = []  # tags
    count, begun = 0, start == 0
    for token in TOKEN.findall(html):
        if token.startswith("<"):
            out += [token] if begun else []
            follow(around, token)
            continue
        shown, count = within(unescape(token), count, start, end)
        if shown.strip(SPACES) and not begun:
            out += map(marked_on, around)
            shown, begun = shown.lstrip(SPACES), True
        out += [escape(shown, quote=False)] if begun else []
        if 0 <= end <= count:
            return finished(out, around)
    return "".join(out)


def finished(out: list[str], around: list[str]) -> str:
    while out and name_of(out[-1]) == "br":
        out.pop()
    return "".join(out) + "".join(f"</{name_of(tag)}>" for tag in reversed(around))


def within(text: str, count: int, start: int, end: int) -> tuple[str, int]:
    """What of a text that begins at ``count`` lies between two places, and the place behind the text."""
    shown: list[str] = []
    for sign in text:
        if count >= start and (end < 0 or count < end):
            shown.append(sign)
        count += sign not in SPACES
    return "".join(shown), count


def follow(open_tags: list[str], token: str) -> None:
    name = name_of(token)
    if token.startswith("</"):
        open_tags.pop()
    elif name not in {"br", "img"}:
        open_tags.append(token)


def name_of(token: str) -> str:
    match = NAME.match(token)
    return match[1] if match else ""


def marked_on(tag: str) -> str:
    """Of the tags around what goes on: neither the room above a block nor the bullet of an item comes again."""
    name = name_of(tag)
    if name not in {"p", "h5", "ul", "ol", "li"}:
        return tag
    names = CLASS.search(tag)
    if names is None:
        return f'<{name} class="on">'
    return tag if "on" in names[1].split() else CLASS.sub(rf' class="{names[1]} on"', tag)
