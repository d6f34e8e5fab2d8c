"""The child process that sets type: ``python -m editions.press FOLDER`` turns FOLDER/galley.json into a PDF and its cover.

Measure, pack, typeset, finish, verify. It knows no database and no secret, opens no connection, reads only our fonts and what
lies in the folder, and may be killed at any moment: only ``outcome.json``, written last, says that the PDF is whole.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from django.conf import settings
from weasyprint import Document, Page

from uploads.locking import lock

from . import covers, finishing, galley, inks, lines, measuring, packing, refitting, typesetting, verifying
from .fetching import PressFetcher
from .packing import MM, Column, Item, Layout, Measures
from .setting import Setter

COLUMN = 262 * MM
Measure = Callable[[Sequence[str], Setter], list[galley.Sized]]
TOGETHER = 16  # adverts
PATIENCE = 0.5  # of a column: no part that cannot be divided may be higher


class Press:
    def __init__(self, job: galley.Galley, folder: Path):
        self.job, self.folder = job, folder
        self.fetcher = PressFetcher(Path(job.static_root), folder / "crests", job.address)
        self.setter = Setter(self.fetcher, job.for_print, job.profile, job.kept.sheet if job.kept else "")
        self.look = self.setter.digest
        self.known = dict(job.heights)
        self.heights: dict[str, list[galley.Sized]] = {}
        self.keys: dict[str, str] = {}
        self.held_back: dict[str, str] = {}
        self.seconds: dict[str, float] = {}
        self.moved = ""
        self._since = time.perf_counter()

    def run(self) -> galley.Outcome:
        with suppress(verifying.ForeignFont):
            return self.make()
        self.hold_back_foreign()
        return self.make()

    def make(self) -> galley.Outcome:
        layout, cover_height = self.places()
        self.lap("pack")
        pages = layout.pages + typesetting.sheets(self.job, layout)
        self.keep(layout, cover_height)
        written = self.typeset(layout, cover_height, pages)
        self.lap("typeset")
        pdf = self.finish(written)
        self.lap("finish")
        verifying.pdf(pdf, pages, layout.page_of())
        covers.draw_cover(pdf, self.folder / "cover.jpg")
        self.lap("verify")
        return galley.Outcome(
            pages=pages,
            page_of={name: page for name, page in layout.page_of().items() if name not in self.withdrawn},
            moved=self.moved,
            held_back=self.held_back,
            heights=self.heights,
            keys=self.keys,
            fill=round(layout.fill, 4),
            turns=layout.turns,
            seconds=self.seconds,
        )

    @property
    def withdrawn(self) -> set[str]:
        return {advert.reference for advert in self.job.adverts if advert.withdrawn}

    def places(self) -> tuple[Layout, float]:
        """Where everything goes: where it stood, if it was set before and what was corrected fits there; else packed anew."""
        items = self.measure()
        if self.job.kept is None:
            return self.packed(items)
        found = None if self.job.kept.anew else self.in_place(self.job.kept, items)
        return found or self.anew(self.job.kept)

    def packed(self, items: list[Item]) -> tuple[Layout, float]:
        measures, cover_height = self.measure_furniture()
        self.lap("measure")
        return packing.finish_column(packing.pack(items, measures), measures), cover_height

    def in_place(self, kept: galley.Kept, changed: list[Item]) -> tuple[Layout, float] | None:
        cover_height = max(kept.cover_height, self.measure_cover())
        capacities = [COLUMN - cover_height] * 2 + [COLUMN] * len(kept.columns)
        columns = [Column(capacity, self.left(slots)) for capacity, slots in zip(capacities, kept.columns, strict=False)]
        self.lap("measure")
        layout = refitting.refit(columns, changed)
        return (layout, cover_height) if layout else None

    def left(self, slots: Sequence[galley.Slot]) -> list[galley.Slot]:
        """With nothing in the place of an advert that cannot be set any more."""
        names = {advert.reference for advert in self.job.adverts}
        of_adverts = {"advert", "continued"}
        return [slot._replace(kind="blank") if slot.kind in of_adverts and slot.key not in names else slot for slot in slots]

    def anew(self, kept: galley.Kept) -> tuple[Layout, float]:
        """Packed again; the cover says which pages differ from those that were set before. No notice of what was withdrawn."""
        adverts = tuple(replace(advert, parts=()) for advert in self.job.adverts if not advert.withdrawn)
        self.job = replace(self.job, kept=None, adverts=adverts)
        items = self.measure()
        layout, cover_height = self.packed(items)
        pages = refitting.pages_differing(kept.columns, [column.slots for column in layout.columns])
        self.moved = refitting.not_as_on_paper(pages)
        if not self.moved:
            return layout, cover_height
        cover = self.job.cover
        self.job = replace(self.job, cover=replace(cover, note=f"{cover.note} {self.moved}".strip()))
        return self.packed(items)

    def keep(self, layout: Layout, cover_height: float) -> None:
        """What a correction, the archive and the print shop's copy start from."""
        columns = tuple(tuple(column.slots) for column in layout.columns)
        kept = galley.Kept(columns, cover_height, self.setter.look)
        replace(self.job, kept=kept, heights={}).save(self.folder / "setting.json")

    def typeset(self, layout: Layout, cover_height: float, pages: int) -> Path:
        self.say(f"Setting {pages} pages")
        gatherings = list(typesetting.gatherings(self.job, layout))
        verifying.once("".join(gatherings), layout.page_of())
        document = self.render(gatherings, "".join(typesetting.rules(self.job, layout, cover_height)))
        verifying.positions(document, pages, typesetting.expected_ends(layout, measuring.PAGE_TOP, cover_height))
        written = self.folder / "written.pdf"
        self.setter.write(document, written, partial(finishing.finish_pdf, places=typesetting.descriptions(self.job)))
        return written

    def finish(self, written: Path) -> Path:
        self.say("Finishing")
        pdf = self.folder / "bulletin.pdf"
        if self.job.for_print:
            gc.unfreeze()
            gc.collect()  # The pages are written: what they took need not be added to.
            inks.separate(written, pdf)
        else:
            written.rename(pdf)
        return pdf

    def render(self, gatherings: list[str], css: str) -> Document:
        """One document of all their pages, which stay; whatever else setting them took is let go at once."""
        pages: list[Page] = []
        for html in gatherings:
            document = self.setter.render(html, css)
            pages += document.pages
            gc.collect()
            gc.freeze()  # The pages that stay need not be looked through again.
        return document.copy(pages)

    def hold_back_foreign(self) -> None:
        """One advert with a sign that our fonts lack must not stop the others. Each is set alone."""
        self.say("Looking for a character that none of our fonts has")
        gc.unfreeze()
        self.job = replace(self.job, adverts=tuple(filter(self.is_in_our_fonts, self.job.adverts)))

    def is_in_our_fonts(self, advert: galley.Advert) -> bool:
        gc.collect()  # What was set before it, the whole bulletin at first.
        document = self.setter.render(f'<html lang="en-GB"><body>{"".join(advert.pieces)}</body></html>', measuring.PAGE)
        try:
            self.setter.write(document, self.folder / "alone.pdf", finishing.finish_pdf)
        except verifying.ForeignFont:
            reason = "its text has a character that none of our fonts has"
            self.held_back[advert.reference] = f"{advert.reference} {advert.title} is not printed: {reason}."
            return False
        return True

    def measure(self) -> list[Item]:
        """Of adverts that are not measured yet. Those that cannot be set are held back with the reason; the rest go on."""
        items, adverts = [], []
        for place, advert in enumerate(self.job.adverts):
            if place % TOGETHER == 0:
                self.say(f"Measuring {place} of {len(self.job.adverts)}")
                self.measure_together(self.job.adverts[place : place + TOGETHER])
            if advert.parts and self.job.kept:
                adverts.append(advert)
                continue
            try:
                found, item = self.divided(advert)
            except measuring.Unmeasurable as error:
                self.held_back[advert.reference] = f"{advert.reference} {advert.title} is not printed: {error}."
                continue
            items.append(item)
            adverts.append(found)
        self.job = replace(self.job, adverts=tuple(adverts))
        return items

    def divided(self, advert: galley.Advert) -> tuple[galley.Advert, Item]:
        *pieces, continued = self.heights_of(advert.reference, advert.measured)
        found = replace(advert, parts=tuple(lines.divided(pieces)))
        if max(part.height for part in found.parts) > PATIENCE * COLUMN:
            raise measuring.Unmeasurable("one piece of it is taller than half a column and cannot be divided")
        return found, packing.item_of(found, continued.height)

    def measure_together(self, adverts: Sequence[galley.Advert]) -> None:
        """Once for all that are not known: quicker than each alone. If they cannot be set, the one at fault is found later."""
        keys = {measuring.key_of(advert.measured, self.look): advert.measured for advert in adverts if not advert.parts}
        unknown = {key: pieces for key, pieces in keys.items() if key not in self.known}
        if len(unknown) > 1:
            with suppress(measuring.Unmeasurable):
                heights = iter(measuring.measure([*chain(*unknown.values())], self.setter))
                self.known |= {key: list(islice(heights, len(pieces))) for key, pieces in unknown.items()}
            gc.collect()  # What was measured is let go, before it adds up to more than a whole bulletin takes.

    def heights_of(self, name: str, pieces: tuple[str, ...], measure: Measure = measuring.measure) -> list[galley.Sized]:
        key = self.keys[name] = measuring.key_of(pieces, self.look)
        self.heights[key] = self.known.get(key) or measure(pieces, self.setter)
        return self.heights[key]

    def measure_furniture(self) -> tuple[Measures, float]:
        pieces = typesetting.furniture(self.job)
        sized = self.heights_of("furniture", tuple(pieces.values()))
        heights = {name: one.height for name, one in zip(pieces, sized, strict=True)}
        cover_height = self.measure_cover()
        named: dict[str, dict[str, float]] = {kind: {} for kind in ("authority", "group", "house")}
        for name, height in heights.items():
            kind, _, key = name.partition(" ")
            named[kind][key] = height
        return Measures(
            authority=named["authority"],
            group=named["group"],
            column=COLUMN,
            cover_column=COLUMN - cover_height,
            house=tuple(named["house"].values()),
        ), cover_height

    def measure_cover(self) -> float:
        cover = typesetting.cover_page(self.job, {})  # Page numbers make no difference to its height.
        ((height, _),) = self.heights_of("cover", (cover,), measuring.cover_height)
        return height

    def say(self, progress: str) -> None:
        (self.folder / "progress.txt").write_text(progress, encoding="utf-8")

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.seconds[name], self._since = round(now - self._since, 3), now


def main() -> None:
    settings.configure(USE_I18N=False)
    folder = Path(sys.argv[1])
    tempfile.tempdir = str(folder)
    lock(folder)
    gc.collect()
    gc.freeze()
    gc.disable()
    Press(galley.load(folder / "galley.json"), folder).run().save(folder / "outcome.json")
    os._exit(0)  # Taking all boxes apart first would take a fiftieth of the whole time.
