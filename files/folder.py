"""Files in a folder of this machine, or one that is mounted from elsewhere: the default."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from .outages import StorageAway

# What says something about the name that was asked for, not about the folder: no such file, or none that could be.
ABOUT_THE_NAME = (FileNotFoundError, FileExistsError, NotADirectoryError, IsADirectoryError)


@contextmanager
def _asking() -> Iterator[None]:
    """A disk that is full, broken, gone or not ours to use is a storage that does not answer."""
    try:
        yield
    except ABOUT_THE_NAME:
        raise
    except OSError as error:
        raise StorageAway(f"The file storage is not responding: {error.strerror}") from error


class FolderStorage(FileSystemStorage):
    """Django's, but that a folder which is not there has nothing in it, as in a bucket."""

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        with _asking():
            file: File[Any] = super()._open(name, mode)  # type: ignore[misc]  # Django's types leave it out
        return file

    def _save(self, name: str, content: IO[Any]) -> str:
        with _asking():
            kept: str = super()._save(name, content)  # type: ignore[misc]  # Django's types leave it out
        return kept

    def delete(self, name: str) -> None:
        with _asking():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _asking():
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        try:
            with _asking():
                return super().listdir(path)
        except FileNotFoundError:
            return [], []

    def size(self, name: str) -> int:
        with _asking():
            return super().size(name)

    def get_modified_time(self, name: str) -> datetime:
        with _asking():
            return super().get_modified_time(name)
