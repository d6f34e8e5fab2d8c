"""What WeasyPrint leaves undone: the running heads, which are no part of the text, become artifacts."""

import re
from pathlib import Path

import pikepdf

from . import inks, verifying

MARK = re.compile(rb"/\w+ *<<\s*/MCID (\d+)\s*>> *BDC")
OUR_MARKS = ("end-", "cover-")


def finish(raw: Path, pdf: Path, for_print: bool = False) -> None:
    """Write the finished file; the same bytes for the same input."""
    with pikepdf.open(raw) as document:
        if for_print:
            inks.separate(document)
        else:
            linked = reachable(document)
            for page in document.pages:
                artifacts(page, linked)
        forget_marks(document)
        verifying.fonts(font_names(document))
        document.save(pdf, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def reachable(document: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Page and number of every piece of marked content that the structure tree leads to."""
    found: set[tuple[int, int]] = set()
    waiting = [document.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                found.add((element.Pg.objgen[0], kid))
            elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
                waiting.append(kid)
    return found


def artifacts(page: pikepdf.Page, linked: set[tuple[int, int]]) -> None:
    number = page.obj.objgen[0]

    def mark(match: re.Match[bytes]) -> bytes:
        return match[0] if (number, int(match[1])) in linked else b"/Artifact BMC"

    stream = page.obj.Contents
    stream.write(MARK.sub(mark, stream.read_bytes()))


def forget_marks(document: pikepdf.Pdf) -> None:
    """Only references stay as named places in the file; what the press measured by goes."""
    names = document.Root.Names.Dests.Names
    pairs = [(names[place], names[place + 1]) for place in range(0, len(names), 2)]
    kept = [item for pair in pairs if not str(pair[0]).startswith(OUR_MARKS) for item in pair]
    document.Root.Names.Dests.Names = pikepdf.Array(kept)


def font_names(document: pikepdf.Pdf) -> set[str]:
    fonts = (page.obj.Resources.get("/Font", {}) for page in document.pages)
    return {str(font.BaseFont).lstrip("/") for of_page in fonts for font in of_page.values()}
