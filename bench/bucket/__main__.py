"""Prints the STORAGE_URL of an empty bucket, and keeps its storage until standard input ends."""

import sys

from tests.buckets import a_bucket, address_of, object_storage

with object_storage() as host:
    print(address_of(host, a_bucket(host)), flush=True)
    sys.stdin.read()
