"""Our own HTML read as XML is the same tree as the parser for everybody's makes of it."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.press.fetching import PressFetcher
from editions.press.reading import Markup, read
from richtext.cleaning import clean
from tests.richtext.test_cleaning import PIECES

FETCHER = PressFetcher(Path("static"), Path("static"), "https://www.greensheets.example")
PAGE = '<html lang="en-GB"><head><title>T</title><meta name="author" content="G"></head><body>{}</body></html>'


def tree_of(html):
    return ElementTree.tostring(read(html, FETCHER).etree_element)


def for_everybody(html):
    return ElementTree.tostring(tinyhtml5.parse(html, namespace_html_elements=False))


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_what_the_cleaner_leaves_is_read_as_xml_and_comes_out_the_same(text):
    html = PAGE.format(clean(text))
    assert isinstance(read(html, FETCHER), Markup)
    assert tree_of(html) == for_everybody(html)


@pytest.mark.parametrize(
    "body",
    [
        '<p>one<br>two<br/>three</p><img src="job:qr/GS1" alt="5 &gt; 4 &amp; &#x27;3&#x27;"><hr>',
        "<p>a&nbsp;b – c’d</p>\n",
    ],
)
def test_elements_without_content_and_entities_are_read_as_in_html(body):
    assert isinstance(read(PAGE.format(body), FETCHER), Markup)
    assert tree_of(PAGE.format(body)) == for_everybody(PAGE.format(body))


@pytest.mark.parametrize("body", ["<p>one<p>two", "<p>&eacute;</p>", "<!DOCTYPE x [<!ENTITY a 'b'>]><p>&a;</p>", "<p a=b>c</p>"])
def test_what_is_not_well_formed_is_read_as_html(body):
    assert not isinstance(read(PAGE.format(body), FETCHER), Markup)
    assert tree_of(PAGE.format(body)) == for_everybody(PAGE.format(body))
