"""The drill: a set made while somebody writes, put back, and every row and every file compared. On both databases."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from greensheets_site.backups import making, manifests, rehearsing, restoring
from greensheets_site.models import BackupRun
from news.models import Article
from tests.test_crash import database_url
from vacancies.models import Vacancy, VacancyDocument

from .whole import a_document, a_site, all_files, all_rows, empty_the_site, sums_of_all_but_the_count
from .writer import content

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy(settings):
    """Somebody who writes, from the first committed step on until the test ends; gives back how many steps there were."""
    command = [sys.executable, "-m", "tests.greensheets_site.backups.writer", str(settings.MEDIA_ROOT)]
    around = {**os.environ, "DATABASE_URL": database_url()}
    a_site()
    connection.close()
    writer = subprocess.Popen(command, cwd=ROOT, env=around, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def until(number: int) -> None:
        while int(writer.stdout.readline()) < number:
            pass

    def stop() -> int:
        return len(writer.communicate(timeout=60)[0])

    until(10)
    writer.until, writer.stop = until, stop
    yield writer
    if writer.poll() is None:
        writer.communicate(timeout=60)


def make(store, place):
    return making.back_up(store, place, timezone.now())


def test_a_set_that_is_put_back_gives_every_row_and_every_file_again(store, place):
    a_site()
    rows, files = all_rows(), all_files()
    manifest = make(store, place)
    empty_the_site()
    a_document_after_the_set = Path(place).parent / "media" / "documents" / "later.pdf"
    a_document_after_the_set.parent.mkdir(exist_ok=True, parents=True)
    a_document_after_the_set.write_bytes(b"later")

    restoring.restore_set(store, manifest, timezone.now())

    assert all_rows() == rows
    assert all_files() == files
    assert len(files) == 1


def test_what_is_written_meanwhile_is_wholly_in_the_set_or_not_at_all(store, place, busy):
    first = make(store, place)
    busy.until(40)
    second = make(store, place)
    assert busy.stop() > 0

    for manifest in (second, first):
        restoring.restore_set(store, manifest, timezone.now())
        assert sums_of_all_but_the_count() == {name: manifest.database.tables[name] for name in sums_of_all_but_the_count()}
        assert manifest.database.tables.keys() - sums_of_all_but_the_count().keys() == {"greensheets_site_contentversion"}
        number = int(Article.objects.get().title)
        titles = [int(title) for title in VacancyDocument.objects.values_list("title", flat=True) if title.isdecimal()]
        assert titles[-1] == number >= 10
        assert titles == list(range(titles[0], number + 1))
        held = all_files()
        assert {file.name for file in manifest.files} == set(held)
        absent = {*manifest.went, *manifest.missing}
        assert manifest.missing == []
        for document in VacancyDocument.objects.exclude(title="Job description"):
            assert document.file.name in absent or held[document.file.name] == content(int(document.title))
    assert Vacancy.objects.count() == 1


def test_the_latest_set_is_rehearsed_beside_the_site_which_it_leaves_alone(store, place):
    a_site()
    manifest = make(store, place)
    a_document(Vacancy.objects.get(), "Later", b"later")
    rows, files = all_rows(), all_files()

    seen = rehearsing.rehearse(store, place, manifests.latest_name(store), timezone.now())

    assert seen.faults == []
    assert (seen.files, seen.rows) == (1, sum(table.rows for table in manifest.database.tables.values()))
    assert (all_rows(), all_files()) == (rows, files)
    run = BackupRun.objects.get(name=manifest.name)
    assert run.rehearsed_at is not None
    assert run.rehearsal_fault == ""
