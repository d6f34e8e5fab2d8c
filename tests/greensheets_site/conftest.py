import pytest
import time_machine

from tests.cached_site import NOW, OPEN, Site


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def _closed():
    """Every connection that a watch has opened is closed again: a database cannot be dropped under an open one."""
    yield
    while OPEN:
        OPEN.pop().close()
