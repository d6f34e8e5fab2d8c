"""WeasyPrint with our fonts, our stylesheets and nothing else: what measures and what sets the pages must be the same."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from .fetching import PressFetcher

SHEET, PRINT_SHEET = "css/bulletin.css", "css/print.css"
# The same for every render that shares the cache of images: WeasyPrint reads them only on an image's first use.
OPTIONS = {"optimize_images": False, "dpi": 300}


VARIABLE = re.compile(r"^ +(--[\w-]+): (.+);$", re.MULTILINE)
USED = re.compile(r"var\((--[\w-]+)\)")
# Nothing floats out of a piece. Told so, WeasyPrint need not look for crests beside each line of every text below them.
APART = ".piece { display: flow-root }"
# The numbers of items that begin a column.
NUMBERED = "".join(f".from-{number} {{ counter-reset: list-item {number - 1} }}" for number in range(2, 400))
Finisher = Callable[[Document, pydyf.PDF], None]


class Setter:
    def __init__(self, fetcher: PressFetcher, for_print: bool = False, profile: str = "", look: str = ""):
        """``look``: the stylesheet by which something was set before; else it is the one of today."""
        self.fetcher, self.for_print = fetcher, for_print
        self.variant = ("pdf/x-4" if profile else None) if for_print else "pdf/ua-1"
        self.profile = (
            f'@color-profile device-cmyk {{ src: url("job:crests/{profile}"); components: c, m, y, k }}' if profile else ""
        )
        self.fonts = FontConfiguration()
        root = fetcher.roots["static"]
        self.look = look or (root / SHEET).read_text(encoding="utf-8")
        text = self.look + ((root / PRINT_SHEET).read_text(encoding="utf-8") if for_print else "")
        self.sheet = CSS(string=worked_out(text) + APART + NUMBERED, font_config=self.fonts, url_fetcher=fetcher)
        self.images: dict[str, Any] = {}

    @property
    def digest(self) -> str:
        """Of the stylesheet: heights hold for one look only. The print shop's inks make nothing higher."""
        return hashlib.sha256(self.look.encode()).hexdigest()

    def render(self, html: str, css: str = "") -> Document:
        profiles: dict[str, Any] = {}
        own = CSS(string=self.profile + css, font_config=self.fonts, url_fetcher=self.fetcher, color_profiles=profiles)
        return HTML(string=html, url_fetcher=self.fetcher).render(
            font_config=self.fonts,
            stylesheets=[self.sheet, own],
            color_profiles=profiles,
            cache=self.images,
            pdf_variant=self.variant,
            **OPTIONS,
        )

    def write(self, document: Document, path: Path, finisher: Finisher | None = None) -> None:
        """What still gets other inks stays uncompressed: whoever separates them compresses everything at once."""
        document.write_pdf(path, pdf_variant=self.variant, finisher=finisher, uncompressed_pdf=self.for_print, **OPTIONS)


def worked_out(css: str) -> str:
    """With each variable's last value in its place: WeasyPrint would look it up and check it again for every element."""
    values = dict(VARIABLE.findall(css))
    return USED.sub(lambda name: values[name[1]], css)
