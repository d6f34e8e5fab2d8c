"""Writes lines as HTML of the grammar: lists nested again, the outermost heading h3 and every other h4."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from .lines import Line, Run

MOST_LEVELS = 4


def write(lines: list[Line], quotes: bool) -> str:
    top = min((line.level for line in lines if line.kind == "heading"), default=0)
    blocks: list[str] = []
    for quoted, group in groupby(lines, key=lambda line: quotes and line.quote):
        inner = list(_blocks(group, top))
        blocks.extend(["<blockquote>", *inner, "</blockquote>"] if quoted else inner)
    return "\n".join(blocks)


def _blocks(lines: Iterable[Line], top: int) -> Iterator[str]:
    for is_list, group in groupby(lines, key=lambda line: line.kind == "item"):
        if is_list:
            yield _lists(group)
            continue
        for line in group:
            tag = "p" if line.kind == "p" else "h3" if line.level == top else "h4"
            yield f"<{tag}>{_inline(line.runs)}</{tag}>"


def placed(items: Iterable[Line]) -> Iterator[tuple[int, bool, Line]]:
    """Each item with its depth and whether it begins a new list. No level is skipped, since a list can only stand in an item."""
    open_lists: list[tuple[int, bool]] = []
    for item in items:
        closed: tuple[int, bool] | None = None
        while open_lists and open_lists[-1][0] > item.level:
            closed = open_lists.pop()
        if closed and (not open_lists or open_lists[-1][0] < item.level):
            # A list that began too deep goes on: two beside each other would read as one.
            open_lists.append((item.level, closed[1]))
        if not open_lists or (open_lists[-1][0] < item.level and len(open_lists) < MOST_LEVELS):
            open_lists.append((item.level, item.ordered))
            yield len(open_lists), True, item
            continue
        is_new = open_lists[-1][1] != item.ordered or (item.ordered and item.number == 1)
        open_lists[-1] = (open_lists[-1][0], item.ordered)
        yield len(open_lists), is_new, item


def _lists(items: Iterable[Line]) -> str:
    html: list[str] = []
    open_tags: list[str] = []
    for level, is_new, item in placed(items):
        while len(open_tags) >= level + (not is_new):
            html.append(f"</li>\n</{open_tags.pop()}>\n")
        if is_new:
            open_tags.append("ol" if item.ordered else "ul")
            html.append(f"<{open_tags[-1]}>\n" if level == 1 else f"\n<{open_tags[-1]}>\n")
        else:
            html.append("</li>\n")
        html.append(f"<li>{_inline(item.runs)}")
    html.extend(f"</li>\n</{tag}>\n" for tag in reversed(open_tags))
    return "".join(html).replace("\n\n", "\n").rstrip()


def _inline(runs: list[Run]) -> str:
    html = []
    for href, group in groupby(runs, key=lambda run: run.href):
        inner = "".join(_look(run) for run in group)
        html.append(f'<a href="{escape(href)}">{inner}</a>' if href else inner)
    return "".join(html)


def _look(run: Run) -> str:
    html = escape(run.text, quote=False).replace("\n", "<br>")
    if run.em:
        html = f"<em>{html}</em>"
    return f"<strong>{html}</strong>" if run.strong else html
