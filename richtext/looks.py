"""What an element's inline style and class say about it: bold, italic, hidden, heading, item of a Word list."""

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

_STRONG_TAGS = frozenset({"b", "strong"})
_EM_TAGS = frozenset({"em", "i", "cite"})
_BOLD = re.compile(r"font-weight:(bold|[6-9]00)")
_NOT_BOLD = re.compile(r"font-weight:(normal|lighter|[1-5]00)")
_ITALIC = re.compile(r"font-style:(italic|oblique)")
_UPRIGHT = re.compile(r"font-style:normal")
_HIDDEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|mso-hide:all|mso-element:comment|mso-special-character:comment|mso-comment)"
)
_WORD_LEVEL = re.compile(r"mso-list:[^;]*?level([1-9])")
_WORD_MARKER = re.compile(r"mso-list:ignore")
_MARGIN = re.compile(r"margin-left:([\d.]{1,6})(pt|cm|in|px)")
_POINTS = {"pt": 1.0, "cm": 28.35, "in": 72.0, "px": 0.75}
_LEVEL_WIDTH = 36
_LONGEST = 1000
_STYLED_HEADINGS = {"msotitle": 1, "msosubtitle": 2}


@dataclass(frozen=True)
class Style:
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool = False
    heading: int = 0
    word_level: int = 0
    """The level that Word gives its list item."""
    is_word_marker: bool = False
    may_be_item: int = 0
    """The level of a paragraph in Word's list style that carries no level."""

    def is_strong(self, tag: str, inherited: bool) -> bool:
        """Google Docs wraps a whole text in ``<b style="font-weight:normal">``: the style wins over the tag."""
        return self.bold if self.bold is not None else inherited or tag in _STRONG_TAGS

    def is_em(self, tag: str, inherited: bool) -> bool:
        return self.italic if self.italic is not None else inherited or tag in _EM_TAGS


def style_of(element: Element) -> Style:
    return _style((element.get("style") or "")[:_LONGEST], (element.get("class") or "")[:_LONGEST])


@lru_cache(maxsize=1024)
def _style(css: str, classes: str) -> Style:
    css, classes = re.sub(r"\s", "", css).lower(), classes.lower()
    level = _WORD_LEVEL.search(css)
    return Style(
        bold=True if _BOLD.search(css) else False if _NOT_BOLD.search(css) else None,
        italic=True if _ITALIC.search(css) else False if _UPRIGHT.search(css) else None,
        hidden=_HIDDEN.search(css) is not None,
        heading=next((_STYLED_HEADINGS[name] for name in classes.split() if name in _STYLED_HEADINGS), 0),
        word_level=int(level[1]) if level else 0,
        is_word_marker=_WORD_MARKER.search(css) is not None,
        may_be_item=_level_by_margin(css) if "msolistparagraph" in classes else 0,
    )


def _level_by_margin(css: str) -> int:
    margin = _MARGIN.search(css)
    if not margin or margin[1].count(".") > 1 or margin[1] == ".":
        return 1
    return max(1, round(float(margin[1]) * _POINTS[margin[2]] / _LEVEL_WIDTH))
