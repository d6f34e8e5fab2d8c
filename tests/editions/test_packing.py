"""What the packer promises, for any adverts at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from editions.packing import EPSILON, MM, Item, Measures, finish, pack

heights = st.floats(10, 240)
adverts = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1), heights, st.lists(heights, max_size=9), heights), min_size=1, max_size=40
)


def items_of(rows):
    rows = sorted(rows, key=lambda row: row[:2])
    return [
        Item(f"GS{place}", f"A{authority}", f"G{group}", head, tuple(body), foot)
        for place, (authority, group, head, body, foot) in enumerate(rows)
    ]


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
    for column in layout.columns:
        assert column.used <= column.capacity + EPSILON
        kinds = [slot.kind for slot in column.slots]
        for kind, following in zip(kinds, [*kinds[1:], "end"], strict=True):
            assert kind not in {"authority", "group", "continued"} or following in {"group", "advert"}
        for slot in column.slots:
            if slot.kind == "advert":
                pieces[slot.key] += range(slot.first, slot.last)
    assert pieces == {item.key: list(range(len(item.pieces))) for item in items}
    groups = [(item.authority, item.group) for key in layout.page_of() for item in items if item.key == key]
    assert groups == sorted(groups)


def test_the_same_adverts_are_always_packed_alike():
    items = items_of([(place % 3, 0, 80.0, [50.0, 60.0, 40.0], 70.0) for place in range(40)])

    assert pack(items, MEASURES) == pack(items, MEASURES)
