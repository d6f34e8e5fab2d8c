"""From packed columns to one document: every slot where the packer put it, so WeasyPrint has nothing left to decide.

The pieces were rendered and escaped before; here they are only put one after the other.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from django.template import Engine
from django.utils.html import format_html

from . import lines, lists
from .galley import Advert, Galley, Slot
from .packing import MM, Column, Layout

# No more of Django than this: its applications would take a third of a second and 5 MB of every press.
ENGINE = Engine(dirs=[str(Path(__file__).resolve().parents[2] / "templates")])
GATHERING = 8  # pages; an even number, so that each begins with a right-hand page


def contents(job: Galley, page_of: dict[str, int]) -> list[list[tuple[str, str, str, str]]]:
    """ "In this issue": authority, posts, first page and its place to go to, as two lists of about the same length."""
    numbers: dict[str, int] = {}
    first: dict[str, int] = {}
    for advert in offered(job):
        numbers[advert.authority] = numbers.get(advert.authority, 0) + 1
        page = page_of.get(advert.reference, 0)
        first[advert.authority] = min(first.get(advert.authority, page), page)
    places = area_places(job)
    rows = [(name, posts(number), str(first[name]), places[name]) for name, number in numbers.items()]
    half = (len(rows) + 1) // 2
    return [rows[:half], rows[half:]]


def area_places(job: Galley) -> dict[str, str]:
    """The name under which the heading of each authority is found in the file."""
    names = dict.fromkeys(advert.authority for advert in job.adverts)
    return {name: f"area-{number}" for number, name in enumerate(names, 1)}


def descriptions(job: Galley) -> dict[str, str]:
    """What the links within the file lead to, in words for a screen reader."""
    areas = {place: f"Posts in {name}" for name, place in area_places(job).items()}
    return areas | {advert.reference: f"Beginning of {advert.reference}, {advert.title}" for advert in job.adverts}


def cover_page(job: Galley, page_of: dict[str, int]) -> str:
    context = {"cover": job.cover, "posts": posts(len(offered(job))), "lists": contents(job, page_of), "address": job.address}
    return ENGINE.render_to_string("editions/print/cover.html", context)


def offered(job: Galley) -> list[Advert]:
    return [advert for advert in job.adverts if not advert.withdrawn]


def posts(number: int) -> str:
    return f"{number} post{'' if number == 1 else 's'}"


def furniture(job: Galley) -> dict[str, str]:
    """Everything that is measured besides adverts: headings by name, house adverts."""
    pieces = {}
    for advert in job.adverts:
        pieces[f"authority {advert.authority}"] = heading("authority", advert.authority)
        pieces[f"group {advert.group}"] = heading("group", advert.group)
    for place, html in enumerate(job.house):
        pieces[f"house {place}"] = html
    return pieces


def heading(kind: str, name: str, place: str = "") -> str:
    if kind == "authority":
        named = format_html(' id="{}"', place) if place else ""
        return format_html('<h2 class="authority"{}>{}</h2>', named, name)
    return format_html('<h3 class="group">{}</h3>', name)


def gatherings(job: Galley, layout: Layout) -> Iterator[str]:
    """The bulletin as documents of a few pages each: what setting one takes is given back before the next is set."""
    pages = ["".join(page(job, layout, number)) for number in range(1, layout.pages + 1)]
    house_pages = job.house_pages[: sheets(job, layout)]
    pages += [sheet(job, html, number) for number, html in enumerate(house_pages, layout.pages + 1)]
    for first in range(0, len(pages), GATHERING):
        yield f"{preamble(job)}{''.join(pages[first : first + GATHERING])}</body></html>"


def preamble(job: Galley) -> str:
    """The title, language and dates that PDF/UA and the same bytes twice ask for."""
    return format_html(
        '<html lang="en-GB"><head><title>{}</title><meta name="dcterms.created" content="{}">'
        '<meta name="dcterms.modified" content="{}"><meta name="author" content="Greensheets"></head><body>',
        job.cover.title,
        job.created,
        job.created,
    )


def sheets(job: Galley, layout: Layout) -> int:
    """How many whole pages of our own make it a multiple of four, if it is to be one."""
    return -layout.pages % 4 if job.house_pages else 0


def sheet(job: Galley, html: str, number: int) -> str:
    return f"{opening(job, 'page', number, '')}{html}</section>"


def opening(job: Galley, names: str, number: int, guide: str) -> str:
    """The start of a page, with what its running heads say."""
    return format_html(
        '<section class="{}" data-number="{}" data-guide="{}" data-bulletin="{}" data-imprint="{}">',
        names,
        number,
        guide,
        f"{job.cover.staff_group} · {job.cover.day}",
        f"Greensheets {job.cover.issue.removeprefix('Issue ')} · {job.cover.website}",
    )


def page(job: Galley, layout: Layout, number: int) -> Iterator[str]:
    adverts = {advert.reference: advert for advert in job.adverts}
    columns = layout.columns[2 * number - 2 : 2 * number]
    yield opening(job, "page cover" if number == 1 else "page", number, guide(columns, adverts))
    if number == 1:
        yield cover_page(job, layout.page_of())
    for side, column in zip("ab", columns, strict=False):
        yield f'<div class="column {side}">'
        for slot in column.slots:
            yield f'<div class="slot {gap_class(slot)}{f" {high_class(slot.height)}" if job.kept else ""}">'
            yield set_slot(slot, job, adverts)
            yield "</div>"
        yield f'<div id="end-{number}-{side}"></div></div>'
    yield '<div class="hairline"></div></section>'


def set_slot(slot: Slot, job: Galley, adverts: dict[str, Advert]) -> str:
    if slot.kind in {"authority", "group"}:
        return heading(slot.kind, slot.key, area_places(job).get(slot.key, ""))
    if slot.kind == "blank":
        return ""
    if slot.kind == "continued":
        return adverts[slot.key].continued
    if slot.kind == "house":
        return job.house[int(slot.key)]
    return lists.joined(shown(adverts[slot.key], slot.first, slot.last))


def shown(advert: Advert, first: int, last: int) -> list[str]:
    """So many parts of an advert, those of one piece as one again."""
    found = []
    for place, parts in groupby(advert.parts[first:last], key=attrgetter("piece")):
        begin, *_, end = [*parts] * 2
        piece = advert.pieces[place]
        if place and place == advert.held:
            piece = f'<div class="{high_class(begin.height)}">{piece}</div>'
        found.append(piece if (begin.start, end.end) == (0, -1) else lines.between(piece, begin.start, end.end))
    return found


def guide(columns: list[Column], adverts: dict[str, Advert]) -> str:
    """The range of authorities on a page, for its running head: ``Avonmere – Bramleigh & Coast``."""
    keys = [slot.key for column in columns for slot in column.slots if slot.kind == "advert"]
    names = list(dict.fromkeys(adverts[key].authority for key in keys))
    return " – ".join(dict.fromkeys([names[0], names[-1]])) if names else ""


def gap_class(slot: Slot) -> str:
    return f"gap-{round(slot.gap / MM * 10)}"


def high_class(height: float) -> str:
    return f"high-{round(height * 1000)}"


def rules(job: Galley, layout: Layout, cover_height: float) -> Iterator[str]:
    gaps = {slot.gap for column in layout.columns for slot in column.slots}
    for gap in sorted(gaps):
        tenths = round(gap / MM * 10)
        yield f".gap-{tenths} {{ padding-top: {tenths / 10}mm }} "
    if job.kept:
        held = {part.height for advert in job.adverts for part in advert.parts if part.piece == advert.held}
        for height in sorted({*held, *(slot.height for column in layout.columns for slot in column.slots)}):
            yield f".{high_class(height)} {{ height: {height:.3f}px }} "
    yield f".cover .column, .cover .hairline {{ top: {cover_height / MM:.3f}mm }} "


def expected_ends(layout: Layout, page_top: float, cover_height: float) -> dict[str, float]:
    """Where each column must end on its page, to the pixel, if typesetting agrees with measuring."""
    ends = {}
    for place, column in enumerate(layout.columns):
        top = page_top + (cover_height if place < 2 else 0)
        ends[f"end-{place // 2 + 1}-{'ab'[place % 2]}"] = top + column.used
    return ends
