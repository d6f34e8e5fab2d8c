"""A folder of backups: a file is there whole or not at all, whatever kills the process that writes it, and only for its owner."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

PART = ".part"  # the ending of what is being written, or was when somebody was killed
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


class FolderStorage(FileSystemStorage):
    """Django's own writes in place under the final name, so that a kill leaves a half file that looks whole."""

    def __init__(self, location: str | None = None):
        super().__init__(location, file_permissions_mode=PRIVATE_FILE, directory_permissions_mode=PRIVATE_FOLDER)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name that was asked for: what is there is replaced."""
        return name

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        self._make_folders(path.parent)
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return name

    def _make_folders(self, folder: Path) -> None:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(PRIVATE_FOLDER, exist_ok=True)

    def sweep_parts(self) -> int:
        """Remove what killed processes left half written. Only for whoever alone may write here."""
        parts = [path for path in Path(self.location).rglob(f"*{PART}") if path.is_file()]
        for path in parts:
            path.unlink(missing_ok=True)
        return len(parts)


def _sync_folder(folder: Path) -> None:
    """So that the new name, too, survives a power cut."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
