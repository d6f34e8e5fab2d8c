"""Who gets printed bulletins by post: schools by authority, with the number of copies, as a table and as address labels."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from math import ceil

from django.conf import settings
from django.db.models import Count, Sum
from django.template.loader import render_to_string

from uploads import workshop
from vacancies.models import Authority, School
from web import csv_files

from . import rules
from .building import rendering

COLUMNS = ["Authority", "Copies of each bulletin", "School", "Address", "Town", "Postcode", "URN"]
SECONDS = 120
# Class of labels.css, letters in a line and lines on a label
LOOKS = [("", 30, 7), ("small", 38, 9), ("smallest", 46, 12)]


@dataclass(frozen=True)
class Total:
    authority: Authority
    schools: int
    copies: int


def schools(authority: Authority | None = None) -> list[School]:
    """Open schools that get copies, by authority and name."""
    found = School.objects.open().filter(copies__gt=0).select_related("authority")
    if authority:
        found = found.filter(authority=authority)
    return list(found.order_by("authority__name", "name", "pk"))


def totals() -> list[Total]:
    rows = School.objects.open().filter(copies__gt=0).order_by().values("authority")
    counted = {row["authority"]: row for row in rows.annotate(schools=Count("pk"), copies=Sum("copies"))}
    found = Authority.objects.filter(pk__among=list(counted)).order_by("name")
    return [Total(authority, counted[authority.pk]["schools"], counted[authority.pk]["copies"]) for authority in found]


def table(posted_to: Iterable[School]) -> str:
    rows: Iterator[list[object]] = (
        [s.authority.name, s.copies, s.name, s.address, s.town, s.postcode, s.urn or ""] for s in posted_to
    )
    return csv_files.text(COLUMNS, rows)


def lines(school: School) -> list[str]:
    """The address, with each part once."""
    parts = [school.name, *school.address.split(","), school.town, school.postcode]
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def look_of(address: list[str]) -> str:
    """How large an address is set, so that it stands above the line that tells the number of copies, however long it is."""
    for look, letters, most in LOOKS:
        if sum(ceil(len(line) / letters) for line in address) <= most:
            return look
    return LOOKS[-1][0]


def label(place: int, school: School) -> tuple[int, int, int, list[str], str]:
    """Row, column, copies, and the address with its look."""
    address = lines(school)
    return place // 3, place % 3, school.copies, address, look_of(address)


def batched(items: Iterable[School], size: int) -> Iterator[list[School]]:
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch


def labels(posted_to: Iterable[School]) -> bytes:
    """A PDF of address labels; each authority begins on a sheet of its own. Set by the press, in a child process."""
    sheets = [
        (authority.name, [label(place, school) for place, school in enumerate(sheet)])
        for authority, of in groupby(posted_to, key=lambda school: school.authority)
        for sheet in batched(of, rules.LABELS_ON_A_SHEET)
    ]
    with workshop.bench("labels") as folder:
        html = render_to_string("editions/print/labels.html", {"sheets": sheets})
        (folder / "labels.html").write_text(html, encoding="utf-8")
        (folder / "static").symlink_to(settings.BASE_DIR / "static")
        rendering.run(folder, lambda _progress: True, module="editions.press.labels", seconds=SECONDS)
        return (folder / "labels.pdf").read_bytes()
