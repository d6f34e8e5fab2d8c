"""From a claimed bulletin to files in the storage and the values for its row; nothing points to the files yet."""

import hashlib
import logging
import secrets
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from uploads import workshop
from vacancies import reference

from ..models import Bulletin
from ..press import galley
from ..press.galley import Galley
from . import composing, heights, keeping, rendering, resetting

logger = logging.getLogger(__name__)

# The row of a bulletin that has lost its last advert before its Monday: nothing of it is published.
NOTHING: dict[str, Any] = {
    **{"size": 0, "digest": "", "pages": 0, "posts": 0, "fingerprint": "", "problem": "", "attempts": 0},
    **{"page_of": {}, "made_from": {}, "held_back": {}, "named": [], "remarks": [], "built_at": None, "next_try_at": None},
}

RENEW_EVERY = 5  # seconds


class Claim:
    """The right to build one bulletin, renewed while the child is at work."""

    def __init__(self, bulletin: Bulletin, since: datetime):
        self.bulletin, self.since = bulletin, since
        self._began, self._first, self._said, self._renewed = time.monotonic(), since, "", time.monotonic()

    def renew(self, progress: str) -> bool:
        """Called by whoever watches the child; False once the claim is lost."""
        if progress == self._said and time.monotonic() - self._renewed < RENEW_EVERY:
            return True
        if progress != self._said:
            logger.info("%s: %s", self.bulletin, progress)
        at = self.now
        if not Bulletin.objects.renew(self.bulletin, self.since, at, progress):
            return False
        self.since, self._said, self._renewed = at, progress, time.monotonic()
        return True

    @property
    def now(self) -> datetime:
        return self._first + timedelta(seconds=time.monotonic() - self._began)


@dataclass(frozen=True)
class Task:
    """What the press is given, and what the row of the bulletin will say of it."""

    job: Galley
    made_from: dict[str, str]
    fingerprint: str
    named: list[int]
    remarks: list[str]
    held_back: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """What came out of the press."""

    task: Task
    pdf: bytes
    cover: bytes
    outcome: galley.Outcome
    kept: bytes


def task_of(bulletin: Bulletin, folder: Path, at: datetime, as_printed: bool, for_print: bool) -> Task:
    """Readers' bulletins are set again from what was set; everything else from the adverts as they are."""
    task = None
    if bulletin.galley and as_printed:
        task = less_contacts(bulletin, folder, at)
    elif bulletin.galley and for_print:
        task = as_set(bulletin, folder)
    elif bulletin.galley and bulletin.is_public:
        task = with_corrections(bulletin, folder, at)
    return task or from_adverts(bulletin, folder, at, as_printed)


def from_adverts(bulletin: Bulletin, folder: Path, at: datetime, as_printed: bool) -> Task:
    """The digests are taken first: an advert that changes meanwhile then makes the PDF out of date."""
    made_from = composing.digests(bulletin, as_printed)
    fingerprint = composing.fingerprint(bulletin, made_from)
    named = list(composing.adverts(bulletin, as_printed).naming_a_contact().values_list("pk", flat=True))
    job, remarks = composing.compose(bulletin, folder, as_printed)
    return Task(resetting.with_notes(job, resetting.notes_of(bulletin, at)), made_from, fingerprint, named, remarks)


def less_contacts(bulletin: Bulletin, folder: Path, at: datetime) -> Task:
    names = resetting.to_be_unnamed(bulletin, at)
    now = composing.digests(bulletin, as_printed=True)
    made_from = bulletin.made_from | {name: now[name] for name in names if name in now}
    named = [pk for pk in bulletin.named if reference.from_pk(pk) not in names]
    job = resetting.without_contacts(keeping.unbundled(bulletin.galley, folder), names)
    return Task(job, made_from, bulletin.fingerprint, named, bulletin.remarks, bulletin.held_back)


def as_set(bulletin: Bulletin, folder: Path) -> Task | None:
    """For the print shop: what readers get, as long as it is what the adverts say or what was published."""
    if not bulletin.is_public and bulletin.fingerprint != composing.fingerprint(bulletin, composing.digests(bulletin)):
        return None
    job = keeping.unbundled(bulletin.galley, folder)
    return Task(job, bulletin.made_from, bulletin.fingerprint, bulletin.named, bulletin.remarks, bulletin.held_back)


