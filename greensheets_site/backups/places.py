"""The store that a command works on: the one in the settings, or the address that it was given."""

from typing import Any

from django.conf import settings
from django.core.files.storage import InvalidStorageError, Storage
from django.core.files.storage.handler import StorageHandler

from files.address import without_secrets

from .addresses import UnknownPlace, backend
from .faults import BackupFault


def store_at(address: str = "") -> tuple[Storage, str]:
    """The store and what it is called in rows."""
    place = address or settings.BACKUPS
    if not place:
        raise BackupFault(
            "Where to? Set BACKUPS, or name a folder or bucket: /var/backups/greensheets or s3://KEY:SECRET@host/bucket/folder."
        )
    try:
        backends: Any = {"backups": backend(place)}
        return StorageHandler(backends)["backups"], without_secrets(place)
    except UnknownPlace as error:
        raise BackupFault(str(error)) from error
    except InvalidStorageError as error:
        raise BackupFault("Object storage needs the package django-storages: pip install 'django-storages[s3]'") from error
