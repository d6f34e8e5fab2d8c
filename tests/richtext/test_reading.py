import pytest

from richtext.cleaning import clean, clean_with_report

from .markup import bullets

PARTS = [
    "div", "section", "article", "header", "footer", "main", "aside", "address", "figure", "figcaption", "form", "fieldset",
    "legend", "center", "details", "summary", "pre",
]  # fmt: skip


@pytest.mark.parametrize("tag", PARTS)
def test_every_part_of_a_page_is_a_paragraph_of_its_own(tag):
    assert clean(f"a<{tag}>b</{tag}>c") == "<p>a</p>\n<p>b</p>\n<p>c</p>"


def test_a_rule_parts_two_paragraphs():
    assert clean("a<hr>b") == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize("tag", ["nav", "button", "select", "title", "textarea", "svg", "math", "dialog", "noframes", "style"])
def test_what_nobody_reads_in_a_text_goes_without_a_word(tag):
    html, report = clean_with_report(f"<p>a</p><{tag}>x</{tag}><p>b</p>")
    assert (html, str(report)) == ("<p>a</p>\n<p>b</p>", "")


def test_the_brackets_around_a_reading_of_signs_are_not_read():
    assert clean("<ruby>漢<rp>(</rp><rt> kan</rt><rp>)</rp></ruby>") == "<p>漢 kan</p>"


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("<img src=a width=10 height=10>", "1 picture was left out."),
        ("<canvas></canvas><img src=a>", "2 pictures were left out."),
        ("<object>x</object>", "1 embedded page was left out."),
        ("<embed src=x>", "1 embedded page was left out."),
        ("<iframe src=x></iframe>", "1 embedded page was left out."),
        ("<video>x</video>", "1 film was left out."),
        ("<audio></audio><audio></audio>", "2 recordings were left out."),
        ("<del>x</del>", "1 struck-out passage was left out."),
        ("<s>x <b>y</b></s><strike>z</strike>", "2 struck-out passages were left out."),
        ("<img src=a width=1 height=1>", ""),
        ("<img src=a width=0>", ""),
        ("<img src=a height=1 width=600>", ""),
        ("<img src=a style='display:none'>", ""),
    ],
)
def test_what_is_left_out_is_counted_unless_nobody_could_see_it(pasted, said):
    html, report = clean_with_report(f"<p>a</p>{pasted}<p>b</p>")
    assert (html, str(report)) == ("<p>a</p>\n<p>b</p>", said)


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ("<a href=/x>w</a>", "1 link was left out. The words of each link are kept."),
        ("<a href=/x>w</a><a href=file:///y></a>", "2 links were left out. The words of each link are kept."),
        (
            "<a href=/x>w</a><table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>",
            "1 link and 1 table were left out. The words of each table and each link are kept.",
        ),
        ("<a href='#top'>w</a>", ""),
        ("<a name=x>w</a>", ""),
        ("<a href=' '>w</a>", ""),
    ],
)
def test_a_link_that_leads_nowhere_is_told_unless_it_led_within_the_text(links, said):
    assert str(clean_with_report(f"<p>{links}</p>")[1]) == said


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("a  b\nc\td", "<p>a b<br>c d</p>"),
        ("a &amp; b\n\nc < d", "<p>a &amp; b</p>\n<p>c &lt; d</p>"),
        ("<p>a\nb</p>", "<p>a b</p>"),
        ("<pre>a\nb   c</pre>", "<p>a<br>b c</p>"),
        ("<p> </p> <div> a </div> b <p>c</p>", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
        ("<p>a<br> <br><br>b</p>", "<p>a</p>\n<p>b</p>"),
        ("<h3>a<br><br>b</h3>", "<h3>a b</h3>"),
        ("<ul><li>a<br><br>b</ul>", bullets("a<br>b")),
    ],
)
def test_line_breaks_count_in_plain_text_and_where_they_are_written(pasted, cleaned):
    assert clean(pasted) == cleaned


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("<li>a<li>b", bullets("a", "b")),
        ("<menu><li>a<menu><li>b</menu></menu>", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("<dir><li>a<dir><li>b</dir></dir>", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("<ul><li><p class=MsoListParagraph>• a</ul>", bullets("• a")),
        ("<dir><dir><li>a</dir><li>b</dir>", bullets("a", "b")),
        ("<ul><li><h3>T</h3>x<li>y</ul>", bullets("T<br>x", "y")),
        ("<ul><li>a<p>b</p><ul><li>c<p>d</p></ul></ul>", "<ul>\n<li>a<br>b\n<ul>\n<li>c<br>d</li>\n</ul>\n</li>\n</ul>"),
        ("<ol start=0><li>a</ol>", "<ol>\n<li>a</li>\n</ol>"),
        ("<ol start=-3><li>a</ol>", "<ol>\n<li>a</li>\n</ol>"),
        ("<ol start=ten><li>a</ol>", "<ol>\n<li>a</li>\n</ol>"),
        ("<ol start=120><li>a</ol>", "<p>120. a</p>"),
        ("<ol start=1000><li>a</ol>", "<ol>\n<li>a</li>\n</ol>"),
    ],
)
def test_a_list_is_read_however_it_was_written(pasted, cleaned):
    assert clean(pasted) == cleaned


@pytest.mark.parametrize(
    ("written", "read"),
    [("a\xadb", "ab"), ("a\u200bb", "ab"), ("a\ufeffb", "ab"), ("a\u202eb", "ab"), ("a\u2060b", "ab"), ("a\u00a0 b", "a b"),
     ("a\u200db", "ab"), ("👩\u200dx", "👩x"), ("x\u200d👩", "x👩"),
     ("👩\u200d👧", "👩\u200d👧"), ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥")]
)  # fmt: skip
def test_signs_that_nobody_sees_go_except_between_two_emoji(written, read):
    assert clean(f"<p>{written}</p>") == f"<p>{read}</p>"


@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_list_of_words_is_read_outside_real_lists_only(tag):
    item = f"<{tag} style='mso-list:l0 level7 lfo1'>a</{tag}>"
    assert clean(item) == bullets("a")
    assert clean(f"<ul><li>b<ul><li>c{item}</ul></ul>") == "<ul>\n<li>b\n<ul>\n<li>c<br>a</li>\n</ul>\n</li>\n</ul>"
