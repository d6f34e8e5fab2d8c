"""The press reads the fonts of the website, unpacked: unpacking them took a second of every run."""

from io import BytesIO

import pytest
from fontTools.ttLib import woff2

from editions.locking import CODE

FONTS = sorted((CODE / "static" / "fonts").glob("*.woff2"))


@pytest.mark.parametrize("packed", FONTS, ids=[path.stem for path in FONTS])
def test_the_press_has_every_font_of_the_website_letter_for_letter(packed):
    unpacked = BytesIO()
    with packed.open("rb") as file:
        woff2.decompress(file, unpacked)

    assert (packed.parent / "press" / f"{packed.stem}.ttf").read_bytes() == unpacked.getvalue()


@pytest.mark.parametrize("sheet", ["bulletin.css", "labels.css"])
def test_a_sheet_of_the_press_names_only_unpacked_fonts(sheet):
    css = (CODE / "static" / "css" / sheet).read_text()

    named = {part.split('"')[0] for part in css.split('url("static:fonts/')[1:]}
    assert named
    assert named <= {f"press/{path.stem}.ttf" for path in FONTS}
