"""What a bucket's file makes of the answers of its storage, which is a double here: see test_storages.py for a real one."""

import io
from contextlib import nullcontext

import pytest

from files import bucket
from files.bucket import BucketBytes, BucketStorage
from files.outages import StorageAway

CONTENT = bytes(range(256)) * 2048


class Storage:
    """Answers as a storage does, and notes what it was asked; ``shortens`` leaves off the end of each answer after the first."""

    def __init__(self, shortens=0):
        self.asked, self.shortens = [], shortens

    def asking(self):
        return nullcontext()

    def get(self, name, first, last, **conditions):
        self.asked.append((first, last, conditions))
        body = CONTENT[first : last + 1]
        if first:
            body = body[: len(body) - self.shortens]
        return {"Body": io.BytesIO(body), "ContentRange": f"bytes {first}-{last}/{len(CONTENT)}", "ETag": '"v1"'}


def test_the_rest_of_a_file_is_of_the_version_that_its_beginning_was_of():
    storage = Storage()
    assert BucketBytes(storage, "a.pdf").readall() == CONTENT
    assert [conditions for _, _, conditions in storage.asked] == [{}, {"IfMatch": '"v1"'}]


def test_a_storage_that_returns_less_than_it_promised_is_out_of_order():
    with pytest.raises(StorageAway, match=r"returned less of a\.pdf than it had promised"):
        BucketBytes(Storage(shortens=1000), "a.pdf").readall()


def test_a_file_that_is_opened_while_it_is_open_begins_anew(monkeypatch):
    file = bucket.BucketFile(Storage(), "a.pdf")
    assert file.read(3) == CONTENT[:3]
    assert file.open().read(3) == CONTENT[:3]


@pytest.mark.parametrize("mode", ["w", "wb", "r+b", "a"])
def test_files_in_a_bucket_are_not_opened_for_writing(mode):
    with pytest.raises(ValueError, match=r"written by save\(\) only"):
        BucketStorage(bucket_name="media").open("a.pdf", mode)
