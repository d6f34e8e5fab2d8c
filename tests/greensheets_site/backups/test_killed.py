"""Killed with SIGKILL at each step, and a disk that is full: half a set is never taken for a whole one."""

import errno
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from greensheets_site.backups import blobs, folder, making, manifests, rehearsing
from greensheets_site.backups.faults import BackupFault
from greensheets_site.models import BackupRun
from news.models import Article
from tests.test_crash import database_url
from vacancies.models import Vacancy

from .whole import a_document, a_site, all_files, all_rows

ROOT = Path(__file__).resolve().parents[3]
MAKING = "greensheets_site.backups.making"
BACKING_UP = [
    (f"{MAKING}:records.claim_place", "after", 1),
    ("greensheets_site.backups.folder:os.fsync", "before", 1),
    ("greensheets_site.backups.folder:os.fsync", "before", 3),
    ("greensheets_site.backups.blobs:keep", "before", 1),
    ("greensheets_site.backups.blobs:keep", "after", 2),
    ("greensheets_site.backups.manifests:write", "before", 1),
    ("greensheets_site.backups.manifests:write", "after", 1),
    ("greensheets_site.backups.making:prune", "before", 1),
    ("greensheets_site.backups.manifests:forget_set", "after", 1),
]
RESTORING = [
    ("greensheets_site.backups.media:fill", "before", 1),
    ("greensheets_site.backups.media:default_storage.save", "after", 1),
    ("greensheets_site.backups.media:fill", "after", 1),
    ("greensheets_site.backups.media:clear", "before", 1),
    ("greensheets_site.backups.settling:settle", "before", 1),
    ("greensheets_site.backups.departures:replay", "after", 1),
]
pytestmark = pytest.mark.django_db(transaction=True)


def die(settings, step, *command: str) -> int:
    around = {**os.environ, "DATABASE_URL": database_url()}
    doomed = [sys.executable, "-m", "tests.greensheets_site.backups.doomed", str(settings.MEDIA_ROOT), settings.BACKUPS]
    return subprocess.run([*doomed, *map(str, step), *command], cwd=ROOT, env=around, check=False, timeout=120).returncode


def whole_sets(store) -> list[str]:
    """Every set that is there proves to be whole."""
    names = manifests.names(store)
    for name in names:
        assert rehearsing.rehearse(store, "elsewhere", name, timezone.now()).faults == []
    return names


@pytest.mark.one_database
@pytest.mark.parametrize("step", BACKING_UP, ids=lambda step: f"{step[1]} {step[0].rpartition(':')[2]} {step[2]}")
def test_a_backup_killed_at_any_step_leaves_whole_sets_only_and_the_next_one_is_whole(step, store, place, settings):
    a_site()
    long_ago = timezone.now() - timedelta(days=800)
    for age in (0, 400):
        making.back_up(store, place, long_ago + timedelta(days=age))
    a_document(Vacancy.objects.get(), "Since then", b"since then")

    assert die(settings, step, "back_up") == -signal.SIGKILL
    assert len(whole_sets(store)) in (1, 2, 3)
    later = timezone.now() + timedelta(minutes=10)
    making.back_up(store, place, later)
    making.prune(store, place, later)

    assert manifests.latest_name(store) in whole_sets(store)
    kept = manifests.read_all(store, manifests.names(store))
    assert blobs.known(store) == {digest for manifest in kept for digest in manifest.digests}
    assert not list(Path(settings.BACKUPS).rglob(f"*{folder.PART}"))
    assert not BackupRun.objects.filter(finished_at=None).exists()


@pytest.mark.parametrize("step", RESTORING, ids=lambda step: f"{step[1]} {step[0].rpartition(':')[2]} {step[2]}")
def test_a_restore_killed_at_any_step_is_finished_by_a_second_one(step, store, place, settings):
    a_site()
    rows, files = all_rows(), all_files()
    manifest = making.back_up(store, place, timezone.now())
    Article.objects.update(title="Written since")
    for name in files:
        (settings.MEDIA_ROOT / name).unlink()
    a_document(Vacancy.objects.get(), "Since then", b"since then")
    order = ["restore", manifest.name, "--yes", "--while-running", "--without-safety-set"]

    assert die(settings, step, *order) == -signal.SIGKILL
    assert die(settings, ("greensheets_site.backups.making:prune", "before", 1), *order) == 0

    now = all_rows()
    changed = {table for table in rows if rows[table] != now[table]}
    assert changed <= {"django_session", "greensheets_site_heartbeat"}
    assert all_files() == files


def test_a_full_disk_is_named_and_nothing_is_kept_of_the_set(store, place, monkeypatch):
    a_site()
    making.back_up(store, place, timezone.now())
    a_document(Vacancy.objects.get(), "Since then", b"since then")
    before = blobs.known(store)
    sync, calls = os.fsync, []

    def full_at_the_third(number):
        calls.append(number)
        if len(calls) >= 6:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(number)

    monkeypatch.setattr(folder.os, "fsync", full_at_the_third)
    with pytest.raises(BackupFault, match="The disk is full"):
        making.back_up(store, place, timezone.now())
    monkeypatch.undo()

    assert len(calls) >= 6
    assert len(whole_sets(store)) == 1
    assert blobs.known(store) == before
    failed = BackupRun.objects.exclude(failure="").get()
    assert failed.finished_at is not None
    assert "The disk is full" in failed.failure


def test_two_do_not_back_up_to_one_place_at_once_and_a_dead_one_makes_room(store, place):
    now = timezone.now()
    running = BackupRun.objects.create(name="20260427T090000Z-abcdef", place=place, started_at=now, seen_at=now)
    with pytest.raises(BackupFault, match="Another backup"):
        making.back_up(store, place, now)
    BackupRun.objects.filter(pk=running.pk).update(seen_at=now - timedelta(minutes=3))
    making.back_up(store, place, now)
    running.refresh_from_db()
    assert "cut short" in running.failure


def test_a_backup_that_was_taken_for_dead_makes_no_set_when_it_wakes(store, place, monkeypatch):
    a_site()
    monkeypatch.setattr(
        making.Collector, "collect", lambda self, say: BackupRun.objects.update(finished_at=timezone.now()) and []
    )
    with pytest.raises(BackupFault, match="another took over"):
        making.back_up(store, place, timezone.now())
    assert manifests.names(store) == []


def test_a_file_has_no_name_until_it_is_whole(store):
    seen = []

    class Watched(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            seen.append(store.exists("blobs/ab/abc"))
            yield b" and half"

    store.save("blobs/ab/abc", Watched(b""))
    assert seen == [False]
    assert Path(store.path("blobs/ab/abc")).read_bytes() == b"half and half"


def test_what_a_killed_writer_left_is_no_file_and_everything_is_private(store):
    store.save("blobs/ab/abc", ContentFile(b"abc"))
    left = Path(store.path("blobs/ab/abd.1234.part"))
    left.write_bytes(b"ab")
    assert blobs.known(store) == set()
    assert store.sweep_parts() == 1
    assert not left.exists()
    every = [Path(store.location), *Path(store.location).rglob("*")]
    assert {oct(path.stat().st_mode & 0o777) for path in every if path.is_dir()} == {"0o700"}
    assert {oct(path.stat().st_mode & 0o777) for path in every if path.is_file()} == {"0o600"}
