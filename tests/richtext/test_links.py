import pytest

from richtext.cleaning import clean

SAFELINK = "https://eur01.safelinks.protection.outlook.com/?data=1&amp;url="


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("HTTPS://X.example/A", "https://X.example/A"),
        ("www.x.example/a", "https://www.x.example/a"),
        ("WWW.x.example", "https://WWW.x.example"),
        ("a@b.example", "mailto:a@b.example"),
        (" https://x.example:8000/my file.pdf ", "https://x.example:8000/my%20file.pdf"),
        ("https://\u200bx.exam\u2060ple/\u202e", "https://x.example/"),
        ("MAILTO:a@b.example?subject=Site Manager", "mailto:a@b.example?subject=Site%20Manager"),
        ("mailto:office%40x.example", "mailto:office%40x.example"),
        ("tel:01632 960 123", "tel:01632960123"),
        ("tel:01632%20960%20123", "tel:01632960123"),
        ("tel:+44(0)1632-960123;ext=12", "tel:+44(0)1632-960123;ext=12"),
    ],
)
def test_an_address_is_written_as_browsers_want_it(href, target):
    assert clean(f'<p><a href="{href}">words</a></p>') == f'<p><a href="{target}">words</a></p>'


@pytest.mark.parametrize(
    "href",
    ["https://user@good.example/", "https://x.example:123456/", "https://[x", "https://", "notes.docx", "mailto:office",
     "mailto:", "tel:call", "tel:12", "ftp://x.example/", "https://x..example/"]
)  # fmt: skip
def test_what_is_no_address_is_no_link(href):
    assert clean(f'<p><a href="{href}">words</a></p>') == "<p>words</p>"


@pytest.mark.parametrize(
    "wrapped",
    [
        f"{SAFELINK}https%3A%2F%2Fx.example%2Fa",
        "https://urldefense.com/v3/__https://x.example/a__;!!abc",
        "https://urldefense.proofpoint.com/v3/__https://x.example/a__;!!abc",
        "https://www.google.com/url?sa=D&amp;q=https://x.example/a",
        "https://google.co.uk/url?url=https://x.example/a&amp;q=words",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fx.example%2Fa&amp;h=1",
        "https://lm.facebook.com/l.php?u=https%3A%2F%2Fx.example%2Fa",
        f"{SAFELINK}https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fx.example%2Fa",
        "https://urldefense.com/v3/__https://l.facebook.com/l.php?u=https%3A%2F%2Fx.example%2Fa__;!!abc",
    ],
)
def test_a_link_leads_where_a_filter_or_a_search_engine_would_have_led(wrapped):
    assert clean(f'<p><a href="{wrapped}">words</a></p>') == '<p><a href="https://x.example/a">words</a></p>'


@pytest.mark.parametrize(
    ("times", "shown"), [(5, '<p><a href="https://x.example/a">words</a></p>'), (6, "<p>words</p>"), (2000, "<p>words</p>")]
)
def test_a_link_within_a_link_is_followed_five_times_and_then_cut(times, shown):
    wrapped = "https://www.google.com/url?q=" * times + "https://x.example/a"
    assert clean(f'<p><a href="{wrapped}">words</a></p>') == shown


@pytest.mark.parametrize(
    "href",
    [
        "https://www.google.com/search?q=https://x.example/",
        "https://www.google.com/url?q=words",
        "https://www.google.com/url?sa=D",
        "https://l.facebook.com/help?u=https://x.example/",
        "https://www.facebook.com/l.php?u=https://x.example/",
        "https://notgoogle.example/url?q=https://x.example/",
    ],
)
def test_an_ordinary_address_that_names_another_keeps_its_own(href):
    assert clean(f'<p><a href="{href}">words</a></p>') == f'<p><a href="{href}">words</a></p>'


@pytest.mark.parametrize(
    ("before", "words", "behind"),
    [
        ("See ", "www.x.example", "."),
        ("See ", "WWW.X.example", "!"),
        ("(see ", "www.x.example", ")."),
        ("(see ", "www.x.example", ".)"),
        ("“", "www.x.example", "”"),
        ("*", "www.x.example", "* | more"),
        ("", "www.x.example/?a=1", "; and"),
        ("", "www.x.example/a_(b)", ", and"),
    ],
)
def test_an_address_in_a_sentence_ends_before_the_sentences_own_signs(before, words, behind):
    linked = f'<a href="https://{words}">{words}</a>'
    assert clean(f"<p>{before}{words}{behind}</p>") == f"<p>{before}{linked}{behind}</p>"


@pytest.mark.parametrize("text", ["me+www.x.example", "a/www.x.example", "https://localhost/x", "www.", "@x"])
def test_what_only_looks_like_an_address_stays_text(text):
    assert clean(f"<p>{text}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        (
            "a@b.example,c@d.example",
            '<a href="mailto:a@b.example">a@b.example</a>,<a href="mailto:c@d.example">c@d.example</a>',
        ),
        (
            "<b>www.x.ex</b>ample/<i>a</i> www.y.example",
            '<a href="https://www.x.example/a"><strong>www.x.ex</strong>ample/<em>a</em></a> '
            '<a href="https://www.y.example">www.y.example</a>',
        ),
        (
            "<a href=https://y.example/>see www.x.example</a> and www.z.example",
            '<a href="https://y.example/">see www.x.example</a> and <a href="https://www.z.example">www.z.example</a>',
        ),
        (
            "<a href=https://y.example/>(y)</a>www.x.example",
            '<a href="https://y.example/">(y)</a><a href="https://www.x.example">www.x.example</a>',
        ),
        ("www.x<a href=https://y.example/>.example</a>", 'www.x<a href="https://y.example/">.example</a>'),
        (
            "<a href=https://y.example/>y</a> www.x.example <a href=https://z.example/>z</a> www.w.example",
            '<a href="https://y.example/">y</a> <a href="https://www.x.example">www.x.example</a> '
            '<a href="https://z.example/">z</a> <a href="https://www.w.example">www.w.example</a>',
        ),
    ],
)
def test_addresses_become_links_whatever_their_look_and_links_keep_their_targets(pasted, cleaned):
    assert clean(f"<p>{pasted}</p>") == f"<p>{cleaned}</p>"
