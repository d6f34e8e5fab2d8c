"""Reduces anything that was pasted to one small grammar, so that a body looks the same on a page, in an email and in print.

Reading, rebuilding and writing make the text good; they are not what makes it safe. nh3 is: it has the last word on every
result, and knows nothing but the grammar.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from html import escape, unescape

import nh3

from .lines import Line, split, tidy, unwrapped
from .links import with_bare_links
from .lists import rebuilt
from .nesting import made_shallow
from .plain import as_text
from .reading import read
from .writing import write

ADVERT_TAGS = frozenset({"p", "h3", "h4", "ul", "ol", "li", "strong", "em", "br", "a"})
LARGEST = 300_000
REMEMBERED = 500  # texts, a few kilobytes each
_SCHEMES = {"http", "https", "mailto", "tel"}
_BREAKS = re.compile(r"\n+")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Grammar:
    """The tags that a text may hold."""

    tags: frozenset[str]

    @property
    def quotes(self) -> bool:
        return "blockquote" in self.tags


ADVERT = Grammar(ADVERT_TAGS)
ARTICLE = Grammar(ADVERT_TAGS | {"blockquote"})


@dataclass(frozen=True)
class Report:
    """What a text held that the grammar cannot say."""

    left_out: Counter[str]

    def __bool__(self) -> bool:
        return self.left_out.total() > 0

    def __str__(self) -> str:
        """One sentence for staff, empty if nothing was left out."""
        if not self:
            return ""
        told = [f"{count} {thing}{'s' if count > 1 else ''}" for thing, count in self.left_out.items() if count]
        *others, last = told
        listed = f"{', '.join(others)} and {last}" if others else last
        sentence = f"{listed} {'was' if self.left_out.total() == 1 else 'were'} left out."
        kept = [thing for thing in ("table", "link") if self.left_out[thing]]
        return f"{sentence} The words of {' and '.join(f'each {thing}' for thing in kept)} are kept." if kept else sentence


def clean(html: str, grammar: Grammar = ADVERT) -> str:
    return clean_with_report(html, grammar)[0]


@lru_cache(maxsize=REMEMBERED)
def made_safe(stored: str) -> str:
    """What is in the database, on its way out: harmless, whoever put it there. It was made tidy on its way in.

    Remembered, because a body stands on its page and in what search engines read of it.
    """
    return _safe(made_shallow(_encodable(stored)), ARTICLE)


def clean_with_report(html: str, grammar: Grammar = ADVERT) -> tuple[str, Report]:
    """The clean text, and what was left out of it. Cleaning what is clean changes nothing."""
    html = _encodable(html)
    if (large := _if_too_large(html)) is not None:
        return _safe(large, grammar) if grammar != ARTICLE else large, Report(Counter())
    lines, left_out = _understood(html, grammar)
    return _safe(write(lines, quotes=grammar.quotes), grammar), Report(left_out)


def plain_text(html: str) -> str:
    """A body without markup: lists with dashes, and behind a link its address unless the words are the address."""
    html = _encodable(html)
    if (large := _if_too_large(html)) is not None:
        return unescape(nh3.clean(large, tags=set())).strip()
    return as_text(_understood(html, ARTICLE)[0])


def lines_of(html: str, grammar: Grammar = ADVERT) -> list[Line]:
    """The lines of a text, for whoever asks what each of them is; ``from_lines`` makes the text of those that stay."""
    return _understood(_encodable(html), grammar)[0]


def from_lines(lines: list[Line], grammar: Grammar = ADVERT) -> str:
    return _safe(write(lines, quotes=grammar.quotes), grammar)


def html_of_text(text: str) -> str:
    """Plain text as a text whose line breaks count, whatever stands in it in angle brackets."""
    return f"<pre>{escape(text, quote=False)}</pre>"


def _safe(html: str, grammar: Grammar) -> str:
    return _sanitiser(grammar).clean(html).strip()


@cache
def _sanitiser(grammar: Grammar) -> nh3.Cleaner:
    return nh3.Cleaner(tags=grammar.tags, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)


def _encodable(html: str) -> str:
    """Without half characters, which no parser takes, and without the signs that a feed cannot hold."""
    return _NOT_IN_XML.sub(" ", html.encode("utf-8", "replace").decode())


def _if_too_large(html: str) -> str | None:
    """The safe text, if it is too much to rebuild while somebody waits. Word's own markup does not count."""
    safe = _safe(made_shallow(html), ARTICLE) if len(html) > LARGEST else ""
    return safe if len(safe) > LARGEST else None


def _understood(html: str, grammar: Grammar) -> tuple[list[Line], Counter[str]]:
    reading = read(html)
    for line in reading.lines:  # Where the grammar has no quotations, a list goes on into one and out of it.
        line.quote = line.quote and grammar.quotes
    lines = rebuilt([part for line in reading.lines for part in _paragraphs(line)])
    lines = [line for line in lines if not line.is_empty]
    for line in lines:
        line.runs = tidy(with_bare_links(unwrapped(line.runs)))
    return lines, reading.left_out


def _paragraphs(line: Line) -> list[Line]:
    """A paragraph cut at its blank lines; nothing at all for one without words. A heading is one line, an item one paragraph."""
    runs = tidy(line.runs)
    if line.kind == "p":
        parts = [tidy(part) for part in split(runs, "\n\n")]
    else:
        filler = " " if line.kind == "heading" else "\n"
        parts = [tidy(run.with_text(_BREAKS.sub(filler, run.text)) for run in runs)]
    return [one for one in (replace(line, runs=part) for part in parts) if not one.is_empty]
