"""What the packer promises, for any adverts at all."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.press import lines
from editions.press.galley import Advert, Sized, Slot
from editions.press.packing import (
    EPSILON,
    MM,
    Column,
    Item,
    Layout,
    Measures,
    Taste,
    finish_column,
    item_of,
    kind_of_turn,
    merit,
    pack,
)

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
            continued=13.3,
            within=frozenset(range(2, 5)),
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
    column=262 * MM,
    cover_column=184 * MM,
    house=(60.0, 90.0, 120.0),
)


@given(adverts)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_doubled_reordered_or_overflows_and_no_heading_stands_alone(rows):
    items = items_of(rows)

    layout = finish_column(pack(items, MEASURES), MEASURES)

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


@pytest.mark.parametrize(
    ("lost", "last"), [(8.9, 2), (9.1, 3)], ids=["little would stay empty for it", "more would stay empty for it"]
)
def test_an_advert_is_divided_between_paragraphs_rather_than_within_one(lost, last):
    """The second paragraph could be divided, so that the column were full."""
    item = Item("one", "A", "G", 100.0, (700.0, lost * MM, 400.0, 300.0), 60.0, within=frozenset({2}))

    assert parts(pack([item], PLAIN))[0] == [("one", 0, last)]


def test_an_advert_is_what_was_measured_of_it():
    parts = lines.divided([Sized(90.0), Sized(48.0, [(9, 28.0)]), Sized(20.0), Sized(60.0)])
    advert = Advert(
        "GS1", "Avonmere", "Teachers", "Post", "<h4>", ("<p>", "<p>"), "<p>", "<p>", leads_on=(1,), parts=tuple(parts)
    )

    assert item_of(advert, 13.0) == Item(
        key="GS1",
        authority="Avonmere",
        group="Teachers",
        head=90.0,
        body=(28.0, 20.0, 20.0),
        foot=60.0,
        leads_on=frozenset({2}),
        continued=13.0,
        within=frozenset({1}),
    )


def test_a_later_advert_of_the_same_group_fills_the_room_that_the_next_one_leaves():
    rows = [(0, 0, 400.0, [], 100.0), (0, 0, 300.0, [], 150.0), (0, 0, 60.0, [], 30.0), (0, 1, 60.0, [], 30.0)]

    layout = pack(items_of(rows), MEASURES)

    assert [slot.key for slot in layout.columns[0].slots if slot.kind == "advert"] == ["GS0", "GS2"]
    assert [slot.key for slot in layout.columns[1].slots if slot.kind == "advert"] == ["GS1", "GS3"]


def test_room_that_is_left_gets_a_house_advert_and_the_last_page_as_many_as_fit():
    rows = [(0, 0, 380.0, [], 100.0), (0, 0, 500.0, [], 120.0)]

    layout = finish_column(pack(items_of(rows), MEASURES, look=1), MEASURES)

    alone = finish_column(pack(items_of([(0, 0, 60.0, [], 30.0)]), MEASURES), MEASURES)

    assert house_of(layout) == [["2"], []]
    assert house_of(alone) == [["0"], ["2", "1"]]


def test_house_adverts_are_spread_over_both_columns_of_the_last_page():
    measures = replace(MEASURES, house=(300.0, 200.0, 180.0, 60.0, 40.0))

    layout = finish_column(pack(items_of([(0, 0, 100.0, [], 100.0)]), measures), measures)

    assert house_of(layout) == [["1", "3"], ["0", "2", "4"]]
    assert (layout.pages, layout.columns[1].slots[0].gap) == (1, 0.0)


def test_house_adverts_take_turns_and_none_stands_twice_on_the_last_page():
    rows = [(0, place, 300.0, [], 240.0) for place in range(8)]
    measures = replace(MEASURES, group={f"G{place}": 21.4 for place in range(8)}, column=720.0)

    layout = finish_column(pack(items_of(rows), measures), measures)

    assert house_of(layout) == [["0"], ["1"], ["2"], ["0"], ["1"], ["2"], ["0"], ["2"]]


def test_no_house_advert_stands_below_an_advert_that_goes_on_in_the_next_column():
    rows = [(0, 0, 100.0, plain(200.0, 100.0, 300.0), 200.0)]

    layout = finish_column(pack(items_of(rows), MEASURES), MEASURES)

    assert layout.columns[0].free > 120
    assert (layout.columns[1].slots[0].kind, house_of(layout)[0]) == ("continued", [])


def test_a_last_page_without_room_for_our_own_adverts_has_no_empty_column():
    layout = finish_column(pack(items_of([(0, 0, 100.0, [], 100.0)]), MEASURES), replace(MEASURES, house=()))

    assert len(layout.columns) == 1


def house_of(layout):
    return [[slot.key for slot in column.slots if slot.kind == "house"] for column in layout.columns]


def test_gaps_grow_evenly_until_the_column_is_full_and_never_beyond_the_stretch():
    rows = [(0, 0, 100.0, [], 97.0)] * 12

    layout = finish_column(pack(items_of(rows), MEASURES), MEASURES)

    for column in layout.columns[:-1]:
        gaps = {slot.gap for slot in column.slots if slot.gap > MEASURES.below_heading}
        assert len(gaps) <= 1
        assert max(gaps) <= MEASURES.gap + MEASURES.stretch + EPSILON


# Round numbers: below the headings of its first advert a column of 1,000 has 940 left.
PLAIN = Measures(
    authority={"A": 20.0},
    group={"G": 20.0},
    column=1000.0,
    cover_column=1000.0,
    gap=20.0,
    below_heading=10.0,
    stretch=15.0,
    begin=30.0,
    rest=70.0,
)


def an_item(key, head, body=(), foot=10.0):
    return Item(key, "A", "G", head, tuple(body), foot, continued=10.0)


def parts(layout):
    """The adverts of each column, with the pieces that stand there."""
    return [[(slot.key, slot.first, slot.last) for slot in column.slots if slot.kind == "advert"] for column in layout.columns]


@pytest.mark.parametrize(
    ("head", "body", "foot", "divided"),
    [
        (380.0, (29.0, 400.0), 100.0, False),
        (380.0, (30.0, 400.0), 100.0, True),
        (100.0, (300.0, 39.0), 30.0, False),
        (100.0, (300.0, 40.0), 30.0, True),
    ],
    ids=["too little begins", "just enough begins", "too little is left", "just enough is left"],
)
def test_an_advert_is_divided_only_if_enough_of_it_stands_on_either_side(head, body, foot, divided):
    """After the first advert 420 are left below the gap."""
    layout = pack([an_item("one", 490.0), an_item("two", head, body, foot)], PLAIN, look=1)

    if divided:
        assert parts(layout) == [[("one", 0, 2), ("two", 0, 2)], [("two", 2, 4)]]
    else:
        assert parts(layout) == [[("one", 0, 2)], [("two", 0, 4)]]


@pytest.mark.parametrize(
    ("begins", "stays", "divided"),
    [(8.01, 18.01, True), (7.99, 18.01, False), (8.01, 17.99, False)],
    ids=["just enough", "too little begins", "too little is left"],
)
def test_eight_millimetres_of_an_advert_begin_in_a_column_and_eighteen_go_on_in_the_next(begins, stays, divided):
    """As the bulletins are set, where no test says otherwise."""
    column = 262.0
    usual = Measures(authority={"A": 0}, group={"G": 0}, column=column * MM, cover_column=column * MM)
    first = an_item("one", (column - 44) * MM, foot=0.0)  # below two headings, 2 mm apart
    room = 40 - 4.6
    second = an_item("two", (room - begins - 0.01) * MM, [begins * MM, (stays - 1) * MM], foot=1 * MM)

    assert parts(pack([first, second], usual, look=1))[0] == [("one", 0, 2), *([("two", 0, 2)] if divided else [])]


def test_as_the_bulletins_are_set_adverts_stand_apart_and_gaps_grow_by_so_many_millimetres():
    usual = Measures(authority={"A": 0}, group={"G": 0}, column=1000, cover_column=1000)
    told = [round(length / MM, 2) for length in (usual.gap, usual.below_heading, usual.stretch)]
    assert told == [4.6, 2.0, 4.5]


@pytest.mark.parametrize(("column", "splits"), [(309.0, 1), (311.0, 0)])
def test_an_advert_is_divided_only_where_that_costs_less_than_what_would_stay_empty(column, splits):
    """440 would stay empty; divided, 120 of them do all the same, and 10 go to the line above what is carried over."""
    adverts = [an_item("one", 490.0), an_item("two", 100.0, (200.0, 200.0))]

    assert pack(adverts, PLAIN, [Taste(column, 0, 0)], look=1).splits == splits


def pages_of_halves(taste):
    """Adverts that each take a little more than half a column, in their order."""
    adverts = [an_item(str(place), 60.0, [60.0] * 7, 60.0) for place in range(14)]
    return pack(adverts, PLAIN, [taste], look=1)


def test_a_leaf_is_turned_within_an_advert_only_if_more_would_stay_empty_than_the_taste_allows():
    careless, careful = pages_of_halves(Taste(0, 0, 0)), pages_of_halves(Taste(0, 0, 5000))

    assert [careless.turns[0] > 0, careful.turns[0]] == [True, 0]


@pytest.mark.parametrize(
    ("place", "kind"), [(1, "column"), (2, "leaf"), (3, "column"), (4, "page"), (5, "column"), (6, "leaf"), (8, "page")]
)
def test_page_one_is_a_right_hand_page_so_that_a_leaf_is_turned_behind_every_odd_page(place, kind):
    assert kind_of_turn(place) == kind


def test_fewest_pages_win_then_bearable_leaves_then_the_fullest_columns():
    def a_layout(columns, leaves, height):
        made = [Column(100.0, [Slot("advert", str(place), height)]) for place in range(columns)]
        for place in range(2, 2 + 4 * leaves, 4):
            made[place].slots.insert(0, Slot("continued", str(place), 0.0))
        return Layout(made)

    layouts = [a_layout(24, 5, 90.0), a_layout(24, 3, 70.0), a_layout(24, 0, 60.0), a_layout(26, 0, 99.0)]

    assert [layout.turns for layout in layouts] == [(5, 0, 0), (3, 0, 0), (0, 0, 0), (0, 0, 0)]
    assert min(layouts, key=merit) is layouts[1]


def test_a_foot_is_never_carried_over_alone():
    layout = pack([an_item("one", 100.0, (800.0, 300.0, 300.0, 350.0), foot=60.0)], PLAIN)

    assert parts(layout) == [[("one", 0, 2)], [("one", 2, 4)], [("one", 4, 6)]]


def test_both_columns_of_the_cover_leave_room_for_the_masthead_and_no_other_does():
    layout = pack([an_item(str(place), 700.0) for place in range(4)], replace(PLAIN, cover_column=800.0))

    assert [column.capacity for column in layout.columns] == [800.0, 800.0, 1000.0, 1000.0]


@pytest.mark.parametrize(("columns", "pages"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_a_page_has_two_columns(columns, pages):
    assert Layout([Column(1000.0)] * columns).pages == pages


def test_the_first_page_of_each_advert_is_told_and_not_the_one_on_which_it_goes_on():
    layout = pack([an_item("one", 100.0, [300.0] * 8), an_item("two", 400.0)], PLAIN, look=1)

    assert layout.page_of() == {"one": 1, "two": 2}


def test_what_is_full_counts_adverts_and_gaps_before_the_last_page_and_none_of_our_own():
    full = Column(100.0, [Slot("advert", "one", 60.0), Slot("house", "0", 20.0, gap=10.0)])
    half = Column(100.0, [Slot("group", "G", 10.0), Slot("advert", "two", 25.0, gap=5.0)])

    assert Layout([full, half, Column(100.0)]).fill == 0.5
    assert Layout([full, Column(100.0)]).fill == 0.3


def test_gaps_that_can_take_up_what_is_left_need_no_house_advert():
    adverts = [an_item(str(place), 56.0) for place in range(10)] + [an_item("last", 490.0)]

    layout = finish_column(pack(adverts, PLAIN), replace(PLAIN, house=(60.0,)))

    assert house_of(layout)[0] == []
    assert layout.columns[0].free < 9 * MM / 10  # Nine gaps, each in whole tenths of a millimetre.


@pytest.mark.parametrize(("house", "placed"), [(51.0, []), (50.0, ["0"])])
def test_a_house_advert_needs_room_for_the_gap_above_it_too(house, placed):
    layout = finish_column(pack([an_item("one", 860.0), an_item("two", 490.0)], PLAIN), replace(PLAIN, house=(house,)))

    assert house_of(layout)[0] == placed


def test_gaps_are_whole_tenths_of_a_millimetre_and_nothing_moves_away_from_its_heading():
    layout = finish_column(pack(items_of([(0, 0, 100.0, [], 97.0)] * 12), MEASURES), replace(MEASURES, house=()))

    slots = [slot for column in layout.columns for slot in column.slots]
    tenths = [slot.gap / MM * 10 for slot in slots]
    assert [round(gap, 6) for gap in tenths] == [round(gap) for gap in tenths]
    assert max(tenths) > 46  # They did grow.
    below = [following.gap for slot, following in pairwise(slots) if slot.kind in {"authority", "group"}]
    assert below == [MEASURES.below_heading] * 2


def test_of_an_authoritys_groups_only_the_first_stands_below_its_name():
    adverts = [replace(an_item("one", 90.0), group=group) for group in ("G", "H")] + [
        replace(an_item("two", 90.0), authority="B")
    ]
    measures = replace(PLAIN, authority={"A": 20.0, "B": 20.0}, group={"G": 20.0, "H": 20.0})

    assert [(slot.kind, slot.key) for slot in pack(adverts, measures).columns[0].slots] == [
        *[("authority", "A"), ("group", "G"), ("advert", "one"), ("group", "H"), ("advert", "one")],
        *[("authority", "B"), ("group", "G"), ("advert", "two")],
    ]


def test_a_house_advert_that_stands_in_the_left_column_is_not_repeated_beside_it():
    measures = replace(PLAIN, house=(60.0, 50.0))

    assert house_of(finish_column(pack([an_item("one", 850.0), an_item("two", 490.0)], PLAIN), measures)) == [["0"], ["1"]]
