import os
import re

import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st

from richtext.cleaning import ADVERT, ARTICLE, clean, clean_with_report, made_safe, plain_text

WORD_ITEM = (
    "<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>"
    "<span style='font-family:Symbol'><span style='mso-list:Ignore'>{mark}<span>&nbsp;&nbsp; </span></span></span><![endif]>"
    "{text}<o:p></o:p></p>"
)
SAFELINK = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.x.example%2Fjob%3Fa%3D1%26b%3D2&data=1"


def word_list(*items: tuple[int, str, str]) -> str:
    return "".join(WORD_ITEM.format(level=level, mark=mark, text=text) for level, mark, text in items)


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        (
            word_list((1, "·", "One"), (2, "o", "Two"), (1, "·", "Three")),
            "<ul>\n<li>One\n<ul>\n<li>Two</li>\n</ul>\n</li>\n<li>Three</li>\n</ul>",
        ),
        (word_list((1, "1.", "One"), (1, "2.", "Two")), "<ol>\n<li>One</li>\n<li>Two</li>\n</ol>"),
        ("We want:\n- a\n- b", "<p>We want:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("<p>- a lone dash</p>", "<p>- a lone dash</p>"),
        (
            "<ol><li>a<li>b</ol><p>note</p><ol start=3><li>c</ol>",
            "<ol>\n<li>a</li>\n<li>b<br>note</li>\n<li>c</li>\n</ol>",
        ),
        ("<p>x</p><ol start=9><li>z</ol>", "<p>x</p>\n<p>9. z</p>"),
        (
            "<ul><ul><li>deep<ol><li>q<li>w</ol><li>a</ul></ul>",
            "<ul>\n<li>deep\n<ol>\n<li>q</li>\n<li>w</li>\n</ol>\n</li>\n<li>a</li>\n</ul>",
        ),
        (
            "<table><tr><td><b>Closing date:</b><td>Noon, <i>Friday</i><tr><td>Salary<td><p>£1<p>£2</table>",
            "<p><strong>Closing date:</strong> Noon, <em>Friday</em></p>\n<p><strong>Salary:</strong> £1<br>£2</p>",
        ),
        ("<h1>T</h1><h2>x<br>y</h2><h5>z</h5>", "<h3>T</h3>\n<h4>x y</h4>\n<h4>z</h4>"),
        ('<b style="font-weight:normal"><p>a<b> bold </b>c</p></b>', "<p>a <strong>bold</strong> c</p>"),
        (f'<a href="{SAFELINK}">apply</a>', '<p><a href="https://www.x.example/job?a=1&amp;b=2">apply</a></p>'),
        (
            "Ring us or see www.school.example.",
            '<p>Ring us or see <a href="https://www.school.example">www.school.example</a>.</p>',
        ),
        ("office@school.example", '<p><a href="mailto:office@school.example">office@school.example</a></p>'),
        ("<p>a</p><p>&nbsp;</p><p>b&nbsp; c</p>", "<p>a</p>\n<p>b c</p>"),
        ("<div>x<br><br>y</div>", "<p>x</p>\n<p>y</p>"),
    ],
)
def test_a_paste_becomes_the_grammar(pasted, cleaned):
    assert clean(pasted) == cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///c:/x", "/x", "//x.example", "#x",
             "https://good.example\\@bad.example/", "https://user:pass@bad.example/", "vbscript:x", "http://localhost/"]
)  # fmt: skip
def test_a_link_that_must_not_or_cannot_work_goes_and_its_words_stay(href):
    assert clean(f'<p><a href="{href}">words</a></p>') == "<p>words</p>"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<!-- x --><![if x]><![endif]>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<img src=x onerror=alert(1)>",
        "<template><b>x</b></template>",
    ],
)
def test_what_runs_leaves_nothing(attack):
    assert clean(f"<p>before</p>{attack}<p>after</p>") == "<p>before</p>\n<p>after</p>"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("<p onclick=x>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<svg><script>alert(1)</script></svg><p>a</p>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)><p>a</p>", "<p>a</p>"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "<p><a>a</a></p>"),
        ('<p><a href="https://a.example/" target="_blank">a</a></p>', '<p><a href="https://a.example/">a</a></p>'),
        ("<p>a\0b</p>", "<p>a b</p>"),
        ("<iframe src=//x></iframe><p>a", "<p>a</p>"),
        ("", ""),
    ],
)
def test_what_reaches_a_page_is_harmless_whoever_put_it_into_the_database(stored, shown):
    assert "".join(made_safe(stored).split("\n")) == shown


def test_only_an_article_may_quote():
    assert clean("<blockquote><p>a</p></blockquote>", ARTICLE) == "<blockquote>\n<p>a</p>\n</blockquote>"
    assert clean("<blockquote><p>a</p></blockquote>", ADVERT) == "<p>a</p>"


def test_a_line_that_a_pdf_wrapped_is_one_sentence_again():
    wrapped = "The Governors of Brook Lane Academy wish to appoint an enthusiastic and\nwell organised officer."
    assert (
        clean(wrapped) == "<p>The Governors of Brook Lane Academy wish to appoint an enthusiastic and well organised officer.</p>"
    )


@pytest.mark.parametrize(
    "kept", ["Brook Lane\nwell organised", "x" * 60 + ".\nand so on", "x" * 60 + "\nSalary: £20,000", "x" * 60 + "\n8.30am"]
)
def test_a_line_break_that_was_meant_stays(kept):
    assert clean(kept).count("<br>") == 1


