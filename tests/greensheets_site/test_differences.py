from hypothesis import given
from hypothesis import strategies as st

from greensheets_site.differences import KEPT_AROUND, Piece, words

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "maths", "art."]), max_size=60).map(" ".join)


def test_words_that_went_and_came_stand_in_order():
    assert words("apply by Monday noon", "apply by Friday noon") == [
        Piece("same", "apply by "),
        Piece("old", "Monday "),
        Piece("new", "Friday "),
        Piece("same", "noon"),
    ]


def test_of_what_stayed_only_the_words_next_to_a_change_are_kept():
    stayed = " ".join(f"word{number}" for number in range(40))
    start, _, end = words(f"first {stayed} last", f"First {stayed} last")[:3]
    assert (start, end) == (Piece("old", "first "), words(f"first {stayed} last", f"First {stayed} last")[2])
    assert end.text.split()[:KEPT_AROUND] == [f"word{number}" for number in range(KEPT_AROUND)]
    assert end.text.endswith("… ")


@given(TEXTS, TEXTS)
def test_the_old_and_the_new_pieces_hold_every_word_that_only_one_text_has(old, new):
    found = words(old, new)
    gone = {word for piece in found if piece.kind == "old" for word in piece.text.split()}
    came = {word for piece in found if piece.kind == "new" for word in piece.text.split()}
    assert set(old.split()) - set(new.split()) <= gone
    assert set(new.split()) - set(old.split()) <= came


@given(TEXTS)
def test_equal_texts_have_nothing_that_went_or_came(text):
    assert {piece.kind for piece in words(text, text)} <= {"same"}
