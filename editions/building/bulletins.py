"""Builds the PDFs: what is due is read from the rows, claimed, made in a child process, stored, and only then written to the row.

Safe to run any number of times, on two machines, and to be killed at any line: a claim that is not renewed lapses; a file is
written whole under a name of its own before the row points to it; the file before it goes only after that.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from files import leftovers
from files.outages import StorageAway
from uploads import workshop
from vacancies.models import StaffGroup, Vacancy

from .. import rules
from ..models import Bulletin, Edition
from . import composing, making, rendering
from .making import Claim

logger = logging.getLogger(__name__)


class Run(StrEnum):
    """What is made of a bulletin."""

    AS_IT_IS = "as its adverts are now"
    AS_PRINTED = "as it was printed, less the contacts that had to go"
    FOR_PRINT = "for the print shop"


NOT_STORED = "The file storage is not responding, so the PDF cannot be kept. It will be tried again every minute."
READERS = ["file", "cover", "galley"]
FILES = {Run.AS_IT_IS: READERS, Run.AS_PRINTED: READERS, Run.FOR_PRINT: ["print_file"]}


def build_due(now: datetime, limit: int = 2) -> list[Bulletin]:
    """Build what needs building, at most ``limit`` PDFs so that a worker gets back to its other work; return what was tried."""
    tried: list[Bulletin] = []
    for bulletin, run in due(now):
        if len(tried) == limit:
            break
        if build(bulletin.edition, bulletin.staff_group, now, run):
            tried.append(bulletin)
    return tried


def due(now: datetime) -> Iterator[tuple[Bulletin, Run]]:
    """Bulletins that need building, most urgent first, each with what to make."""
    free = Bulletin.objects.waiting(now).select_related("edition")
    for bulletin in free.filter(asked_at__isnull=False).order_by("asked_at"):
        yield bulletin, Run.AS_IT_IS
    for bulletin in free.filter(asked_at=None, print_asked_at__isnull=False).order_by("print_asked_at"):
        yield bulletin, Run.FOR_PRINT
    yield from ((bulletin, Run.AS_IT_IS) for bulletin in proofs(now))
    for bulletin in free.filter(asked_at=None, uploaded_at=None, edition__published_at__isnull=False, file=""):
        if bulletin.vacancies().exists():
            yield bulletin, Run.AS_IT_IS
    yield from ((bulletin, Run.AS_PRINTED) for bulletin in with_blanked_contacts(now))


def proofs(now: datetime) -> Iterator[Bulletin]:
    """For the next edition, shortly before it: what is missing or no longer matches the adverts."""
    upcoming = Edition.objects.filter(published_at=None).coming(now).first()
    if upcoming and upcoming.on <= timezone.localdate(now) + timedelta(days=rules.PROOF_DAYS):
        for bulletin in Bulletin.objects.waiting(now).filter(edition=upcoming, asked_at=None, uploaded_at=None):
            if is_settled(bulletin, now) and is_out_of_date(bulletin):
                yield bulletin


def is_settled(bulletin: Bulletin, now: datetime) -> bool:
    return not bulletin.built_at or bulletin.built_at <= now - rules.PROOF_EVERY


def is_out_of_date(bulletin: Bulletin) -> bool:
    """Whether the PDF is missing although there are adverts, or no longer matches them."""
    if bulletin.uploaded_at:
        return False
    if not bulletin.file:
        return bool(bulletin.vacancies().exists())
    if bulletin.is_public:  # A new deadline or authority does not change what was published.
        return bool(composing.differing(bulletin))
    return str(bulletin.fingerprint) != composing.fingerprint(bulletin, composing.digests(bulletin))


def with_blanked_contacts(now: datetime) -> Iterator[Bulletin]:
    """Published PDFs that still name a contact which has since been blanked in its advert (rule 7)."""
    for bulletin in Bulletin.objects.waiting(now).public().filter(asked_at=None).exclude(named=[]).select_related("edition"):
        if has_blanked(bulletin.named):
            yield bulletin


def has_blanked(named: list[int]) -> bool:
    return Vacancy.objects.filter(pk__among=named, contact_name="", contact_phone="", contact_email="").exists()


def build(edition: Edition, staff_group: str, now: datetime | None = None, run: Run = Run.AS_IT_IS) -> bool:
    """Make one PDF; False if another worker is making it. Failures are recorded on the row, in words, and tried again later."""
    now = now or timezone.now()
    bulletin = edition.bulletins.select_related("edition").get(staff_group=staff_group)
    if not Bulletin.objects.claim(bulletin, now):
        return False
    claim = Claim(bulletin, now)
    asked = {"print_asked_at": bulletin.print_asked_at} if run == Run.FOR_PRINT else {"asked_at": bulletin.asked_at}
    try:
        default_storage.exists(FILES[run][0])  # A storage that does not answer is found out before the press is started.
        values = made(bulletin, claim, run)
    except rendering.PressStopped:
        logger.warning("%s: another worker has taken over", bulletin)
        return True
    except StorageAway:
        put_off(bulletin, claim, run)
        return True
    except Exception as error:  # Whatever it is, the other bulletin and the edition must go on.
        logger.exception("%s: not built", bulletin)
        problem = str(error) if isinstance(error, rendering.PressFailed) else f"The PDF could not be made: {error}"
        fail(bulletin, claim, run, problem[:2000])
        return True
    keep(bulletin, claim, run, values)
    Bulletin.objects.filter(pk=bulletin.pk, **asked).update(**dict.fromkeys(asked))
    return True


def made(bulletin: Bulletin, claim: Claim, run: Run) -> dict[str, Any]:
    if run == Run.AS_IT_IS and not bulletin.is_public and not bulletin.vacancies().exists():
        return making.NOTHING
    if run == Run.FOR_PRINT:
        return making.for_print_shop(bulletin, claim)
    return making.for_readers(bulletin, claim, as_printed=run == Run.AS_PRINTED)


def keep(bulletin: Bulletin, claim: Claim, run: Run, values: dict[str, Any]) -> None:
    """Point the row to the new files, then remove the old ones; if the claim was lost, remove the new ones instead."""
    values = {**dict.fromkeys(FILES[run], ""), **values}
    before = [getattr(bulletin, field).name for field in FILES[run]]
    is_kept = Bulletin.objects.finish(bulletin, claim.since, **values)
    for name in before if is_kept else [values[field] for field in FILES[run]]:
        if name:
            leftovers.discard(name)
    logger.info("%s: %s", bulletin, f"made {run}" if is_kept else "dropped, another worker has taken over")


def fail(bulletin: Bulletin, claim: Claim, run: Run, problem: str) -> None:
    """Readers' PDFs are retried automatically, less and less often; the print shop's when staff ask again."""
    if run == Run.FOR_PRINT:
        Bulletin.objects.finish(bulletin, claim.since, print_problem=problem, print_asked_at=None)
        return
    wait = min(rules.FIRST_WAIT * 2**bulletin.attempts, rules.LONGEST_WAIT)
    Bulletin.objects.finish(bulletin, claim.since, attempts=bulletin.attempts + 1, next_try_at=claim.now + wait, problem=problem)


def put_off(bulletin: Bulletin, claim: Claim, run: Run) -> None:
    """The storage is not responding, which is not the bulletin's fault: what was asked for stays, and is tried again soon."""
    told = "print_problem" if run == Run.FOR_PRINT else "problem"
    Bulletin.objects.finish(bulletin, claim.since, next_try_at=claim.now + rules.FIRST_WAIT, **{told: NOT_STORED})


