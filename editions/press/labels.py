"""The child process that sets address labels: ``python -m editions.press.labels FOLDER`` turns labels.html into labels.pdf."""

import sys
import tempfile
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from uploads.locking import lock

from .fetching import PressFetcher

SHEET = "css/labels.css"


def main() -> None:
    folder = Path(sys.argv[1])
    tempfile.tempdir = str(folder)
    lock(folder)
    fetcher = PressFetcher(folder / "static", folder, "")
    fonts = FontConfiguration()
    html = HTML(string=(folder / "labels.html").read_text(encoding="utf-8"), url_fetcher=fetcher)
    html.write_pdf(
        folder / "labels.pdf",
        font_config=fonts,
        stylesheets=[CSS(url=f"static:{SHEET}", font_config=fonts, url_fetcher=fetcher)],
    )


if __name__ == "__main__":
    main()
