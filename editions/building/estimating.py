"""How many pages a bulletin's adverts will fill, for the desk: read and packed in a moment without typesetting.

Heights are those that the press measured for the same words; an advert that it has not seen yet is estimated by its length, so
a bulletin with a proof is estimated to a tenth of a page, and one still being typed to about one page in twenty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from django.utils.html import strip_tags

from vacancies.models import Vacancy

from ..models import Bulletin
from ..press import lines, packing
from ..press.galley import Sized
from ..press.packing import MM, Item, Measures
from . import composing, heights

# Pixels, as measured with the bulletin's stylesheet.
HEAD, APPLY, FOOT, LETTER, LINE = 123.0, 56.0, 66.0, 0.313, 60
AUTHORITY, GROUP, CONTINUED = 29.5, 21.4, 13.3
COLUMN, COVER_COLUMN = 262 * MM, 183 * MM


@dataclass(frozen=True)
class Estimate:
    """``pages`` with tenths; ``columns_free`` to the end of the last page; ``guessed`` adverts, not measured yet."""

    adverts: int
    pages: float
    columns_free: float
    guessed: int

    def __str__(self) -> str:
        if not self.adverts:
            return "No adverts yet"
        about = "About " if self.guessed else ""
        pages, free = f"{self.pages:.1f}", f"{self.columns_free:.1f}"
        return f"{about}{pages} page{'' if pages == '1.0' else 's'}; {free} column{'' if free == '1.0' else 's'} free"


def estimate(bulletin: Bulletin) -> Estimate:
    adverts = list(bulletin.vacancies())
    digests = list(composing.digests(bulletin).values())
    known = heights.by_digest(digests)
    # Read one after the other, so an advert may have come or gone between the two; the estimate is made again in a moment.
    items = [item(vacancy, known.get(digest)) for vacancy, digest in zip(adverts, digests, strict=False)]
    if not items:
        return Estimate(0, 0, 0, 0)
    columns = packing.pack(items, measures(items), packing.QUICKLY, width=1).columns
    filled = len(columns) - 1 + columns[-1].used / columns[-1].capacity
    guessed = sum(digest not in known for digest in digests)
    return Estimate(len(items), filled / 2, 2 * ceil(len(columns) / 2) - filled, guessed)


def item(vacancy: Vacancy, measured: list[Sized] | None) -> Item:
    *pieces, continued = measured or [*map(Sized, [HEAD, *guessed(vacancy.body), APPLY, FOOT]), Sized(CONTINUED)]
    head, *body, foot = (part.height for part in lines.divided(pieces))
    group = vacancy.role_type.name if vacancy.role_type else ""
    return Item(vacancy.reference, vacancy.school.authority.name, group, head, tuple(body), foot, continued=continued.height)


def guessed(body: str) -> Iterable[float]:
    """Heights of blocks of a line or two, by the number of letters."""
    letters = len(strip_tags(body))
    number = max(1, round(letters / LINE / 2))
    return [letters * LETTER / number] * number


def measures(items: list[Item]) -> Measures:
    return Measures(
        authority={item.authority: AUTHORITY for item in items},
        group={item.group: GROUP for item in items},
        column=COLUMN,
        cover_column=COVER_COLUMN,
    )
