"""Where backups lie, in one word: a folder, or ``s3://bucket/prefix``. Settings read this, so it imports no models."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = "greensheets_site.backups.folder.FolderStorage"
BUCKET = "storages.backends.s3.S3Storage"

Backend = dict[str, object]


class UnknownPlace(ValueError):
    """An address of backups that names neither a folder nor a bucket."""


def backend(address: str, s3: Mapping[str, object] | None = None) -> Backend:
    """What stands in ``STORAGES`` for an address; ``s3`` are further options of django-storages, such as ``endpoint_url``."""
    if address.startswith("s3://"):
        parts = urlsplit(address)
        if not parts.netloc:
            raise UnknownPlace(f"“{address}” names no bucket: write s3://bucket/prefix.")
        options = {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "default_acl": "private",
            "file_overwrite": True,
        }
        return {"BACKEND": BUCKET, "OPTIONS": {**options, **(s3 or {})}}
    if "://" in address:
        raise UnknownPlace(f"“{address.partition('://')[0]}://” is not known: give a folder, or s3://bucket/prefix.")
    if not Path(address).is_absolute():
        raise UnknownPlace(f"“{address}” must be a whole path, such as /var/backups/greensheets, or s3://bucket/prefix.")
    return {"BACKEND": FOLDER, "OPTIONS": {"location": address}}
