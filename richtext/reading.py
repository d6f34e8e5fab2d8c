"""Reads pasted HTML, from any program, into lines.

One walk over the parsed tree, without recursion. What the grammar cannot say is counted, so that staff can be told.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import nh3
import tinyhtml5

from .lines import Kind, Line, Run
from .links import clean_href
from .looks import Style, style_of
from .nesting import flattened, made_shallow
from .signs import meant
from .tables import Table

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CELLS = {"td": "table", "th": "table", "dt": "dl", "dd": "dl"}
_BLOCKS = (
    frozenset(
        [
            "p",
            "div",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "aside",
            "address",
            "figure",
            "figcaption",
            "form",
            "fieldset",
            "legend",
            "center",
            "details",
            "summary",
            "li",
            "dl",
            "dt",
            "dd",
            "hr",
            "pre",
            "caption",
            "blockquote",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "td",
            "th",
            "body",
        ]
    )
    | _HEADINGS.keys()
    | _LISTS
)
_LEFT_OUT = {
    "img": "picture",
    "canvas": "picture",
    "iframe": "embedded page",
    "object": "embedded page",
    "embed": "embedded page",
    "video": "film",
    "audio": "recording",
    "del": "struck-out passage",
    "s": "struck-out passage",
    "strike": "struck-out passage",
}
_UNREAD = frozenset(
    [
        "script",
        "style",
        "title",
        "xml",
        "template",
        "textarea",
        "select",
        "math",
        "svg",
        "nav",
        "button",
        "datalist",
        "dialog",
        "noembed",
        "noframes",
        "rp",
    ]
)
_READ = _BLOCKS | _LEFT_OUT.keys() | frozenset(["a", "b", "strong", "em", "i", "cite", "span", "br"]) - {"body"}
_ATTRIBUTES = {
    "*": {"style", "class"},
    "a": {"href"},
    "ol": {"start"},
    "img": {"width", "height"},
    "li": {"data-aria-level", "data-indent", "data-stringify-indent"},
    "td": {"colspan"},
    "th": {"colspan"},
}
# More than this takes the slower parser too long: then the words are kept, and the look is not.
MOST_MARKUP = 1_000_000
_NOTHING_IN_IT = re.compile(r"(?:<p>\s*</p>)+")
_SELDOM = "html head body meta link u font sub sup small big label input option mark code tt wbr col colgroup time abbr q ins"
# An address in angle brackets is no tag, nor is <Application Form B>: a text is HTML only if it holds a tag that there is.
_TAG = re.compile(
    rf"<(?:!|\?xml|/?(?:{'|'.join(sorted({*_READ, *_UNREAD, *_SELDOM.split()}))}|[a-z]\d*:\w+)(?=[\s/>]))", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")
_SPACE_BUT_BREAKS = re.compile(r"[^\S\n]+")
_EMOJI = "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
# Among what nobody sees, only the joiner between two emoji has a meaning.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
    rf"|(?<!{_EMOJI})\u200d|\u200d(?!{_EMOJI})"
)


@dataclass
class Reading:
    lines: list[Line] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def read(html: str) -> Reading:
    """The lines of a text. One without a single tag is plain text, whose line breaks count."""
    if not _TAG.search(html):
        html = f"<pre>{html.replace('<', '&lt;')}</pre>"
    reader = _Reader()
    for moment, element, text in _events(_parsed(html)):
        reader.take(moment, element, text)
    return reader.finished()


def _parsed(html: str) -> Element:
    """A first pass drops what nobody reads, so that the slower parser has a small and well-nested text to do."""
    small = nh3.clean(
        made_shallow(html),
        tags=set(_READ),
        clean_content_tags=set(_UNREAD),
        attributes=_ATTRIBUTES,
        url_schemes=nh3.ALLOWED_URL_SCHEMES | {"tel", "file"},  # no link for long, but staff are told
        link_rel=None,
    )
    if len(small) > MOST_MARKUP:
        small = _NOTHING_IN_IT.sub("", nh3.clean(flattened(small), tags={"p", "br", "li", "tr", "td"}, attributes={}))
    # A file, not the string: given a string, tinyhtml5 opens the file of that name.
    root: Element = tinyhtml5.parse(io.StringIO(small), namespace_html_elements=False)
    return root


def _events(root: Element) -> Iterator[tuple[str, Element, str]]:
    """Start, text and end of everything in the tree, in the order of the page."""
    todo: list[tuple[str, Element, str]] = [("start", root, "")]
    while todo:
        moment, element, text = todo.pop()
        yield moment, element, text
        if moment == "start":
            todo.append(("end", element, ""))
            for child in reversed(element):
                todo.append(("text", element, child.tail or ""))
                todo.append(("start", child, ""))
            todo.append(("text", element, element.text or ""))


@dataclass
class _Item:
    begun: bool = False


@dataclass
class _List:
    ordered: bool
    next_number: int = 1


class _Place(NamedTuple):
    """Where the reader is: what an element sets for everything in it, and gives back when it ends."""

    strong: bool = False
    em: bool = False
    href: str = ""
    kind: Kind = "p"
    heading: int = 0
    depth: int = 0
    number: int = 0
    list: _List | None = None
    item: _Item | None = None
    quote: bool = False
    keeps_breaks: bool = False
    in_marker: bool = False
    listed: int = 0
    """The level of a Word paragraph that may be a list item."""


class _Reader:
    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.places = [_Place()]
        self.outputs: list[list[Line]] = [[]]
        self.tables: list[Table] = []
        self.line: Line | None = None
        self.skipping: Element | None = None

    def take(self, moment: str, element: Element, text: str) -> None:
        if self.skipping is not None:
            if moment == "end" and element is self.skipping:
                self.skipping = None
        elif moment == "text":
            self.add_text(text)
        elif moment == "start":
            self.start(element)
        else:
            self.end(element)

    def finished(self) -> Reading:
        self.end_line()
        return Reading(self.outputs[0], self.left_out)

    def start(self, element: Element) -> None:
        tag, style = _tag(element), style_of(element)
        if tag in _LEFT_OUT or style.hidden:
            self.skipping = element
            if tag in _LEFT_OUT and not style.hidden and not _is_speck(element):
                self.left_out[_LEFT_OUT[tag]] += 1
            return
        if tag in _BLOCKS:
            self.end_line()
        if tag == "br":
            self.add_run("\n")
        if tag in {"table", "dl"}:
            self.tables.append(Table(kind=tag))
        elif tag in {"tr", *_CELLS}:
            self.start_cell(tag, element)
        self.places.append(self.place_in(tag, element, style))

    def end(self, element: Element) -> None:
        tag = _tag(element)
        if tag in _BLOCKS:
            self.end_line()
        self.places.pop()
        if tag in _CELLS and self.is_cell(tag):
            self.tables[-1].add_cell(self.outputs.pop())
        elif tag in {"table", "dl"}:
            self.end_table()

    def is_cell(self, tag: str) -> bool:
        return bool(self.tables) and self.tables[-1].kind == _CELLS[tag]

    def start_cell(self, tag: str, element: Element) -> None:
        if tag == "tr":
            self.tables[-1].start_row()
        elif self.is_cell(tag):
            self.outputs.append([])
            self.tables[-1].start_cell(is_head=tag in {"th", "dt"}, is_label=tag == "dt", width=_number(element, "colspan"))

    def end_table(self) -> None:
        """A table's lines; inside a list item they belong to that item."""
        table = self.tables.pop()
        lines = table.lines()
        self.left_out["table"] += table.is_grid
        for line in lines:
            if line.kind == "p":
                self.put_in_place(line)
            self.outputs[-1].append(line)

    def place_in(self, tag: str, element: Element, style: Style) -> _Place:
        place = self.places[-1]
        changes: dict[str, Any] = {"strong": style.is_strong(tag, place.strong), "em": style.is_em(tag, place.em)}
        if tag in _HEADINGS or style.heading:
            changes |= {"kind": "heading" if place.kind == "p" else place.kind, "heading": _HEADINGS.get(tag, style.heading)}
        elif tag in _LISTS:
            changes |= {"list": _List(tag == "ol", _number(element, "start")), "depth": place.depth + 1}
        elif tag == "li":
            changes |= self.item_in(place, element)
        elif tag in _CELLS:
            changes |= {"kind": "p", "depth": 0, "list": None, "item": None, "listed": 0}
        elif tag in {"p", "div"} and style.word_level and place.depth == 0:
            changes |= {"kind": "item", "depth": style.word_level, "item": _Item()}
        elif tag == "p" and style.may_be_item and place.kind == "p":
            changes |= {"listed": style.may_be_item}
        else:
            changes |= self.inline_in(tag, element)
        return place._replace(**changes, in_marker=place.in_marker or style.is_word_marker)

    def inline_in(self, tag: str, element: Element) -> dict[str, object]:
        if tag == "a":
            return {"href": self.href_of(element)}
        return {{"blockquote": "quote", "pre": "keeps_breaks"}[tag]: True} if tag in {"blockquote", "pre"} else {}

    def item_in(self, place: _Place, element: Element) -> dict[str, object]:
        number = place.list.next_number if place.list else 1
        if place.list:
            place.list.next_number += 1
        return {"kind": "item", "item": _Item(), "number": number, "depth": _level_of(element) or max(1, place.depth)}

    def href_of(self, element: Element) -> str:
        given = (element.get("href") or "").strip()
        href = clean_href(given)
        self.left_out["link"] += bool(given and not href and not given.startswith("#"))
        return href

    def add_text(self, text: str) -> None:
        place, text = self.places[-1], _UNSEEN.sub("", meant(text))
        text = _SPACE_BUT_BREAKS.sub(" ", text) if place.keeps_breaks else _SPACE.sub(" ", text)
        if text and (self.line is not None or not text.isspace()):
            self.add_run(text)

    def add_run(self, text: str) -> None:
        place = self.places[-1]
        if self.line is None:
            self.line = Line(place.kind, place.heading, quote=place.quote, listed=place.listed > 0)
            self.put_in_place(self.line)
        if place.in_marker:
            self.line.marker += text
        else:
            strong = place.strong and self.line.kind != "heading"
            self.line.runs.append(Run(text, strong, place.em, place.href))

    def put_in_place(self, line: Line) -> None:
        """Makes a line the item, or a further paragraph of the item, in which it stands."""
        place = self.places[-1]
        line.quote = line.quote or place.quote
        if line.listed:
            line.level = place.listed
        if place.item is None or line.kind == "heading":
            return
        line.kind, line.level, line.number = "item", place.depth, place.number
        line.ordered = place.list is not None and place.list.ordered
        line.joined, place.item.begun = place.item.begun, True

    def end_line(self) -> None:
        if self.line is not None:
            self.outputs[-1].append(self.line)
            self.line = None


def _tag(element: Element) -> str:
    return element.tag if isinstance(element.tag, str) else "span"


def _number(element: Element, attribute: str) -> int:
    """A small whole number from an attribute, or 1."""
    value = element.get(attribute) or ""
    return int(value) if re.fullmatch(r"[1-9]\d{0,2}", value, re.ASCII) else 1


def _level_of(element: Element) -> int:
    """Word for the web puts each item into a list of its own and says its level; Teams and Slack say how far it is set in."""
    for attribute, first in (("data-aria-level", 0), ("data-indent", 1), ("data-stringify-indent", 1)):
        value = element.get(attribute) or ""
        if re.fullmatch(r"\d", value, re.ASCII):
            return min(int(value) + first, 9)
    return 0


def _is_speck(element: Element) -> bool:
    """A picture that only reports that an email was opened."""
    return {element.get("width"), element.get("height")} & {"0", "1"} != set()
