"""What every test starts from: migrated rows present, an empty media folder and no network."""

import gc
import socket

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key

from files.address import storage_from
from greensheets_site.accounts import roles
from tests.buckets import a_bucket, address_of, object_storage

# A timing is never a test: how fast examples are made says more about the machine than about the code.
settings.register_profile("greensheets", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("greensheets")

LOCAL = {"127.0.0.1", "::1", "localhost"}


def pytest_addoption(parser):
    parser.addoption(
        "--database-only", action="store_true", help="leave out the tests that any database would pass or fail alike"
    )


def asks_the_database(item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(item.fixturenames))


def has_real_transactions(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool((marker and marker.kwargs.get("transaction")) or {"live_server", "transactional_db"} & set(item.fixturenames))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """A test with real transactions empties every table afterwards; the next one gets the migrations' rows (role types) back."""
    for item in items:
        if has_real_transactions(item):
            marker = item.get_closest_marker("django_db")
            options = {**(marker.kwargs if marker else {}), "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**options), append=False)
    if config.getoption("--database-only"):
        items[:] = [item for item in items if asks_the_database(item)]


def pytest_collection_finish():
    """What collecting left in memory stays to the end; looking it through for rubbish again and again costs a seventh."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """When processes share out the work that is left, a test that does not bring the rows back itself may come next."""
    yield
    if nextitem and has_real_transactions(item) and not has_real_transactions(nextitem):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """A test that needs the outside world is wrong; one that reaches it by accident says so."""
    connect = socket.socket.connect

    def connect_nearby(self, address):
        if self.family != socket.AF_UNIX and address[0] not in LOCAL:
            raise RuntimeError(f"A test tried to reach {address!r} over the network.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_nearby)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The roles are there as on any installed site; only a test with real transactions has to make them anew."""
    with django_db_blocker.unblock():
        roles.sync()


@pytest.fixture(autouse=True)
def empty_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session")
def storage_server():
    """One object storage for all tests that want one; each gets a bucket of its own."""
    with object_storage() as host:
        yield host


@pytest.fixture
def in_a_bucket(settings, storage_server) -> str:
    """Files lie in an empty bucket, as when ``STORAGE_URL`` is set; its address."""
    address = address_of(storage_server, a_bucket(storage_server))
    settings.STORAGES = {**settings.STORAGES, "default": storage_from(address)}
    return address


@pytest.fixture(params=["folder", "bucket"])
def either_storage(request) -> str:
    """The test runs twice: with files in a folder, and with files in a bucket."""
    if request.param == "bucket":
        request.getfixturevalue("in_a_bucket")
    return request.param
