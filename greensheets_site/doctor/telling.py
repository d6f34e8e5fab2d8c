"""The findings on a terminal: aligned, wrapped, in colour where somebody is watching, and as JSON for a monitor."""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby

from ..watching.findings import State
from .findings import worst
from .table import Line, states

MARKS = {State.GOOD: "good", State.LOOK: "look", State.BAD: "BAD "}
COLOURS = {State.GOOD: "\033[32m", State.LOOK: "\033[33m", State.BAD: "\033[1;31m"}
PLAIN = "\033[0m"


def as_text(lines: list[Line], width: int, in_colour: bool) -> Iterator[str]:
    widest = max((len(line.heading) for line in lines), default=0)
    for theme, of_theme in groupby(lines, key=lambda line: line.theme):
        yield theme
        for line in of_theme:
            yield from _line(line, widest, width, in_colour)
        yield ""
    yield summary(lines)


def _line(line: Line, widest: int, width: int, in_colour: bool) -> Iterator[str]:
    state = State(line.state)
    mark = f"{COLOURS[state]}{MARKS[state]}{PLAIN}" if in_colour else MARKS[state]
    indent = " " * (widest + 10)
    room = max(width - len(indent), 30)
    first, *more = textwrap.wrap(line.says, room) or [""]
    yield f"  {mark}  {line.heading:<{widest}}  {first}"
    advice = textwrap.wrap(line.advice, room, initial_indent="> ", subsequent_indent="  ")
    yield from (indent + text for text in (*more, *advice))


def summary(lines: list[Line]) -> str:
    found = states(lines)
    counts = {state: found.count(state) for state in (State.BAD, State.LOOK)}
    if not any(counts.values()):
        return f"All {len(lines)} are good."
    words = {State.BAD: "bad", State.LOOK: "to look at"}
    said = [f"{count} {words[state]}" for state, count in counts.items() if count]
    return f"{' and '.join(said)}, of {len(lines)}."


def as_json(lines: list[Line]) -> str:
    report = {"state": worst(states(lines)), "checks": [asdict(line) for line in lines]}
    return json.dumps(report, indent=2, ensure_ascii=False)
