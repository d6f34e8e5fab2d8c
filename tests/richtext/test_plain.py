import pytest

from richtext.cleaning import plain_text
from richtext.plain import one_line


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h3>T</h3><p>a<br>b</p><p>c</p>", "T\n\na\nb\n\nc"),
        ("<p>x</p><ul><li>a<li>b</ul><p>y</p>", "x\n\n- a\n- b\n\ny"),
        ("<ul><li>a</ul><ol><li>b<li>c</ol>", "- a\n1. b\n2. c"),
        ("<blockquote><p>a</p></blockquote><p>b</p>", "> a\n\nb"),
        ("<p>Tom &amp; Jo &lt;both&gt;</p>", "Tom & Jo <both>"),
        ("<p><b>a</b> <i>b</i></p>", "a b"),
    ],
)
def test_a_body_reads_well_without_its_markup(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<ol><li>a<ul><li>x<ul><li>deep</ul><li>y</ul><li>b<ol><li>p<li>q</ol><li>c<ol><li>r</ol></ol>",
            "1. a\n   - x\n      - deep\n   - y\n2. b\n   1. p\n   2. q\n3. c\n   1. r",
        ),
        ("<ol><li>a<li>b</ol><ol><li>c</ol>", "1. a\n2. b\n1. c"),
        ("<ul><li>a<br>b<ol><li>c<br>d</ol></ul>", "- a\n  b\n   1. c\n      d"),
        (f"<ol>{'<li>x' * 9}<li>y<br>z</ol>", "\n".join([*(f"{n}. x" for n in range(1, 10)), "10. y\n    z"])),
    ],
)
def test_list_items_are_counted_indented_and_their_further_lines_stand_under_the_first(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("href", "words", "text"),
    [
        ("https://x.example/a?b=1", "the form", "the form (https://x.example/a?b=1)"),
        ("mailto:a@b.example", "write to us", "write to us (a@b.example)"),
        ("tel:01632960123", "ring", "ring (01632960123)"),
        ("https://x.example/a", "x.example", "x.example (https://x.example/a)"),
        ("mailto:a@b.example", "A@b.example", "A@b.example"),
        ("tel:01632960123", "01632 960 123", "01632 960 123"),
        ("https://x.example/", "x.example", "x.example"),
        ("https://x.example", "HTTPS://X.example/", "HTTPS://X.example/"),
        ("http://x.example/a", "https://x.example/a/", "https://x.example/a/"),
        ("https://x.example/A", "<b>x.</b>example/a", "x.example/a"),
    ],
)
def test_the_address_stands_behind_a_link_unless_its_words_say_it(href, words, text):
    assert plain_text(f'<p><a href="{href}">{words}</a> now</p>') == f"{text} now"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("  a \t b\r\nc\u2028d ", "a b c d"),
        ("a\xadb\u200bc\u202ed\x07e\ufefff\ue000", "abcdef"),
        ("Ysgol y Dŵr – ½ 😀", "Ysgol y Dŵr – ½ 😀"),
        ("a\u00a0b", "a b"),
        ("\u200b", ""),
    ],
)
def test_one_line_holds_only_what_is_seen(written, line):
    assert one_line(written) == line


def test_a_text_too_large_to_be_rebuilt_is_still_plain():
    assert plain_text(f"<blockquote><p>{'a &lt; b ' * 40_000}</p></blockquote>") == ("a < b " * 40_000).strip()
