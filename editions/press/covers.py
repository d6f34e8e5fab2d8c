"""The picture of a PDF's first page, for the archive. PDFium runs in a process of its own, never in a web process."""

from pathlib import Path

import pypdfium2

WIDTH = 480


def draw_cover(pdf: Path, picture: Path) -> int:
    """Draw the first page and return the number of pages."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").save(picture, "JPEG", quality=82, optimize=True)
    pages = len(document)
    document.close()
    return pages
