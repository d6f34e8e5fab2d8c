"""``rehearse_backup``: a set restored beside the site, every row and every file of it compared with what was written down."""

import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.files.storage import Storage

from . import blobs, manifests, records
from .engines import engine
from .faults import BackupFault
from .making import workshop
from .manifests import Manifest
from .rows import Contents


@dataclass(frozen=True)
class Rehearsal:
    """What was seen; good when there are no ``faults``."""

    manifest: Manifest
    tables: int
    rows: int
    files: int
    faults: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults


def rehearse(store: Storage, place: str, name: str, now: datetime) -> Rehearsal:
    """Never touches the live database or the media folder, except for the row that tells of it."""
    manifest = manifests.read_manifest(store, name)
    rehearsal = _rehearsed(store, manifest, now)
    records.rehearsed(manifest, place, "\n".join(rehearsal.faults[:20]), now)
    return rehearsal


def _rehearsed(store: Storage, manifest: Manifest, now: datetime) -> Rehearsal:
    if manifest.database.vendor != engine().vendor:
        raise BackupFault(f"The set is of {manifest.database.vendor}, and this site runs on {engine().vendor}.")
    engine().check_can_restore(manifest.database.version)
    with workshop(now) as folder:
        faults, found = [], None
        try:
            copy = folder / f"database{engine().suffix}"
            blobs.fetch(store, manifest.database.blob, copy)
            with engine().scratch(copy) as found:
                faults += _of_rows(manifest, found)
        except BackupFault as fault:
            faults.append(str(fault))
        faults += _of_files(store, manifest, folder)
    tables = found.tables if found else {}
    return Rehearsal(manifest, len(tables), sum(table.rows for table in tables.values()), len(manifest.files), faults)


def _of_rows(manifest: Manifest, found: Contents) -> list[str]:
    wanted = manifest.database.tables
    faults = [
        f"{table}: {found.tables[table].rows} rows instead of {wanted[table].rows}"
        if found.tables[table].rows != wanted[table].rows
        else f"{table}: its {wanted[table].rows} rows are not what they were"
        for table in sorted(found.tables.keys() & wanted.keys())
        if found.tables[table] != wanted[table]
    ]
    faults += [f"{table}: missing" for table in sorted(wanted.keys() - found.tables.keys())]
    faults += [f"{table}: not in the set" for table in sorted(found.tables.keys() - wanted.keys())]
    stored = {file.name for file in manifest.files} | {*manifest.missing, *manifest.went}
    return faults + [f"{name}: named by a row, and not in the set" for name in sorted(found.named - stored)]


def _of_files(store: Storage, manifest: Manifest, folder: Path) -> list[str]:
    """Each distinct file once, in a scratch folder, then removed: a rehearsal needs no more room than the largest file."""
    faults = []
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for file in {file.digest: file for file in manifest.files}.values():
            try:
                blobs.fetch(store, file, Path(scratch) / "file")
            except BackupFault as fault:
                faults.append(str(fault))
    return faults
