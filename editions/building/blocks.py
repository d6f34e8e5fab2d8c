"""Cuts the clean text of an advert into blocks: paragraphs, headings, and items of lists, however deep they lie in each other.

Columns end between blocks, or within one at a line: where its lines end only the press can know (``press.lines``).
Takes what ``richtext`` cleaned and loses none of it; the blocks pass through its filter again when they are shown.
Iterative, so that no nesting can exhaust the stack.
"""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

LINE = 90  # characters: what leads on is no longer than about a line and a half.
TAG = re.compile(r"<[^>]*>")
INLINE = frozenset({"strong", "em", "b", "i", "u", "a", "sub", "sup", "span"})
LISTS = frozenset({"ul", "ol"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
BLANK = "<br>"


@dataclass(frozen=True)
class Block:
    html: str
    kind: str = "para"  # para, item or heading
    lists: tuple[tuple[str, int], ...] = ()  # Of an item: the lists that it lies in, outermost first, and its number in each
    goes_on: bool = False  # What follows an inner list in the same item

    @property
    def number(self) -> int:
        """Of an item of a numbered list."""
        return self.lists[-1][1] if self.lists and self.lists[-1][0] == "ol" else 0

    @property
    def words(self) -> int:
        return len(self.html.split())

    @property
    def opening(self) -> str:
        """The lists around an item. Those that it does not begin are marked ``on``: they show no bullet a second time."""
        return "".join(
            f"<{tag}{_named('block item' if not depth else '', f'from-{number}' if tag == 'ol' and number > 1 else '')}>"
            f"<li{_named('on' if depth < len(self.lists) - 1 or self.goes_on else '')}>"
            for depth, (tag, number) in enumerate(self.lists)
        )

    @property
    def closing(self) -> str:
        return "".join(f"</li></{tag}>" for tag, _ in reversed(self.lists))

    @property
    def leads_on(self) -> bool:
        """A heading, a line in bold or one that ends with a colon: it announces the next block and must not be parted from it."""
        text = TAG.sub("", self.html).strip()
        is_bold = self.html.startswith("<strong>") and self.html.endswith("</strong>") and self.html.count("<strong>") == 1
        return self.kind == "heading" or (len(text) < LINE and (is_bold or text.endswith(":")))


def _named(*names: str) -> str:
    together = " ".join(filter(None, names))
    return f' class="{together}"' if together else ""


class _Cutter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.kind = "para"
        self.open: list[tuple[str, str]] = []
        self.lists: list[tuple[str, int]] = []
        self.begun = False  # Whether the item at hand has a block already

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._line()
        elif tag in INLINE:
            markup = "<" + tag + "".join(f' {name}="{escape(value or "")}"' for name, value in attrs) + ">"
            self.open.append((tag, markup))
            self.parts.append(markup)
        elif tag in LISTS:
            self.finish()
            self.lists.append((tag, 0))
            self.begun = False
        elif tag == "li" and self.lists:
            self.finish()
            self.lists[-1] = (self.lists[-1][0], self.lists[-1][1] + 1)
            self.begun = False
        else:
            self.finish()
            self.kind = "heading" if tag in HEADINGS else "para"

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            self._close_inline(tag)
        elif tag != "br":
            self.finish()
            if tag in LISTS and self.lists:
                self.lists.pop()
                self.begun = bool(self.lists)

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))

    def finish(self) -> None:
        """End the block at hand."""
        while self.parts and self.parts[-1] == BLANK:
            self.parts.pop()
        html = "".join(self.parts) + "".join(f"</{tag}>" for tag, _ in reversed(self.open))
        if any(part.strip() for part in self.parts if not part.startswith("<")):
            # An item of an outer list that holds nothing but an inner one has never been begun.
            lists = tuple((tag, max(number, 1)) for tag, number in self.lists)
            goes_on = bool(lists) and self.begun
            self.blocks.append(Block(html, "item" if lists else self.kind, lists, goes_on))
            self.begun = True
        self.parts = [markup for _, markup in self.open]
        self.kind = "para"

    def _line(self) -> None:
        """A new line; an empty one ends the paragraph."""
        if not self.lists and self.parts and self.parts[-1] == BLANK:
            self.finish()
        else:
            self.parts.append(BLANK)

    def _close_inline(self, tag: str) -> None:
        if any(name == tag for name, _ in self.open):
            while self.open:
                name, _ = self.open.pop()
                self.parts.append(f"</{name}>")
                if name == tag:
                    break


def cut(html: str) -> list[Block]:
    """The blocks of an advert's text, in order."""
    cutter = _Cutter()
    cutter.feed(html)
    cutter.close()
    cutter.finish()
    return cutter.blocks
