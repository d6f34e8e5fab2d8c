"""Where the bars and lines of a chart go: plain geometry, which the templates draw as SVG. Colours come from desk.css.

The drawing is 420 by 210 units, so that its words are still readable when it is 340 pixels wide on a phone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, log10

from django.utils.dateformat import format as format_date

WIDTH, HEIGHT = 420, 210
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 10, 26
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
FLOOR = TOP + PLOT_HEIGHT
STEPS = 4
# Names of months closer than this would run into each other.
LABEL_WIDTH = 44


@dataclass(frozen=True)
class Bar:
    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """A line of the grid or a name under the chart, with where it stands."""

    at: float
    label: str


@dataclass(frozen=True)
class Chart:
    grid: list[Mark]
    names: list[Mark]
    bars: list[Bar]
    line: str = ""
    area: str = ""
    end: tuple[float, float] | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = FLOOR


def stacked(days: Sequence[date], series: Mapping[str, Sequence[int]]) -> Chart:
    """A bar for each day, its series stacked in the order given."""
    top = ceiling(max(map(sum, zip(*series.values(), strict=True))))
    slot = PLOT_WIDTH / len(days)
    width = round(min(slot * 0.72, 24), 2)
    bars = []
    for place in range(len(days)):
        x, base = _middle(place, slot) - width / 2, 0.0
        for kind, values in series.items():
            height = values[place] * PLOT_HEIGHT / top
            base += height
            if values[place]:
                bars.append(Bar(kind, round(x, 2), round(FLOOR - base, 2), width, round(height, 2)))
    return Chart(_grid(0, top), _names(days, slot), bars)


def line(days: Sequence[date], values: Sequence[int]) -> Chart:
    """One line, on an axis that begins at nought: a list of 2,300 that grows by 20 should look as it is."""
    top = ceiling(max(values))
    slot = PLOT_WIDTH / len(days)
    points = [(round(_middle(place, slot), 2), round(FLOOR - value * PLOT_HEIGHT / top, 2)) for place, value in enumerate(values)]
    drawn = " ".join(f"{x},{y}" for x, y in points)
    area = f"{points[0][0]},{FLOOR} {drawn} {points[-1][0]},{FLOOR}"
    return Chart(_grid(0, top), _names(days, slot), [], drawn, area, points[-1])


def ceiling(highest: int) -> int:
    """The round number at which the axis ends: 1, 2, 4, 6, 8 or 10 times a power of ten, and divisible by the steps."""
    if highest <= STEPS:
        return STEPS
    power = 10 ** int(log10(highest))
    for factor in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10):
        end = factor * power
        if end >= highest and end % STEPS == 0:
            return int(end)
    return ceil(highest / STEPS) * STEPS


def _grid(low: int, high: int) -> list[Mark]:
    values = [low + (high - low) * step // STEPS for step in range(STEPS + 1)]
    return [Mark(round(FLOOR - (value - low) * PLOT_HEIGHT / (high - low), 2), f"{value:,}") for value in values]


def _names(days: Sequence[date], slot: float) -> list[Mark]:
    """The first day of each month that has one carries its name, if there is room."""
    firsts = [0, *(place for place, (before, day) in enumerate(pairwise(days), start=1) if before.month != day.month)]
    names: list[Mark] = []
    for place in firsts:
        at = _middle(place, slot)
        if (not names or at - names[-1].at >= LABEL_WIDTH) and at < WIDTH - RIGHT - LABEL_WIDTH / 3:
            names.append(Mark(round(at, 2), format_date(days[place], "M")))
    return names


def _middle(place: int, slot: float) -> float:
    return LEFT + slot * (place + 0.5)
