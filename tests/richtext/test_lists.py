"""Lists that programs and people only draw become real ones, and what is no list stays as it was written."""

import pytest

from richtext.cleaning import ARTICLE, clean

from .markup import bullets, numbers, paragraphs, word_list, word_paragraphs


@pytest.mark.parametrize(
    "mark", ["•", "●", "▪", "◦", "‣", "∙", "·", "○", "■", "□", "▫", "➢", "➤", "✓", "✔️", "✅", "►", "◾", "❖", "\uf0b7", "\uf0a7"]
)
def test_a_bullet_that_can_mean_nothing_else_makes_a_list_of_one_line(mark):
    assert clean(paragraphs(f"{mark} one")) == clean(paragraphs(f"{mark}one")) == bullets("one")


@pytest.mark.parametrize("mark", ["-", "–", "—", "*", "o", "§", "Ø", "ü", "+"])
def test_a_sign_that_can_mean_something_else_needs_company_and_a_space(mark):
    assert clean(paragraphs(f"{mark} one", f"{mark} two")) == bullets("one", "two")
    for text in ([f"{mark} one"], [f"{mark}one", f"{mark}two"]):
        assert clean(paragraphs(*text)) == "\n".join(f"<p>{line}</p>" for line in text)


@pytest.mark.parametrize(
    "marks",
    [
        ["1.", "2.", "3.", "4."],
        ["1)", "2)", "3)", "4)"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["a.", "b.", "c.", "d."],
        ["(a)", "(b)", "(c)", "(d)"],
        ["i.", "ii.", "iii.", "iv.", "v.", "vi.", "vii.", "viii.", "ix.", "x."],
        ["a)", "b)", "c)", "d)", "e)", "f)", "g)", "h)", "i)", "j)"],
    ],
)
def test_numbers_and_letters_that_count_from_one_are_a_list(marks):
    assert clean(paragraphs(*(f"{mark} x" for mark in marks))) == numbers(*"x" * len(marks))


@pytest.mark.parametrize(
    "lines",
    [
        ["1. alone"],
        ["* one", "- another"],
        ["2. two", "3. three"],
        ["1. one", "3. three"],
        ["1.5 hours", "2.5 hours"],
        ["100. a", "101. b"],
        ["h. a", "i. b"],
        ["i. one", "iii. three"],
        ["1. one", "a paragraph", "2. two"],
    ],
)
def test_what_does_not_count_like_a_list_stays_as_it_was_written(lines):
    assert clean(paragraphs(*lines)) == "\n".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    ("lines", "cleaned"),
    [
        (["• a", "- b", "- c", "• d"], "<ul>\n<li>a\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>"),
        (["1. a", "- b", "2. c"], "<ol>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ol>"),
        (["a) a", "i) b", "ii) c", "b) d"], "<ol>\n<li>a\n<ol>\n<li>b</li>\n<li>c</li>\n</ol>\n</li>\n<li>d</li>\n</ol>"),
        (
            ["1. a", "a) b", "b) c", "2. d", "a) e"],
            "<ol>\n<li>a\n<ol>\n<li>b</li>\n<li>c</li>\n</ol>\n</li>\n<li>d\n<ol>\n<li>e</li>\n</ol>\n</li>\n</ol>",
        ),
        (["a. a", "(a) b", "(b) c", "b. d"], "<ol>\n<li>a\n<ol>\n<li>b</li>\n<li>c</li>\n</ol>\n</li>\n<li>d</li>\n</ol>"),
        (["1) a", "1. b", "2. c", "2) d"], "<ol>\n<li>a\n<ol>\n<li>b</li>\n<li>c</li>\n</ol>\n</li>\n<li>d</li>\n</ol>"),
        (
            ["• a", "1. b", "- c", "- d", "• e", "- f"],
            "<ul>\n<li>a\n<ol>\n<li>b\n<ul>\n<li>c</li>\n<li>d</li>\n</ul>\n</li>\n</ol>\n</li>\n"
            "<li>e\n<ul>\n<li>f</li>\n</ul>\n</li>\n</ul>",
        ),
    ],
)
def test_a_mark_of_another_shape_begins_a_list_within_the_item(lines, cleaned):
    assert clean(paragraphs(*lines)) == cleaned


