"""What this machine needs: folders that can be written and read back, and space on the disk."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from .findings import Finding, bad, good, worth_a_look

# Whoever asks more often, as anybody may, is told what was found last: a question must not cost a file.
TRY_MEDIA_EVERY = 20  # seconds
MEGABYTE = 1024 * 1024


class Remembered:
    """The last finding about media, and when it was made."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.finding: Finding | None = None
        self.made_at = 0.0

    def forget(self) -> None:
        self.finding = None


_last = Remembered()


def media(_now: datetime) -> Finding:
    """Whether a file can be written, read back and removed."""
    with _last.lock:
        if _last.finding is None or time.monotonic() - _last.made_at >= TRY_MEDIA_EVERY:
            _last.finding, _last.made_at = _try_media(), time.monotonic()
        return _last.finding


def forget_media() -> None:
    """For tests."""
    _last.forget()


def _try_media() -> Finding:
    name, content = f"watching/{socket.gethostname()}-{os.getpid()}", os.urandom(16)
    try:
        default_storage.delete(name)  # what a killed process left
        name = default_storage.save(name, ContentFile(content))
        try:
            with default_storage.open(name) as file:
                is_the_same = file.read() == content
        finally:
            default_storage.delete(name)
    except Exception as error:  # each storage has faults of its own
        return bad(f"Media cannot be written and read back ({type(error).__name__}).")
    return good("Media can be written and read.") if is_the_same else bad("Media returned something other than what was written.")


def disk(_now: datetime) -> Finding:
    """The fullest of the disks that are written to."""
    free = min(shutil.disk_usage(folder).free for folder in _folders()) // MEGABYTE
    limit = settings.DISK_FREE_MB
    if free < limit:
        return bad(f"{free} MB are free on the disk, less than {limit}: make room.", free_megabytes=free)
    if free < 3 * limit:
        return worth_a_look(f"{free} MB are free on the disk; below {limit} counts as a fault.", free_megabytes=free)
    return good(f"{free} MB are free on the disk.", free_megabytes=free)


def _folders() -> Iterator[Path]:
    """Those that are there: media may be elsewhere, and its folder comes with the first file."""
    database = settings.DATABASES["default"]
    files = [settings.VAR_DIR, settings.MEDIA_ROOT, *([database["NAME"]] if database["ENGINE"].endswith("sqlite3") else [])]
    for path in map(Path, files):
        yield next(folder for folder in (path, *path.parents) if folder.is_dir())
