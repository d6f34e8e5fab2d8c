import pytest

from richtext.cleaning import clean
from richtext.nesting import DEEPEST, MOST_REOPENED, flattened, made_shallow


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * DEEPEST,
        "<p>" * 1000,
        "<b>a</b>" * 1000,
        "<UL><LI>a</LI></UL>" * 1000,
        "</b>" * 1000 + "<b>a</b>",
        "<img>" * 1000,
        "<DIV>a</div>" * 1000,
        "<b>" * 10 + "<p>" * (MOST_REOPENED // 10),
        "<b>" * 10 + "</p>" * MOST_REOPENED,
    ],
)
def test_a_text_that_nests_sensibly_is_left_as_it_is(html):
    assert made_shallow(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * (DEEPEST + 1),
        "<DIV><Ul>" * (DEEPEST // 2) + "<b>",
        "</i></b>" * 1000 + "<b>" * (DEEPEST + 1),
        "<div></p>" * (DEEPEST + 1),
        "<b>" * 10 + "<p>" * (MOST_REOPENED // 10 + 1),
        "<b><i><font>" * 30 + "<li>" * (MOST_REOPENED // 90 + 1),
    ],
)
def test_a_text_that_nests_too_deep_or_reopens_too_much_is_made_of_paragraphs(html):
    assert made_shallow(html) == flattened(html) != html


def test_what_cannot_nest_stays_when_the_rest_becomes_paragraphs():
    html = '<div class="a"><P>x</P></DIV><span>y</span><UL><LI>z</LI></UL><br><Td>w'
    assert flattened(html) == '<p class="a"><P>x</P></p><p>y</p><p><LI>z</LI></p><br><Td>w'


def test_a_long_document_in_one_wrapper_and_a_deep_email_keep_their_looks():
    document = "<b style='font-weight:normal'>" + "<p>a <i>b</i></p>" * 400
    assert clean(document) == "\n".join(["<p>a <em>b</em></p>"] * 400)
    assert clean("<table><tr><td><div><span>" * 25 + "<b>x</b>") == "<p><strong>x</strong></p>"


def test_bold_survives_as_long_as_the_nesting_is_sensible():
    depths = (DEEPEST, DEEPEST + 1)
    assert [clean("<b>" + "<div>" * (depth - 1) + "x") for depth in depths] == ["<p><strong>x</strong></p>", "<p>x</p>"]