def with_corrections(bulletin: Bulletin, folder: Path, at: datetime) -> Task | None:
    """In its place; if that cannot be, set anew, and the cover says which pages differ."""
    fresh = from_adverts(bulletin, folder, at, as_printed=False)
    before = keeping.unbundled(bulletin.galley, folder)
    notes = resetting.notes_of(bulletin, at)
    fingerprint = composing.digest([fresh.fingerprint, notes])
    job = resetting.corrected(before, bulletin, fresh.made_from, folder, at)
    if job is None:
        kept = before.kept and replace(before.kept, anew=True)
        return replace(fresh, job=replace(fresh.job, kept=kept), fingerprint=fingerprint)
    set_now = {advert.reference for advert in job.adverts}
    held_back = {name: why for name, why in bulletin.held_back.items() if name in fresh.made_from and name not in set_now}
    return replace(fresh, job=resetting.with_notes(job, notes), held_back=held_back, fingerprint=fingerprint)


def set_type(bulletin: Bulletin, claim: Claim, as_printed: bool, for_print: bool = False) -> Made:
    """Run the press."""
    besides = {name: f"{name} of {bulletin.staff_group}" for name in ("furniture", "cover")}
    with workshop.bench("press") as folder:
        (folder / "crests").mkdir()
        task = task_of(bulletin, folder / "crests", claim.now, as_printed, for_print)
        job = composing.with_print_shop(task.job, folder / "crests") if for_print else task.job
        known = heights.by_key([*task.made_from.values(), *besides.values()])
        replace(job, heights=known).save(folder / "galley.json")
        rendering.run(folder, claim.renew)
        outcome = galley.load_outcome(folder / "outcome.json")
        pdf, cover = (folder / "bulletin.pdf").read_bytes(), (folder / "cover.jpg").read_bytes()
        kept = keeping.bundled(folder)
    keys = {digest: outcome.keys[name] for name, digest in {**task.made_from, **besides}.items() if name in outcome.keys}
    heights.remember(keys, outcome.heights, timezone.localdate(claim.now))
    return Made(task, pdf, cover, outcome, kept)


def for_readers(bulletin: Bulletin, claim: Claim, as_printed: bool) -> dict[str, Any]:
    """Set the bulletin and store its two files; the values for its row."""
    made = set_type(bulletin, claim, as_printed)
    return {
        "file": store("file", bulletin, f"{stem(bulletin)}.pdf", made.pdf),
        "cover": store("cover", bulletin, f"{stem(bulletin)}.jpg", made.cover),
        "galley": store("galley", bulletin, f"{stem(bulletin)}.zip", made.kept),
        "size": len(made.pdf),
        "digest": hashlib.sha256(made.pdf).hexdigest(),
        "pages": made.outcome.pages,
        "posts": len(made.outcome.page_of),
        "page_of": made.outcome.page_of,
        "named": made.task.named,
        "remarks": made.task.remarks,
        "held_back": made.task.held_back | made.outcome.held_back,
        "fingerprint": made.task.fingerprint,
        "made_from": made.task.made_from,
        "notes": notes(bulletin, made, claim.now),
        "built_at": claim.now,
        "uploaded_at": None,
        "attempts": 0,
        "next_try_at": None,
        "problem": "",
    }


def notes(bulletin: Bulletin, made: Made, at: datetime) -> list[dict[str, Any]]:
    """What the cover tells of revisions, with what the press had to add."""
    told = resetting.notes_of(bulletin, at)
    if told and made.outcome.moved:
        told[-1] = told[-1] | {"note": f"{told[-1]['note']} {made.outcome.moved}"}
    return told


def for_print_shop(bulletin: Bulletin, claim: Claim) -> dict[str, Any]:
    """The same adverts as readers get, with bleed, crop marks and the inks of print."""
    made = set_type(bulletin, claim, as_printed=bulletin.is_public, for_print=True)
    return {
        "print_file": store("print_file", bulletin, f"{stem(bulletin)}-print.pdf", made.pdf),
        "print_pages": made.outcome.pages,
        "print_named": made.task.named,
        "print_fingerprint": made.task.fingerprint,
        "print_built_at": claim.now,
        "print_problem": "",
    }


def stem(bulletin: Bulletin) -> str:
    return f"greensheets-{bulletin.edition.on}-{bulletin.staff_group}"


def store(field: str, bulletin: Bulletin, name: str, content: bytes) -> str:
    """Save under a name that nothing points to yet and nobody can guess: a proof must not be read before its Monday."""
    file = getattr(bulletin, field).field
    storage: Storage = file.storage
    return storage.save(file.generate_filename(bulletin, f"{secrets.token_hex(8)}-{name}"), ContentFile(content))
