"""Files in a bucket of any object storage that speaks S3. Nothing imports this but Django, when ``STORAGE_URL`` asks for it.

The bucket is private and stays so: addresses are the site's own, and the site hands files out by its own rules.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import SEEK_CUR, SEEK_END, BufferedReader, RawIOBase
from typing import IO, Any
from urllib.parse import urljoin

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from .outages import Outage, StorageAway

BEGINNING = 256 * 1024  # Fetched when a file is opened: most pictures whole, of a PDF what a reader's program looks at first.
BLOCK = 4 * 1024 * 1024  # Asked for at once after that; what a reader who goes away has cost in vain is less.
BUFFER = 64 * 1024
CLIENT = {
    "signature_version": "s3v4",
    "connect_timeout": 3,
    "read_timeout": 10,
    "retries": {"total_max_attempts": 2, "mode": "standard"},
    # Otherwise boto3 sends sums in a way that few storages but Amazon's understand.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
# Each file in one request: a process that is killed in the middle then leaves nothing behind, and there are no other threads.
TRANSFER = TransferConfig(multipart_threshold=1024**3, use_threads=False)


class BucketStorage(S3Storage):  # type: ignore[misc]  # django-storages ships no types
    """django-storages' S3 storage, which is asked in the words of a folder and whose outages are noticed."""

    def __init__(self, **options: Any):
        style = options.get("addressing_style", "path")
        fixed = {
            "client_config": Config(**CLIENT, s3={"addressing_style": style}),
            "transfer_config": TRANSFER,
            "file_overwrite": False,
        }
        super().__init__(**{**options, **fixed})
        self.outage = Outage()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Raises ``FileNotFoundError`` or ``StorageAway`` for whatever the storage answers besides what was asked for."""
        self.outage.must_be_over()
        began = time.monotonic()
        try:
            yield
        except ClientError as error:
            if is_missing(error):
                self.outage.answered()
                raise FileNotFoundError(str(error)) from error
            raise self.outage.failed(error, time.monotonic() - began) from error
        except (BotoCoreError, Boto3Error) as error:
            raise self.outage.failed(error, time.monotonic() - began) from error
        self.outage.answered()

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        if mode != "rb":
            raise ValueError("Files in a bucket are read as bytes and written by save() only.")
        return BucketFile(self, name)

    def _save(self, name: str, content: IO[Any]) -> str:
        with self.asking():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with self.asking():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with self.asking():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self.asking():
            folders, files = super().listdir(path)
        return folders, files

    def size(self, name: str) -> int:
        with self.asking():
            return int(super().size(name))

    def get_modified_time(self, name: str) -> datetime:
        with self.asking():
            changed: datetime = super().get_modified_time(name)
        return changed

    def url(self, name: str, *_: object, **__: object) -> str:
        """The site's own address, as with a folder: it is good for ever, and the bucket's never is."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def get(self, name: str, first: int, last: int, **conditions: str) -> dict[str, Any]:
        """The answer to a request for some bytes of a file."""
        key = self._normalize_name(clean_name(name))
        client = self.connection.meta.client
        return dict(client.get_object(Bucket=self.bucket_name, Key=key, Range=f"bytes={first}-{last}", **conditions))


class BucketFile(File):  # type: ignore[type-arg]  # generic to type checkers only
    """A file of a bucket, open for reading; it can be opened again after it was closed."""

    def __init__(self, storage: BucketStorage, name: str):
        self._storage = storage
        super().__init__(self._fetched(name), name)

    def open(self, mode: str | None = None, *_: object, **__: object) -> "BucketFile":
        if self.closed:
            self.file = self._fetched(self.name or "")
        self.seek(0)
        return self

    def _fetched(self, name: str) -> BufferedReader:
        return BufferedReader(BucketBytes(self._storage, name), BUFFER)


class BucketBytes(RawIOBase):
    """The bytes of one file, fetched as they are read; a place far on is asked for by itself."""

    def __init__(self, storage: BucketStorage, name: str):
        self._storage, self._name, self._at = storage, name, 0
        self._body, self._body_at, self._body_end = None, 0, 0
        with storage.asking():
            try:
                answer = storage.get(name, 0, BEGINNING - 1)
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] != 416:  # An empty file has no first byte.
                    raise
                self._beginning, self._size, self._etag = b"", 0, ""
            else:
                self._beginning = read(answer["Body"])
                self._size, self._etag = size_of(answer), answer["ETag"]

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        start = {SEEK_CUR: self._at, SEEK_END: self._size}.get(whence, 0)
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        held = self._beginning[self._at : self._at + len(buffer)]
        data = held or (self._streamed(len(buffer)) if self._at < self._size else b"")
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _streamed(self, count: int) -> bytes:
        with self._storage.asking():
            if self._body is None or self._body_at != self._at or self._at == self._body_end:
                self._leave()
                last = min(self._at + BLOCK, self._size) - 1
                # Never the beginning of one file and the rest of another.
                self._body = self._storage.get(self._name, self._at, last, IfMatch=self._etag)["Body"]
                self._body_at, self._body_end = self._at, last + 1
            data = read(self._body, min(count, self._body_end - self._at))
        if not data:
            raise StorageAway(f"The file storage returned less of {self._name} than it had promised.")
        self._body_at += len(data)
        return data

    def _leave(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None

    def close(self) -> None:
        self._leave()
        super().close()


def read(body: Any, count: int | None = None) -> bytes:
    data: bytes = body.read(count)
    return data


def size_of(answer: dict[str, Any]) -> int:
    """Of the whole file; a storage that does not know parts answers with the whole."""
    return int(answer["ContentRange"].rpartition("/")[2]) if "ContentRange" in answer else int(answer["ContentLength"])


def is_missing(error: ClientError) -> bool:
    """Whether it is the file that is not there, and not its bucket."""
    status, code = error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"].get("Code")
    return bool(status == 404 and code != "NoSuchBucket")
