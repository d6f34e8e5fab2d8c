"""Cuts the clean text of an advert into blocks: paragraphs, list items, long paragraphs' sentences. Columns end between them.

Takes what ``richtext`` cleaned and loses none of it; the blocks pass through its filter again when they are shown.
Iterative, so that no nesting can exhaust the stack.
"""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

LONG = 650  # characters: a paragraph of more is cut at the next end of a sentence,
LONGER = 900  # ... at the next space,
LONGEST = 1200  # ... or anywhere.
LINE = 90  # characters: what leads on is no longer than about a line and a half.
TAG = re.compile(r"<[^>]*>")
INLINE = frozenset({"strong", "em", "b", "i", "u", "a", "sub", "sup", "span"})
LISTS = frozenset({"ul", "ol"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5"})


@dataclass(frozen=True)
class Block:
    html: str
    kind: str = "para"  # para, item, run_on or heading
    number: int = 0  # of an item of a numbered list

    @property
    def words(self) -> int:
        return len(self.html.split())

    @property
    def leads_on(self) -> bool:
        """A heading, a line in bold or one that ends with a colon: it announces the next block and must not be parted from it."""
        text = TAG.sub("", self.html).strip()
        is_bold = self.html.startswith("<strong>") and self.html.endswith("</strong>") and self.html.count("<strong>") == 1
        return self.kind == "heading" or (len(text) < LINE and (is_bold or text.endswith(":")))


class _Cutter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.kind = "para"
        self.number = 0
        self.length = 0
        self.open: list[tuple[str, str]] = []
        self.lists: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("<br>")
        elif tag in INLINE:
            markup = "<" + tag + "".join(f' {name}="{escape(value or "")}"' for name, value in attrs) + ">"
            self.open.append((tag, markup))
            self.parts.append(markup)
        elif tag in LISTS:
            self._start_list(tag)
        elif tag == "li" and len(self.lists) == 1:
            self.finish()
            self.number += 1
            self.kind = "item"
        elif self.lists:
            self.parts.append(f"<{tag}>")
        else:
            self.finish()
            self.kind = "heading" if tag in HEADINGS else "para"

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            self._close_inline(tag)
        elif tag in LISTS:
            self._end_list(tag)
        elif self.lists and not (tag == "li" and len(self.lists) == 1):
            self.parts.append(f"</{tag}>")
        elif tag != "br":
            self.finish()

    def handle_data(self, data: str) -> None:
        while self.length + len(data) > LONG and (cut := self._cut(data)):
            self._text(data[:cut])
            self.finish(run_on=True)
            data = data[cut:].lstrip()
        self._text(data)

    def finish(self, run_on: bool = False) -> None:
        """End the block at hand; ``run_on`` says that the next one goes on in the same paragraph."""
        html = "".join(self.parts) + "".join(f"</{tag}>" for tag, _ in reversed(self.open))
        if any(part.strip() for part in self.parts if not part.startswith("<")):
            self.blocks.append(Block(html, self.kind, self.number if self.lists == ["ol"] else 0))
        self.parts = [markup for _, markup in self.open]
        self.length = 0
        self.kind = "run_on" if run_on else "para"

    def _text(self, data: str) -> None:
        self.parts.append(escape(data, quote=False))
        self.length += len(data)

    def _cut(self, data: str) -> int:
        """Where in ``data`` the block ends; 0 if it need not end yet."""
        for limit, mark in ((LONG, ". "), (LONGER, " ")):
            place = data.find(mark, max(0, limit - self.length))
            if 0 <= place < LONGEST - self.length:
                return place + len(mark)
        return max(1, LONGEST - self.length) if self.length + len(data) > LONGEST else 0

    def _close_inline(self, tag: str) -> None:
        if any(name == tag for name, _ in self.open):
            while self.open:
                name, _ = self.open.pop()
                self.parts.append(f"</{name}>")
                if name == tag:
                    break

    def _start_list(self, tag: str) -> None:
        if self.lists:
            self.parts.append(f"<{tag}>")
        else:
            self.finish()
            self.number = 0
        self.lists.append(tag)

    def _end_list(self, tag: str) -> None:
        if len(self.lists) > 1:
            self.parts.append(f"</{tag}>")
        else:
            self.finish()
        if self.lists:
            self.lists.pop()


def cut(html: str) -> list[Block]:
    """The blocks of an advert's text, in order."""
    cutter = _Cutter()
    cutter.feed(html)
    cutter.close()
    cutter.finish()
    return cutter.blocks
