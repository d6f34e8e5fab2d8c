"""Keeps deep nesting away from the HTML parsers, whose time grows with the square of the depth: nothing here is about safety.

A text of any size is looked at once. One that nests sensibly is returned as it is; in any other, every element that can
nest becomes a paragraph, which cannot: the words stay, the look goes.
"""

import re
from collections import Counter

DEEPEST = 120
MOST_REOPENED = 100_000

_TAG = re.compile(r"<(/?)([a-z][a-z0-9:-]*)", re.IGNORECASE)
_NEVER_NESTS = frozenset(
    [
        "p",
        "li",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "col",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "embed",
        "source",
        "track",
        "wbr",
        "param",
        "script",
        "style",
        "title",
        "textarea",
        "iframe",
        "noembed",
        "noframes",
        "xmp",
        "html",
        "head",
        "body",
    ]
)
_FORMATTING = frozenset(["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])


def made_shallow(html: str) -> str:
    return flattened(html) if _is_unreasonable(html) else html


def flattened(html: str) -> str:
    return _TAG.sub(_as_paragraph, html)


def _is_unreasonable(html: str) -> bool:
    """Whether elements nest too deep, or so much formatting is left open that every later block has to open it again."""
    still_open: Counter[str] = Counter()
    depth = formatting = reopened = 0
    for match in _TAG.finditer(html):
        name, ends = match[2].lower(), bool(match[1])
        if name in _NEVER_NESTS:
            reopened += 0 if ends else formatting
        elif not ends or still_open[name]:
            step = -1 if ends else 1
            still_open[name] += step
            depth += step
            formatting += step if name in _FORMATTING else 0
        if depth > DEEPEST or reopened > MOST_REOPENED:
            return True
    return False


def _as_paragraph(match: re.Match[str]) -> str:
    return match[0] if match[2].lower() in _NEVER_NESTS else f"<{match[1]}p"
