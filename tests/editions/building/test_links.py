"""Addresses in a text that is printed are links, and nothing but text stands in a link."""

import pytest

from editions.building.links import linked, plain_inside


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Email office@x.example.", 'Email <a href="mailto:office@x.example">office@x.example</a>.'),
        (
            "Apply at https://x.example/a?b=1&amp;c=2.",
            'Apply at <a href="https://x.example/a?b=1&amp;c=2">https://x.example/a?b=1&amp;c=2</a>.',
        ),
        ("See www.x.example, then ring.", 'See <a href="https://www.x.example">www.x.example</a>, then ring.'),
        ("Ask (www.x.example).", 'Ask (<a href="https://www.x.example">www.x.example</a>).'),
        ("Year 3 @ the school", "Year 3 @ the school"),
    ],
)
def test_addresses_in_a_text_are_links_without_the_sign_that_ends_the_sentence(text, printed):
    assert linked(text) == printed


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ('<a href="x">a <strong>b</strong></a> <em>c</em>', '<a href="x">a b</a> <em>c</em>'),
        ('<a href="x">a<br><em>b</em></a>', '<a href="x">a</a><br><a href="x">b</a>'),
        ('<strong><a href="x">a</a></strong>', '<strong><a href="x">a</a></strong>'),
    ],
)
def test_a_link_holds_nothing_but_text(html, printed):
    assert plain_inside(html) == printed
