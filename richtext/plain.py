"""A body as plain text, for emails, search and descriptions; and what a line of plain text may hold."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from .lines import Line, Run
from .writing import placed


def one_line(text: str) -> str:
    """Without line breaks, control characters and the marks that turn the direction of writing."""
    if not text.isprintable():
        kept = (" " if sign.isspace() else sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
        text = "".join(kept)
    return " ".join(text.split())


def as_text(lines: list[Line]) -> str:
    """Paragraphs apart from each other, list items under each other, links with their address behind them."""
    blocks = []
    for is_list, group in groupby(lines, key=lambda line: line.kind == "item"):
        if is_list:
            blocks.append("\n".join(_items(group)))
        else:
            blocks.extend(("> " if line.quote else "") + _words(line.runs) for line in group)
    return "\n\n".join(blocks)


def _items(items: Iterable[Line]) -> Iterator[str]:
    counts: list[int] = []
    for level, is_new, item in placed(items):
        counts[level - 1 :] = [1 if is_new else counts[level - 1] + 1]
        beside = "   " * (level - 1) + (f"{counts[-1]}. " if item.ordered else "- ")
        yield beside + _words(item.runs).replace("\n", "\n" + " " * len(beside))


def _words(runs: list[Run]) -> str:
    words = []
    for href, group in groupby(runs, key=lambda run: run.href):
        text = "".join(run.text for run in group)
        words.append(f"{text} ({_readable(href)})" if href and not _says(text, href) else text)
    return "".join(words)


def _readable(href: str) -> str:
    return href.removeprefix("mailto:").removeprefix("tel:")


def _says(text: str, href: str) -> bool:
    """Whether the words of a link are its address; a telephone number is written with spaces."""
    bare = _readable(href).removeprefix("https://").removeprefix("http://").rstrip("/").lower()
    return "".join(text.split()).lower().removeprefix("https://").removeprefix("http://").rstrip("/") == bare
