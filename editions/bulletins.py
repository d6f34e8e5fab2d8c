"""Builds the PDFs: what is due is read from the rows, claimed, made in a child process, stored, and only then written to the row.

Safe to run any number of times, on two machines, and to be killed at any line: a claim that is not renewed lapses; a file is
written whole under a name of its own before the row points to it; the file before it goes only after that.
"""

import hashlib
import logging
import secrets
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from vacancies.models import StaffGroup, Vacancy

from . import composing, galley, rendering
from .models import Bulletin, Edition

logger = logging.getLogger(__name__)

PROOF_DAYS = 7  # The next edition's PDFs are kept up to date from so many days before its Monday,
PROOF_EVERY = timedelta(minutes=10)  # ... but while adverts are being typed, not more often than this.
RENEW_EVERY = 5  # seconds
HEIGHTS_KEPT_FOR = 30 * 24 * 3600  # seconds; what was measured is only ever a saving of time
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


def build_due(now: datetime, limit: int = 2) -> list[Bulletin]:
    """Build what wants building, at most ``limit`` PDFs so that a worker gets back to its other work; return what was tried."""
    tried: list[Bulletin] = []
    for bulletin, as_printed in due(now):
        if len(tried) == limit:
            break
        if build(bulletin.edition, bulletin.staff_group, now, as_printed=as_printed):
            tried.append(bulletin)
    return tried


def due(now: datetime) -> Iterator[tuple[Bulletin, bool]]:
    """Bulletins that want building, the most pressing first, each with whether it is set again as it was printed."""
    free = Bulletin.objects.waiting(now).select_related("edition")
    for bulletin in free.filter(asked_at__isnull=False).order_by("asked_at"):
        yield bulletin, False
    upcoming = Edition.objects.filter(published_at=None).coming(now).first()
    if upcoming and upcoming.on <= timezone.localdate(now) + timedelta(days=PROOF_DAYS):
        for bulletin in free.filter(edition=upcoming, asked_at=None, uploaded_at=None):
            if is_settled(bulletin, now) and is_out_of_date(bulletin):
                yield bulletin, False
    for bulletin in free.filter(asked_at=None, uploaded_at=None, edition__published_at__isnull=False, file=""):
        if bulletin.vacancies().exists():
            yield bulletin, False
    for bulletin in with_blanked_contacts(now):
        yield bulletin, True


def is_settled(bulletin: Bulletin, now: datetime) -> bool:
    return not bulletin.built_at or bulletin.built_at <= now - PROOF_EVERY


def is_out_of_date(bulletin: Bulletin) -> bool:
    """Whether the PDF is missing though there are adverts, or says something else than the adverts now do."""
    if bulletin.uploaded_at:
        return False
    if not bulletin.file:
        return bool(bulletin.vacancies().exists())
    return str(bulletin.fingerprint) != composing.fingerprint(bulletin)


def with_blanked_contacts(now: datetime) -> Iterator[Bulletin]:
    """Published PDFs that still name a contact which has since been blanked in its advert (rule 7)."""
    for bulletin in Bulletin.objects.waiting(now).public().filter(asked_at=None).exclude(named=[]).select_related("edition"):
        if Vacancy.objects.filter(pk__in=bulletin.named, contact_name="", contact_phone="", contact_email="").exists():
            yield bulletin


def build(edition: Edition, staff_group: str, now: datetime | None = None, as_printed: bool = False) -> bool:
    """Build one PDF; False if another worker is at it. What goes wrong is written on the row, in words, and tried again later."""
    now = now or timezone.now()
    bulletin = edition.bulletins.select_related("edition").get(staff_group=staff_group)
    if not Bulletin.objects.claim(bulletin, now):
        return False
    claim = Claim(bulletin, now)
    asked_at = bulletin.asked_at
    try:
        values = made(bulletin, claim, as_printed)
    except rendering.PressStopped:
        logger.warning("%s: another worker has taken over", bulletin)
        return True
    except Exception as error:  # Whatever it is, the other bulletin and the edition must go on.
        logger.exception("%s: not built", bulletin)
        fail(bulletin, claim, str(error) if isinstance(error, rendering.PressFailed) else f"The PDF could not be made: {error}")
        return True
    keep(bulletin, claim, values)
    Bulletin.objects.filter(pk=bulletin.pk, asked_at=asked_at).update(asked_at=None)
    return True


