"""Content under the name of its digest: what two files or two sets have in common lies there once."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.core.files.base import File
from django.core.files.storage import Storage

from .faults import BackupFault
from .manifests import StoredFile, listed

BLOBS = "blobs"
CHUNK = 1024 * 1024


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def path_of(digest: str) -> str:
    return f"{BLOBS}/{digest[:2]}/{digest}"


def known(store: Storage) -> set[str]:
    """The digests of all that is there."""
    return {name for folder in listed(store, BLOBS)[0] for name in listed(store, f"{BLOBS}/{folder}")[1] if len(name) == 64}


def digest_of(file: Readable) -> tuple[str, int]:
    """Digest and size of what is left to read."""
    total, size = hashlib.sha256(), 0
    for chunk in iter(lambda: file.read(CHUNK), b""):
        total.update(chunk)
        size += len(chunk)
    return total.hexdigest(), size


def keep(store: Storage, path: Path, digest: str) -> None:
    """Copy a file of this machine; it must be private to us, or it could change between its digest and its copying."""
    with path.open("rb") as file:
        store.save(path_of(digest), File(file))


def fetch(store: Storage, file: StoredFile, path: Path) -> None:
    """Copy a blob to this machine, and make sure of every byte."""
    if not store.exists(path_of(file.digest)):
        raise BackupFault(f"The content of {file.name} is missing from the backup (blob {file.digest[:12]}…).")
    path.parent.mkdir(parents=True, exist_ok=True)
    with store.open(path_of(file.digest)) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, CHUNK)
    with path.open("rb") as written:
        if digest_of(written) != (file.digest, file.size):
            raise BackupFault(
                f"The content of {file.name} is damaged in the backup (blob {file.digest[:12]}…). Use an older set."
            )


def sweep(store: Storage, wanted: set[str]) -> Iterator[str]:
    """Delete what no set names. Only while nobody else may write here: another process's set might name it a moment later."""
    for digest in sorted(known(store) - wanted):
        store.delete(path_of(digest))
        yield digest
