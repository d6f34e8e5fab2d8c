"""One advert as the bulletin sets it: ``python -m editions.press.column FOLDER`` turns FOLDER/column.json into a picture.

Like the press it runs as a child process, locked and limited, by ``rendering.run``; the same setter and stylesheet make it.
"""

import json
import sys
from pathlib import Path

import pypdfium2

from uploads.locking import lock

from .fetching import PressFetcher
from .measuring import measure
from .setting import Setter

SCALE = 2.2  # pixels to the point: sharp on a screen of twice the usual density
MOST_HIGH = 15_000  # CSS pixels, fifteen columns; a longer advert is shown as far as that


def draw_column(folder: Path) -> None:
    job = json.loads((folder / "column.json").read_text(encoding="utf-8"))
    setter = Setter(PressFetcher(Path(job["static_root"]), folder / "crests", job["address"]))
    height = min(sum(piece.height for piece in measure(job["pieces"], setter)) + 4, MOST_HIGH)
    document = setter.render(
        f'<html lang="en-GB"><head><title>Column</title></head><body>{"".join(job["pieces"])}</body></html>',
        f"@page {{ size: 87.5mm {height}px; margin: 0 }}",
    )
    pdf = folder / "column.pdf"
    setter.write(document, pdf)
    with pypdfium2.PdfDocument(pdf) as opened:
        picture = opened[0].render(scale=SCALE).to_pil().convert("RGB").quantize(64)
    picture.save(folder / "column.png", optimize=True)


def main() -> None:
    folder = Path(sys.argv[1])
    lock(folder)
    draw_column(folder)


if __name__ == "__main__":
    main()
