"""What was corrected goes back where it stood; what does not fit there is never squeezed in."""

import pytest

from editions.press.galley import Slot
from editions.press.packing import MM, Column, Item
from editions.press.refitting import not_as_on_paper, pages_differing, refit

STRETCHED = 4.6 * MM + 10


def a_bulletin():
    """Two columns of 1,000: one advert, one that goes on in the second, one more and a house advert."""
    left = [Slot("group", "G", 20.0), Slot("advert", "one", 480.0, 8.0, 0, 3), Slot("advert", "two", 450.0, STRETCHED, 0, 2)]
    right = [
        Slot("continued", "two", 13.0),
        Slot("advert", "two", 300.0, 0.0, 2, 4),
        Slot("advert", "three", 500.0, 4.6 * MM, 0, 2),
        Slot("house", "0", 100.0, 4.6 * MM),
    ]
    return [Column(1000.0, left), Column(1000.0, right)]


def an_item(key, *pieces, **fields):
    head, *body, foot = pieces
    return Item(key, "A", "G", head, tuple(body), foot, continued=13.0, **fields)


def said(layout):
    return [[(slot.kind, slot.key, slot.height, slot.first, slot.last) for slot in column.slots] for column in layout.columns]


def tops(layout):
    return [
        [sum(slot.gap + slot.height for slot in column.slots[:place]) for place in range(len(column.slots))]
        for column in layout.columns
    ]


def test_without_corrections_everything_stands_where_it_stood():
    before = a_bulletin()

    assert [column.slots for column in refit(before, []).columns] == [column.slots for column in before]


def test_what_became_shorter_leaves_its_room_empty_so_that_nothing_moves():
    layout = refit(a_bulletin(), [an_item("one", 100.0, 100.0, 80.0)])

    assert said(layout)[0][1] == ("advert", "one", 480.0, 0, 3)
    assert tops(layout) == tops(refit(a_bulletin(), []))


def test_what_became_longer_takes_what_its_column_has_to_spare_and_the_other_columns_stay():
    before = a_bulletin()
    layout = refit(before, [an_item("one", 300.0, 100.0, 100.0)])

    assert said(layout)[0] == [("group", "G", 20.0, 0, 0), ("advert", "one", 500.0, 0, 3), ("advert", "two", 450.0, 0, 2)]
    assert layout.columns[1].slots == before[1].slots


def test_a_house_advert_makes_way_for_a_longer_one():
    layout = refit(a_bulletin(), [an_item("three", 400.0, 100.0, 100.0)])

    assert said(layout)[1][-1] == ("advert", "three", 600.0, 0, 3)


def test_an_advert_in_two_columns_is_divided_anew_and_not_behind_what_announces_the_next():
    whole = an_item("two", 300.0, 140.0, 9.0, 200.0, 90.0)
    announced = an_item("two", 300.0, 140.0, 9.0, 200.0, 90.0, leads_on=frozenset({2}))

    assert said(refit(a_bulletin(), [whole]))[0][-1] == ("advert", "two", 450.0, 0, 3)
    assert said(refit(a_bulletin(), [announced]))[0][-1] == ("advert", "two", 450.0, 0, 2)
    assert said(refit(a_bulletin(), [announced]))[1][1] == ("advert", "two", 300.0, 2, 5)


def test_what_no_longer_needs_its_second_column_leaves_it_blank():
    layout = refit(a_bulletin(), [an_item("two", 40.0, 0.0)])

    assert said(layout)[0][-1] == ("advert", "two", 450.0, 0, 2)
    assert [slot.kind for slot in layout.columns[1].slots] == ["blank", "blank", "advert", "house"]


@pytest.mark.parametrize(
    "item",
    [an_item("one", 400.0, 100.0, 100.0), an_item("two", 900.0, 100.0, 100.0), an_item("four", 10.0, 10.0)],
    ids=["too long", "a head that is too tall", "one that was not there"],
)
def test_what_does_not_fit_is_told(item):
    assert refit(a_bulletin(), [item]) is None


def test_a_higher_cover_moves_nothing_off_its_page():
    assert refit([Column(500.0, a_bulletin()[0].slots)], []) is None


def slots(*keys):
    return [Slot("advert", key, 100.0) for key in keys]


@pytest.mark.parametrize(
    ("after", "pages"),
    [
        ([slots("a"), slots("b"), slots("c")], []),
        ([slots("a"), slots("b"), [*slots("c"), Slot("house", "1", 50.0)]], []),
        ([slots("a"), slots("b", "c")], [1, 2]),
        ([slots("a"), slots("b"), slots("d"), slots("c"), slots("e")], [2, 3]),
    ],
)
def test_pages_on_which_something_else_stands_differ_from_paper(after, pages):
    assert pages_differing([slots("a"), slots("b"), slots("c")], after) == pages


@pytest.mark.parametrize(
    ("pages", "sentence"),
    [
        ([], ""),
        ([3], "Page 3 is not as it was printed."),
        ([3, 7, 8, 9], "Pages 3, 7 to 9 are not as they were printed."),
    ],
)
def test_readers_are_told_which_pages_differ(pages, sentence):
    assert not_as_on_paper(pages) == sentence
