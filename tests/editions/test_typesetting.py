"""Pieces that were measured each alone become pages of type, and the pages a few documents."""

import re

import pytest

from editions.galley import Cover, Galley
from editions.packing import Column, Layout
from editions.typesetting import gatherings, joined

UL, OL = '<ul class="block item"><li>{}</li></ul>', '<ol class="block item{}"><li>{}</li></ol>'


@pytest.mark.parametrize(
    ("pieces", "page"),
    [
        ([UL.format("one"), UL.format("two")], '<ul class="block item"><li>one</li><li>two</li></ul>'),
        (
            [OL.format("", "one"), OL.format(" from-2", "two"), OL.format(" from-3", "three")],
            '<ol class="block item"><li>one</li><li>two</li><li>three</li></ol>',
        ),
        (
            [OL.format(" from-4", "four"), OL.format(" from-5", "five")],
            '<ol class="block item from-4"><li>four</li><li>five</li></ol>',
        ),
        ([OL.format("", "one"), OL.format("", "one again")], OL.format("", "one") + OL.format("", "one again")),
        ([UL.format("one"), "<p>text</p>", UL.format("two")], UL.format("one") + "<p>text</p>" + UL.format("two")),
        ([UL.format("one"), OL.format("", "two")], UL.format("one") + OL.format("", "two")),
    ],
)
def test_items_that_follow_each_other_are_one_list_again(pieces, page):
    assert joined(pieces) == page


@pytest.mark.parametrize(
    ("pages", "house_pages", "numbers"),
    [
        (1, 0, [[1]]),
        (16, 0, [[*range(1, 17)]]),
        (35, 1, [[*range(1, 17)], [*range(17, 33)], [33, 34, 35, 36]]),
    ],
)
def test_a_bulletin_is_set_sixteen_pages_at_a_time_each_with_its_own_number(pages, house_pages, numbers):
    cover = Cover(
        "T", "Teaching staff", "27 April 2026", "Issue 9", "S", "4 May", "noon", "01632 960000", "a@b.example", "b.example"
    )
    job = Galley(cover, "2026-04-27", "https://b.example", house_pages=("<p>Ours</p>",) * house_pages)
    found = list(gatherings(job, Layout([Column(900.0) for _ in range(2 * pages)], tolerance=15)))

    assert [[int(number) for number in re.findall(r'data-number="(\d+)"', html)] for html in found] == numbers
    assert ["page cover" in html for html in found] == [True, *[False] * (len(numbers) - 1)]
    assert all(first % 2 for first, *_ in numbers)  # A right-hand page, as WeasyPrint takes the first one for.
