"""The child process that sets type: ``python -m editions.press FOLDER`` turns FOLDER/galley.json into a PDF and its cover.

Measure, pack, typeset, finish, verify. It knows no database and no secret, opens no connection, reads only our fonts and what
lies in the folder, and may be killed at any moment: only ``outcome.json``, written last, says that the PDF is whole.
"""

import gc
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import django
from django.conf import settings

from . import covers, finishing, galley, measuring, packing, typesetting, verifying
from .fetching import PressFetcher
from .locking import lock
from .packing import MM, Item, Layout, Measures
from .setting import Setter

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
PAGE_TOP, COLUMN = 20 * MM, 262 * MM
PATIENCE = 0.5  # of a column: no single piece may be higher


class Press:
    def __init__(self, job: galley.Galley, folder: Path):
        self.job, self.folder = job, folder
        self.fetcher = PressFetcher(Path(job.static_root), folder / "crests", job.address)
        self.setter = Setter(self.fetcher, job.for_print, job.profile)
        self.look = self.setter.digest
        self.heights: dict[str, list[float]] = {}
        self.keys: dict[str, str] = {}
        self.held_back: dict[str, str] = {}
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def run(self) -> galley.Outcome:
        items = self.measure()
        measures, cover_height = self.measure_furniture()
        self.lap("measure")
        layout = packing.finish(packing.pack(items, measures), measures)
        self.lap("pack")
        pages = layout.pages + typesetting.sheets(self.job, layout)
        pdf = self.typeset(layout, cover_height, pages)
        verifying.pdf(pdf, pages, layout.page_of())
        covers.draw(pdf, self.folder / "cover.jpg")
        self.lap("verify")
        return galley.Outcome(
            pages=pages,
            page_of=layout.page_of(),
            held_back=self.held_back,
            heights=self.heights,
            keys=self.keys,
            fill=round(layout.fill, 4),
            seconds=self.seconds,
        )

    def typeset(self, layout: Layout, cover_height: float, pages: int) -> Path:
        self.say(f"Setting {pages} pages")
        html, css = typesetting.document(self.job, layout, cover_height)
        verifying.once(html, layout.page_of())
        document = self.setter.render(html, css)
        verifying.positions(document, pages, typesetting.expected_ends(layout, PAGE_TOP, cover_height))
        raw, pdf = self.folder / "raw.pdf", self.folder / "bulletin.pdf"
        self.setter.write(document, raw)
        self.lap("typeset")
        self.say("Finishing")
        finishing.finish(raw, pdf, for_print=self.job.for_print)
        self.lap("finish")
        return pdf

    def measure(self) -> list[Item]:
        """Adverts that cannot be set are held back with the reason; the rest go on."""
        items, adverts = [], []
        for place, advert in enumerate(self.job.adverts, 1):
            if place % 10 == 0:
                self.say(f"Measuring {place} of {len(self.job.adverts)}")
                gc.collect()  # What was measured is let go, before it adds up to more than a whole bulletin takes.
            try:
                head, *body, foot = self.heights_of(advert.reference, advert.pieces)
                if max(head, foot, *body) > PATIENCE * COLUMN:
                    raise measuring.Unmeasurable("one piece of it is higher than half a column")
            except measuring.Unmeasurable as error:
                self.held_back[advert.reference] = f"{advert.reference} {advert.title} is not printed: {error}."
                continue
            items.append(
                Item(advert.reference, advert.authority, advert.group, head, tuple(body), foot, frozenset(advert.leads_on))
            )
            adverts.append(advert)
        self.job = replace(self.job, adverts=tuple(adverts))
        return items

    def heights_of(self, name: str, pieces: tuple[str, ...]) -> list[float]:
        key = self.keys[name] = measuring.key_of(pieces, self.look)
        known = self.job.heights.get(key)
        self.heights[key] = known or measuring.measure(pieces, self.setter)
        return self.heights[key]

    def measure_furniture(self) -> tuple[Measures, float]:
        pieces = typesetting.furniture(self.job)
        heights = dict(zip(pieces, self.heights_of("furniture", tuple(pieces.values())), strict=True))
        cover_height = self.cover_height()
        named = {kind: {} for kind in ("authority", "group", "house")}
        for name, height in heights.items():
            kind, _, key = name.partition(" ")
            named.setdefault(kind, {})[key] = height
        return Measures(
            authority=named["authority"],
            group=named["group"],
            continued=heights["continued"],
            column=COLUMN,
            cover_column=COLUMN - cover_height,
            house=tuple(named["house"].values()),
        ), cover_height

    def cover_height(self) -> float:
        """How much of the first page the masthead and the contents take; page numbers make no difference to it."""
        html = f'<html lang="en-GB"><body><section class="page cover">{typesetting.cover(self.job, {})}</section>'
        anchors = self.setter.render(html).pages[0].anchors
        return anchors["cover-bottom"][1] - PAGE_TOP

    def say(self, progress: str) -> None:
        (self.folder / "progress.txt").write_text(progress, encoding="utf-8")

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name], self._since = round(now - self._since, 3), now


def main() -> None:
    settings.configure(
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [TEMPLATES]}], USE_I18N=False
    )
    django.setup()
    folder = Path(sys.argv[1])
    tempfile.tempdir = str(folder)
    lock(folder)
    gc.collect()
    gc.freeze()
    gc.disable()
    Press(galley.load(folder / "galley.json"), folder).run().save(folder / "outcome.json")


if __name__ == "__main__":
    main()
