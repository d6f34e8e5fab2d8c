import pytest

from richtext.cleaning import ARTICLE, clean

from .markup import bullets, numbers


@pytest.mark.parametrize(
    ("pasted", "tags"),
    [
        ("<h1>a</h1><h2>b</h2><h6>c</h6><h1>d</h1>", "3443"),
        ("<h4>a</h4><h5>b</h5><h4>c</h4>", "343"),
        ("<h2>a</h2><h1>b</h1>", "43"),
        ("<h6>a</h6>", "3"),
    ],
)
def test_the_outermost_headings_are_h3_and_all_others_h4(pasted, tags):
    assert clean(pasted) == "\n".join(f"<h{tag}>{word}</h{tag}>" for tag, word in zip(tags, "abcd", strict=False))


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        (
            "<ul><li>1<ul><li>2<ul><li>3<ul><li>4<ul><li>5</ul><li>6</ul></ul></ul></ul>",
            "<ul>\n<li>1\n<ul>\n<li>2\n<ul>\n<li>3\n<ul>\n<li>4</li>\n<li>5</li>\n<li>6</li>\n</ul>\n</li>\n</ul>\n</li>\n</ul>\n"
            "</li>\n</ul>",
        ),
        ("<ul><li>a</ul><ul><li>b</ul>", bullets("a", "b")),
        ("<ol><li>a<li>b</ol><ul><li>c</ul>", f"{numbers('a', 'b')}\n{bullets('c')}"),
        ("<ul><ul><ul><li>a</ul></ul><li>b</ul>", bullets("a", "b")),
        ("<ol><ul><ul><li>a</ul></ul><li>b<li>c</ol>", f"{bullets('a')}\n{numbers('b', 'c')}"),
        (
            "<ul><li>a<ul><ul><li>b</ul><li>c</ul><li>d</ul>",
            "<ul>\n<li>a\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>",
        ),
        (
            "<ul><li>t<ul><ul><ul><li>a</ul></ul></ul><ol start=2><li>b</ol></ul>",
            "<ul>\n<li>t\n<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ul>",
        ),
        (
            "<ul><li>a<ol><li>b<li>c</ol><ul><li>d</ul><li>e</ul>",
            "<ul>\n<li>a\n<ol>\n<li>b</li>\n<li>c</li>\n</ol>\n<ul>\n<li>d</li>\n</ul>\n</li>\n<li>e</li>\n</ul>",
        ),
    ],
)
def test_lists_nest_four_deep_without_a_gap(pasted, cleaned):
    assert clean(pasted) == clean(cleaned) == cleaned


def test_neighbouring_quotations_are_one_and_a_list_ends_with_its_quotation():
    quote = "<blockquote><ul><li>{}</ul></blockquote>"
    together, alone = bullets("a", "b"), bullets("c")
    assert clean(quote.format("a") + quote.format("b") + "<ul><li>c</ul>", ARTICLE) == (
        f"<blockquote>\n{together}\n</blockquote>\n{alone}"
    )


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("\"q\" &amp; 'r' &lt;s&gt;", "\"q\" &amp; 'r' &lt;s&gt;"),
        ("<b><i>a</i></b> <i>b</i>", "<strong><em>a</em></strong><em> b</em>"),
        (
            '<a href="https://x.example/?a=1&amp;b=%22"><b>x</b> y</a>',
            '<a href="https://x.example/?a=1&amp;b=%22"><strong>x</strong> y</a>',
        ),
        (
            '<a href="https://x.example/?a=&quot;b&lt;c">x</a>',
            '<a href="https://x.example/?a=&quot;b&lt;c">x</a>',
        ),
    ],
)
def test_signs_and_looks_are_written_so_that_they_are_read_again(pasted, cleaned):
    assert clean(f"<p>{pasted}</p>") == clean(f"<p>{cleaned}</p>") == f"<p>{cleaned}</p>"
