"""R1, in a process of its own: the galley's pieces one after the other in one narrow column, by WeasyPrint as it comes.

``python -m bench.one_column FOLDER`` reads FOLDER/galley.json. WeasyPrint breaks the column over pages by itself: there is no
second column, no heading is kept with its advert, no advert is kept whole.
"""

import sys
import tempfile
from itertools import chain
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from editions.press import galley
from editions.press.fetching import PressFetcher
from editions.press.setting import OPTIONS, SHEET


def main() -> None:
    folder = Path(sys.argv[1])
    tempfile.tempdir = str(folder)
    job = galley.load(folder / "galley.json")
    fetcher, fonts = PressFetcher(Path(job.static_root), folder / "crests", job.address), FontConfiguration()
    pieces = chain.from_iterable(advert.pieces for advert in job.adverts)
    html = f'<!doctype html><html lang="en-GB"><title>R1</title><body>{"".join(pieces)}'
    sheets = [
        CSS(url=f"static:{SHEET}", font_config=fonts, url_fetcher=fetcher),
        CSS(string="@page { size: 87.5mm 262mm; margin: 0 }", font_config=fonts, url_fetcher=fetcher),
    ]
    options = {"stylesheets": sheets, "font_config": fonts, "pdf_variant": "pdf/ua-1", "cache": {}, **OPTIONS}
    HTML(string=html, url_fetcher=fetcher).write_pdf(folder / "column.pdf", **options)


main()
