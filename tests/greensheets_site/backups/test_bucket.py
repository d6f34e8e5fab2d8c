"""The same sets in object storage, against moto's server."""

import secrets
from datetime import timedelta

import pytest
from django.utils import timezone

from greensheets_site.backups import making, manifests, records, rehearsing, restoring, state
from greensheets_site.backups.places import store_at
from greensheets_site.models import BackupRun

from .whole import a_site, all_files, all_rows, empty_the_site

boto3 = pytest.importorskip("boto3")
server = pytest.importorskip("moto.server")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.one_database,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:botocore"),
]


@pytest.fixture
def bucket(settings, monkeypatch):
    moto = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    name, address, region = f"greensheets-{secrets.token_hex(4)}", f"http://{host}:{port}", "eu-west-2"
    settings.BACKUPS = f"s3+http://tests:hush@{host}:{port}/{name}/site/a?region={region}"
    who = {"aws_access_key_id": "tests", "aws_secret_access_key": "tests"}
    made = boto3.resource("s3", endpoint_url=address, region_name=region, **who).Bucket(name)
    made.create(CreateBucketConfiguration={"LocationConstraint": region})
    yield made
    moto.stop()


def keys(bucket) -> list[str]:
    return [found.key for found in bucket.objects.all()]


def test_a_set_in_a_bucket_is_rehearsed_put_back_and_tidied_like_one_in_a_folder(bucket):
    store, place = store_at()
    a_site()
    rows, files = all_rows(), all_files()
    manifest = making.back_up(store, place, timezone.now())
    assert sorted(key.split("/")[2] for key in keys(bucket)) == ["blobs", "blobs", "sets"]
    assert {key.rpartition("/a/")[0] for key in keys(bucket)} == {"site"}
    assert rehearsing.rehearse(store, place, manifest.name, timezone.now()).faults == []

    empty_the_site()
    restoring.check(store, manifest)
    restoring.restore_set(store, manifest, timezone.now())
    assert all_rows() == rows
    assert all_files() == files

    records.catch_up(store, place, timezone.now())
    second = making.back_up(store, place, timezone.now())
    assert [file.digest for file in second.files] == [file.digest for file in manifest.files]
    assert second.copied <= second.database.blob.size


def test_old_sets_and_their_content_go_from_a_bucket_too(bucket, settings):
    store, place = store_at()
    a_site()
    old = making.back_up(store, place, timezone.now() - timedelta(days=500))
    for name in all_files():
        (settings.MEDIA_ROOT / name).write_bytes(b"another content")
    new = making.back_up(store, place, timezone.now())
    assert making.prune(store, place, timezone.now()) == [old.name]
    assert manifests.names(store) == [new.name]
    assert {key.rpartition("/")[2] for key in keys(bucket) if "/blobs/" in key} == new.digests


def test_the_secret_of_a_bucket_stands_in_no_row(bucket):
    store, place = store_at()
    making.back_up(store, place, timezone.now())
    assert [run.place for run in BackupRun.objects.all()] == [place]
    assert (place.startswith("s3+http://127.0.0.1"), "hush" in place) == (True, False)
    assert state.latest(timezone.now()).ok


def test_what_readers_may_not_see_the_bucket_hands_to_nobody(bucket):
    store, place = store_at()
    a_site()
    making.back_up(store, place, timezone.now())
    for found in bucket.objects.all():
        grants = found.Acl().grants
        assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
