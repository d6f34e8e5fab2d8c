"""Items that were measured each alone become the list that they were."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.building import blocks
from editions.press.lists import joined

UL, OL = '<ul class="block item"><li>{}</li></ul>', '<ol class="block item{}"><li>{}</li></ol>'


def pieces_of(html):
    return [f"{block.opening}{block.html}{block.closing}" for block in blocks.cut(html)]


def bare(html):
    return re.sub(r' class="[^"]*"', "", html)


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


def nested(depth):
    items = st.lists(st.tuples(st.sampled_from("abc"), nested(depth - 1) if depth else st.just("")), min_size=1, max_size=3)
    listed = items.map(lambda rows: "".join(f"<li>{text}{inner}</li>" for text, inner in rows))
    whole = st.tuples(st.sampled_from(["ul", "ol"]), listed).map(lambda made: f"<{made[0]}>{made[1]}</{made[0]}>")
    return st.one_of(st.just(""), whole) if depth < 2 else whole


@given(nested(2))
@settings(max_examples=80, deadline=None)
def test_a_list_that_was_cut_into_its_items_is_the_same_list_again_however_deep(html):
    assert bare(joined(pieces_of(html))) == html


def test_what_stands_alone_in_a_column_keeps_the_lists_around_it():
    pieces = pieces_of("<ul><li>One<ul><li>a</li><li>b</li></ul></li><li>Two</li></ul>")

    assert joined(pieces[2:]) == '<ul class="block item"><li class="on"><ul><li>b</li></ul></li><li>Two</li></ul>'
