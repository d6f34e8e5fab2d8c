"""The media folder, wherever its storage keeps it: read for a set, and made equal to one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from . import blobs
from .manifests import Manifest, StoredFile, listed

# What comes and goes within a day: workbooks that somebody looks through before an import, and what shows that media works.
LEFT_OUT = {"imports", "probes", "watching"}
# A file younger than the set before may have been changed after it was read, within one tick of its clock.
TICK = timedelta(seconds=2)


def walk(folder: str = "") -> Iterator[str]:
    """The names of all files, as rows have them."""
    folders, files = listed(default_storage, folder)
    yield from sorted(f"{folder}/{name}".lstrip("/") for name in files if name)
    for name in sorted(folders):
        if folder or name not in LEFT_OUT:
            yield from walk(f"{folder}/{name}".lstrip("/"))


class Collector:
    """Copies files into a store, each content once; ``fresh`` are the blobs that were not there before."""

    def __init__(self, store: Storage, before: Manifest | None, workshop: Path):
        self._store, self._workshop = store, workshop
        self._known = blobs.known(store)
        self._before = {file.name: file for file in before.files} if before else {}
        self._settled = (before.moment if before else timezone.now()) - TICK
        self.fresh: dict[str, int] = {}

    def collect(self, say: Callable[[str], None]) -> list[StoredFile]:
        found = []
        for name in walk():
            with suppress(FileNotFoundError):  # deleted since it was listed; whether a row misses it is asked at the end
                found.append(self._unchanged(name) or self._copied(name))
            if len(found) % 1000 == 0 and found:
                say(f"{len(found)} files …")
        return found

    def keep(self, path: Path, name: str) -> StoredFile:
        """A file of the workshop, which nobody else changes."""
        with path.open("rb") as file:
            digest, size = blobs.digest_of(file)
        if digest not in self._known:
            blobs.keep(self._store, path, digest)
            self._known.add(digest)
            self.fresh[digest] = size
        return StoredFile(name, digest, size)

    def _unchanged(self, name: str) -> StoredFile | None:
        """The file of the set before, when size and time say that it is the same and its content is still there."""
        before = self._before.get(name)
        if before is None or before.digest not in self._known:
            return None
        modified = default_storage.get_modified_time(name)
        is_same = before.modified == modified.isoformat() and before.size == default_storage.size(name)
        return before if is_same and modified < self._settled else None

    def _copied(self, name: str) -> StoredFile:
        path = self._workshop / "file"
        modified = default_storage.get_modified_time(name).isoformat()
        with default_storage.open(name) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, blobs.CHUNK)
        kept = self.keep(path, name)
        return StoredFile(name, kept.digest, kept.size, modified)


class Fetched(File):  # type: ignore[type-arg]  # generic for mypy only
    """Lets Django move the file into place instead of writing a second copy: it is there whole or not at all."""

    def temporary_file_path(self) -> str:
        return str(self.name)


def fill(store: Storage, manifest: Manifest, workshop: Path) -> int:
    """Write what is missing or different; returns how many files that were."""
    written = 0
    for file in manifest.files:
        if not _is_here(file):
            path = workshop / "fetched"
            blobs.fetch(store, file, path)
            default_storage.delete(file.name)
            with path.open("rb") as content:
                default_storage.save(file.name, Fetched(content, name=str(path)))
            path.unlink(missing_ok=True)
            written += 1
    return written


def clear(manifest: Manifest) -> int:
    """Delete what the set does not have: after the database, or rows would miss their files for a while."""
    wanted = {file.name for file in manifest.files}
    extra = [name for name in walk() if name not in wanted]
    for name in extra:
        default_storage.delete(name)
    return len(extra)


def _is_here(file: StoredFile) -> bool:
    try:
        if default_storage.size(file.name) != file.size:
            return False
        with default_storage.open(file.name) as content:
            return blobs.digest_of(content)[0] == file.digest
    except FileNotFoundError:
        return False
