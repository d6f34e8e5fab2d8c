"""What the packer promises, for any adverts at all."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.packing import EPSILON, MM, Item, Measures, finish, pack

heights = st.floats(10, 240)
bodies = st.lists(st.tuples(heights, st.booleans()), max_size=9)
adverts = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), heights, bodies, heights), min_size=1, max_size=40)


def items_of(rows):
    rows = sorted(rows, key=lambda row: row[:2])
    return [
        Item(
            key=f"GS{place}",
            authority=f"A{authority}",
            group=f"G{group}",
            head=head,
            body=tuple(height for height, _ in body),
            foot=foot,
            leads_on=frozenset(number for number, (_, leads_on) in enumerate(body, 1) if leads_on),
        )
        for place, (authority, group, head, body, foot) in enumerate(rows)
    ]


def all_lead_on(item, slot):
    """A column filled with nothing else may end with one: there is no better place."""
    return all(place in item.leads_on for place in range(max(slot.first, 1), slot.last))


def plain(*body):
    return [(height, False) for height in body]


MEASURES = Measures(
    authority={f"A{place}": 29.5 for place in range(3)},
    group={f"G{place}": 21.4 for place in range(2)},
    continued=13.3,
    column=262 * MM,
    cover_column=184 * MM,
    house=(60.0, 90.0, 120.0),
)


@given(adverts)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_doubled_reordered_or_overflows_and_no_heading_stands_alone(rows):
    items = items_of(rows)

    layout = finish(pack(items, MEASURES), MEASURES)

    pieces = {item.key: [] for item in items}
    by_key = {item.key: item for item in items}
    for column in layout.columns:
        assert column.used <= column.capacity + EPSILON
        kinds = [slot.kind for slot in column.slots]
        for kind, following in zip(kinds, [*kinds[1:], "end"], strict=True):
            assert kind not in {"authority", "group", "continued"} or following in {"group", "advert"}
        for slot in column.slots:
            if slot.kind == "advert":
                pieces[slot.key] += range(slot.first, slot.last)
                assert slot.last - 1 not in by_key[slot.key].leads_on or all_lead_on(by_key[slot.key], slot)
    assert pieces == {item.key: list(range(len(item.pieces))) for item in items}
    groups = [(item.authority, item.group) for key in layout.page_of() for item in items if item.key == key]
    assert groups == sorted(groups)


def test_the_same_adverts_are_always_packed_alike():
    items = items_of([(place % 3, 0, 80.0, plain(50.0, 60.0, 40.0), 70.0) for place in range(40)])

    assert pack(items, MEASURES) == pack(items, MEASURES)


def test_a_tall_advert_is_divided_and_marked_as_continued_on_the_next_page():
    rows = [(0, 0, 100.0, plain(*[60.0] * 60), 80.0)]

    layout = pack(items_of(rows), MEASURES)

    slots = [[(slot.kind, slot.first, slot.last) for slot in column.slots] for column in layout.columns]
    assert slots == [
        [("authority", 0, 0), ("group", 0, 0), ("advert", 0, 9)],
        [("continued", 0, 0), ("advert", 9, 20)],
        [("continued", 0, 0), ("advert", 20, 36)],
        [("continued", 0, 0), ("advert", 36, 52)],
        [("continued", 0, 0), ("advert", 52, 62)],
    ]
    assert layout.page_of() == {"GS0": 1}


@pytest.mark.parametrize(("leads_on", "last"), [(False, 9), (True, 8)])
def test_a_column_does_not_end_with_a_line_that_leads_on(leads_on, last):
    body = plain(*[60.0] * 30)
    body[7] = (60.0, leads_on)

    layout = pack(items_of([(0, 0, 100.0, body, 80.0)]), MEASURES)

    assert layout.columns[0].slots[-1].last == last


def test_a_later_advert_of_the_same_group_fills_the_room_that_the_next_one_leaves():
    rows = [(0, 0, 400.0, [], 100.0), (0, 0, 500.0, [], 120.0), (0, 0, 60.0, [], 30.0), (0, 1, 60.0, [], 30.0)]

    layout = pack(items_of(rows), MEASURES)

    assert [slot.key for slot in layout.columns[0].slots if slot.kind == "advert"] == ["GS0", "GS2"]
    assert [slot.key for slot in layout.columns[1].slots if slot.kind == "advert"] == ["GS1"]


def test_room_that_is_left_gets_a_house_advert_and_the_last_page_as_many_as_fit():
    rows = [(0, 0, 380.0, [], 100.0), (0, 0, 500.0, [], 120.0)]

    layout = finish(pack(items_of(rows), MEASURES), MEASURES)

    alone = finish(pack(items_of([(0, 0, 60.0, [], 30.0)]), MEASURES), MEASURES)

    assert house_of(layout) == [["2"], []]
    assert house_of(alone) == [["0"], ["2", "1"]]


def test_house_adverts_are_spread_over_both_columns_of_the_last_page():
    measures = replace(MEASURES, house=(300.0, 200.0, 180.0, 60.0, 40.0))

    layout = finish(pack(items_of([(0, 0, 100.0, [], 100.0)]), measures), measures)

    assert house_of(layout) == [["1", "3"], ["0", "2", "4"]]
    assert (layout.pages, layout.columns[1].slots[0].gap) == (1, 0.0)


def test_house_adverts_take_turns_and_none_stands_twice_on_the_last_page():
    rows = [(0, place, 300.0, [], 240.0) for place in range(8)]
    measures = replace(MEASURES, group={f"G{place}": 21.4 for place in range(8)}, column=720.0)

    layout = finish(pack(items_of(rows), measures), measures)

    assert house_of(layout) == [["0"], ["1"], ["2"], ["0"], ["1"], ["2"], ["0"], ["2"]]


def test_no_house_advert_stands_below_an_advert_that_goes_on_in_the_next_column():
    rows = [(0, 0, 100.0, plain(200.0, 100.0, 300.0), 200.0)]

    layout = finish(pack(items_of(rows), MEASURES), MEASURES)

    assert layout.columns[0].free > 120
    assert (layout.columns[1].slots[0].kind, house_of(layout)[0]) == ("continued", [])


def test_a_last_page_without_room_for_our_own_adverts_has_no_empty_column():
    layout = finish(pack(items_of([(0, 0, 100.0, [], 100.0)]), MEASURES), replace(MEASURES, house=()))

    assert len(layout.columns) == 1


def house_of(layout):
    return [[slot.key for slot in column.slots if slot.kind == "house"] for column in layout.columns]


def test_gaps_grow_evenly_until_the_column_is_full_and_never_beyond_the_stretch():
    rows = [(0, 0, 100.0, [], 97.0)] * 12

    layout = finish(pack(items_of(rows), MEASURES), MEASURES)

    for column in layout.columns[:-1]:
        gaps = {slot.gap for slot in column.slots if slot.gap > MEASURES.below_heading}
        assert len(gaps) <= 1
        assert max(gaps) <= MEASURES.gap + MEASURES.stretch + EPSILON