def test_a_list_may_begin_and_end_in_the_middle_of_a_paragraph():
    assert clean("<p>Bring:<br><b>-</b> a pen<br>- <i>paper</i><br>Thank you</p>") == (
        "<p>Bring:</p>\n<ul>\n<li>a pen</li>\n<li><em>paper</em></li>\n</ul>\n<p>Thank you</p>"
    )
    assert clean("<p>One<br>- two<br>three</p>") == "<p>One<br>- two<br>three</p>"


def test_a_number_in_bold_and_its_stop_beside_it_are_one_mark():
    assert clean("<p><b>1</b>. a<p><b>2</b>. b") == numbers("a", "b")


def test_a_typed_list_ends_where_a_quotation_begins():
    quoted = clean("<p>- a</p><p>- b</p><blockquote><p>- c</p></blockquote>", ARTICLE)
    assert quoted == f"{bullets('a', 'b')}\n<blockquote>\n<p>- c</p>\n</blockquote>"


def test_bullets_typed_into_a_real_list_are_words_of_its_items():
    """Whoever cleans it again must find the same."""
    assert clean("<ul><li>• a<li>1. b<p>• c</ul>") == "<ul>\n<li>• a</li>\n<li>1. b<br>• c</li>\n</ul>"


@pytest.mark.parametrize(
    ("between", "cleaned"),
    [
        (["x"], "<ol>\n<li>a<br>x</li>\n<li>b</li>\n</ol>"),
        (["x", "y", "z"], "<ol>\n<li>a<br>x<br>y<br>z</li>\n<li>b</li>\n</ol>"),
        (["w", "x", "y", "z"], "<ol>\n<li>a</li>\n</ol>\n<p>w</p>\n<p>x</p>\n<p>y</p>\n<p>z</p>\n<p>2. b</p>"),
    ],
)
def test_up_to_three_paragraphs_between_two_numbers_belong_to_the_first(between, cleaned):
    assert clean(f"<ol><li>a</ol>{paragraphs(*between)}<ol start=2><li>b</ol>") == cleaned


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("<ol><li>a</ol><ol start=3><li>c</ol>", f"{numbers('a')}\n<p>3. c</p>"),
        ("<ol><li>a</ol><h3>T</h3><ol start=2><li>b</ol>", f"{numbers('a')}\n<h3>T</h3>\n<p>2. b</p>"),
        ("<ol><li>a</ol><ul><li>u</ul><ol start=2><li>b</ol>", f"{numbers('a')}\n{bullets('u')}\n<p>2. b</p>"),
        (
            "<ol><li>a</ol><p>n</p><ul><ul><li>u</ul></ul><ol start=2><li>b</ol>",
            f"{numbers('a')}\n<p>n</p>\n{bullets('u')}\n<p>2. b</p>",
        ),
        ("<ol start=5><li>a<li>b</ol>", "<p>5. a</p>\n<p>6. b</p>"),
        ("<ol start=5><li>a</ol><ol><li>b</ol><ol start=2><li>c</ol>", f"<p>5. a</p>\n{numbers('b', 'c')}"),
        ("<ol><li>a<li>b<li>c</ol><p>n</p><ol start=4><li>d</ol>", numbers("a", "b", "c<br>n", "d")),
        (
            "<ol><li>a<ol start=4><li>x</ol><li>b</ol>",
            "<ol>\n<li>a\n<ol>\n<li>x</li>\n</ol>\n</li>\n<li>b</li>\n</ol>",
        ),
        ("<ol><li>a</ol><ol><li>b</ol>", f"{numbers('a')}\n{numbers('b')}"),
    ],
)
def test_a_number_is_kept_by_the_list_that_it_goes_on_with_or_else_as_words(pasted, cleaned):
    assert clean(pasted) == clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "marks",
    [
        ["1.", "2.", "3."],
        ["(1)", "(2)", "(3)"],
        ["A)", "B)", "C)"],
        ["i.", "ii.", "iii.", "iv.", "v.", "vi.", "vii.", "viii.", "ix.", "x.", "xi."],
        ["I.", "II.", "III.", "IV.", "V."],
        ["a.", "b.", "c.", "d.", "e.", "f.", "g.", "h.", "i.", "j."],
        ["1.1.", "1.2.", "1.3."],
    ],
)
def test_a_numbered_list_of_words_counts_as_its_marks_do(marks):
    assert clean(word_list(*((1, mark, "x") for mark in marks))) == numbers(*"x" * len(marks))
    if not marks[0].startswith(("A", "I", "1.1")):
        assert clean(word_paragraphs(*(("36pt", f"{mark} x") for mark in marks))) == numbers(*"x" * len(marks))


