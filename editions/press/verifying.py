"""Checks that stop a bulletin from being published; each says what is wrong."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from pypdfium2 import raw
from weasyprint import Document

OURS = ("Source-Sans-3", "Barlow-Semi-Condensed")
BEGINNING = re.compile(r'<h4 class="title" id="(GS\d+)"')  # In the text of an advert "<" is written as an entity.
TOLERANCE = 0.6  # pixels between where a column was packed to end and where it was set to end


class Wrong(Exception):
    """What was made is not what was meant; the message is for staff."""


class ForeignFont(Wrong):
    """Some sign is in no font of ours, so another was embedded."""


def positions(document: Document, pages: int, expected: dict[str, float]) -> None:
    """The pages are as many as were packed, and every column ends where its measured pieces said."""
    if len(document.pages) != pages:
        raise Wrong(f"The bulletin has {len(document.pages)} pages instead of {pages}.")
    found = {name: place[1] for page in document.pages for name, place in page.anchors.items() if name.startswith("end-")}
    for name, y in expected.items():
        if name not in found or abs(found[name] - y) > TOLERANCE:
            raise Wrong(f"Column {name.removeprefix('end-')} ends at {found.get(name, 0):.1f} and was packed to end at {y:.1f}.")


def once(html: str, references: Iterable[str]) -> None:
    """Every advert begins in the document, and none begins twice."""
    times = Counter(BEGINNING.findall(html))
    doubled = [name for name, number in times.items() if number > 1]
    missing = [name for name in references if name not in times]
    if doubled:
        raise Wrong(f"These adverts are printed more than once: {', '.join(doubled[:10])}.")
    if missing:
        raise Wrong(f"These adverts are missing: {', '.join(missing[:10])}.")


def pdf(path: Path, pages: int, page_of: dict[str, int]) -> None:
    """The file opens in another program, has all its pages, and leads from every reference to the page that prints it."""
    document = pypdfium2.PdfDocument(path)
    try:
        if len(document) != pages:
            raise Wrong(f"The file has {len(document)} pages instead of {pages}.")
        texts = [page.get_textpage().get_text_bounded() for page in document]
        found = {name: page_named(document, name) for name in page_of}
    finally:
        document.close()
    everything = "".join(texts)
    missing = [name for name in page_of if name not in everything]
    if missing:
        raise Wrong(f"The file does not show these references: {', '.join(missing[:10])}.")
    astray = [name for name, page in page_of.items() if found[name] != page]
    if astray:
        raise Wrong(f"These adverts are not on the page that they should be on: {', '.join(astray[:10])}.")


def page_named(document: pypdfium2.PdfDocument, name: str) -> int:
    """The page that ``#nameddest=`` opens; 0 if there is none."""
    place = raw.FPDF_GetNamedDestByName(document, name.encode())
    return raw.FPDFDest_GetDestPageIndex(document, place) + 1 if place else 0


def fonts(names: set[str]) -> None:
    """``names`` as the PDF embeds them, such as ``ABCDEF+Source-Sans-3``."""
    others = sorted(name for name in names if not name.split("+")[-1].startswith(OURS))
    if others:
        raise ForeignFont(f"The file holds a font that is not ours: {', '.join(others)}.")
