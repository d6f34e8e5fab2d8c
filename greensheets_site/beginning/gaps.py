"""What only the publisher knows, left open in the words of a page: ``[our price for one advert]``.

Nothing that holds a gap is ever published: its paragraph is left out, and so is a heading under which nothing is left. The desk
lists the pages that have gaps. A gap has at least two words, so that staff may write ``[sic]``.
"""

import re
from itertools import zip_longest

from django.contrib.flatpages.models import FlatPage
from lxml import html

_GAP = re.compile(r"\[([^\[\]]*\S\s+[^\[\]]+)\]")
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "li", "tr", "blockquote", *_HEADINGS}
_LISTS = {"ul", "ol", "table", "tbody", "blockquote"}


def in_words(content: str) -> list[str]:
    """The gaps of a text, in order."""
    if "[" not in content:
        return []
    return [" ".join(found.split()).rstrip(".") for found in _GAP.findall(_tree(content).text_content())]


def open_pages() -> list[FlatPage]:
    return [page for page in FlatPage.objects.order_by("url") if in_words(page.content)]


def without_gaps(content: str) -> str:
    """The text as the public sees it."""
    if not in_words(content):
        return content
    tree = _tree(content)
    for block in [one for one in tree.iter() if one.tag in _BLOCKS and in_text(one)]:
        if block.getparent() is not None:
            block.drop_tree()
    for emptied in reversed([one for one in tree.iter() if one.tag in _LISTS and not one.text_content().strip()]):
        emptied.drop_tree()
    for heading in _left_alone(list(tree)):
        heading.drop_tree()
    return "" if in_text(tree) else "".join(html.tostring(child, encoding="unicode") for child in tree)


def in_text(element: html.HtmlElement) -> bool:
    return bool(_GAP.search(element.text_content()))


def _left_alone(children: list[html.HtmlElement]) -> list[html.HtmlElement]:
    """Headings that the next heading, or the end, follows at once."""
    return [
        one
        for one, after in zip_longest(children, children[1:])
        if one.tag in _HEADINGS and (after is None or (after.tag in _HEADINGS and after.tag <= one.tag))
    ]


def _tree(content: str) -> html.HtmlElement:
    return html.fragment_fromstring(content, create_parent="div")
