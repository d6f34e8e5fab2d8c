"""An object storage of our own for tests: moto's server, in a thread, and empty buckets in it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import boto3
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a line for each request says nothing here
KEY, SECRET = "greensheets", "no/secret+at@all"  # with the signs that an address has to spell out
SPELT_OUT = "no%2Fsecret%2Bat%40all"


@contextmanager
def object_storage() -> Iterator[str]:
    """Host and port of a storage that ends with the block."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield "{}:{}".format(*server.get_host_and_port())
    finally:
        server.stop()


def client_of(host: str):
    return boto3.client(
        "s3",
        endpoint_url=f"http://{host}",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )


def a_bucket(host: str) -> str:
    """The name of a new, empty bucket."""
    name = f"greensheets-{uuid4().hex[:12]}"
    client_of(host).create_bucket(Bucket=name)
    return name


def address_of(host: str, bucket: str, folder: str = "media") -> str:
    """What STORAGE_URL says of it."""
    return f"s3+http://{KEY}:{SPELT_OUT}@{host}/{bucket}/{folder}"
