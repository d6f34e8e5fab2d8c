import pytest
import time_machine

from tests.builders import a_term, london
from tests.desk import staff


@pytest.fixture(autouse=True)
def thursday():
    """Thursday morning before the edition of Monday 27 April 2026."""
    with time_machine.travel(london(2026, 4, 23, 10), tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def summer(db):
    return a_term()


@pytest.fixture
def editor(client):
    user = staff("Editor")
    client.force_login(user)
    return user


@pytest.fixture
def publisher(client):
    user = staff("Publisher")
    client.force_login(user)
    return user
