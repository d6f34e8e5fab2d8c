"""WeasyPrint with our fonts, our stylesheets and nothing else: what measures and what sets the pages must be the same."""

import hashlib
from pathlib import Path

from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from .fetching import PressFetcher

VARIANT = "pdf/ua-1"
SHEET, PRINT_SHEET = "css/bulletin.css", "css/print.css"
# The same for every render that shares the cache of images: WeasyPrint reads them only on an image's first use.
OPTIONS = {"optimize_images": False, "dpi": 300}


class Setter:
    def __init__(self, fetcher: PressFetcher, for_print: bool = False):
        self.fetcher = fetcher
        self.names = [SHEET, PRINT_SHEET] if for_print else [SHEET]
        self.fonts = FontConfiguration()
        self.sheets = [CSS(url=f"static:{name}", font_config=self.fonts, url_fetcher=fetcher) for name in self.names]
        self.images: dict = {}

    @property
    def digest(self) -> str:
        """Of the stylesheets: heights hold for one look only."""
        root: Path = self.fetcher.roots["static"]
        return hashlib.sha256(b"".join((root / name).read_bytes() for name in self.names)).hexdigest()

    def render(self, html: str, css: str = "") -> Document:
        sheets = [*self.sheets, CSS(string=css, font_config=self.fonts, url_fetcher=self.fetcher)] if css else self.sheets
        document = HTML(string=html, url_fetcher=self.fetcher)
        return document.render(font_config=self.fonts, stylesheets=sheets, cache=self.images, pdf_variant=VARIANT, **OPTIONS)

    def write(self, document: Document, path: Path) -> None:
        document.write_pdf(path, pdf_variant=VARIANT, **OPTIONS)
