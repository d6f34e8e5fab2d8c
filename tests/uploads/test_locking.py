"""Which files a child process may open: those in its folders, by their real place."""

import pytest

from uploads.locking import lies_in


@pytest.fixture
def folder(tmp_path):
    for name in ("job", "job-of-another"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").touch()
    (tmp_path / "job" / "link.txt").symlink_to(tmp_path / "job-of-another" / "a.txt")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "lies"),
    [
        ("job", True),
        ("job/a.txt", True),
        ("job/not-yet.txt", True),
        ("job-of-another/a.txt", False),
        ("job/../job-of-another/a.txt", False),
        ("job/link.txt", False),
        ("", False),
    ],
)
def test_a_file_lies_in_a_folder_by_its_real_place(folder, path, lies):
    assert lies_in(str(folder / path), [str(folder / "job")]) is lies