def test_a_family_of_emoji_stays_together():
    assert clean("<p>👩\u200d👧 a\u200db</p>") == "<p>👩\u200d👧 ab</p>"


@pytest.mark.parametrize("times", [1, 200_000])
def test_a_sign_that_no_feed_can_hold_is_a_space_in_a_text_of_any_size(times):
    """One of them, and the feed of all adverts could not be written."""
    text = clean("<p>" + "a\x0bb\x1f\ufffe " * times + "</p>")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
    assert text.startswith("<p>a b")


def test_what_was_left_out_is_said():
    grid = "<table><tr><th>Day<th>Start<th>Finish<tr><td>Mon<td>8<td>3</table>"
    html, report = clean_with_report(f"<img src=a><img src=b>{grid}")
    assert html == "<p><strong>Mon:</strong> Start 8; Finish 3</p>"
    assert str(report) == "2 pictures and 1 table were left out. The words of each table are kept."


def test_nothing_left_out_is_not_said():
    report = clean_with_report("<p>a</p>")[1]
    assert (bool(report), str(report)) == (False, "")


def test_plain_text_shows_lists_and_addresses():
    html = '<p>See <a href="https://x.example/a">the site</a></p><ul><li>a<ol><li>b</ol></ul>'
    assert plain_text(html) == "See the site (https://x.example/a)\n\n- a\n   1. b"


@pytest.mark.parametrize("pasted", ["<div>" * 5000 + "x", "<b a=1><i>" * 500 + "x", "<p><font size=1>" * 2000 + "x"])
def test_deep_nesting_keeps_the_words(pasted):
    assert re.sub(r"<[^>]+>", "", clean(pasted)) == "x"


@pytest.mark.parametrize("piece", ["<div>x", "a<br>", "<p>- x</p>", "<", "&"])
def test_a_huge_paste_is_made_safe_without_being_rebuilt(piece, monkeypatch):
    monkeypatch.setattr("richtext.cleaning.read", None)  # to call the slow reader would fail
    safe = clean(piece * (320_000 // len(piece)) + "&lt;" * 80_000)
    assert not set(re.findall(r"<([a-z0-9]+)", safe)) - ADVERT.tags


def test_a_huge_text_keeps_its_quotations_where_they_may_stand():
    huge = f"<blockquote><p>{'a ' * 160_000}</p></blockquote>"
    assert [clean(huge, grammar).startswith("<blockquote>") for grammar in (ARTICLE, ADVERT)] == [True, False]


def test_a_short_text_within_much_markup_is_rebuilt_like_any_other():
    pasted = f"<p class='{'x' * 310_000}'>- a</p><p>- b</p>"
    assert (clean(pasted), plain_text(pasted)) == ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "- a\n- b")


# ``make bench`` tries 5,000.
EXAMPLES = int(os.environ.get("GREENSHEETS_EXAMPLES", "300"))
PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<ul>", "</ul>", "<ol>", "<ol start=3>", "</ol>", "<li>", "</li>", "<br>",
     "<h1>", "</h1>", "<h4>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<dl>", "<dt>", "<dd>", "</dl>", "<blockquote>",
     "</blockquote>", "<a href=https://a.example/>", "<a href=x>", "</a>", "- ", "• ", "1. ", "2. ", "i. ", "a) ", "x", " ", "\n",
     "&nbsp;", "www.a.example", "a@b.example", ".", "<pre>", "</pre>", "<div>", "</div>", "<", "&", "\0", "é",
     "<p style='mso-list:l0 level2 lfo1'>", 
     "a line that is long enough to have been wrapped somewhere ", "\u200d", "👩",
     "<span style='mso-list:Ignore'>", "</span>", "<p class=MsoListParagraph>"]
)  # fmt: skip


def test_typed_bullets_go_on_into_a_quotation_where_there_are_none():
    assert clean("- one<blockquote>- two</blockquote>") == "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    quoted = clean("<p>Ten</p><blockquote>Twelve</blockquote>", ARTICLE)
    assert quoted == "<p>Ten</p>\n<blockquote>\n<p>Twelve</p>\n</blockquote>"


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
@settings(max_examples=EXAMPLES)
def test_cleaning_is_idempotent_and_stays_in_the_grammar(pasted):
    once = clean(pasted)
    assert clean(once) == once
    assert made_safe(once) == once  # so that what was tidied for an edition is what a page shows
    assert not set(re.findall(r"<([a-z0-9]+)", once)) - ADVERT.tags


def test_a_list_that_begins_too_deep_goes_on_as_one_list():
    deep = '<p style="mso-list: l0 level2 lfo1">first</p><p>• second</p>'
    assert clean(deep) == "<ul>\n<li>first</li>\n<li>second</li>\n</ul>"


def test_much_markup_around_few_words_keeps_the_words_without_the_slow_parser(monkeypatch):
    parsed = []
    parse = tinyhtml5.parse
    monkeypatch.setattr(tinyhtml5, "parse", lambda file, **options: parsed.append(len(file.getvalue())) or parse(file, **options))
    many = "<div><b><i>" * 30 + "words" + "</i></b></div>" * 30
    assert clean(many * 2000) == "\n".join(["<p>words</p>"] * 2000)
    assert max(parsed) < 100_000


def test_a_bullet_without_words_below_an_item_is_not_left_as_a_paragraph():
    assert clean("<p>• Teaching</p><p> - phonics<br>- </p>") == (
        "<ul>\n<li>Teaching\n<ul>\n<li>phonics</li>\n</ul>\n</li>\n</ul>"
    )
