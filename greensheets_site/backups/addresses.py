"""Where backups are kept, as one address: a folder or a bucket. Settings read this, so it imports no models."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from files.address import EXAMPLE, bucket_from

FOLDER = "greensheets_site.backups.folder.FolderStorage"
BUCKET = "storages.backends.s3.S3Storage"

Backend = dict[str, object]


class UnknownPlace(ValueError):
    """An address of backups that names neither a folder nor a bucket."""


def backend(address: str) -> Backend:
    """What stands in ``STORAGES`` for an address: a whole path, or a bucket as ``STORAGE_URL`` names one."""
    if "://" in address:
        try:
            options = bucket_from(address, "BACKUPS")
        except ImproperlyConfigured as error:
            raise UnknownPlace(str(error)) from error
        return {"BACKEND": BUCKET, "OPTIONS": {**options, "default_acl": "private", "file_overwrite": True}}
    if not Path(address).is_absolute():
        raise UnknownPlace(f"“{address}” must be a whole path, such as /var/backups/greensheets, or {EXAMPLE}/folder.")
    return {"BACKEND": FOLDER, "OPTIONS": {"location": address}}
