"""R1, in a process of its own: the galley's pieces one after the other in one narrow column, and nothing else.

``python -m bench.one_column FOLDER`` reads FOLDER/galley.json. WeasyPrint breaks the column over pages by itself: there is no
second column, no heading is kept with its advert, no advert is kept whole.
"""

import sys
import tempfile
from itertools import chain
from pathlib import Path

from editions import galley
from editions.fetching import PressFetcher
from editions.setting import OPTIONS, Setter


def main() -> None:
    folder = Path(sys.argv[1])
    tempfile.tempdir = str(folder)
    job = galley.load(folder / "galley.json")
    setter = Setter(PressFetcher(Path(job.static_root), folder / "crests", job.address))
    pieces = chain.from_iterable(advert.pieces for advert in job.adverts)
    html = f'<!doctype html><html lang="en-GB"><title>R1</title><body>{"".join(pieces)}'
    document = setter.render(html, "@page { size: 87.5mm 262mm; margin: 0 }")
    document.write_pdf(folder / "column.pdf", pdf_variant=setter.variant, **OPTIONS)


main()
