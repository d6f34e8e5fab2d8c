import pytest

from richtext.cleaning import ARTICLE, clean_with_report

from .markup import bullets, table

LEFT_OUT = "1 table was left out. The words of each table are kept."


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        (table(["x" * 80, "v"]), [f"<strong>{'x' * 80}:</strong> v"]),
        (table(["x" * 81, "v"]), ["x" * 81, "v"]),
        (
            table(["Any questions?", "ring"], ["Salary:", "£1"]),
            ["<strong>Any questions?</strong> ring", "<strong>Salary:</strong> £1"],
        ),
        (table(["Facts", ""], ["a", "b"]), ["<strong>Facts</strong>", "<strong>a:</strong> b"]),
        (table(["", "v"], ["a", "b"]), ["v", "<strong>a:</strong> b"]),
        (table(["a", "", "b"], ["c", "", "d"], ["", "", ""]), ["<strong>a:</strong> b", "<strong>c:</strong> d"]),
        ("<table><tr><td colspan=2>Facts<tr><td>a<td>b</table>", ["<strong>Facts</strong>", "<strong>a:</strong> b"]),
        ("<table><tr><th>A<th>B<tr><td>a<td>b</table>", ["<strong>A:</strong> B", "<strong>a:</strong> b"]),
        (
            "<dl><dt>Hours<dd>Ten<dd>Twelve<dt>Pay<dd>£1</dl>",
            ["<strong>Hours:</strong> Ten", "Twelve", "<strong>Pay:</strong> £1"],
        ),
        ("<dl><dt>a<dt>b<dd>c</dl>", ["<strong>a</strong>", "<strong>b:</strong> c"]),
        ("<dl><dd>a<dd>b</dl>", ["a", "b"]),
        ("a<table><caption>Pay</caption><tr><td>x<td>y</table>b", ["a", "Pay", "<strong>x:</strong> y", "b"]),
    ],
)
def test_two_columns_are_facts_and_nothing_is_lost(pasted, cleaned):
    html, report = clean_with_report(pasted)
    assert (html, str(report)) == ("\n".join(f"<p>{line}</p>" for line in cleaned), "")


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        (table(["Duties", "<p>x<p>y<ul><li>a<li>b</ul>"]), f"<p><strong>Duties:</strong> x<br>y</p>\n{bullets('a', 'b')}"),
        (table(["Duties", "<ul><li>a</ul><p>z"]), f"<p><strong>Duties:</strong></p>\n{bullets('a')}\n<p>z</p>"),
        (table(["<ul><li>a</ul>", "b"]), f"{bullets('a')}\n<p>b</p>"),
        (f"<ul><li>x{table(['a', 'b'])}<li>y</ul>", bullets("x<br><strong>a:</strong> b", "y")),
        (f"<ul><li>{table(['a', 'b'], ['c', 'd'])}</ul>", bullets("<strong>a:</strong> b<br><strong>c:</strong> d")),
    ],
)
def test_lists_in_tables_and_tables_in_lists_keep_their_places(pasted, cleaned):
    assert clean_with_report(pasted)[0] == cleaned


@pytest.mark.parametrize("rows", [[["a"], ["b"]], [["a", "b", "c"], ["", "", ""]], [["a", "b", "c"], ["d", "<p>e<p>f", "g"]]])
def test_a_table_that_only_arranges_a_page_goes_without_a_word(rows):
    html, report = clean_with_report(table(*rows))
    words = [letter for letter in "abcdefg" if letter in str(rows)]
    assert (html, str(report)) == ("\n".join(f"<p>{word}</p>" for word in words), "")


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        (table(["a", "b", "c"], ["", "", "d"], ["e", "", ""]), ["<strong>a:</strong> b; c", "d", "<strong>e:</strong>"]),
        (table(["x" * 81, "v"], ["a", "b"]), [f"<strong>{'x' * 81}:</strong> v", "<strong>a:</strong> b"]),
        ("<table><tr><th>Day:<th>In:<th>Out:<tr><td>Mon:<td>1<td></table>", ["<strong>Mon:</strong> In 1"]),
        ("<table><tr><th>Day<th>In<td>Out<tr><td>Mon<td>1<td>2</table>", ["<strong>Mon:</strong> In 1; Out 2"]),
        (
            "<table><tr><th>Mon<td>1<td>2<tr><th>Tue<td>3<td>4</table>",
            ["<strong>Mon:</strong> 1; 2", "<strong>Tue:</strong> 3; 4"],
        ),
        ("<table><tr><th>A<th>B<th>C<tr><td><td>b<td>c</table>", ["B b; C c"]),
        (
            table(["<b>Day</b>", "<b>In <i>or</i></b> <b>out</b>", "<b>Z</b>"], ["Mon", "1", "2"]),
            ["<strong>Mon:</strong> In or out 1; Z 2"],
        ),
        (
            table(["<b>Day</b>", "<b>In</b>", "Z"], ["Mon", "1", "2"]),
            ["<strong>Day: In</strong>; Z", "<strong>Mon:</strong> 1; 2"],
        ),
        (
            table(["", "<b>In</b>", "<b>Z</b>"], ["Mon", "1", "2"]),
            ["<strong>In</strong>; <strong>Z</strong>", "<strong>Mon:</strong> 1; 2"],
        ),
        (
            "<table><tr><th colspan=2>Day<th>In<th>Out<tr><td>Mon<td>am<td>1<td>2</table>",
            ["<strong>Mon:</strong> am; In 1; Out 2"],
        ),
        (
            "<table><tr><th colspan=5>A<th>B<tr><td>0<td>1<td>2<td>3<td>4<td>5</table>",
            ["<strong>0:</strong> 1; 2; 3; 4; B 5"],
        ),
        ("<table><tr><td colspan=2>T<td>y<tr><td>a<td>b<td>c</table>", ["<strong>T:</strong> y", "<strong>a:</strong> b; c"]),
        (
            f"<table><tr><td colspan=5>a<td>b<tr>{''.join(f'<td>{n}' for n in range(6))}</table>",
            ["<strong>a:</strong> b", "<strong>0:</strong> 1; 2; 3; 4; 5"],
        ),
    ],
)
def test_a_wider_table_becomes_a_line_a_row_and_staff_are_told(pasted, cleaned):
    html, report = clean_with_report(pasted)
    assert (html, str(report)) == ("\n".join(f"<p>{line}</p>" for line in cleaned), LEFT_OUT)


def test_a_table_in_a_quotation_is_quoted():
    quoted = clean_with_report(f"<blockquote>{table(['a', 'b'])}</blockquote>", ARTICLE)[0]
    assert quoted == "<blockquote>\n<p><strong>a:</strong> b</p>\n</blockquote>"
