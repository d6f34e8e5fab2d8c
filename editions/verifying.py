"""Checks that stop a bulletin from being published; each says what is wrong."""

from pathlib import Path

import pypdfium2
from weasyprint import Document

OURS = ("Source-Sans-3", "Barlow-Semi-Condensed")
TOLERANCE = 0.6  # pixels between where a column was packed to end and where it was set to end


class Wrong(Exception):
    """What was made is not what was meant; the message is for staff."""


def positions(document: Document, pages: int, expected: dict[str, float]) -> None:
    """The pages are as many as were packed, and every column ends where its measured pieces said."""
    if len(document.pages) != pages:
        raise Wrong(f"The bulletin has {len(document.pages)} pages instead of {pages}.")
    found = {name: place[1] for page in document.pages for name, place in page.anchors.items() if name.startswith("end-")}
    for name, y in expected.items():
        if name not in found or abs(found[name] - y) > TOLERANCE:
            raise Wrong(f"Column {name.removeprefix('end-')} ends at {found.get(name, 0):.1f} and was packed to end at {y:.1f}.")


def pdf(path: Path, pages: int, page_of: dict[str, int]) -> None:
    """The file opens, has all its pages, begins every advert on its page, and holds no font but ours."""
    document = pypdfium2.PdfDocument(path)
    try:
        if len(document) != pages:
            raise Wrong(f"The file has {len(document)} pages instead of {pages}.")
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    everything = "".join(texts)
    missing = [reference for reference in page_of if reference not in everything]
    if missing:
        raise Wrong(f"These adverts are missing from the file: {', '.join(missing[:10])}.")


def fonts(names: set[str]) -> None:
    """``names`` as the PDF embeds them, such as ``ABCDEF+Source-Sans-3``."""
    others = sorted(name for name in names if not name.split("+")[-1].startswith(OURS))
    if others:
        raise Wrong(f"The file holds a font that is not ours: {', '.join(others)}.")