def ask(bulletin: Bulletin, now: datetime | None = None, note: str = "") -> None:
    """Ask the worker to build the PDF in its next round; after publication it becomes a revision with its note."""
    values: dict[str, Any] = {"asked_at": now or timezone.now(), "next_try_at": None, "attempts": 0}
    if bulletin.is_public:
        values |= {"revision": bulletin.revision + (0 if bulletin.asked_at else 1), "revision_note": note}
    Bulletin.objects.filter(pk=bulletin.pk).update(**values)


def ask_for_print(bulletin: Bulletin, now: datetime | None = None) -> None:
    """Ask the worker for the print shop's PDF in its next round."""
    Bulletin.objects.filter(pk=bulletin.pk).update(print_asked_at=now or timezone.now(), print_problem="")


def plan(edition: Edition) -> None:
    """Creates the two rows of an edition; existing ones are left alone."""
    for staff_group in StaffGroup.values:
        Bulletin.objects.get_or_create(edition=edition, staff_group=staff_group)


def sweep(now: datetime) -> int:
    """Remove files that no row points to, for they may name people (rule 7): a worker was killed between storing and pointing.

    With them go the print shop's copies that name a contact since blanked; they may be older or newer than what readers get, and
    what a killed worker left in its workshop.
    """
    for bulletin in Bulletin.objects.free(now).exclude(print_named=[]):
        if has_blanked(bulletin.print_named):
            Bulletin.objects.filter(pk=bulletin.pk, print_file=bulletin.print_file.name).update(print_file="", print_named=[])
    removed = 0
    for field in (*READERS, "print_file"):
        pointed_to = set(Bulletin.objects.exclude(**{field: ""}).values_list(field, flat=True))
        names = stored(getattr(Bulletin, field).field.upload_to.split("/")[0])
        removed += leftovers.sweep(names, pointed_to, now - rules.ORPHANS_KEPT_FOR)
    return removed + workshop.sweep_folders(now - rules.ORPHANS_KEPT_FOR)


def stored(folder: str) -> Iterator[str]:
    """Every file of a folder with one level of folders, one for each year."""
    for year in default_storage.listdir(folder)[0]:
        for name in default_storage.listdir(f"{folder}/{year}")[1]:
            yield f"{folder}/{year}/{name}"
