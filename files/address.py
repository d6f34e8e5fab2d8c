"""Reads the addresses of buckets: ``STORAGE_URL`` says where files lie, ``BACKUPS`` may name another for backups."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"s3": "https", "s3+http": "http"}
FOLDER = {"BACKEND": "files.folder.FolderStorage"}
EXAMPLE = "s3://KEY:SECRET@host/bucket"
MEANINGS = {"region": "region_name", "addressing": "addressing_style"}
PACKAGES = ("storages", "boto3")


def storage_from(url: str) -> dict[str, Any]:
    """The value for Django's ``STORAGES``; the folder ``media`` if nothing is said."""
    return {"BACKEND": "files.bucket.BucketStorage", "OPTIONS": bucket_from(url, "STORAGE_URL")} if url else FOLDER


def bucket_from(url: str, setting: str) -> dict[str, Any]:
    """What django-storages is told of a bucket. No message repeats the secret."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2] if parts.hostname and parts.port != 0 else ""
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{setting} is not an address. Write {EXAMPLE}, and / + @ in a secret as %2F %2B %40."
        ) from error
    if parts.scheme not in SCHEMES:
        raise ImproperlyConfigured(f"{setting} must begin with s3:// (or s3+http:// within your own network): {EXAMPLE}")
    bucket, _, folder = unquote(parts.path.strip("/")).partition("/")
    if not host or not bucket:
        raise ImproperlyConfigured(f"{setting} must name a host and a bucket: {EXAMPLE}")
    asked = dict(parse_qsl(parts.query))
    if unknown := asked.keys() - MEANINGS.keys():
        raise ImproperlyConfigured(f"{setting} takes ?region= and &addressing= only, not {', '.join(sorted(unknown))}.")
    if not all(find_spec(package) for package in PACKAGES):
        raise ImproperlyConfigured(
            f"{setting} names object storage, but the package for it is not installed: pip install 'django-storages[s3]'"
        )
    options = {
        "endpoint_url": f"{SCHEMES[parts.scheme]}://{host}",
        "bucket_name": bucket,
        "location": folder,
        "region_name": "us-east-1",  # what storages that have no regions want to be told
        **{MEANINGS[name]: value for name, value in asked.items()},
    }
    if parts.username:  # Without, boto3 looks for keys where the machine keeps them.
        options |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")}
    return options


def without_secrets(url: str) -> str:
    """The address as it may stand in rows, logs and pages."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl() if parts.scheme in SCHEMES else url
