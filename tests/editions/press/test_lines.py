"""A piece is divided at the ends of its lines: what stands above is set as before, and no word is lost or parted."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.press import lines
from editions.press.fetching import PressFetcher
from editions.press.galley import Part, Sized
from editions.press.measuring import measure
from editions.press.setting import Setter

STATIC = Path(__file__).resolve().parents[3] / "static"
SENTENCE = "We are a friendly two-form entry school beside the river and are looking for a colleague. "
ITEM = '<ul class="block item"><li class="on"><ol class="from-3"><li>{}</li></ol></li></ul>'

words = st.text(alphabet="aŵ-&<\N{NO-BREAK SPACE}", min_size=1, max_size=6)
runs = st.lists(st.tuples(words, st.sampled_from([" ", "<br>", " <strong>b</strong> ", "<em>i</em>"])), min_size=1, max_size=12)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def letters(html):
    return "".join(lines.plain(html).split())


@pytest.fixture
def setter(tmp_path):
    return Setter(PressFetcher(STATIC, tmp_path, "https://b.example"))


@given(runs)
@settings(max_examples=60, deadline=None)
def test_two_parts_say_what_the_piece_says_and_both_are_whole_markup(runs):
    html = '<p class="block para">' + "".join(escaped(word) + mark for word, mark in runs) + "</p>"
    for place in lines.starts_of_words(lines.plain(html)) - {0}:
        above, below = lines.between(html, 0, place), lines.between(html, place, -1)
        assert letters(above) + letters(below) == letters(html)
        assert [above[:22], below[:25]] == ['<p class="block para">', '<p class="block para on">']
        for half in (above, below):
            assert [half.count(f"<{tag}>") for tag in ("strong", "em")] == [half.count(f"</{tag}>") for tag in ("strong", "em")]


def test_a_part_keeps_what_is_around_it_and_neither_bullet_nor_number_comes_again():
    piece = ITEM.format('Ring <a href="tel:1">us <strong>now</strong></a><br>or write &amp; wait')

    assert lines.between(piece, 6, -1) == (
        '<ul class="block item on"><li class="on"><ol class="from-3 on"><li class="on"><a href="tel:1"><strong>now</strong></a>'
        "<br>or write &amp; wait</li></ol></li></ul>"
    )
    assert lines.between(piece, 0, 9) == ITEM.format('Ring <a href="tel:1">us <strong>now</strong></a>')
    assert lines.between(piece, 4, 6).endswith('<a href="tel:1">us</a></li></ol></li></ul>')


PIECES = {
    "paragraph": '<p class="block para">' + SENTENCE * 6 + "</p>",
    "bold": '<p class="block para"><strong>' + SENTENCE * 3 + "</strong>" + SENTENCE * 3 + "</p>",
    "lines": '<p class="block para">' + "<br>".join(["one line"] * 9) + "</p>",
    "inner item": ITEM.format(SENTENCE * 5),
    "address": '<p class="block para">' + "office@the-school-beside-the-river.example " * 9 + "</p>",
}


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_is_as_high_as_any_two_parts_of_it_so_that_its_lines_stay_as_they_were(name, setter):
    piece = PIECES[name]
    ((height, ends),) = measure([piece], setter)
    assert ends
    for place, above in ends:
        halves = [lines.between(piece, 0, place), lines.between(piece, place, -1)]
        assert [half.height for half in measure(halves, setter)] == pytest.approx([above, height - above], abs=0.01)


def test_two_lines_stay_together_at_either_end_and_no_word_is_parted(setter):
    ((_, ends),) = measure([PIECES["lines"]], setter)
    assert [place for place, _ in ends] == [14, 21, 28, 35, 42, 49]

    three = '<p class="block para">' + "<br>".join(["one line"] * 3) + "</p>"
    text = lines.plain(PIECES["paragraph"])
    measured = measure([three, PIECES["paragraph"]], setter)
    assert measured[0].ends == []
    assert {place for place, _ in measured[1].ends} <= lines.starts_of_words(text)


def test_a_word_of_a_whole_column_is_divided_all_the_same(setter):
    ((height, ends),) = measure(['<p class="block para">' + "x" * 3000 + "</p>"], setter)

    assert len(ends) > 2
    assert max(below - above for (_, above), (_, below) in pairwise(ends)) < height / 3


def test_neither_a_head_nor_how_to_apply_is_ever_divided(setter):
    head = '<div class="piece head"><h4 class="title">' + SENTENCE * 6 + "</h4></div>"
    apply = '<p class="block apply">' + SENTENCE * 6 + "</p>"

    assert [piece.ends for piece in measure([head, apply], setter)] == [[], []]


def test_what_may_be_divided_is_as_high_as_it_was():
    assert lines.divided([Sized(90.0), Sized(48.0, [(9, 20.0), (14, 30.0)])]) == [
        Part(0, 0, -1, 90.0),
        Part(1, 0, 9, 20.0),
        Part(1, 9, 14, 10.0),
        Part(1, 14, -1, 18.0),
    ]


@pytest.mark.parametrize(
    ("text", "line", "place"),
    [
        ("a long word", "a long", 5),
        ("prepar ing", "prepar-", 6),
        ("term-time", "term-", 5),
        ("no-break", "no\N{NO-BREAK SPACE}", 2),
    ],
)
def test_a_hyphen_that_was_set_where_a_word_was_parted_is_no_sign_of_the_text(text, line, place):
    solid = re.sub(" ", "", text)
    assert lines.after(solid, 0, line) == place + line.count("\N{NO-BREAK SPACE}")
