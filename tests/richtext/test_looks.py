import pytest

from richtext.cleaning import clean


@pytest.mark.parametrize(
    ("style", "cleaned"),
    [
        ("font-weight:bold", "a <strong>b</strong>"),
        ("FONT-WEIGHT: 600", "a <strong>b</strong>"),
        ("font-weight:900", "a <strong>b</strong>"),
        ("font-weight:500", "a b"),
        ("font-style:italic", "a <em>b</em>"),
        ("font-style:oblique", "a <em>b</em>"),
        ("color:red", "a b"),
        ("max-display:none", "a b"),
        ("display: none", "a"),
        ("color:red; visibility:hidden", "a"),
        ("mso-hide:all", "a"),
        ("mso-element:comment-list", "a"),
        ("mso-special-character:comment", "a"),
    ],
)
def test_a_style_makes_bold_italic_or_hidden(style, cleaned):
    assert clean(f"<p>a <span style='{style}'>b</span></p>") == f"<p>{cleaned}</p>"


@pytest.mark.parametrize("style", ["font-weight:normal", "font-weight:lighter", "font-weight:400", "font-weight:500"])
def test_a_style_takes_bold_away(style):
    assert clean(f"<p><b>a <span style='{style}'>b</span></b> <i>c</i></p>") == "<p><strong>a</strong> b <em>c</em></p>"


def test_a_style_takes_italic_away():
    assert clean("<p><em>a <i style='font-style:normal'>b</i></em> <cite>c</cite></p>") == "<p><em>a</em> b <em>c</em></p>"


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("<p class=MsoTitle>T</p><p class=MsoSubtitle>S</p><p>x</p>", "<h3>T</h3>\n<h4>S</h4>\n<p>x</p>"),
        ("<h1>A</h1><p class='x MsoTitle'>T</p><h2>B</h2>", "<h3>A</h3>\n<h3>T</h3>\n<h4>B</h4>"),
        ("<h2>A</h2><p class=MsoSubtitle>S</p>", "<h3>A</h3>\n<h3>S</h3>"),
        ("<h2><b>Bold</b> <i>it</i></h2>", "<h3>Bold <em>it</em></h3>"),
        ("<h3 class=MsoListParagraph>• a</h3>", "<h3>• a</h3>"),
    ],
)
def test_titles_are_headings_and_headings_are_never_bold(pasted, cleaned):
    assert clean(pasted) == cleaned
