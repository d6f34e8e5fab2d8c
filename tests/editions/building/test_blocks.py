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


def test_an_empty_line_ends_a_paragraph_and_what_is_bold_stays_so_behind_it():
    cut = blocks.cut("<p><strong>one<br>two<br><br>three</strong><br></p>")

    assert [(block.html, block.kind) for block in cut] == [
        ("<strong>one<br>two</strong>", "para"),
        ("<strong>three</strong>", "para"),
    ]


def test_an_item_of_an_inner_list_is_a_block_of_its_own_that_knows_the_lists_around_it():
    cut = blocks.cut(
        "<ol><li>One<ul><li>a<br>b</li><li>c</li></ul>more</li><li>Two</li></ol><ul><li>Point</li></ul><ol><li>Again</li></ol>"
    )

    assert [f"{block.opening}{block.html}{block.closing}" for block in cut] == [
        '<ol class="block item"><li>One</li></ol>',
        '<ol class="block item"><li class="on"><ul><li>a<br>b</li></ul></li></ol>',
        '<ol class="block item"><li class="on"><ul><li>c</li></ul></li></ol>',
        '<ol class="block item"><li class="on">more</li></ol>',
        '<ol class="block item from-2"><li>Two</li></ol>',
        '<ul class="block item"><li>Point</li></ul>',
        '<ol class="block item"><li>Again</li></ol>',
    ]
