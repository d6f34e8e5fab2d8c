"""How high each piece is when it is set in one column: asked of WeasyPrint once, then known by what it was measured from.

Each advert is measured alone, so that one that cannot be set, or takes too long, is named and left out; the rest go on.
"""

import hashlib
import json
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import weasyprint
from weasyprint import Page

from . import lines
from .galley import Sized
from .packing import MM
from .setting import Setter

SECONDS = 10  # for one advert; a good one takes a twentieth of one
PAGE_TOP = 20 * MM
MARK = re.compile(r"m\d+$")
HIGH = 400_000  # pixels: a page so high that nothing is ever broken over two
PAGE = (
    f"@page {{ size: 87.5mm {HIGH}px; margin: 0; @top-left {{ content: none }} @top-right {{ content: none }} "
    "@bottom-left { content: none } @bottom-right { content: none } }"
)


class Unmeasurable(Exception):
    """The pieces cannot be set; the message says why, for staff."""


def key_of(pieces: Sequence[str], stylesheet: str) -> str:
    text = json.dumps([list(pieces), stylesheet, weasyprint.__version__, lines.FEWEST, lines.FAR])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def measure(pieces: Sequence[str], setter: Setter) -> list[Sized]:
    """How high each piece is, in CSS pixels, and where it may be divided. Whatever WeasyPrint raises becomes ``Unmeasurable``."""
    # Marks stand beside the pieces: an element with an id shares its style with no other, and nor does anything in it.
    body = "".join(f'{piece}<div id="m{place}"></div>' for place, piece in enumerate(pieces, 1))
    html = f'<html lang="en-GB"><body><div id="m0"></div>{body}</body></html>'
    try:
        with time_limit(SECONDS):
            pages = setter.render(html, PAGE).pages
    except TimeoutError as error:
        raise Unmeasurable(f"setting it took longer than {SECONDS} seconds") from error
    except RecursionError as error:
        raise Unmeasurable("its text is nested too deeply") from error
    except (ValueError, AssertionError, AttributeError, TypeError, IndexError, KeyError) as error:
        raise Unmeasurable(f"it cannot be set ({type(error).__name__})") from error
    if len(pages) != 1:
        raise Unmeasurable("it is longer than any page")
    tops = [pages[0].anchors[f"m{place}"][1] for place in range(len(pieces) + 1)]
    heights = [round(below - above, 3) for above, below in pairwise(tops)]
    return [Sized(height, ends) for height, ends in zip(heights, ends_in(pages[0], pieces), strict=True)]


def ends_in(page: Page, pieces: Sequence[str]) -> list[list[tuple[int, float]]]:
    """Of each piece the lines at which it may be divided. WeasyPrint tells of lines only through the boxes of its page."""
    found: list[list[Any]] = []
    for box in page._page_box.children[0].children[0].children:
        if MARK.match(box.element.get("id") or ""):
            found.append([])
        else:
            found[-1].append(box)
    return [lines.ends(boxes[0], piece) if len(boxes) == 1 else [] for boxes, piece in zip(found, pieces, strict=False)]


def cover_height(pieces: Sequence[str], setter: Setter) -> list[Sized]:
    """How much of the first page its one piece takes: the masthead and the contents."""
    html = f'<html lang="en-GB"><body><section class="page cover">{"".join(pieces)}</section></body></html>'
    return [Sized(round(setter.render(html).pages[0].anchors["cover-bottom"][1] - PAGE_TOP, 3))]


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupts pure Python after ``seconds``; the process's own limits catch what does not let itself be interrupted."""

    def stop(_signal: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
