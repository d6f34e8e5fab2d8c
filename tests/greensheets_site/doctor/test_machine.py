"""Each thing about the machine broken in turn: the line turns, and says what to do."""

import json
import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from greensheets_site.doctor import machine
from greensheets_site.models import BackupRun, Heartbeat
from greensheets_site.watching import shared_files
from tests.builders import london

NOW = london(2026, 4, 23, 9)
Usage = namedtuple("Usage", "total used free")


def heartbeat(worker: str, ago: timedelta) -> None:
    Heartbeat.objects.create(worker=worker, seen_at=NOW - ago)


def test_settings_are_what_the_checks_say(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = True
    settings.PUBLISHER_INVENTED = []
    assert machine.settings_checked(NOW).state == "good"
    settings.SECURE_HSTS_SECONDS = 0
    assert (machine.settings_checked(NOW).state, "HTTP Strict" in machine.settings_checked(NOW).sentence) == ("look", True)
    settings.STAFF_EMAILS = ["nobody"]
    found = machine.settings_checked(NOW)
    assert (found.state, found.sentence) == ("bad", "STAFF_EMAILS: “nobody” is no email address.")
    assert "neither web nor worker starts" in found.advice


def test_over_http_one_sentence_says_it(settings):
    settings.HTTPS = False
    found = machine.settings_checked(NOW)
    assert (found.state, found.sentence) == ("look", "SITE_URL is http: passwords travel in the clear.")


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_named():
    assert machine.database_checked(NOW).state == "good"
    MigrationRecorder(connection).record_unapplied("greensheets_site", "0010_second_step_demands")
    found = machine.database_checked(NOW)
    assert (found.state, found.sentence) == ("bad", "Not applied: greensheets_site 0010_second_step_demands.")
    assert found.advice == "Run manage.py migrate, then restart web and worker."


def test_keys_that_are_the_same_are_looked_at(settings):
    settings.SUPPRESSION_KEY = settings.SECRET_KEY
    assert machine.keys(NOW).state == "look"
    settings.SUPPRESSION_KEY = "another"
    assert machine.keys(NOW).state == "good"


def test_media_is_written_read_and_left_as_it_was(settings):
    assert machine.media_checked(NOW).state == "good"
    assert default_storage.listdir("probes") == ([], [])


def test_media_that_cannot_be_written_is_bad(settings, tmp_path):
    (tmp_path / "media").write_text("a file in its place")
    found = machine.media_checked(NOW)
    assert found.state == "bad"
    assert "The user of web and worker must be able to write there." in found.advice


@pytest.mark.parametrize(("free", "state"), [(200, "bad"), (900, "look"), (40_000, "good")])
def test_a_full_disk_is_bad_and_a_nearly_full_one_looked_at(monkeypatch, free, state):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100_000 * 1024**2, 0, free * 1024**2))
    found = machine.disk_checked(NOW)
    assert found.state == state
    assert found.sentence.startswith(f"{free} MB are free")
    assert ("Make room" in found.advice) == (state != "good")


@pytest.mark.django_db
def test_files_that_another_machine_stores_elsewhere_are_missed(settings, tmp_path):
    heartbeat("other", timedelta(seconds=5))
    shared_files.leave_probe("other", NOW)
    assert machine.shared_checked(NOW).state == "good"
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    found = machine.shared_checked(NOW)
    assert (found.state, found.sentence) == ("bad", "The files of other are not seen here.")
    assert "Let all machines keep media in one place" in found.advice


@pytest.mark.django_db
def test_a_backup_must_be_young_and_rehearsed(settings):
    settings.BACKUPS = "/backups"
    assert (machine.backups_checked(NOW).state, machine.backups_checked(NOW).sentence) == ("bad", "There is no backup yet.")
    made = {"finished_at": NOW, "name": "one", "seen_at": NOW, "size": 3_000_000, "place": "/backups"}
    run = BackupRun.objects.create(started_at=NOW - timedelta(hours=3), **made)
    found = machine.backups_checked(NOW)
    assert (found.state, found.sentence[-43:]) == ("look", " Putting one back has never been rehearsed.")
    BackupRun.objects.filter(pk=run.pk).update(rehearsed_at=NOW - timedelta(days=10))
    assert machine.backups_checked(NOW).state == "good"
    assert machine.backups_checked(NOW + timedelta(days=3)).state == "bad"


def gathered(folder, names: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    (folder / "staticfiles.json").write_text(json.dumps({"paths": {name: name for name in names}}))


def test_static_files_that_were_not_gathered_are_bad(settings, tmp_path):
    settings.STATIC_ROOT, source = tmp_path / "gathered", tmp_path / "source"
    settings.STATICFILES_DIRS = [source]
    gathered(source, ["css/a.css", "css/b.css"])
    (source / "staticfiles.json").unlink()
    assert machine.static_files(NOW).sentence == "Style sheets and scripts have not been gathered."
    gathered(settings.STATIC_ROOT, ["css/a.css"])
    found = machine.static_files(NOW)
    assert (found.state, found.sentence) == ("bad", "1 files have not been gathered, such as css/b.css.")
    assert "collectstatic" in found.advice
    gathered(settings.STATIC_ROOT, ["css/a.css", "css/b.css"])
    assert machine.static_files(NOW).state == "good"


@pytest.mark.django_db
def test_a_worker_whose_clock_is_ahead_is_bad_and_not_alive(monkeypatch):
    monkeypatch.setattr(machine, "_database_clock", timezone.now)  # PostgreSQL's clock does not travel
    with time_machine.travel(NOW, tick=False):
        heartbeat("ahead", -timedelta(minutes=20))
        found = machine.clock(NOW)
        assert (found.state, found.sentence) == ("bad", "The clock of worker ahead is 20 min ahead of this machine's.")
        assert "NTP" in found.advice
        assert machine.workers(NOW).state == "bad"


@pytest.mark.django_db
@pytest.mark.parametrize(("apart", "says"), [(-40, "40 s ahead of"), (40, "40 s behind"), (600, "10 min behind")])
def test_a_clock_that_differs_from_the_databases_is_bad(monkeypatch, apart, says):
    monkeypatch.setattr(machine, "_database_clock", lambda: timezone.now() + timedelta(seconds=apart))
    with time_machine.travel(NOW, tick=False):
        assert machine.clock(NOW).sentence == f"This machine's clock is {says} the database's."


@pytest.mark.django_db
def test_the_clock_of_the_database_is_asked():
    """On SQLite it is this machine's; PostgreSQL here runs on this machine."""
    assert abs(machine._database_clock() - timezone.now()) < machine.CLOCKS_DIFFER_BY
    assert machine.clock(timezone.now()).state == "good"


@pytest.mark.django_db
def test_without_a_worker_nothing_happens_and_one_of_two_is_enough():
    assert machine.workers(NOW).sentence == "No worker has ever been seen."
    heartbeat("old", timedelta(hours=2))
    assert (machine.workers(NOW).state, machine.workers(NOW).sentence) == ("bad", "No worker is alive; old was the last.")
    heartbeat("new", timedelta(seconds=20))
    assert (machine.workers(NOW).state, machine.workers(NOW).sentence) == ("look", "Silent: old. Alive: new.")
    Heartbeat.objects.filter(worker="old").delete()
    assert machine.workers(NOW).state == "good"
