from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensheets_site.desk import charts

MONDAYS = [date(2026, 1, 5) + timedelta(days=7 * number) for number in range(53)]


@pytest.mark.parametrize(
    ("highest", "end"),
    [(0, 4), (3, 4), (5, 8), (12, 12), (13, 16), (99, 100), (101, 120), (254, 320), (2_088, 2_400), (9_999, 10_000)],
)
def test_the_axis_ends_at_a_round_number(highest, end):
    assert charts.ceiling(highest) == end


@given(st.integers(min_value=0, max_value=10**7))
def test_the_axis_always_reaches_the_highest_value_and_has_whole_steps(highest):
    end = charts.ceiling(highest)
    assert end >= highest
    assert end % charts.STEPS == 0
    assert end <= max(charts.STEPS, 2 * highest)


def test_bars_stand_on_each_other_in_proportion():
    chart = charts.stacked(MONDAYS[:2], {"teaching": [20, 0], "support": [60, 40]})
    full = charts.PLOT_HEIGHT
    assert [(bar.kind, bar.height, bar.y) for bar in chart.bars] == [
        ("teaching", full / 4, charts.FLOOR - full / 4),
        ("support", full * 3 / 4, charts.TOP),
        ("support", full / 2, charts.FLOOR - full / 2),
    ]


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=53))
def test_no_bar_leaves_the_drawing_or_meets_its_neighbour(values):
    teaching, support = zip(*values, strict=True)
    chart = charts.stacked(MONDAYS[: len(values)], {"teaching": teaching, "support": support})
    for bar in chart.bars:
        assert bar.x >= charts.LEFT
        assert bar.x + bar.width <= charts.WIDTH - charts.RIGHT
        assert bar.y >= charts.TOP - 0.02
        assert bar.y + bar.height <= charts.FLOOR + 0.02
    places = sorted({bar.x for bar in chart.bars})
    assert all(right - left >= chart.bars[0].width for left, right in pairwise(places))


def test_a_line_begins_at_nought_and_ends_in_a_point():
    chart = charts.line(MONDAYS[:2], [0, 4])
    assert chart.line == f"136.0,{charts.FLOOR}.0 320.0,{charts.TOP}.0"
    assert chart.area == f"136.0,{charts.FLOOR} {chart.line} 320.0,{charts.FLOOR}"
    assert chart.end == (320.0, charts.TOP)


def test_the_grid_says_its_values_with_a_comma_for_thousands():
    assert [mark.label for mark in charts.line(MONDAYS[:1], [2_088]).grid] == ["0", "600", "1,200", "1,800", "2,400"]


def test_a_month_is_named_where_it_begins_and_names_keep_apart():
    names = charts.line(MONDAYS, [1] * len(MONDAYS)).names
    assert names[0].label == "Jan"
    assert all(right.at - left.at >= charts.LABEL_WIDTH for left, right in pairwise(names))
    few = charts.line(MONDAYS[:12], [1] * 12).names
    assert [mark.label for mark in few] == ["Jan", "Feb", "Mar"]


def test_a_bar_is_no_wider_than_reads_as_one_and_stands_in_the_middle_of_its_week():
    one, many = charts.stacked(MONDAYS[:1], {"teaching": [4]}), charts.stacked(MONDAYS[:40], {"teaching": [4] * 40})
    assert [(bar.x, bar.width) for bar in one.bars] == [(charts.LEFT + charts.PLOT_WIDTH / 2 - 12, 24)]
    assert {bar.width for bar in many.bars} == {round(charts.PLOT_WIDTH / 40 * 0.72, 2)}


def test_a_week_without_adverts_has_no_bar_and_a_chart_of_such_weeks_still_has_its_grid():
    chart = charts.stacked(MONDAYS[:3], {"teaching": [0, 0, 0], "support": [0, 0, 0]})
    assert (chart.bars, [mark.label for mark in chart.grid]) == ([], ["0", "1", "2", "3", "4"])


def test_the_grid_rises_from_the_floor_to_the_top_in_equal_steps():
    marks = charts.line(MONDAYS[:1], [100]).grid
    step = charts.PLOT_HEIGHT / charts.STEPS
    assert [(mark.at, mark.label) for mark in marks] == [
        (round(charts.FLOOR - number * step, 2), str(number * 25)) for number in range(5)
    ]
    assert marks[-1].at == charts.TOP


def test_no_name_of_a_month_runs_out_of_the_drawing():
    """The last of these Mondays begins a month at the very edge."""
    days = [date(2026, 1, 5) + timedelta(days=7 * number) for number in range(44)]
    names = charts.line(days, [1] * 44).names
    assert days[-1].month != days[-2].month
    assert names[-1].label != "Nov"
    assert all(mark.at + charts.LABEL_WIDTH / 3 < charts.WIDTH - charts.RIGHT for mark in names)


def test_the_first_edition_carries_its_month_though_the_month_began_before():
    assert [mark.label for mark in charts.line(MONDAYS[2:4], [1, 1]).names] == ["Jan"]
    assert [mark.label for mark in charts.line([date(2025, 12, 29), date(2026, 1, 5)], [1, 1]).names] == ["Dec", "Jan"]
