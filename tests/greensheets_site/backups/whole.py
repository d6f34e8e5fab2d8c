"""A site with something in every corner, and all of it read back: every row of every table, every file."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from greensheets_site.backups.manifests import TableSum
from greensheets_site.backups.rows import TABLES, look_into
from tests.builders import a_subscriber, a_vacancy, an_article, an_edition
from vacancies.models import VacancyDocument

# The rows that tell of backups differ by nature: one is begun inside the set and finished outside.
OWN = {"greensheets_site_backuprun", "greensheets_site_contentversion"}


def a_site() -> None:
    """Of today, so that nothing of it is due to be purged."""
    advert = a_vacancy("Deputy Headteacher", body="<p>Café, £30,000 – “soon”</p>", closes_at=timezone.now() + timedelta(days=28))
    a_document(advert, "Job description", b"%PDF-1 what to do")
    an_article("Æsop’s news")
    an_edition()
    a_subscriber()


def a_document(vacancy, title: str, content: bytes) -> VacancyDocument:
    return VacancyDocument.objects.create(
        vacancy=vacancy, title=title, file=ContentFile(content, name="any.pdf"), kind="pdf", size=len(content)
    )


def all_rows() -> dict[str, list[str]]:
    """Asked through Django, not by the code under test; in any order."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES[connection.vendor])
        tables = [name for (name,) in cursor.fetchall() if name not in OWN]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found[table] = sorted(json.dumps(row, default=str) for row in cursor.fetchall())
    return found


def sums_of_all_but_the_count() -> dict[str, TableSum]:
    """What every row comes to, as a manifest has it; a restore moves the count of changes on, so that no old page is shown."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as opened:
            tables = look_into(opened.cursor(), "sqlite").tables
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            tables = look_into(cursor.cursor, "postgresql").tables
    tables.pop("greensheets_site_contentversion")
    return tables


def all_files() -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def empty_the_site() -> None:
    call_command("flush", interactive=False, verbosity=0)
    for name in all_files():
        (Path(settings.MEDIA_ROOT) / name).unlink()
