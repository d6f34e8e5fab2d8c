"""The press reads the fonts of the website, unpacked: unpacking them took a second of every run."""

import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont, woff2

from uploads.locking import CODE

SMALL = sorted((CODE / "static" / "fonts" / "europe").glob("*.woff2"))
WHOLE = {
    f"sheets-{name}-europe-{weight}": CODE / f"static/fonts/{family}-latin-ext-{weight}-normal.woff2"
    for name, family, weight in (
        ("sans", "source-sans-3", 400),
        ("sans", "source-sans-3", 600),
        ("condensed", "barlow-semi-condensed", 600),
    )
}
FONTS = sorted((CODE / "static" / "fonts").glob("*.woff2"))


@pytest.mark.parametrize("packed", FONTS, ids=[path.stem for path in FONTS])
def test_the_press_has_every_font_of_the_website_letter_for_letter(packed):
    unpacked = BytesIO()
    with packed.open("rb") as file:
        woff2.decompress(file, unpacked)

    assert (packed.parent / "press" / f"{packed.stem}.ttf").read_bytes() == unpacked.getvalue()


@pytest.mark.parametrize("small", SMALL, ids=[path.stem for path in SMALL])
def test_the_websites_small_files_have_the_letters_that_its_sheet_says_and_no_reserved_name(small):
    font = TTFont(small)
    face = next(line for line in (CODE / "static/css/site.css").read_text().splitlines() if small.name in line)
    spans = re.findall(r"U\+(\w+)(?:-(\w+))?", face)
    said = {code for first, last in spans for code in range(int(first, 16), int(last or first, 16) + 1)}
    whole = TTFont(WHOLE[small.stem])
    assert set(font.getBestCmap()) == said & set(whole.getBestCmap())
    assert {ord(letter) for letter in "ŴŵŶŷẀẁẂẃẄẅỲỳŁłŚśČčŠšŽžŐőŞşĞğ"} <= set(font.getBestCmap())
    assert "Source" not in {font["name"].getDebugName(number) for number in (1, 4, 6)}
    assert "sheets" in font["name"].getDebugName(1).casefold()


@pytest.mark.parametrize("sheet", ["bulletin.css", "labels.css"])
def test_a_sheet_of_the_press_names_only_unpacked_fonts(sheet):
    css = (CODE / "static" / "css" / sheet).read_text()

    named = {part.split('"')[0] for part in css.split('url("static:fonts/')[1:]}
    assert named
    assert named <= {f"press/{path.stem}.ttf" for path in FONTS}
