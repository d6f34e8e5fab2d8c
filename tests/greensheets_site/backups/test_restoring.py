"""Putting a set back: over a newer schema, under a running site, onto nothing, and what is refused before anything is touched."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from greensheets_site.backups import blobs, making, manifests, restoring
from greensheets_site.backups.faults import BackupFault
from greensheets_site.models import Heartbeat
from news.models import Article
from tests.builders import an_article, london
from tests.cached_site import Site

from .whole import a_site, all_files, all_rows

pytestmark = pytest.mark.django_db(transaction=True)


def make(store, place):
    return making.back_up(store, place, timezone.now())


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def tables() -> set[str]:
    return set(connection.introspection.table_names())


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def test_a_newer_schema_is_taken_back_with_all_that_it_added_and_changed(store, place):
    a_site()
    rows, before = all_rows(), tables()
    manifest = make(store, place)
    execute(
        "CREATE TABLE later (id integer PRIMARY KEY, article bigint REFERENCES news_article (id))",
        "INSERT INTO later (id, article) SELECT 1, id FROM news_article",
        "ALTER TABLE news_article ADD COLUMN later varchar(20) NOT NULL DEFAULT 'new'",
        "CREATE VIEW later_view AS SELECT id FROM later",
        "DELETE FROM vacancies_subject",
        "UPDATE news_article SET title = 'Changed'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('news', '0099_later', '2026-12-01')",
    )
    if connection.vendor == "postgresql":
        execute("CREATE TYPE later_kind AS ENUM ('a', 'b')", "CREATE SEQUENCE later_numbers")

    restoring.restore_set(store, manifest, timezone.now())

    assert all_rows() == rows
    assert tables() == before
    assert "later" not in columns("news_article")
    Article.objects.create(title="Keys go on from where they were", body="<p>New</p>")
    restoring.restore_set(store, manifest, timezone.now())
    assert all_rows() == rows


def test_a_database_that_cannot_be_put_back_is_left_as_it_is(store, place, monkeypatch):
    """The file breaks off in the middle, as after a power cut, with a digest that agrees."""
    a_site()
    manifest = make(store, place)
    an_article("Written since")
    rows, files = all_rows(), all_files()

    def fetch_half(store, file, path):
        whole = blobs.path_of(file.digest)
        with store.open(whole) as source:
            content = source.read()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content[: len(content) * 3 // 4])

    monkeypatch.setattr(blobs, "fetch", fetch_half)
    with pytest.raises((BackupFault, EOFError)):
        restoring.restore_set(store, manifest, timezone.now())
    assert all_rows() == rows
    assert all_files() == files


@pytest.mark.usefixtures("_closed")
def test_a_web_process_that_has_kept_pages_shows_what_was_put_back(store, place, site):
    an_article("As it was")
    manifest = make(store, place)
    Article.objects.update(title="As it became")
    other = Site()
    assert b"As it became" in site.get("/news/")["body"]
    assert b"As it became" in other.get("/news/")["body"]

    restoring.restore_set(store, manifest, timezone.now())

    assert b"As it was" in site.get("/news/")["body"]
    Article.objects.update(title="As it was")  # a count that had gone back would now be what the other process last saw
    assert b"As it became" not in other.get("/news/")["body"]


def test_files_that_are_there_already_are_not_written_again_and_damaged_ones_are(store, place, settings):
    a_site()
    manifest = make(store, place)
    files = all_files()
    assert restoring.restore_set(store, manifest, timezone.now()) == restoring.PutBack(files=1, written=0, removed=0)
    (settings.MEDIA_ROOT / next(iter(files))).write_bytes(b"%PDF-1 what to dO")
    (settings.MEDIA_ROOT / "documents" / "orphan.pdf").write_bytes(b"nobody's")
    assert restoring.restore_set(store, manifest, timezone.now()) == restoring.PutBack(files=1, written=1, removed=1)
    assert all_files() == files


def test_a_worker_that_was_just_seen_is_named_and_one_from_the_future_is_not(store):
    now = london(2026, 4, 27, 10)
    others = [line for line in restoring.who_is_running(now) if "sessions" not in line]
    assert others == []
    Heartbeat.objects.create(worker="press-1", seen_at=now - timedelta(seconds=40), doing="Waiting")
    Heartbeat.objects.create(worker="ahead", seen_at=now + timedelta(days=9), doing="Waiting")
    Heartbeat.objects.create(worker="gone", seen_at=now - timedelta(minutes=6), doing="Waiting")
    assert restoring.who_is_running(now)[0] == "the worker press-1, seen 40 s ago"
    assert "ahead" not in str(restoring.who_is_running(now))
    assert "gone" not in str(restoring.who_is_running(now))


def refused(store, manifest) -> str:
    with pytest.raises(BackupFault) as fault:
        restoring.check(store, manifest)
    return str(fault.value)


def test_what_cannot_be_restored_here_is_refused_with_what_to_do(store, place, settings):
    a_site()
    manifest = make(store, place)
    restoring.check(store, manifest)

    newer = replace(manifest.database, migrations=[*manifest.database.migrations, "vacancies.0999_later"])
    assert "vacancies.0999_later" in refused(store, replace(manifest, database=newer))
    foreign = replace(manifest.database, vendor="postgresql" if connection.vendor == "sqlite" else "sqlite")
    assert "DATABASE_URL" in refused(store, replace(manifest, database=foreign))
    store.delete(blobs.path_of(manifest.files[0].digest))
    assert "1 of its blobs are missing" in refused(store, manifest)
    settings.SUPPRESSION_KEY = "another"
    assert "SUPPRESSION_KEY" in refused(store, manifest)


def test_a_set_that_is_not_there_is_refused_and_those_that_are_named(store, place):
    with pytest.raises(BackupFault, match="whole: none"):
        manifests.read_manifest(store, "20260427T090000Z-abcdef")
    a_site()
    name = make(store, place).name
    with pytest.raises(BackupFault, match=name):
        manifests.read_manifest(store, "20260427T090000Z-abcdef")
