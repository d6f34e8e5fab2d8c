"""``restore``: first what a careful operator would check, then the missing files, then the database.

Killed at any line it is run again: files that are there are not written again, and the database changes at once or not at all.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from .. import rules
from ..models import Heartbeat
from . import blobs, media
from .engines import ENGINES, engine
from .faults import BackupFault
from .making import workshop
from .manifests import Manifest, fingerprints

Say = Callable[[str], None]
WORDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class PutBack:
    """What a restore did to the media folder; of the database there is all or nothing."""

    files: int
    written: int
    removed: int


def check(store: Storage, manifest: Manifest, *, other_keys: bool = False) -> None:
    """Refuse before anything is touched."""
    here = engine().vendor
    if manifest.database.vendor != here:
        made, now = WORDS[manifest.database.vendor], WORDS[here]
        raise BackupFault(f"The set is of {made} and DATABASE_URL names {now}: a set goes back into the kind that it came from.")
    if unknown := _unknown_migrations(manifest):
        raise BackupFault(
            f"The set was made by version {manifest.release}, whose database this version does not know ({unknown[0]}):"
            " install that version first, then restore."
        )
    if manifest.keys["SUPPRESSION_KEY"] != fingerprints()["SUPPRESSION_KEY"] and not other_keys:
        raise BackupFault(
            "SUPPRESSION_KEY is not the one that the set was made with: people who must never be written to again would not be"
            " recognised. Put the old key into the environment, or add --other-keys if it is lost."
        )
    if absent := sorted(manifest.digests - blobs.known(store)):
        raise BackupFault(f"The set is not whole: {len(absent)} of its blobs are missing ({absent[0][:12]}…). Use another one.")
    ENGINES[here].check_can_restore(manifest.database.version)
    _check_room(manifest)


def _unknown_migrations(manifest: Manifest) -> list[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {config.label for config in apps.get_app_configs()}
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    return sorted(name for name in manifest.migrations_of(ours) if name not in known)


def _check_room(manifest: Manifest) -> None:
    needed, free = 2 * manifest.database.blob.size, shutil.disk_usage(settings.VAR_DIR).free
    if needed > free:
        raise BackupFault(f"{settings.VAR_DIR} has {free // 10**6} MB free, and at least {needed // 10**6} MB are needed.")


def who_is_running(now: datetime) -> list[str]:
    """Workers that would send emails a second time, and other sessions of the database."""
    try:
        beats = list(Heartbeat.objects.filter(seen_at__range=(now - rules.SILENT_AFTER, now + rules.CLOCKS_DIFFER_BY)))
        others = engine().others()
    except Error:  # No tables, or another version's: an empty machine, or one that is past asking.
        connection.close()
        return []
    found = [f"the worker {beat.worker}, seen {int(abs((now - beat.seen_at).total_seconds()))} s ago" for beat in beats]
    return [*found, *([f"{others} other sessions of the database"] if others else [])]


def is_empty() -> bool:
    """Whether there is nothing here that a restore could lose."""
    with connection.cursor() as cursor:
        return "django_migrations" not in connection.introspection.table_names(cursor)


def restore_set(store: Storage, manifest: Manifest, now: datetime, say: Say = lambda line: None) -> PutBack:
    with workshop(now) as folder:
        copy = folder / f"database{engine().suffix}"
        blobs.fetch(store, manifest.database.blob, copy)
        written = media.fill(store, manifest, folder)
        say(f"Files: {len(manifest.files)}, of which {written} had to be written")
        engine().put_back(copy)
        say(f"Database: {sum(table.rows for table in manifest.database.tables.values())} rows")
        removed = media.clear(manifest)
    return PutBack(len(manifest.files), written, removed)
