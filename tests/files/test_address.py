"""STORAGE_URL: one setting says where files lie, and says in a sentence what is wrong with it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from files import address
from files.address import storage_from


def test_without_it_files_lie_in_the_media_folder():
    assert storage_from("") == {"BACKEND": "files.folder.FolderStorage"}


@pytest.mark.parametrize(
    ("url", "options"),
    [
        (
            "s3://AKIA1:se%2Fcr%2Bet%40@s3.eu-west-2.amazonaws.com/greensheets?region=eu-west-2",
            {
                "endpoint_url": "https://s3.eu-west-2.amazonaws.com",
                "bucket_name": "greensheets",
                "location": "",
                "region_name": "eu-west-2",
                "access_key": "AKIA1",
                "secret_key": "se/cr+et@",
            },
        ),
        (
            "s3+http://key:secret@10.0.0.5:9000/greensheets/site/media/?addressing=virtual",
            {
                "endpoint_url": "http://10.0.0.5:9000",
                "bucket_name": "greensheets",
                "location": "site/media",
                "region_name": "us-east-1",
                "addressing_style": "virtual",
                "access_key": "key",
                "secret_key": "secret",
            },
        ),
        (
            "s3://storage.example/greensheets",
            {
                "endpoint_url": "https://storage.example",
                "bucket_name": "greensheets",
                "location": "",
                "region_name": "us-east-1",
            },
        ),
    ],
)
def test_it_names_host_bucket_folder_and_keys(url, options):
    assert storage_from(url) == {"BACKEND": "files.bucket.BucketStorage", "OPTIONS": options}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("/srv/media", "must begin with s3://"),
        ("https://key:hush@host/bucket", "must begin with s3://"),
        ("s3://key:hush@host", "must name a host and a bucket"),
        ("s3:///bucket", "must name a host and a bucket"),
        ("s3://key:hush@host:nine/bucket", "is not an address"),
        ("s3://key:hu/sh@host/bucket", "is not an address"),
        ("s3://key:hush@[host/bucket", "is not an address"),
        ("s3://key:hush@host/bucket?regoin=eu", "not regoin"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence_without_the_secret(url, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence) as refused:
        storage_from(url)
    assert "STORAGE_URL" in str(refused.value)
    assert "hu" not in str(refused.value)


@pytest.mark.parametrize("missing", ["storages", "boto3"])
def test_without_the_packages_the_site_does_not_start_and_says_which_to_install(monkeypatch, missing):
    real = address.find_spec
    monkeypatch.setattr(address, "find_spec", lambda name: None if name == missing else real(name))
    with pytest.raises(ImproperlyConfigured, match=r"not installed: pip install 'django-storages\[s3\]'"):
        storage_from("s3://key:secret@host/bucket")
    assert storage_from("") == address.FOLDER
