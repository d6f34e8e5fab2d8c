"""PDFs of editions that were printed before this system: looked at in a child process, then filed in the archive."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from files import leftovers
from uploads import scanner, workshop
from uploads.refusals import UNSAFE, Refused
from vacancies.schedule import copy_deadline, send_moment
from web import quantities

from .. import rules
from ..models import Bulletin, Edition
from . import bulletins, making, rendering

SECONDS = 20


@dataclass(frozen=True)
class Examined:
    """A PDF that may be filed, as it was written here."""

    pdf: bytes
    cover: bytes
    pages: int


def examine(size: int, chunks: Iterable[bytes]) -> Examined:
    """Raises ``Refused``, with a sentence for staff, for what is no PDF or cannot be written anew."""
    if size > rules.LARGEST_UPLOAD:
        raise Refused(f"This PDF is larger than {quantities.size(rules.LARGEST_UPLOAD)}. Export it again with smaller pictures.")
    with workshop.bench("upload") as folder:
        with (folder / "upload.pdf").open("wb") as file:
            file.writelines(chunks)
        scanner.must_find_nothing(folder / "upload.pdf")
        try:
            rendering.run(folder, lambda _progress: True, module="editions.press.inspecting", seconds=SECONDS)
        except rendering.PressFailed as error:
            raise Refused(UNSAFE) from error
        found = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
        if "refused" in found:
            raise Refused(found["refused"])
        return Examined((folder / "written.pdf").read_bytes(), (folder / "cover.jpg").read_bytes(), found["pages"])


def file_edition(on: date, number: int, pdfs: dict[str, Examined], now: datetime) -> Edition:
    """The edition of a past Monday with its PDFs by staff group. It counts as published on its day, so no email goes out."""
    with transaction.atomic():
        edition, _ = Edition.objects.get_or_create(
            on=on, defaults={"number": number, "copy_deadline_at": copy_deadline(on), "published_at": send_moment(on)}
        )
        bulletins.plan(edition)
    for staff_group, pdf in pdfs.items():
        put(edition.bulletins.select_related("edition").get(staff_group=staff_group), pdf, now)
    return edition


def put(bulletin: Bulletin, pdf: Examined, now: datetime) -> None:
    """Store first, point to it next, remove the old file last: a reader gets one file or the other, never half of one."""
    before = [bulletin.file.name, bulletin.cover.name]
    Bulletin.objects.filter(pk=bulletin.pk).update(
        file=making.store("file", bulletin, f"{making.stem(bulletin)}.pdf", pdf.pdf),
        cover=making.store("cover", bulletin, f"{making.stem(bulletin)}.jpg", pdf.cover),
        size=len(pdf.pdf),
        digest=hashlib.sha256(pdf.pdf).hexdigest(),
        pages=pdf.pages,
        uploaded_at=now,
        built_at=None,
    )
    for name in before:
        if name:
            leftovers.discard(name)
