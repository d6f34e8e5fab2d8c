"""Prints the STORAGE_URL of an empty bucket, and keeps its storage until standard input ends."""

import logging
import sys

from tests.buckets import a_bucket, address_of, object_storage

logging.disable(logging.INFO)  # a line for each request says nothing here
with object_storage() as host:
    print(address_of(host, a_bucket(host)), flush=True)
    sys.stdin.read()
