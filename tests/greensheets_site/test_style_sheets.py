"""A browser forgives a style sheet everything, and then shows half of it: mistakes that come from merging two versions."""

import re
from itertools import accumulate

import pytest

from tests.test_architecture import ROOT

SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_style_sheet_closes_what_it_opens(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in text))
    assert (min(depths), depths[-1]) == (0, 0)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_what_stands_at_the_left_margin_stands_in_no_block(sheet):
    """A section that slipped into somebody else's media query would hold on phones only."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    depth = 0
    for line in text.splitlines():
        assert not (depth and re.match(r"[^\s}]", line)), line
        depth += line.count("{") - line.count("}")
