"""From a claimed bulletin to files in the storage and the values for its row; nothing points to the files yet."""

import hashlib
import logging
import secrets
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils import timezone

from ..models import Bulletin
from ..press import galley
from . import composing, heights, rendering, workshop

logger = logging.getLogger(__name__)

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
class Made:
    """What came out of the press, and what went into it."""

    pdf: bytes
    cover: bytes
    outcome: galley.Outcome
    made_from: dict[str, str]
    fingerprint: str
    named: list[int]
    remarks: list[str]


def set_type(bulletin: Bulletin, claim: Claim, as_printed: bool, for_print: bool = False) -> Made:
    """Run the press. The digests are taken first: an advert that changes meanwhile then makes the PDF out of date."""
    made_from = composing.digests(bulletin, as_printed)
    fingerprint = composing.fingerprint(bulletin, made_from)
    named = list(composing.adverts(bulletin, as_printed).naming_a_contact().values_list("pk", flat=True))
    besides = {name: f"{name} of {bulletin.staff_group}" for name in ("furniture", "cover")}
    with workshop.bench("press") as folder:
        (folder / "crests").mkdir()
        job, remarks = composing.compose(bulletin, folder / "crests", as_printed, for_print)
        known = heights.by_key([*made_from.values(), *besides.values()])
        replace(job, heights=known).save(folder / "galley.json")
        rendering.run(folder, claim.renew)
        outcome = galley.load_outcome(folder / "outcome.json")
        pdf, cover = (folder / "bulletin.pdf").read_bytes(), (folder / "cover.jpg").read_bytes()
    keys = {digest: outcome.keys[name] for name, digest in {**made_from, **besides}.items() if name in outcome.keys}
    heights.remember(keys, outcome.heights, timezone.localdate(claim.now))
    return Made(pdf, cover, outcome, made_from, fingerprint, named, remarks)


def for_readers(bulletin: Bulletin, claim: Claim, as_printed: bool) -> dict[str, Any]:
    """Set the bulletin and store its two files; the values for its row."""
    made = set_type(bulletin, claim, as_printed)
    return {
        "file": store("file", bulletin, f"{stem(bulletin)}.pdf", made.pdf),
        "cover": store("cover", bulletin, f"{stem(bulletin)}.jpg", made.cover),
        "size": len(made.pdf),
        "digest": hashlib.sha256(made.pdf).hexdigest(),
        "pages": made.outcome.pages,
        "posts": len(made.outcome.page_of),
        "page_of": made.outcome.page_of,
        "named": made.named,
        "remarks": made.remarks,
        "held_back": made.outcome.held_back,
        "fingerprint": made.fingerprint,
        "made_from": made.made_from,
        "built_at": claim.now,
        "uploaded_at": None,
        "attempts": 0,
        "next_try_at": None,
        "problem": "",
    }


def for_print_shop(bulletin: Bulletin, claim: Claim) -> dict[str, Any]:
    """The same adverts as readers get, with bleed, crop marks and the inks of print."""
    made = set_type(bulletin, claim, as_printed=bulletin.is_public, for_print=True)
    return {
        "print_file": store("print_file", bulletin, f"{stem(bulletin)}-print.pdf", made.pdf),
        "print_pages": made.outcome.pages,
        "print_named": made.named,
        "print_fingerprint": made.fingerprint,
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
