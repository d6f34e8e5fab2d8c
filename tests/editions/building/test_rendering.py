"""The child's limits: it is given little, watched, and stopped; what went wrong is told in words."""

import time
from pathlib import Path

import pytest

from editions.building import rendering
from editions.building.rendering import PressFailed, PressStopped

CHILD = """
import os, pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
{}
"""


@pytest.fixture
def child(tmp_path, monkeypatch):
    """Runs a few lines as the press would be run."""
    package = tmp_path / "code"
    package.mkdir()
    folder = tmp_path / "job"
    folder.mkdir()
    monkeypatch.setattr(rendering, "BASE", package)

    def run(lines, alive=lambda _progress: True, **options):
        (package / "doomed_child.py").write_text(CHILD.format(lines))
        rendering.run(folder, alive, module="doomed_child", **options)
        return folder

    return run


def test_a_child_that_ends_well_leaves_its_files(child):
    assert (child("(folder / 'outcome.json').write_text('good')") / "outcome.json").read_text() == "good"


def test_a_child_gets_no_secret_and_no_setting(child, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")

    folder = child("(folder / 'environment').write_text(' '.join(sorted(os.environ)))")

    assert set((folder / "environment").read_text().split()) <= {"HOME", "LANG", "LC_CTYPE", "PATH", "TMPDIR", "TZ"}


def test_a_child_has_two_and_a_half_gigabytes_and_five_minutes_of_work(child):
    asked = "import resource as r; (folder / 'limits').write_text(str([r.getrlimit(r.RLIMIT_AS), r.getrlimit(r.RLIMIT_CPU)]))"
    assert (child(asked) / "limits").read_text() == "[(2500000000, 2500000000), (300, 305)]"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("raise ValueError('This is wrong.')", "The PDF could not be made: ValueError: This is wrong."),
        ("os._exit(3)", "The PDF's process ended with status 3."),
        ("os.kill(os.getpid(), 9)", r"The PDF's process was stopped by the system \(SIGKILL\)."),
        ("bytearray(3_000_000_000)", "The PDF needed more than 2.5 GB of memory and was stopped."),
    ],
)
def test_what_went_wrong_is_told_in_words(child, lines, says):
    with pytest.raises(PressFailed, match=says):
        child(lines)


def test_a_child_that_does_not_end_is_stopped_with_everything_that_it_started(child, tmp_path):
    lines = "pid = os.fork()\n(folder / ('inner' if pid else 'other')).write_text(str(pid or os.getpid()))\ntime.sleep(60)"

    with pytest.raises(PressFailed, match=r"The PDF was not ready after 1 seconds and was stopped\."):
        child(lines, seconds=1)

    assert not is_running(int((tmp_path / "job" / "inner").read_text()))


def is_running(pid: int) -> bool:
    for _ in range(50):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return False
        time.sleep(0.05)
    return True


def test_a_child_whose_claim_is_lost_is_stopped(child):
    with pytest.raises(PressStopped):
        child("time.sleep(60)", alive=lambda _progress: False)


def test_progress_is_passed_on(child):
    heard = []

    child(
        "(folder / 'progress.txt').write_text('Setting 3 pages')\ntime.sleep(1)",
        alive=lambda progress: heard.append(progress) or True,
    )

    assert "Setting 3 pages" in heard
