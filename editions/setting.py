"""WeasyPrint with our fonts, our stylesheets and nothing else: what measures and what sets the pages must be the same."""

import hashlib
from pathlib import Path

from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from .fetching import PressFetcher

SHEET, PRINT_SHEET = "css/bulletin.css", "css/print.css"
# The same for every render that shares the cache of images: WeasyPrint reads them only on an image's first use.
OPTIONS = {"optimize_images": False, "dpi": 300}


class Setter:
    def __init__(self, fetcher: PressFetcher, for_print: bool = False, profile: str = ""):
        self.fetcher = fetcher
        self.variant = ("pdf/x-4" if profile else None) if for_print else "pdf/ua-1"
        self.profile = (
            f'@color-profile device-cmyk {{ src: url("job:crests/{profile}"); components: c, m, y, k }}' if profile else ""
        )
        self.fonts = FontConfiguration()
        names = [SHEET, PRINT_SHEET] if for_print else [SHEET]
        self.sheets = [CSS(url=f"static:{name}", font_config=self.fonts, url_fetcher=fetcher) for name in names]
        self.images: dict = {}

    @property
    def digest(self) -> str:
        """Of the stylesheet: heights hold for one look only. The print shop's inks make nothing higher."""
        root: Path = self.fetcher.roots["static"]
        return hashlib.sha256((root / SHEET).read_bytes()).hexdigest()

    def render(self, html: str, css: str = "") -> Document:
        profiles: dict = {}
        own = CSS(string=self.profile + css, font_config=self.fonts, url_fetcher=self.fetcher, color_profiles=profiles)
        document = HTML(string=html, url_fetcher=self.fetcher)
        return document.render(
            font_config=self.fonts,
            stylesheets=[*self.sheets, own],
            color_profiles=profiles,
            cache=self.images,
            pdf_variant=self.variant,
            **OPTIONS,
        )

    def write(self, document: Document, path: Path) -> None:
        """Uncompressed: whoever finishes the file rewrites its pages and compresses everything at once."""
        document.write_pdf(path, pdf_variant=self.variant, uncompressed_pdf=True, **OPTIONS)
