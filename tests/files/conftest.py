import pytest

from editions.building import rendering
from tests.editions.press_double import PressDouble


@pytest.fixture
def press(monkeypatch):
    double = PressDouble()
    monkeypatch.setattr(rendering, "run", double)
    return double
