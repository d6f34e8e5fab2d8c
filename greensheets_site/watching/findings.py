"""What a check finds: good, worth a look, or bad, in a sentence and in numbers. None of it names anybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """``advice`` is what to do; ``numbers`` are for graphs: each becomes a metric, named for its unit."""

    state: State
    sentence: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    advice: str = ""


def good(sentence: str, **numbers: float) -> Finding:
    return Finding(State.GOOD, sentence, numbers=numbers)


def worth_a_look(sentence: str, **numbers: float) -> Finding:
    return Finding(State.LOOK, sentence, numbers=numbers)


def bad(sentence: str, **numbers: float) -> Finding:
    return Finding(State.BAD, sentence, numbers=numbers)


def span(length: timedelta) -> str:
    """``40 s``, ``12 min``, ``5 h``, ``14 days``: how long something has lasted."""
    seconds = int(abs(length.total_seconds()))
    for size, unit in ((2 * 86_400, "days"), (2 * 3_600, "h"), (120, "min")):
        if seconds >= size:
            return f"{seconds // {'days': 86_400, 'h': 3_600, 'min': 60}[unit]} {unit}"
    return f"{seconds} s"
