"""Lists that are only drawn: Word's and Outlook's paragraphs with a mark, and bullets and numbers typed by hand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from .lines import Line, Run, after, join, split, tidy

LONGEST_GAP = 3
_FEWEST_IN_A_LINE = 3

# Marks that mean a list even once, and marks that need company. Word's plain text writes o, § and Ø for its round,
# square and arrow bullets; the private-use characters are the same bullets in the Symbol and Wingdings typefaces.
_SURE = "•●▪◦‣∙·○■□▫➢➤✓✔✅►⁃◾◼❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06f"
_UNSURE = "-–—*o§Øü+"
_BULLET = re.compile(rf"\s*(?:([{_SURE}])\ufe0f?\s*|([{_UNSURE}])\s+)(?=\S)")
_NUMBER = re.compile(r"\s*(\(?)(?:(\d{1,2})|([a-z])|([ivx]{1,5}))([.)])\s+(?=\S)")
_WORD_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}\.)*(?:(\d{1,3})|([a-z])|([ivxlc]{1,7}))[.)]?\s*", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class _Mark:
    shape: str
    """Marks of one shape belong to one level of one list."""
    value: int
    """What a number counts; 0 for a bullet."""
    length: int
    is_sure: bool = False


def rebuilt(lines: list[Line]) -> list[Line]:
    """Every list as items. The order of the three steps matters: numbers that cannot be kept end as typed ones."""
    return _with_typed_lists(_with_true_numbers(_folded(_with_word_marks(lines))))


def _with_word_marks(lines: Iterable[Line]) -> Iterator[Line]:
    """Keeps the last number of each level: "i." is a letter only after "h."."""
    last: dict[int, int] = {}
    for given in lines:
        line = _with_word_mark(given, last.get(given.level, 0))
        if line.kind == "item" and not line.joined:
            last = {level: number for level, number in last.items() if level < line.level}
            last[line.level] = line.number
        yield line


def _with_word_mark(line: Line, before: int) -> Line:
    """Takes the mark that Word wrote, or that is left of it, for what it says: bullet or number."""
    if line.marker:
        number = _word_number(line.marker, before)
        line.ordered, line.number = number > 0, number
    elif line.listed:
        mark = _likely(_marks(line.text), before)
        if mark:
            return replace(
                line, kind="item", ordered=mark.value > 0, number=mark.value, runs=after(line.runs, mark.length), listed=False
            )
        line.level = 0
    elif line.kind == "item" and not line.joined and not line.number:
        mark = _likely(_marks(line.text), before)
        if mark:
            line.ordered, line.number, line.runs = mark.value > 0, mark.value, after(line.runs, mark.length)
    return line


def _word_number(marker: str, before: int) -> int:
    match = _WORD_NUMBER.fullmatch(marker)
    if not match or marker.strip() in {"o", "v"}:
        return 0
    digits, letter, roman = match.groups()
    if digits:
        return int(digits)
    values = [_letter(letter)] if letter else []
    if roman or letter.lower() in _ROMAN:
        values.append(_roman(roman or letter))
    return min(values, key=lambda value: (value != before + 1, value))


def _likely(marks: Iterable[_Mark], before: int) -> _Mark | None:
    """Of the ways to take a mark, the one that goes on after the number before it."""
    return min(marks, key=lambda mark: (mark.value != before + 1, mark.value), default=None)


def _letter(letter: str) -> int:
    return ord(letter.lower()) - ord("a") + 1


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text.lower()]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


def _folded(lines: Iterable[Line]) -> Iterator[Line]:
    """Each item with its further paragraphs as further lines of it."""
    item: Line | None = None
    parts: list[list[Run]] = []
    for line in lines:
        if item and line.joined:
            parts.append(line.runs)
            continue
        if item:
            yield replace(item, runs=join(parts))
        item, parts = (line, [line.runs]) if line.kind == "item" else (None, [])
        if item is None:
            yield line
    if item:
        yield replace(item, runs=join(parts))


def _with_true_numbers(lines: Iterable[Line]) -> list[Line]:
    """The grammar cannot start a list at 3. Short paragraphs between 2 and 3 join item 2; failing that, "3." becomes text."""
    result: list[Line] = []
    last, gap = 0, 0
    for line in lines:
        if line.kind == "item" and line.level <= 1 and line.ordered:
            if line.number > 1 and line.number == last + 1 and gap <= LONGEST_GAP:
                _close_gap(result, gap)
                last += 1
            elif line.number > 1:
                line = replace(line, kind="p", level=0, ordered=False, runs=[Run(f"{line.number}. "), *line.runs])  # noqa: PLW2901
                last = 0
            else:
                last = 1
            gap = 0
        elif line.kind == "p":
            gap += 1
        elif line.kind == "heading" or line.level <= 1 or gap:
            last = gap = 0
        result.append(line)
    return result


def _close_gap(lines: list[Line], gap: int) -> None:
    if gap:
        item = lines[-gap - 1]
        item.runs = join([item.runs, *(line.runs for line in lines[-gap:])])
        del lines[-gap:]


def _with_typed_lists(lines: list[Line]) -> list[Line]:
    result: list[Line] = []
    for (is_text, _), group in groupby(map(_broken_at_bullets, lines), key=lambda line: (line.kind == "p", line.quote)):
        together = list(group)
        result.extend(_typed(together) if is_text else together)
    return result


def _broken_at_bullets(line: Line) -> Line:
    """A running line with a bullet before each of its parts is a list; one or two may only stand between words."""
    signs = [sign for sign in _SURE if line.text.count(sign) >= _FEWEST_IN_A_LINE] if line.kind == "p" else []
    for sign in signs:
        between = re.compile(rf"\s*{re.escape(sign)}\s*")
        line = replace(line, runs=tidy(run.with_text(between.sub(f"\n{sign} ", run.text)) for run in line.runs))
    return line


def _typed(lines: list[Line]) -> Iterator[Line]:
    """Paragraphs of which some lines begin with bullets or numbers, as paragraphs and items."""
    parts = [(line, part) for line in lines for part in split(line.runs)]
    texts = ["".join(run.text for run in part) for _, part in parts]
    waiting: list[tuple[Line, list[Run]]] = []
    index = 0
    while index < len(parts):
        items = _list_at(texts, index)
        if not items:
            waiting.append(parts[index])
            index += 1
            continue
        yield from _paragraphs(waiting)
        waiting = []
        for mark, level in items:
            line, part = parts[index]
            yield replace(
                line, kind="item", level=level, ordered=mark.value > 0, number=mark.value, runs=after(part, mark.length)
            )
            index += 1
    yield from _paragraphs(waiting)


def _paragraphs(parts: list[tuple[Line, list[Run]]]) -> Iterator[Line]:
    for _, group in groupby(parts, key=lambda part: id(part[0])):
        together = list(group)
        yield replace(together[0][0], runs=join(runs for _, runs in together))


def _list_at(texts: list[str], start: int) -> list[tuple[_Mark, int]]:
    """The marks and levels of the list that begins at this line; empty if it is none: a lone dash or number is just text."""
    items: list[tuple[_Mark, int]] = []
    levels: list[_Mark] = []
    for index in range(start, len(texts)):
        mark = next((mark for mark in _marks(texts[index]) if _goes_on(levels, mark)), None)
        if mark is None:
            break
        shapes = [level.shape for level in levels]
        depth = shapes.index(mark.shape) if mark.shape in shapes else len(levels)
        levels[depth:] = [mark]
        items.append((mark, depth + 1))
    shapes = [mark.shape for mark, _ in items]
    return items if any(mark.is_sure for mark, _ in items) or len(set(shapes)) < len(shapes) else []


def _goes_on(levels: list[_Mark], mark: _Mark) -> bool:
    """Whether a mark may come next: any bullet, the number after the last of its shape, or the first of a new shape."""
    before = next((level.value for level in levels if level.shape == mark.shape), 0)
    return mark.value in {0, before + 1}


def _marks(text: str) -> Iterator[_Mark]:
    """The ways to take a line's first word as a mark; "i." can be a letter or a number."""
    bullet = _BULLET.match(text)
    if bullet:
        yield _Mark(bullet[1] or bullet[2], 0, bullet.end(), is_sure=bool(bullet[1]))
    number = _NUMBER.match(text)
    if not number:
        return
    bracket, digits, letter, roman, close = number.groups()
    if digits:
        yield _Mark(f"{bracket}1{close}", int(digits), number.end())
    if letter:
        yield _Mark(f"{bracket}a{close}", _letter(letter), number.end())
    if roman or (letter and letter in "ivx"):
        yield _Mark(f"{bracket}i{close}", _roman(roman or letter), number.end())
