import pytest

from richtext.cleaning import clean
from richtext.signs import closed_up, meant


@pytest.mark.parametrize(
    ("pasted", "written"),
    [
        ("Oﬃce staﬀ and ﬂexible ﬁrst", "Office staff and flexible first"),
        ("We\x92re the Head\x92s \x93team\x94 \x96 25\x85", "We’re the Head’s “team” – 25…"),
        ("plain", "plain"),
    ],
)
def test_signs_are_written_as_they_were_meant(pasted, written):
    assert meant(pasted) == written
    assert clean(f"<p>{pasted}</p>") == f"<p>{written}</p>"


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("C o p p e r   H i l l   S c h o o l", "Copper Hill School"),
        ("A B C of it", "A B C of it"),
        ("a b c", "a b c"),
    ],
)
def test_a_heading_set_with_spaces_is_closed_up(line, written):
    assert closed_up(line) == written
