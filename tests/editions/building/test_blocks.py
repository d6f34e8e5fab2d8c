"""Cutting an advert's text into blocks loses no word of it, whatever it is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.building import blocks

words = st.text(alphabet="aŵé🍏'.", min_size=1, max_size=12)
texts = st.lists(words, min_size=1, max_size=30).map(" ".join)
paragraphs = st.one_of(
    texts.map(lambda text: f"<p>{text}</p>"),
    texts.map(lambda text: f"<h4>{text}</h4>"),
    st.lists(texts, min_size=1, max_size=4).map(lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"),
    texts.map(lambda text: f"<ol><li>{text}<ul><li><strong>{text}</strong></li></ul></li></ol>"),
)


def letters(html: str) -> str:
    return re.sub(r"\s", "", re.sub(r"<[^>]*>", "", html))


@given(st.lists(paragraphs, max_size=12).map("".join))
@settings(max_examples=60, deadline=None)
def test_no_letter_is_lost_doubled_or_moved(html):
    assert letters("".join(block.html for block in blocks.cut(html))) == letters(html)


@pytest.mark.parametrize("unit", ["A sentence of seven words stands here. ", "word ", "x"])
def test_no_block_grows_higher_than_a_column_may_hold(unit):
    cut = blocks.cut(f"<p>{unit * (20_000 // len(unit))}</p>")

    assert max(len(block.html) for block in cut) <= blocks.LONGEST
    assert {block.kind for block in cut[1:]} == {"run_on"}


def test_paragraphs_items_and_headings_are_told_apart():
    cut = blocks.cut("<h3>The post</h3><p>Text</p><ol><li>One</li><li>Two</li></ol>")

    assert [(block.html, block.kind, block.number) for block in cut] == [
        ("The post", "heading", 0),
        ("Text", "para", 0),
        ("One", "item", 1),
        ("Two", "item", 2),
    ]


@pytest.mark.parametrize(
    ("html", "leads_on"),
    [
        ("<h3>The post</h3>", True),
        ("<p><strong>We can offer</strong></p>", True),
        ("<p>We can offer:</p>", True),
        ("<p><strong>Grade 5</strong> and <strong>Grade 6</strong></p>", False),
        ("<p>We can offer a warm welcome.</p>", False),
        (f"<p><strong>{'All of a paragraph in bold. ' * 6}</strong></p>", False),
    ],
)
def test_what_announces_the_next_block_leads_on(html, leads_on):
    assert [block.leads_on for block in blocks.cut(html)] == [leads_on]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("x" * 640 + ". " + "y" * 8, 1),
        ("x" * 655 + ".  Then more", 2),
        ("x" * 655 + " more", 1),
        ("x" * 905 + " more", 2),
        ("x" * 1200, 1),
        ("x" * 1201, 2),
    ],
    ids=["short", "long, a sentence", "long, a space", "longer, a space", "as long as can be", "longer than that"],
)
def test_a_long_paragraph_is_cut_at_a_sentence_a_longer_one_at_a_space_the_longest_anywhere(text, parts):
    cut = blocks.cut(f"<p>{text}</p>")

    assert [block.kind for block in cut] == ["para", "run_on"][:parts]
    assert not cut[-1].html.startswith(" ")


def test_what_is_bold_stays_so_where_a_paragraph_is_cut():
    cut = blocks.cut(f"<p><strong>{'x' * 655}. Then <em>more</em></strong></p>")

    assert [block.html for block in cut] == [f"<strong>{'x' * 655}. </strong>", "<strong>Then <em>more</em></strong>"]


def test_a_list_in_an_item_stays_in_it_and_each_numbered_list_begins_with_one():
    cut = blocks.cut("<ol><li>One<ul><li>a<br>b</li></ul></li><li>Two</li></ol><ul><li>Point</li></ul><ol><li>Again</li></ol>")

    assert [(block.html, block.kind, block.number) for block in cut] == [
        ("One<ul><li>a<br>b</li></ul>", "item", 1),
        ("Two", "item", 2),
        ("Point", "item", 0),
        ("Again", "item", 1),
    ]
