"""Nothing that is typed reaches the press in a sign that our fonts lack."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.building.glyphs import COVERED, LAYOUT, printable
from uploads.locking import CODE


def test_what_counts_as_covered_is_in_every_style_of_both_families():
    styles: dict[str, set[str]] = {}
    for path in sorted((CODE / "static" / "fonts").glob("*.woff2")):
        with TTFont(path) as font:
            style = path.name.replace("latin-ext-", "").replace("latin-", "")
            styles.setdefault(style, set()).update(map(chr, font.getBestCmap()))
    assert len(styles) == 7
    assert set.intersection(*styles.values()) - {"\r", "\x00", "\x02"} >= COVERED
    assert {sign for sign in set.intersection(*styles.values()) if sign >= " "} == COVERED


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_becomes_printable_and_stays_so(text):
    html, _ = printable(text)

    assert set(html) - COVERED - LAYOUT == set()
    assert printable(html) == (html, set())


@pytest.mark.parametrize(
    ("typed", "printed", "missed"),
    [
        ("Croeso i’r ysgol: tŷ, ŵyr – £12½ … Ó", "Croeso i’r ysgol: tŷ, ŵyr – £12½ … Ó", set()),
        ("Ặ, Ệ", "A, E", set()),
        ("e\u0301cole, y\u0302", "école, ŷ", set()),
        ("ﬁrst ① Ⅷ ｗｉｄｅ", "first 1 VIII wide", set()),
        ("✓ yes → no ☎ 01632", "• yes – no Tel. 01632", set()),
        ("non‑breaking\u202fspace\u200b\ufeff\u00ad", "non-breaking\u00a0space\u00ad", set()),
        ("apple 🍏, teacher 👩‍🏫", "apple , teacher ", {"🍏", "👩", "🏫"}),
        ("Мария 中", "????? ?", {"М", "а", "р", "и", "я", "中"}),
        ("\x07\u202ereversed", "reversed", set()),
    ],
)
def test_signs_are_kept_spelled_out_or_named_as_missed(typed, printed, missed):
    assert printable(typed) == (printed, missed)


@pytest.mark.parametrize("html", ["＜script＞alert(1)＜/script＞", "<p>\u0338x</p>", "＂ onerror=＂"])
def test_no_sign_turns_into_markup(html):
    text, _ = printable(html)

    assert text.count("<") == html.count("<")
    assert '"' not in text
