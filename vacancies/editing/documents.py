"""Judges uploaded documents by their content, and removes the files of deleted documents."""

import zipfile
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from files import leftovers
from web import quantities

from .. import rules
from ..models import DocumentKind, Vacancy, VacancyDocument

MOST_PARTS = 2000
MOST_CONTENTS = 1024 * 1024
WORD_PARTS = {"[Content_Types].xml", "word/document.xml"}
MAIN_PART = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FOLDER = "documents"
ORPHANS_KEPT_FOR = timedelta(hours=6)  # far longer than any form takes to be saved
WANTED = "Save it as a PDF, or as a Word document (.docx), and choose it again."


class NotADocument(ValueError):
    """The message tells staff what is wrong and what to do."""


def kind_of(file: IO[bytes], size: int) -> DocumentKind:
    """What the content shows it to be; its name and what the browser calls it prove nothing."""
    if not size:
        raise NotADocument("This file is empty. Choose it again.")
    if size > rules.LARGEST_DOCUMENT:
        raise NotADocument(
            f"This file is {size / 1024 / 1024:.1f} MB; the most is {quantities.size(rules.LARGEST_DOCUMENT)}. Ask the "
            "school for a smaller one."
        )
    file.seek(0)
    start = file.read(8)
    if start.startswith(b"%PDF-"):
        return _pdf(file, size)
    if start.startswith(b"PK\x03\x04"):
        return _docx(file)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotADocument(f"This is an old Word file (.doc) or one with a password. {WANTED}")
    raise NotADocument(f"This is neither a PDF nor a Word document. {WANTED}")


def _pdf(file: IO[bytes], size: int) -> DocumentKind:
    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read():
        raise NotADocument("This PDF is not complete. Ask the school to send it again.")
    return DocumentKind.PDF


def _docx(file: IO[bytes]) -> DocumentKind:
    """Reads the list of parts and one small part; nothing else is unpacked, so no archive can blow up here."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if len(parts) > MOST_PARTS or not parts.keys() >= WORD_PARTS:
                raise NotADocument(f"This is neither a PDF nor a Word document. {WANTED}")
            with archive.open("[Content_Types].xml") as contents:
                types = contents.read(MOST_CONTENTS)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, NotADocument):
            raise
        raise NotADocument("This Word document is damaged. Ask the school to send it again.") from error
    if MAIN_PART not in types or any(name.casefold().endswith("vbaproject.bin") for name in parts):
        raise NotADocument(f"This Word document contains macros, which are not safe to pass on. {WANTED}")
    return DocumentKind.DOCX


def copy_all(source: Vacancy, target: Vacancy) -> None:
    """The documents that readers are shown, with files of their own, so that either advert may be deleted."""
    for document in source.documents:
        with document.file.open("rb") as file:
            content = ContentFile(file.read(), name=document.file_name)
        VacancyDocument.objects.create(vacancy=target, title=document.title, file=content, kind=document.kind, size=document.size)


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
