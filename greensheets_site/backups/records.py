"""The rows that tell of backups: who makes one, how it ended, and what the sets that lie there say."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.files.storage import Storage
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from .. import rules
from ..models import BackupRun
from .faults import BackupFault
from .manifests import Manifest, moment_of, names, new_name, read_manifest

BEAT_EVERY = 15  # seconds
CUT_SHORT = "It was cut short: whoever made it was killed."


def claim_place(place: str, now: datetime, note: str = "") -> BackupRun:
    """Have that place alone until it ends; a row whose process has died makes way."""
    running = BackupRun.objects.filter(place=place, finished_at=None)
    dead = running.exclude(seen_at__range=(now - rules.BACKUP_ABANDONED_AFTER, now + rules.BACKUP_ABANDONED_AFTER))
    dead.update(finished_at=now, failure=CUT_SHORT)
    try:
        with transaction.atomic():
            return BackupRun.objects.create(name=new_name(now, note), place=place, started_at=now, seen_at=now)
    except IntegrityError as error:
        raise BackupFault("Another backup to this place is being made. Wait until it has ended.") from error


@contextmanager
def beating(run: BackupRun) -> Iterator[None]:
    """Signs of life from a thread of its own, for as long as the block runs."""
    over = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(over, run.pk), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat_until(over: threading.Event, pk: int) -> None:
    try:
        while not over.wait(BEAT_EVERY):
            try:
                BackupRun.objects.filter(pk=pk, finished_at=None).update(seen_at=timezone.now())
            except Error:  # The database is away for a moment: the next beat may reach it.
                connection.close()
    finally:
        connection.close()


def is_ours(run: BackupRun) -> bool:
    """False once another process has taken this run for dead: its blobs may be gone, so it must not become a set."""
    return BackupRun.objects.filter(pk=run.pk, finished_at=None).exists()


def told_by(manifest: Manifest) -> dict[str, object]:
    return {
        "failure": "",
        "size": manifest.size,
        "copied": manifest.copied,
        "files": len(manifest.files),
        "missing": len(manifest.missing),
    }


def succeed(run: BackupRun, manifest: Manifest, now: datetime) -> None:
    BackupRun.objects.filter(pk=run.pk).update(finished_at=now, seen_at=now, **told_by(manifest))


def fail(run: BackupRun, why: str, now: datetime) -> None:
    BackupRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=now, failure=why)


def forget_run(place: str, gone: list[str], now: datetime) -> None:
    rows = BackupRun.objects.filter(place=place)
    rows.filter(name__in=gone).delete()
    rows.exclude(failure="").filter(started_at__lt=now - rules.BACKUP_FAILURES_KEPT_FOR).delete()


def catch_up(store: Storage, place: str, now: datetime) -> int:
    """After a restore the rows are out of date: sets made since get theirs back, and runs that only seem unfinished end."""
    known = set(BackupRun.objects.filter(finished_at__isnull=False, failure="").values_list("name", flat=True))
    fresh = [name for name in names(store) if name not in known]
    for name in fresh:
        made = moment_of(name)
        told = told_by(read_manifest(store, name))
        seen = {"place": place, "started_at": made, "seen_at": made, "finished_at": made}
        BackupRun.objects.update_or_create(name=name, defaults={**seen, **told})
    BackupRun.objects.filter(place=place, finished_at=None).update(finished_at=now, failure=CUT_SHORT)
    return len(fresh)


def rehearsed(manifest: Manifest, place: str, fault: str, now: datetime) -> None:
    made = manifest.moment
    seen = {"place": place, "started_at": made, "seen_at": made, "finished_at": made}
    row, _ = BackupRun.objects.get_or_create(name=manifest.name, defaults={**seen, **told_by(manifest)})
    BackupRun.objects.filter(pk=row.pk).update(rehearsed_at=now, rehearsal_fault=fault)
