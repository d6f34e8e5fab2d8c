from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError

from greensheets_site import health
from greensheets_site.models import Heartbeat
from tests.builders import MONDAY, an_edition, london

NOW = london(2026, 4, 27, 7, 10)

pytestmark = pytest.mark.django_db


def look(client):
    with time_machine.travel(NOW, tick=False):
        answer = client.get("/healthz")
    return answer.status_code, answer.json()


def a_heartbeat(ago: timedelta = timedelta(seconds=12)) -> Heartbeat:
    return Heartbeat.objects.create(worker="press-1", seen_at=NOW - ago, doing="Waiting")


def test_all_is_well(client):
    a_heartbeat()
    an_edition(published_at=london(2026, 4, 27, 7, 2))
    assert look(client) == (
        200,
        {
            "ok": True,
            "database": "ok",
            "worker": {"ok": True, "seen_seconds_ago": 12, "doing": "Waiting"},
            "files": {"ok": True, "storage": "ok", "workers_unseen": 0},
            "last_edition": {"on": "2026-04-27", "published_at": "2026-04-27T06:02:00+00:00"},
            "due_edition": None,
        },
    )


def test_a_worker_that_was_never_seen_is_a_fault(client):
    status, report = look(client)
    assert (status, report["worker"]) == (503, {"ok": False, "seen_seconds_ago": None, "doing": None})


def test_a_worker_not_seen_for_six_minutes_is_a_fault(client):
    a_heartbeat(timedelta(minutes=6))
    status, report = look(client)
    assert (status, report["ok"], report["worker"]["seen_seconds_ago"]) == (503, False, 360)


def test_an_edition_in_the_making_is_due_but_no_fault(client):
    a_heartbeat()
    an_edition()
    assert look(client)[0] == 200
    assert look(client)[1]["due_edition"] == {"on": "2026-04-27", "late": False}


def test_an_edition_that_did_not_come_out_is_a_fault(client):
    a_heartbeat()
    an_edition(MONDAY - timedelta(weeks=1))
    status, report = look(client)
    assert (status, report["due_edition"]) == (503, {"on": "2026-04-20", "late": True})


@pytest.mark.parametrize(
    ("now", "late"), [(london(2026, 4, 27, 7), False), (london(2026, 4, 27, 7, 20), False), (london(2026, 4, 27, 7, 20, 1), True)]
)
def test_an_edition_may_be_in_the_making_for_twenty_minutes(now, late):
    Heartbeat.objects.create(worker="press-1", seen_at=now, doing="publish")
    an_edition()
    report = health.look(now)
    assert (report["ok"], report["due_edition"]) == (not late, {"on": "2026-04-27", "late": late})


def test_of_several_editions_the_newest_that_is_out_and_the_oldest_that_is_due_are_told():
    for weeks in (3, 2):
        an_edition(MONDAY - timedelta(weeks=weeks), published_at=london(2026, 4, 27 - 7 * weeks, 7))
    an_edition(MONDAY - timedelta(weeks=1))
    an_edition(MONDAY)
    report = health.look(NOW)
    assert (report["last_edition"]["on"], report["due_edition"]["on"]) == ("2026-04-13", "2026-04-20")


def test_before_the_first_edition_there_is_neither():
    report = health.look(NOW)
    assert (report["last_edition"], report["due_edition"]) == (None, None)


def test_of_several_workers_the_one_that_was_seen_last_counts():
    Heartbeat.objects.create(worker="old", seen_at=NOW - timedelta(hours=3), doing="send")
    a_heartbeat()
    assert health.look(NOW)["worker"] == {"ok": True, "seen_seconds_ago": 12, "doing": "Waiting"}


def test_a_database_that_is_away_is_said_in_two_words(client, monkeypatch):
    def away(now):
        raise OperationalError("could not connect to 10.0.0.4 as greensheets")

    monkeypatch.setattr(health, "look", away)
    assert look(client) == (503, {"ok": False, "database": "unreachable"})


def test_nobody_keeps_the_answer(client):
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]
