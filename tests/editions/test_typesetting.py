"""Pieces that were measured each alone become one page of type."""

import pytest

from editions.typesetting import joined

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
