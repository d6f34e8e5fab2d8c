"""Files that nobody needs any more: removed at once if the storage answers, and otherwise by the next sweep."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime

from django.core.files.storage import default_storage

from .outages import StorageAway


def discard(name: str) -> None:
    """Remove a file that no row points to any more; a sweep takes what stays behind."""
    with suppress(StorageAway):
        default_storage.delete(name)


def sweep(names: Iterable[str], pointed_to: Collection[str], before: datetime) -> int:
    """Remove those of the files that no row points to and that were there before; how many there were.

    A younger one may belong to a row that is being written. Only these few are asked for their time.
    """
    removed = 0
    for name in names:
        if name not in pointed_to:
            with suppress(FileNotFoundError):  # Another worker sweeps too.
                if default_storage.get_modified_time(name) < before:
                    default_storage.delete(name)
                    removed += 1
    return removed
