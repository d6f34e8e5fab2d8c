import pytest

from greensheets_site.backups.places import store_at


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """Where the backups of a test go; a folder, unless the test asks for a bucket."""
    settings.BACKUPS = str(tmp_path / "backups")
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    return settings.BACKUPS


@pytest.fixture
def store(place):
    return store_at()[0]
