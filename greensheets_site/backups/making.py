"""``back_up``: database first, media after it, the manifest last; then what is too old goes.

Killed at any line it leaves blobs that no set names. The next run uses them or removes them.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage
from django.db import Error, connection
from django.utils import timezone

from ..models import BackupRun
from . import blobs, departures, manifests, records
from .engines import engine
from .faults import BackupFault, is_full
from .folder import FolderStorage
from .keeping import to_keep
from .manifests import DatabaseCopy, Manifest, StoredFile
from .media import Collector
from .rows import Contents, named_files

Say = Callable[[str], None]
WORKSHOP = "backup-"
LEFTOVERS_AFTER = timedelta(days=1)


def back_up(store: Storage, place: str, now: datetime, say: Say = lambda line: None, note: str = "") -> Manifest:
    """One whole set, or a sentence that says why there is none."""
    run = records.claim_place(place, now, note)
    fresh: dict[str, int] = {}
    try:
        with records.beating(run), workshop(now) as folder:
            _tidy(store)
            departures.record(store, now)
            manifest = _collected(store, run, folder, fresh, say)
            _check_before_naming(store, run, manifest)
            manifests.write(store, manifest)
    except BaseException as error:
        _take_back(store, run, fresh)
        why = _why(error, store)
        with suppress(Error):
            records.fail(run, why, timezone.now())
        if isinstance(error, Exception):
            raise BackupFault(why) from error
        raise
    records.succeed(run, manifest, timezone.now())
    return manifest


def _collected(store: Storage, run: BackupRun, folder: Path, fresh: dict[str, int], say: Say) -> Manifest:
    whole = manifests.names(store)
    before = manifests.read_manifest(store, whole[-1]) if whole else None
    collector = Collector(store, before, folder)
    collector.fresh = fresh
    source = engine()
    copy = folder / f"database{source.suffix}"
    found = source.copy(copy)
    blob = collector.keep(copy, copy.name)
    copy.unlink()
    say(f"Database: {sum(table.rows for table in found.tables.values())} rows in {len(found.tables)} tables")
    files = collector.collect(say)
    missing, went = _without_file(found, files)
    return Manifest(
        name=run.name,
        made_at=run.started_at.isoformat(),
        release=manifests.running_release(),
        site=settings.SITE_URL,
        keys=manifests.fingerprints(),
        database=DatabaseCopy(source.vendor, source.version(), blob, found.tables, found.migrations),
        files=files,
        missing=missing,
        went=went,
        copied=sum(fresh.values()),
    )


def _without_file(found: Contents, files: list[StoredFile]) -> tuple[list[str], list[str]]:
    """What rows of the copy name and the set has not: still named now, or deleted with its row while the files were copied."""
    absent = found.named - {file.name for file in files}
    if not absent:
        return [], []
    with connection.cursor() as cursor:
        still = named_files(cursor, connection.vendor) & absent
    return sorted(still), sorted(absent - still)


def _check_before_naming(store: Storage, run: BackupRun, manifest: Manifest) -> None:
    if not records.is_ours(run) or not manifest.digests <= blobs.known(store):
        raise BackupFault("This backup stalled for so long that another took over. Nothing was kept of it.")


def prune(store: Storage, place: str, now: datetime) -> list[str]:
    """Remove the sets that are too old, then what no set names. Alone in that place, like a backup."""
    run = records.claim_place(place, now)
    try:
        every = {name: manifests.moment_of(name) for name in manifests.names(store)}
        kept = to_keep(every.values(), now)
        gone = [name for name, at in every.items() if at not in kept]
        # All that stay are read before anything goes: one that cannot be read would lose its content.
        wanted = {digest for name in every if name not in gone for digest in manifests.read_manifest(store, name).digests}
        for name in gone:
            manifests.forget_set(store, name)
        for _ in blobs.sweep(store, wanted):
            pass
        records.forget_run(place, gone, now)
    finally:
        BackupRun.objects.filter(pk=run.pk).delete()
    return gone


@contextmanager
def workshop(now: datetime) -> Iterator[Path]:
    """A folder that only we can read, on the disk of the site; what killed processes left of theirs goes."""
    for left in settings.VAR_DIR.glob(f"{WORKSHOP}*"):
        if left.is_dir() and left.stat().st_mtime < (now - LEFTOVERS_AFTER).timestamp():
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=WORKSHOP, dir=settings.VAR_DIR) as folder:
        yield Path(folder)


def _tidy(store: Storage) -> None:
    if isinstance(store, FolderStorage):
        store.sweep_parts()


def _take_back(store: Storage, run: BackupRun, fresh: dict[str, int]) -> None:
    """A disk that is full must not stay full of half a set. The name goes first; a set that has one keeps its content."""
    with suppress(Exception):
        if not records.is_ours(run):
            return
        manifests.forget_set(store, run.name)
        for digest in fresh:
            store.delete(blobs.path_of(digest))


def _why(error: BaseException, store: Storage) -> str:
    if isinstance(error, BackupFault):
        return str(error)
    if is_full(error):
        where = store.location if isinstance(store, FolderStorage) else "the place of the backups"
        return f"The disk is full ({where}, or {settings.VAR_DIR}, where copies are prepared). Nothing was kept: make room."
    if isinstance(error, PermissionError):
        return f"{error.filename} cannot be written by this user: {error.strerror}."
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
