"""Tables for a spreadsheet: no cell is a formula."""

import pytest

from web import csv_files


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_marked_as_text(sign):
    assert csv_files.cell(f"{sign}1") == f"'{sign}1"
    assert csv_files.cell(f"1{sign}1") == f"1{sign}1"


def test_an_empty_text_stays_empty():
    assert csv_files.cell("") == ""


def test_what_is_not_known_is_an_empty_cell():
    assert csv_files.text(["School", "URN"], [["Mill Lane", None]]) == "\N{BYTE ORDER MARK}School,URN\r\nMill Lane,\r\n"
