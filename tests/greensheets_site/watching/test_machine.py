"""Media and the disk of this machine, with a folder that cannot be made and storages that lose or change what they get."""

from collections import namedtuple

import pytest
from django.core.files.storage import FileSystemStorage, default_storage

from greensheets_site.watching import machine
from tests.builders import london

NOW = london(2026, 4, 27, 7, 10)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def anew():
    machine.forget_media()
    yield
    machine.forget_media()


def told(finding):
    return str(finding.state), finding.sentence


def test_media_that_can_be_written_and_read_are_good_and_hold_nothing_afterwards(settings):
    assert told(machine.media(NOW)) == ("good", "Media can be written and read.")
    assert default_storage.listdir("watching") == ([], [])


def test_a_media_folder_that_cannot_be_made_is_a_fault(settings, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert told(machine.media(NOW)) == ("bad", "Media cannot be written and read back (NotADirectoryError).")


class Losing(FileSystemStorage):
    def save(self, name, content, max_length=None):
        name = super().save(name, content, max_length)
        self.delete(name)
        return name


class Changing(FileSystemStorage):
    def save(self, name, content, max_length=None):
        return super().save(name, type(content)(b"something else"), max_length)


@pytest.mark.parametrize(
    ("storage", "sentence"),
    [
        (Losing, "Media cannot be written and read back (FileNotFoundError)."),
        (Changing, "Media returned something other than what was written."),
    ],
)
def test_a_storage_that_does_not_keep_what_it_takes_is_a_fault(monkeypatch, storage, sentence):
    monkeypatch.setattr(machine, "default_storage", storage())
    assert told(machine.media(NOW)) == ("bad", sentence)


def test_asking_often_writes_no_file_each_time(monkeypatch, settings):
    assert machine.media(NOW).state == "good"
    tried = []
    monkeypatch.setattr(machine, "_try_media", lambda: tried.append(1))
    machine.media(NOW)
    assert tried == []
    monkeypatch.setattr(machine, "TRY_MEDIA_EVERY", 0)
    machine.media(NOW)
    assert tried == [1]


def test_what_a_killed_process_left_is_taken_away(settings):
    machine.media(NOW)
    name = f"watching/{machine.socket.gethostname()}-{machine.os.getpid()}"
    folder = settings.MEDIA_ROOT / "watching"
    (settings.MEDIA_ROOT / name).write_text("left")
    machine.forget_media()
    assert machine.media(NOW).state == "good"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("free", "state", "sentence"),
    [
        (499, "bad", "499 MB are free on the disk, less than 500: make room."),
        (500, "look", "500 MB are free on the disk; below 500 counts as a fault."),
        (1499, "look", "1499 MB are free on the disk; below 500 counts as a fault."),
        (1500, "good", "1500 MB are free on the disk."),
    ],
)
def test_the_room_on_the_disk(monkeypatch, settings, free, state, sentence):
    settings.DISK_FREE_MB = 500
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: Usage(0, 0, free * machine.MEGABYTE))
    found = machine.disk(NOW)
    assert (told(found), found.numbers) == ((state, sentence), {"free_megabytes": free})


def test_the_fullest_of_several_disks_counts(monkeypatch, settings, tmp_path):
    """Media may be a mount of its own, and not be there before the first file."""
    settings.MEDIA_ROOT = tmp_path / "other disk" / "media"
    monkeypatch.setattr(
        machine.shutil, "disk_usage", lambda folder: Usage(0, 0, (3 if folder == tmp_path else 9000) * machine.MEGABYTE)
    )
    assert machine.disk(NOW).numbers == {"free_megabytes": 3}
