"""The child process that opens an uploaded PDF: ``python -m editions.press.inspecting FOLDER`` reads FOLDER/upload.pdf.

It writes the PDF anew, draws its first page, and then ``outcome.json`` with the number of pages, or with the sentence that tells
staff why the file is refused. A file that was made to break its reader breaks this process, which has limits and no database.
"""

import json
import sys
from pathlib import Path

import pypdfium2

from uploads import opening
from uploads.locking import lock
from uploads.refusals import PDF_DAMAGED, Refused

from .. import rules
from . import covers

NO_PDF = "This is not a PDF. Export it again from the program that made it."


def inspect(source: Path, written: Path, picture: Path) -> int:
    """The number of pages of the PDF that is written, whose first page is drawn; raises ``Refused`` for what is no PDF."""
    if opening.beginning(source).startswith(opening.ZIP) or opening.write_anew(source, written) != "pdf":
        raise Refused(NO_PDF)
    try:
        pages = covers.draw_cover(written, picture)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise Refused(PDF_DAMAGED) from error
    if pages > rules.MOST_UPLOADED_PAGES:
        raise Refused(f"This PDF has {pages:,} pages; a bulletin has 1 to {rules.MOST_UPLOADED_PAGES}.")
    return pages


def main() -> None:
    folder = Path(sys.argv[1])
    lock(folder)
    try:
        found: dict[str, object] = {"pages": inspect(folder / "upload.pdf", folder / "written.pdf", folder / "cover.jpg")}
    except Refused as refusal:
        found = {"refused": str(refusal)}
    (folder / "outcome.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
