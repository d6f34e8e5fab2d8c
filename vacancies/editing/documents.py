"""Documents for readers: taken in by writing them anew, copied, and removed with their files."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from files import leftovers
from uploads import written
from uploads.refusals import NotNow, Refused
from uploads.written import Written
from web import quantities

from .. import rules
from ..models import DocumentKind, Vacancy, VacancyDocument
from ..models.documents import random_name

logger = logging.getLogger(__name__)

FOLDER = "documents"
ORPHANS_KEPT_FOR = timedelta(hours=6)  # far longer than any form takes to be saved


def written_anew(file: "File[bytes]") -> Written:
    """What readers are given instead of the file that was sent; raises ``Refused`` with a sentence for staff."""
    if not file.size:
        raise Refused("This file is empty. Choose it again.")
    if file.size > rules.LARGEST_DOCUMENT:
        raise Refused(
            f"This file is {file.size / 1024 / 1024:.1f} MB; the most is {quantities.size(rules.LARGEST_DOCUMENT)}. Ask the "
            "school for a smaller one."
        )
    return written.written_anew(file.chunks())


def write_old_anew(_now: datetime | None = None) -> int:
    """Documents that were taken before this was done are shown again once they are written anew; safe to run at any time.

    The new file is stored first and the old one removed last. One that is refused is no longer shown, which editors see.
    """
    done = 0
    for document in VacancyDocument.objects.filter(is_shown=True, is_written_anew=False)[: rules.MOST_WRITTEN_ANEW_AT_ONCE]:
        try:
            with document.file.open("rb") as file:
                made = written.written_anew(file.chunks())
        except NotNow:
            break
        except (Refused, FileNotFoundError) as error:
            logger.warning("Document %s is no longer shown to readers: %s", document.pk, error)
            VacancyDocument.objects.filter(pk=document.pk).update(is_shown=False)
            continue
        done += _exchange(document, made)
    return done


def _exchange(document: VacancyDocument, made: Written) -> int:
    before = str(document.file.name)
    document.kind = DocumentKind(made.kind)
    name = default_storage.save(random_name(document, ""), ContentFile(made.content))
    exchanged = VacancyDocument.objects.filter(pk=document.pk, file=before).update(
        file=name, kind=made.kind, size=len(made.content), is_written_anew=True
    )
    leftovers.discard(before if exchanged else name)
    return exchanged


def copy_all(source: Vacancy, target: Vacancy) -> None:
    """The documents that readers are shown, with files of their own, so that either advert may be deleted."""
    for document in source.documents:
        with document.file.open("rb") as file:
            content = ContentFile(file.read(), name=document.file_name)
        VacancyDocument.objects.create(
            vacancy=target, title=document.title, file=content, kind=document.kind, size=document.size, is_written_anew=True
        )


def delete_overdue(now: datetime | None = None) -> int:
    """Documents name contacts too: they go when the advert's contacts go (rule 7). Safe to run on any day, any number of times.

    The file goes before its row, so that whoever takes over after a crash still finds it.
    """
    overdue = VacancyDocument.objects.filter(vacancy__in=Vacancy.objects.overdue_for_contacts(now))
    gone = 0
    for pk, name in list(overdue.values_list("pk", "file")):
        default_storage.delete(name)
        gone += VacancyDocument.objects.filter(pk=pk).delete()[0]
    return gone


def remove_files(names: Collection[str]) -> None:
    """Once the rows are gone for good: a file without a row harms nobody, a row without its file does."""
    for name in names:
        transaction.on_commit(partial(leftovers.discard, name))


def sweep(now: datetime) -> int:
    """Remove files that no row points to, for they may name people (rule 7): a process was killed, or the storage was away."""
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    pointed_to = set(VacancyDocument.objects.values_list("file", flat=True))
    return leftovers.sweep(names, pointed_to, now - ORPHANS_KEPT_FOR)
