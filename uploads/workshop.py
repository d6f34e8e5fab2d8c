"""The folders in which PDFs are made and files are opened. They name people, so what a killed process leaves is swept away."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings


@contextmanager
def bench(purpose: str) -> Iterator[Path]:
    """A private folder, removed when the work is done."""
    with tempfile.TemporaryDirectory(prefix=f"{purpose}-", dir=_place()) as name:
        yield Path(name)


def sweep_folders(before: datetime) -> int:
    """Remove what has been left behind since then; returns the number of folders."""
    left = [folder for folder in _place().iterdir() if folder.stat().st_mtime < before.timestamp()]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _place() -> Path:
    place = Path(settings.VAR_DIR) / "workshop"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place