class Claim:
    """The right to build one bulletin, renewed while the child is at work."""

    def __init__(self, bulletin: Bulletin, since: datetime):
        self.bulletin, self.since = bulletin, since
        self._began, self._first, self._said, self._renewed = time.monotonic(), since, "", time.monotonic()

    def renew(self, progress: str) -> bool:
        """Called by the watch over the child; False once the claim is lost."""
        if progress == self._said and time.monotonic() - self._renewed < RENEW_EVERY:
            return True
        if progress != self._said:
            logger.info("%s: %s", self.bulletin, progress)
        at = self._first + timedelta(seconds=time.monotonic() - self._began)
        if not Bulletin.objects.renew(self.bulletin, self.since, at, progress):
            return False
        self.since, self._said, self._renewed = at, progress, time.monotonic()
        return True

    @property
    def now(self) -> datetime:
        return self._first + timedelta(seconds=time.monotonic() - self._began)


def made(bulletin: Bulletin, claim: Claim, as_printed: bool) -> dict[str, Any]:
    """Set the bulletin and store its two files; the values for its row."""
    fingerprint = composing.fingerprint(bulletin, as_printed)
    named = list(composing.adverts(bulletin, as_printed).naming_a_contact().values_list("pk", flat=True))
    with tempfile.TemporaryDirectory(prefix="press-") as name:
        folder = Path(name)
        (folder / "crests").mkdir()
        job, remarks = composing.compose(bulletin, folder / "crests", as_printed)
        remembered = f"press-heights-{bulletin.staff_group}"
        job = replace(job, heights=cache.get(remembered, {}))
        job.save(folder / "galley.json")
        rendering.run(folder, claim.renew)
        outcome = galley.load_outcome(folder / "outcome.json")
        cache.set(remembered, outcome.heights, HEIGHTS_KEPT_FOR)
        pdf, cover = (folder / "bulletin.pdf").read_bytes(), (folder / "cover.jpg").read_bytes()
    stem = f"greensheets-{bulletin.edition.on}-{bulletin.staff_group}"
    return {
        "file": store("file", bulletin, f"{stem}.pdf", pdf),
        "cover": store("cover", bulletin, f"{stem}.jpg", cover),
        "size": len(pdf),
        "digest": hashlib.sha256(pdf).hexdigest(),
        "pages": outcome.pages,
        "posts": len(outcome.page_of),
        "page_of": outcome.page_of,
        "named": named,
        "remarks": [*remarks, *outcome.held_back.values()],
        "fingerprint": fingerprint,
        "built_at": claim.now,
    }


def store(field: str, bulletin: Bulletin, name: str, content: bytes) -> str:
    """Save under a name that nothing points to yet and nobody can guess: a proof must not be read before its Monday."""
    file = getattr(bulletin, field).field
    storage: Storage = file.storage
    return storage.save(file.generate_filename(bulletin, f"{secrets.token_hex(8)}-{name}"), ContentFile(content))


def keep(bulletin: Bulletin, claim: Claim, values: dict[str, Any]) -> None:
    """Point the row to the new files, then remove the old ones; if the claim was lost, remove the new ones instead."""
    before = [name for name in (bulletin.file.name, bulletin.cover.name) if name]
    new = [values["file"], values["cover"]]
    is_kept = Bulletin.objects.finish(bulletin, claim.since, **values, attempts=0, next_try_at=None, problem="", uploaded_at=None)
    for name in before if is_kept else new:
        default_storage.delete(name)
    logger.info("%s: %s", bulletin, f"{values['pages']} pages" if is_kept else "dropped, another worker has taken over")


def fail(bulletin: Bulletin, claim: Claim, problem: str) -> None:
    wait = min(FIRST_WAIT * 2**bulletin.attempts, LONGEST_WAIT)
    Bulletin.objects.finish(
        bulletin, claim.since, attempts=bulletin.attempts + 1, next_try_at=claim.now + wait, problem=problem[:2000]
    )


def ask(bulletin: Bulletin, now: datetime | None = None, note: str = "") -> None:
    """Staff want the PDF built at the worker's next round; after publication it becomes a revision with its note."""
    values: dict[str, Any] = {"asked_at": now or timezone.now(), "next_try_at": None, "attempts": 0}
    if bulletin.edition.published_at and bulletin.file:
        values |= {"revision": bulletin.revision + 1, "revision_note": note}
    Bulletin.objects.filter(pk=bulletin.pk).update(**values)


def plan(edition: Edition) -> None:
    """The two rows of an edition; those that exist are left alone."""
    for staff_group in StaffGroup.values:
        Bulletin.objects.get_or_create(edition=edition, staff_group=staff_group)
