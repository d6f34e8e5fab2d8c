"""What web pages set beside their text: navigation, news, the address at the foot."""

import re
from html.parser import HTMLParser

from .labels import label_before

# The headings of what a page sets beside its text, as they come where only the words were copied.
_HEADINGS = re.compile(
    r"(?:(?:latest|recent|school|our|academy|trust|more) )?(?:news(?: (?:and|&) events)?|events|tweets|posts|newsletters?)"
    r"|(?:upcoming|forthcoming) events|diary(?: dates)?|calendar|(?:quick|useful|related|important) links"
    r"|(?:in this section|related pages|find us|connect with us|get in touch|stay connected|our schools|our values|downloads?)",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"\b(?:cookies?|accessibility(?: statement)?|privacy(?: (?:policy|notice))?|site ?map|terms(?: of use)?|log ?in)\b",
    re.IGNORECASE,
)
_LONGEST_ITEM = 90


def set_beside(texts: list[str]) -> frozenset[int]:
    """``Latest news`` and the short lines under it, where nothing below is a fact; a line of links to the terms of a site."""
    found = {number for number, text in enumerate(texts) if "|" in text and _FOOT.search(text) and len(text) <= _LONGEST_ITEM}
    for number, text in enumerate(texts):
        below = texts[number + 1 :]
        if _HEADINGS.fullmatch(text.strip(" :")) and below and not any(map(_states, below)):
            return frozenset(found | set(range(number, len(texts))))
    return frozenset(found)


def _states(text: str) -> bool:
    return len(text) > _LONGEST_ITEM * 2 or label_before(text)[0] in _FACTS


_BESIDE = {"nav", "aside", "footer"}
_INSIDE_A_LINE = {"a", "b", "strong", "i", "em", "span", "u", "small", "sup", "sub", "font", "abbr", "time"}
_FACTS = {
    "safeguarding",
    "closing",
    "pay",
    "hours",
    "contract",
    "start",
    "interview",
    "weeks",
    "grade",
    "apply",
    "contact",
    "title",
}


def beside(source: str) -> frozenset[str]:
    """The lines that a web page has in its navigation, asides and foot and nowhere else; none of a part that states facts."""
    reader = _Surroundings()
    reader.feed(source)
    main = _squeezed("".join(reader.main))
    parts = [part for part in reader.parts if not any(label_before(line)[0] in _FACTS and len(line) > 12 for line in part)]
    return frozenset(line for part in parts for line in part if _squeezed(line) not in main)


class _Surroundings(HTMLParser):
    """``parts`` are the lines of each such element."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.main: list[str] = []
        self.parts: list[list[str]] = []
        self.is_new_line = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BESIDE:
            if not self.open:
                self.parts.append([])
            self.open.append(tag)
        self.is_new_line = self.is_new_line or tag not in _INSIDE_A_LINE

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            self.open.remove(tag)
        self.is_new_line = self.is_new_line or tag not in _INSIDE_A_LINE

    def handle_data(self, data: str) -> None:
        if not self.open:
            self.main.append(data)
        elif self.is_new_line and data.strip():
            self.parts[-1].append(data)
            self.is_new_line = False
        elif self.parts[-1]:
            self.parts[-1][-1] += data


def _squeezed(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).lower()
