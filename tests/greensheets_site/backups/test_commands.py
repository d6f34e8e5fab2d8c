"""The three commands as whoever runs the machine uses them."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from greensheets_site.backups import blobs, manifests
from greensheets_site.models import BackupRun, Heartbeat
from news.models import Article

from .whole import a_site, all_files, all_rows

pytestmark = pytest.mark.django_db(transaction=True)
ALONE = "--while-running"  # on PostgreSQL the test's own connections count as somebody else's


def run(*command: str) -> list[str]:
    out = StringIO()
    call_command(*command, stdout=out, stderr=out)
    return out.getvalue().splitlines()


def refused(*command: str) -> str:
    with pytest.raises(CommandError) as fault:
        run(*command)
    return str(fault.value)


def test_the_name_of_the_set_is_the_last_line_and_a_second_set_copies_nothing_that_is_there(store):
    a_site()
    first = run("back_up")
    second = run("back_up")
    assert manifests.names(store) == sorted([first[-1], second[-1]])
    old, new = manifests.read_all(store, [first[-1], second[-1]])
    assert old.files == new.files
    assert new.copied == new.database.blob.size
    assert old.copied == old.size
    assert BackupRun.objects.get(name=second[-1]).copied == new.copied


def test_another_place_may_be_named_and_one_that_is_none_is_refused(tmp_path, settings):
    a_site()
    name = run("back_up", "--to", str(tmp_path / "elsewhere"))[-1]
    assert name in str(run("restore", "--from", str(tmp_path / "elsewhere")))
    assert "whole path" in refused("back_up", "--to", "backups")
    assert "must begin with s3://" in refused("back_up", "--to", "ftp://backups.example/a")
    assert "must name a host and a bucket" in refused("back_up", "--to", "s3:///a")
    (tmp_path / "file").write_bytes(b"")
    assert "file" in refused("back_up", "--to", str(tmp_path / "file"))
    settings.BACKUPS = ""
    assert "Set BACKUPS" in refused("back_up")


def test_a_file_that_a_row_names_and_nobody_has_is_said_and_not_fatal(settings):
    a_site()
    name = next(iter(all_files()))
    (settings.MEDIA_ROOT / name).unlink()
    lines = run("back_up")
    assert f"Missing already, though a row names it: {name}" in lines
    assert BackupRun.objects.get().missing == 1
    assert f"Missing already when it was made: {name}" in run("rehearse_backup")


def test_a_restore_keeps_first_what_is_there_and_the_way_back_leads_there(store):
    a_site()
    first, rows = run("back_up")[-1], all_rows()
    Article.objects.update(title="Written since")
    since = all_rows()
    said = run("restore", "latest", "--yes", ALONE)
    assert {table: found for table, found in all_rows().items() if table != "django_session"} == {
        table: found for table, found in rows.items() if table != "django_session"
    }
    kept = next(line for line in said if line.startswith("What is there now was kept as ")).rpartition(" ")[2]
    assert said[-1] == f"Restored {first}. Start web and worker."
    assert run("restore", "latest", "--yes", "--without-safety-set", ALONE)[-1] == said[-1]
    run("restore", kept, "--yes", ALONE)
    assert all_rows()["news_article"] == since["news_article"]
    assert BackupRun.objects.filter(finished_at=None).count() == 0


def test_nobody_is_asked_where_nobody_is_and_a_no_changes_nothing(monkeypatch):
    a_site()
    run("back_up")
    assert "add --yes" in refused("restore", "latest", ALONE)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: "no")
    rows = all_rows()
    assert refused("restore", "latest", ALONE) == "Nothing was changed."
    assert all_rows() == rows


def test_a_worker_that_runs_is_in_the_way():
    a_site()
    run("back_up")
    Heartbeat.objects.create(worker="press-1", seen_at=timezone.now(), doing="Waiting")
    assert "the worker press-1" in refused("restore", "latest", "--yes")


def test_a_rehearsal_names_every_row_and_file_that_is_not_what_it_was(store):
    a_site()
    name = run("back_up")[-1]
    assert run("rehearse_backup")[-1] == "Every row and every file matches what was recorded when the set was made."
    manifest = manifests.read_manifest(store, name)
    Path(store.path(blobs.path_of(manifest.files[0].digest))).write_bytes(b"%PDF-1 what to dO")
    said = refused("rehearse_backup")
    assert said.startswith("This backup is not good:")
    assert f"{manifest.files[0].name} is damaged" in said
    assert "damaged" in BackupRun.objects.get(name=name).rehearsal_fault


def test_a_rehearsal_counts_the_rows_of_each_table(store, monkeypatch):
    a_site()
    name = run("back_up")[-1]
    path = Path(store.path(f"sets/{name}.json"))
    tables = manifests.read_manifest(store, name).database.tables
    total = tables["news_article"]
    path.write_text(
        path.read_text().replace(f'"rows": {total.rows},\n    "digest": "{total.digest}"', '"rows": 7,\n    "digest": "1"')
    )
    assert "news_article: 1 rows instead of 7" in refused("rehearse_backup", name)


def test_without_any_set_there_is_nothing_to_rehearse_or_restore():
    assert "There is no set here yet" in refused("rehearse_backup")
    assert "There is no set here yet" in refused("restore", "latest")
    assert run("restore") == []
