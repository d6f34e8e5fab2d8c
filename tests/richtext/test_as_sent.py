"""Shapes in which texts arrive from schools, each with what is stored."""

import pytest

from richtext.cleaning import clean

from .markup import bullets


def one_line(html: str) -> str:
    return html.replace("\n", "")


def test_an_address_in_angle_brackets_is_text_and_so_is_a_name_in_them():
    assert clean("Apply to Jane Doe <jane@oak.example> by noon.\nUse <Application Form B> please") == (
        '<p>Apply to Jane Doe &lt;<a href="mailto:jane@oak.example">jane@oak.example</a>&gt; by noon.'
        "<br>Use &lt;Application Form B&gt; please</p>"
    )


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>Essential</td><td>Desirable</td></tr><tr><td>QTS</td><td>NPQ</td></tr><tr><td>Degree</td><td></td></tr>",
        "<tr><td><b>Essential</b></td><td><b>Desirable</b></td></tr>"
        "<tr><td><ul><li>QTS</li><li>Degree</li></ul></td><td><ul><li>NPQ</li></ul></td></tr>",
    ],
)
def test_a_person_specification_is_two_headed_lists(rows):
    expected = f"<p><strong>Essential</strong></p>{bullets('QTS', 'Degree')}<p><strong>Desirable</strong></p>{bullets('NPQ')}"
    assert one_line(clean(f"<table>{rows}</table>")) == one_line(expected)


def test_a_person_specification_of_three_columns_keeps_what_each_row_is_about():
    rows = (
        "<tr><td>Criteria</td><td>Essential</td><td>Desirable</td></tr>"
        "<tr><td>Skills</td><td>Excel</td><td>Bromcom</td></tr>"
        "<tr><td>Experience</td><td><p>An office</p><p>A school</p></td><td></td></tr>"
    )
    assert one_line(clean(f"<table>{rows}</table>")) == (
        "<p><strong>Essential</strong></p>"
        "<ul><li>Skills: Excel</li><li>Experience<ul><li>An office</li><li>A school</li></ul></li></ul>"
        "<p><strong>Desirable</strong></p><ul><li>Skills: Bromcom</li></ul>"
    )


def test_two_columns_of_facts_are_no_person_specification():
    assert clean("<table><tr><td>Essential</td><td>QTS</td></tr></table>") == "<p><strong>Essential:</strong> QTS</p>"


@pytest.mark.parametrize(
    ("attribute", "outer", "inner"), [("data-aria-level", 1, 2), ("data-indent", 0, 1), ("data-stringify-indent", 0, 1)]
)
def test_items_that_say_their_level_are_nested(attribute, outer, inner):
    levels = {"First": outer, "Of it": inner, "Second": outer}
    lists = "".join(f'<div><ul><li {attribute}="{level}">{words}</li></ul></div>' for words, level in levels.items())
    assert one_line(clean(lists)) == "<ul><li>First<ul><li>Of it</li></ul></li><li>Second</li></ul>"


def test_three_bullets_in_a_running_line_are_a_list():
    assert (
        clean("<p>We offer: • a team • training • parking</p>") == f"<p>We offer:</p>\n{bullets('a team', 'training', 'parking')}"
    )


def test_two_bullets_in_a_line_only_stand_between_words():
    assert clean("<p>£32 an hour • casual • 12 hours</p>") == "<p>£32 an hour • casual • 12 hours</p>"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("an experi-\nenced teacher", "an experienced teacher"),
        ("a well-\nestablished team", "a well-established team"),
        ("full-\nor part-time", "full-<br>or part-time"),
        ("Monday -\nfriday", "Monday -<br>friday"),
        ("the Head-\nTeacher", "the Head-<br>Teacher"),
    ],
)
def test_a_word_that_a_pdf_broke_is_whole_again(text, joined):
    assert clean(text) == f"<p>{joined}</p>"