def test_a_list_of_words_within_another_counts_from_its_own_beginning():
    inner = [(2, "i.", "x"), (2, "ii.", "y")]
    assert clean(word_list((1, "a.", "a"), *inner, (1, "b.", "b"), *inner)) == (
        "<ol>\n<li>a\n<ol>\n<li>x</li>\n<li>y</li>\n</ol>\n</li>\n<li>b\n<ol>\n<li>x</li>\n<li>y</li>\n</ol>\n</li>\n</ol>"
    )


@pytest.mark.parametrize(("mark", "number"), [("iv.", 4), ("IX)", 9), ("xl.", 40), ("(c)", 3), ("99", 99), ("2.3.", 3)])
def test_the_number_of_a_list_of_words_that_begins_later_is_written_out(mark, number):
    assert clean(word_list((1, mark, "x"))) == f"<p>{number}. x</p>"


@pytest.mark.parametrize("mark", ["o", "v", "§", "Ø", "·"])
def test_the_letters_that_word_draws_as_bullets_are_no_numbers(mark):
    assert clean(word_list((1, mark, "x"))) == bullets("x")


def test_a_list_of_words_that_lost_its_levels_is_nested_by_its_margins():
    nested = "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"
    for margin in ("72pt", "72.0pt", "2.54cm", "1in", "96px", "54.5pt"):
        assert clean(word_paragraphs(("36pt", "· a"), (margin, "· b"))) == nested
    for margin in ("36pt", "53pt", "60px", "0", "10pt", "-18pt", "1.2.3pt", ".pt", "auto"):
        assert clean(word_paragraphs(("36pt", "· a"), (margin, "· b"))) == bullets("a", "b")
        assert clean(word_paragraphs((margin, "· a"), ("36pt", "· b"))) == bullets("a", "b")


def test_a_paragraph_in_words_list_style_without_a_mark_is_a_paragraph():
    assert clean(word_paragraphs(("36pt", "a"), ("72pt", "b")) + "<p>• c</p>") == f"<p>a</p>\n<p>b</p>\n{bullets('c')}"


@pytest.mark.parametrize(("marks", "made"), [(["1.", "2."], numbers), (["i)", "ii)"], numbers), (["•", "•"], bullets)])
def test_an_item_of_words_takes_the_mark_that_stands_among_its_words(marks, made):
    item = "<p style='mso-list:l0 level1 lfo1'>{} x</p>"
    assert clean("".join(item.format(mark) for mark in marks)) == made("x", "x")


def test_a_mark_of_words_is_no_word_of_its_item_whatever_its_look():
    mark = "<span style='mso-list:Ignore'><b>1.</b><span> &nbsp;</span></span>"
    assert clean(f"<p style='mso-list:l0 level1 lfo1'>{mark}x</p>") == numbers("x")
