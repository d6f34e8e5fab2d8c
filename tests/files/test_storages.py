"""A folder and a bucket keep the same promises."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files import bucket, leftovers
from tests.builders import london

pytestmark = pytest.mark.usefixtures("either_storage")

LARGE = bytes(range(256)) * 4096 + b"the end"  # more than what a bucket fetches at once when a file is opened


def keep(content: bytes, name: str = "documents/a.pdf") -> str:
    return default_storage.save(name, ContentFile(content))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", LARGE], ids=["empty", "small", "large"])
def test_what_was_kept_is_read_whole_and_its_size_is_known(content):
    name = keep(content)
    with default_storage.open(name) as file:
        assert (file.size, file.read()) == (len(content), content)
    assert (default_storage.size(name), default_storage.exists(name)) == (len(content), True)


@pytest.mark.parametrize("block", [4 * 1024 * 1024, 100_000])
def test_any_part_can_be_read_in_any_order(block, monkeypatch):
    monkeypatch.setattr(bucket, "BLOCK", block)
    with default_storage.open(keep(LARGE)) as file:
        for first, count in [(600_000, 300_000), (10, 20), (len(LARGE) - 7, 100), (262_140, 10), (len(LARGE), 1)]:
            file.seek(first)
            assert file.read(count) == LARGE[first : first + count]
        file.seek(-7, io.SEEK_END)
        assert (file.tell(), file.read()) == (len(LARGE) - 7, b"the end")
        file.seek(0)
        assert b"".join(file.chunks(70_000)) == LARGE


def test_a_file_can_be_opened_again():
    file = default_storage.open(keep(b"line 1\nline 2\n"))
    file.close()
    assert file.closed
    file.open()
    assert list(file) == [b"line 1\n", b"line 2\n"]
    file.close()


def test_what_is_not_there_is_a_missing_file_and_not_a_fault():
    for ask in (default_storage.open, default_storage.size, default_storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask("documents/nothing.pdf")
    assert default_storage.exists("documents/nothing.pdf") is False
    assert default_storage.listdir("documents") == ([], [])
    default_storage.delete("documents/nothing.pdf")


def test_no_file_takes_the_place_of_another():
    first, second = keep(b"one"), keep(b"two")
    assert first != second
    with default_storage.open(first) as one, default_storage.open(second) as two:
        assert (one.read(), two.read()) == (b"one", b"two")


def test_a_folder_lists_its_files_and_its_folders():
    keep(b"1", "bulletins/2026/a.pdf")
    keep(b"2", "bulletins/b.pdf")
    assert default_storage.listdir("bulletins") == (["2026"], ["b.pdf"])


def test_addresses_are_the_sites_own():
    assert default_storage.url("news/3f-10x10.jpg") == "/media/news/3f-10x10.jpg"


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../secret"])
def test_no_name_leads_out_of_it(name):
    with pytest.raises(Exception, match=r"traversal|denied|outside"):
        default_storage.open(name)


def test_a_sweep_removes_what_is_old_and_belongs_to_nobody():
    wanted, orphan = keep(b"1", "documents/1.pdf"), keep(b"2", "documents/2.pdf")
    assert leftovers.sweep([wanted, orphan], [wanted], london(2000, 1, 1)) == 0
    assert leftovers.sweep([wanted, orphan, "documents/gone.pdf"], [wanted], london(2100, 1, 1)) == 1
    assert default_storage.listdir("documents")[1] == ["1.pdf"]
