"""The search: live adverts as plain rows, filtered, counted and sorted in Python.

Only a few hundred adverts are live at a time, so one pass over them costs less than one GROUP BY in the database does, and
both databases give the same answer.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from .facets import NAMES
from .index import Judged
from .places import Gazetteer, Point, miles_between

SORTS = ("best", "newest", "closing", "nearest", "pay")
Hours = tuple[float | None, float | None]  # from and to


@dataclass(frozen=True, slots=True)
class Row:
    """What the search needs to know of one advert."""

    pk: int
    values: Mapping[str, tuple[str, ...]]
    publish_on: date
    closes_at: datetime
    point: Point | None
    postcode: str
    hours: float | None = None  # a week
    pay: tuple[float, float] = (0, 0)  # what it pays in a year, or where that is not known in an hour


@dataclass(frozen=True)
class Criteria:
    """What a reader asks for. ``chosen`` holds the ticked values by facet; an empty set asks for nothing.

    What has nothing but ``excluded`` values of a facet is left out, and what has one beside others comes last.
    """

    words: Judged | None = None
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    miles: float | None = None
    hours: Hours | None = None
    pay: int | None = None  # at least, in a year
    sort: str = "newest"
    excluded: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass
class Found:
    """The answer."""

    rows: list[Row] = field(default_factory=list)
    miles: dict[int, float] = field(default_factory=dict)
    # Rows that fail exactly one thing asked for, by that thing: what a reader would gain by dropping it.
    only_without: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    # When nothing is found: how many adverts meet each thing asked for by itself.
    alone: Counter[str] = field(default_factory=Counter)

    @cached_property
    def counts(self) -> dict[str, Counter[str]]:
        """For each value of each facet, how many adverts would match if only that facet changed."""
        return {
            facet: Counter(value for row in (*self.rows, *self.only_without.get(facet, ())) for value in row.values[facet])
            for facet in NAMES
        }


def search(rows: Iterable[Row], criteria: Criteria, gazetteer: Gazetteer | None = None) -> Found:
    """One pass: each row is judged by everything asked for, and kept where it fails nothing or one thing only."""
    found, rows = Found(), list(rows)
    asked = {facet: values for facet, values in criteria.chosen.items() if values}
    for row in rows:
        distance = _distance(row, criteria.points, gazetteer)
        if distance is not None:
            found.miles[row.pk] = distance
        failed = _failures(row, criteria, asked, distance)
        if not failed:
            found.rows.append(row)
        elif len(failed) == 1:
            found.only_without[failed[0]].append(row)
    found.rows.sort(key=_order(criteria, found.miles))
    if not found.rows:
        found.alone = _alone(rows, criteria, asked, found.miles)
    return found


def _alone(
    rows: Iterable[Row], criteria: Criteria, asked: Mapping[str, frozenset[str]], miles: Mapping[int, float]
) -> Counter[str]:
    alone: Counter[str] = Counter()
    for row in rows:
        alone.update(facet for facet, values in asked.items() if not values.isdisjoint(row.values[facet]))
        if criteria.miles is not None and miles.get(row.pk, float("inf")) <= criteria.miles:
            alone["place"] += 1
        if criteria.hours and _has_hours(row, criteria.hours):
            alone["hours"] += 1
        if criteria.pay and row.pay[0] >= criteria.pay:
            alone["pay"] += 1
        if criteria.words and row.pk in criteria.words.scores:
            alone["words"] += 1
    return alone


def _failures(row: Row, criteria: Criteria, asked: Mapping[str, frozenset[str]], distance: float | None) -> list[str]:
    failed = [facet for facet, values in asked.items() if values.isdisjoint(row.values[facet])]
    if len(failed) < 2 and criteria.miles is not None and (distance is None or distance > criteria.miles):
        failed.append("place")
    if len(failed) < 2 and criteria.hours and not _has_hours(row, criteria.hours):
        failed.append("hours")
    if len(failed) < 2 and criteria.pay and row.pay[0] < criteria.pay:
        failed.append("pay")
    if len(failed) < 2 and ((criteria.words and row.pk not in criteria.words.scores) or _is_excluded(row, criteria)):
        failed.append("words")
    return failed


def _is_excluded(row: Row, criteria: Criteria) -> bool:
    return any(row.values[facet] and values.issuperset(row.values[facet]) for facet, values in criteria.excluded.items())


def _is_partly_excluded(row: Row, criteria: Criteria) -> bool:
    return any(not values.isdisjoint(row.values[facet]) for facet, values in criteria.excluded.items())


def _has_hours(row: Row, hours: Hours) -> bool:
    low, high = hours
    return row.hours is not None and (low is None or row.hours >= low) and (high is None or row.hours <= high)


def _distance(row: Row, points: tuple[Point, ...], gazetteer: Gazetteer | None) -> float | None:
    if not points:
        return None
    here = row.point or (gazetteer.point_of(row.postcode) if gazetteer else None)
    if here is None:
        return None
    return miles_between(points[0], here) if len(points) == 1 else min(miles_between(point, here) for point in points)


def _order(criteria: Criteria, miles: Mapping[int, float]) -> Callable[[Row], tuple[Any, ...]]:
    scores: Mapping[int, int] = criteria.words.scores if criteria.words else {}

    def newest(row: Row) -> tuple[Any, ...]:
        return -row.publish_on.toordinal(), -row.pk

    orders: dict[str, Callable[[Row], tuple[Any, ...]]] = {
        "best": lambda row: (_is_partly_excluded(row, criteria), -scores.get(row.pk, 0), miles.get(row.pk, 0), *newest(row)),
        "newest": newest,
        "closing": lambda row: (row.closes_at, row.pk),
        "nearest": lambda row: (miles.get(row.pk, float("inf")), *newest(row)),
        "pay": lambda row: (-row.pay[0], -row.pay[1], *newest(row)),
    }
    return orders[criteria.sort]
