"""A database that is away for a while: a worker says so once, waits, and goes on by itself."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from greensheets_site.watching import outages
from greensheets_site.watching.outages import Outage
from greensheets_site.worker import rounds
from greensheets_site.worker.rounds import Duty, Rounds
from tests.builders import london

NOW = london(2026, 4, 27, 7)
SAID = "The database is not responding (OperationalError); nothing will be done until it does"


@pytest.fixture
def database(monkeypatch):
    """Whether it answers is up to the test."""
    state = {"answers": True}
    monkeypatch.setattr(outages, "answers", lambda: state["answers"])
    return state


@pytest.fixture(autouse=True)
def no_heartbeat(monkeypatch):
    monkeypatch.setattr(rounds, "_beat_until", lambda *_: None)
    monkeypatch.setattr(rounds, "beat", lambda *_: None)


def lines(caplog):
    return [record.getMessage() for record in caplog.records if record.name.startswith("greensheets_site")]


def test_it_is_said_once_counted_and_said_to_be_over(database, caplog):
    outage = Outage()
    database["answers"] = False
    assert outage.is_the_cause_of(OperationalError("server closed the connection"), NOW)
    assert all(outage.goes_on(NOW + timedelta(seconds=10 * times)) for times in range(1, 6))
    database["answers"] = True
    assert not outage.goes_on(NOW + timedelta(seconds=62))
    assert not outage.goes_on(NOW + timedelta(seconds=72))
    assert lines(caplog) == [SAID, "The database is responding again after 62 s; tried 6 times"]


def test_a_long_one_is_said_again_every_ten_minutes(database, caplog):
    outage = Outage()
    database["answers"] = False
    outage.is_the_cause_of(OperationalError(), NOW)
    for minutes in range(1, 25):
        outage.goes_on(NOW + timedelta(minutes=minutes))
    assert lines(caplog) == [
        SAID,
        "The database has not answered for 600 s; tried 11 times",
        "The database has not answered for 1200 s; tried 21 times",
    ]


@pytest.mark.parametrize(
    ("error", "is_away", "is_cause"),
    [
        (OperationalError("server closed the connection"), True, True),
        (InterfaceError("connection already closed"), True, True),
        (OperationalError("database is locked"), False, False),
        (DatabaseError("no such column"), True, False),
        (ValueError(), True, False),
    ],
)
def test_only_an_error_of_a_database_that_does_not_answer_is_one(database, error, is_away, is_cause):
    database["answers"] = not is_away
    assert Outage().is_the_cause_of(error, NOW) is is_cause


@pytest.mark.django_db
def test_a_round_ends_with_it_and_the_next_begins_when_it_is_over(database, caplog):
    done = []

    def goes_away(now):
        if not done:
            database["answers"] = False
            raise OperationalError("server closed the connection")

    team = Rounds([Duty("publish", goes_away), Duty("send", done.append)], say=print)
    assert [team.once(NOW) for _ in range(3)] == [["publish", "database"], ["database"], ["database"]]
    assert done == []
    database["answers"] = True
    done.append("it is back")
    assert team.once(NOW) == []
    assert done == ["it is back", NOW]
    assert [line for line in lines(caplog) if "respond" not in line] == []
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.django_db
def test_an_error_while_the_database_answers_keeps_its_traceback_and_stops_no_other(database, caplog):
    def locked(_now):
        raise OperationalError("database is locked")

    done = []
    assert Rounds([Duty("publish", locked), Duty("send", done.append)], say=print).once(NOW) == ["publish"]
    assert done == [NOW]
    assert [bool(record.exc_info) for record in caplog.records] == [True]


def a_copy_of_the_database(path: Path) -> None:
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()


class RealWorker:
    """A process of its own, whose log is read as it comes."""

    def __init__(self, folder: Path):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "greensheets_site.settings",
            "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
            "VAR_DIR": str(folder),
            "EMAIL_URL": "dummymail://",
            "OPERATOR_EMAILS": "",
        }
        command = [sys.executable, "-u", "manage.py", "worker", "--interval", "0.1"]
        self.process = subprocess.Popen(
            command, cwd=project.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        self.lines.extend(iter(self.process.stdout.readline, ""))

    def wait_for(self, happened, what: str) -> None:
        deadline = time.monotonic() + 120
        while not happened():
            assert self.process.poll() is None, f"The worker ended: {self.lines}"
            assert time.monotonic() < deadline, f"{what}: {self.lines}"
            time.sleep(0.05)

    def says(self, words: str) -> None:
        self.wait_for(lambda: any(words in line for line in self.lines), f"It did not say {words!r}")

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self._reader.join()
        self.process.stdout.close()


def beats(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT doing, seen_at FROM greensheets_site_heartbeat").fetchall()
    database.close()
    return rows


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_writes_two_lines_and_works_on(tmp_path):
    file, away = tmp_path / "site.sqlite3", tmp_path / "away.sqlite3"
    a_copy_of_the_database(file)
    worker = RealWorker(tmp_path)
    try:
        worker.wait_for(lambda: any(doing == "Waiting" for doing, _ in beats(file)), "It did not finish a round")
        file.rename(away)
        file.mkdir()  # a folder in its place, so that nothing new is made there
        worker.says("The database is not responding")
        file.rmdir()
        away.rename(file)
        worker.says("The database is responding again")
        before = beats(file)
        worker.wait_for(lambda: beats(file) != before, "It did not work on")
    finally:
        worker.end()
    about_it = [line for line in worker.lines if "database" in line.lower()]
    assert [line.split(": ", 1)[1].split(" (")[0].split(" after")[0] for line in about_it] == [
        "The database is not responding",
        "The database is responding again",
    ]
    assert "Traceback" not in "".join(worker.lines)
    assert worker.process.returncode == 0


@pytest.mark.django_db
def test_it_answers_here_and_now():
    assert outages.answers()
