import pytest

from editions.building import rendering

from .press_double import PressDouble


@pytest.fixture
def press(monkeypatch):
    double = PressDouble()
    monkeypatch.setattr(rendering, "run", double)
    return double
