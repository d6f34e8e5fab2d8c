"""The child process that opens an uploaded PDF: ``python -m editions.press.inspecting FOLDER`` reads FOLDER/upload.pdf.

It writes ``outcome.json`` with the number of pages, or with the sentence that tells staff why the file is refused. A file that
was made to break its reader breaks this process, which has limits of time and memory and no database.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2

from .. import rules
from . import covers
from .locking import lock

# Keys and kinds of action that run something, open something or carry something: none belongs into a bulletin.
CARRIED = {"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/RichMedia", "/RichMediaContent"}
RUN = {"/JS", "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/XFA"}
LEADS_OUT = {"/URI", "/GoToR", "/GoToE"}  # Harmless in a link that somebody presses
MOST_ACTIONS = 10_000
DAMAGED = "It is damaged and cannot be opened. Export it again from the program that made it."
LOCKED = "It is protected with a password. Save it without one."
SCRIPTED = "It contains JavaScript or another action that runs by itself. Print it to a new PDF and upload that."
LADEN = "It contains other files. Print it to a new PDF and upload that."


class PdfRefused(Exception):
    """The message is for staff."""


def inspect(path: Path, picture: Path) -> int:
    """The number of pages of a harmless PDF, whose first page is drawn; raises ``Refused`` for any other file."""
    with path.open("rb") as file:
        if file.read(5) != b"%PDF-":
            raise PdfRefused("It is not a PDF.")
    try:
        with pikepdf.open(path) as document:
            if document.is_encrypted:
                raise PdfRefused(LOCKED)
            must_be_harmless(document)
            pages = len(document.pages)
        if not 1 <= pages <= rules.MOST_UPLOADED_PAGES:
            raise PdfRefused(f"It has {pages:,} pages; a bulletin has 1 to {rules.MOST_UPLOADED_PAGES}.")
        if covers.draw_cover(path, picture) != pages:
            raise PdfRefused(DAMAGED)
    except pikepdf.PasswordError as error:
        raise PdfRefused(LOCKED) from error
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise PdfRefused(DAMAGED) from error
    return pages


def must_be_harmless(document: pikepdf.Pdf) -> None:
    if any(leads_out(action) for action in by_themselves(document)):
        raise PdfRefused(SCRIPTED)
    for thing in document.objects:
        for name in names(thing):
            if name in RUN:
                raise PdfRefused(SCRIPTED)
            if name in CARRIED:
                raise PdfRefused(LADEN)


def by_themselves(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The actions that nobody has to press: on opening, on turning a page, on pointing at something."""
    waiting = [document.Root.get("/OpenAction")]
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and isinstance(thing.get("/AA"), pikepdf.Dictionary):
            waiting += thing.AA.as_dict().values()
    seen = 0
    while waiting and seen < MOST_ACTIONS:
        action = waiting.pop()
        seen += 1
        if isinstance(action, pikepdf.Array):
            waiting += list(action)
        elif isinstance(action, pikepdf.Dictionary):
            yield action
            waiting.append(action.get("/Next"))


def leads_out(action: pikepdf.Object) -> bool:
    """Out of this file: to an address, or to another file."""
    return str(action.get("/S")) in LEADS_OUT


def names(thing: pikepdf.Object) -> Iterator[str]:
    """Every key and every name in one object, whatever lies in it; objects that it refers to are looked at by themselves."""
    waiting = [thing]
    while waiting:
        at = waiting.pop()
        if isinstance(at, pikepdf.Name):
            yield str(at)
        elif isinstance(at, pikepdf.Array):
            waiting += [inner for inner in at if not is_elsewhere(inner)]
        elif isinstance(at, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in at.items():
                yield key
                if not is_elsewhere(value):
                    waiting.append(value)


def is_elsewhere(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def main() -> None:
    folder = Path(sys.argv[1])
    lock(folder)
    try:
        found: dict[str, object] = {"pages": inspect(folder / "upload.pdf", folder / "cover.jpg")}
    except PdfRefused as refusal:
        found = {"refused": str(refusal)}
    (folder / "outcome.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
