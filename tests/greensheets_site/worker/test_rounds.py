import logging
import os
import socket
import threading
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError

from greensheets_site import rules
from greensheets_site.management.commands import worker
from greensheets_site.models import Heartbeat
from greensheets_site.watching.outages import Outage
from greensheets_site.worker import rounds
from greensheets_site.worker.rounds import Duty, Rounds
from tests.builders import london

NOW = london(2026, 4, 27, 7)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_thread(monkeypatch):
    """The heartbeat's thread would have a database connection outside of the test's transaction."""
    monkeypatch.setattr(rounds, "_beat_until", lambda *_: None)


def failing(_now):
    raise RuntimeError("the printer is on fire")


def test_a_failing_duty_does_not_stop_the_next(caplog):
    done = []
    team = Rounds([Duty("first", done.append), Duty("second", failing), Duty("third", done.append)], say=done.append)
    assert team.once(NOW) == ["second"]
    assert done == [NOW, NOW]
    assert "second failed" in caplog.text
    assert "the printer is on fire" in caplog.text


def test_a_failing_database_does_not_stop_the_next(caplog):
    def failing_database(_now):
        raise OperationalError("server closed the connection unexpectedly")

    done = []
    assert Rounds([Duty("first", failing_database), Duty("second", done.append)], say=done.append).once(NOW) == ["first"]
    assert done == [NOW]


def test_a_long_duty_can_ask_whether_it_should_stop():
    told = []

    def long(now, stop):
        told.append(stop())
        team.stop()
        told.append(stop())

    team = Rounds([Duty("long", long, stops_early=True)], say=print)
    team.once(NOW)
    assert told == [False, True]


def test_a_failed_duty_is_tried_again_in_the_next_round():
    attempts = []

    def failing_once(now):
        attempts.append(now)
        if len(attempts) == 1:
            raise RuntimeError

    team = Rounds([Duty("stubborn", failing_once)], say=print)
    later = NOW + timedelta(seconds=10)
    assert [team.once(NOW), team.once(later)] == [["stubborn"], []]
    assert attempts == [NOW, later]


def test_a_daily_duty_runs_once_a_day():
    ran = []
    team = Rounds([Duty("purge", ran.append, every=timedelta(days=1))], say=print)
    for hours in (0, 1, 23, 24, 25):
        team.once(NOW + timedelta(hours=hours))
    assert ran == [NOW, NOW + timedelta(days=1)]


def test_only_what_was_done_is_told():
    lines = []
    duties = [Duty("publish", lambda now: ["Issue 9", "Issue 10"]), Duty("send", lambda now: 0), Duty("plan", lambda now: [])]
    Rounds(duties, say=lines.append).once(NOW)
    assert [line.split(" ", 1)[1] for line in lines] == ["publish: Issue 9, Issue 10"]


def test_each_duty_leaves_a_sign_of_life():
    seen = []
    team = Rounds([Duty("send", lambda now: seen.append(Heartbeat.objects.get().doing))], say=print, name="press-1")
    team.once(NOW)
    assert seen == ["send"]
    heartbeat = Heartbeat.objects.get()
    assert (heartbeat.worker, heartbeat.doing, heartbeat.is_stale()) == ("press-1", "Waiting", False)


def test_workers_that_left_a_day_ago_are_forgotten():
    Heartbeat.objects.create(worker="old", seen_at=NOW - timedelta(days=2))
    Heartbeat.objects.create(worker="late", seen_at=NOW - timedelta(hours=2))
    rounds.beat("new", "Waiting", NOW)
    assert [row.worker for row in Heartbeat.objects.all()] == ["new", "late"]


@pytest.mark.parametrize(("ago", "is_kept"), [(timedelta(days=1), True), (timedelta(days=1, seconds=1), False)])
def test_a_worker_is_remembered_for_a_day(ago, is_kept):
    Heartbeat.objects.create(worker="old", seen_at=NOW - ago)
    rounds.beat("new", "Waiting", NOW)
    assert Heartbeat.objects.filter(worker="old").exists() == is_kept


@pytest.mark.parametrize(
    ("every", "after", "is_done"),
    [
        (timedelta(days=1), timedelta(minutes=5, seconds=-1), False),
        (timedelta(days=1), timedelta(minutes=5), True),
        (timedelta(minutes=1), timedelta(minutes=1), True),
    ],
    ids=["daily, too soon", "daily, after five minutes", "every minute"],
)
def test_a_duty_that_failed_is_done_again_when_it_is_due_and_after_five_minutes_at_the_latest(every, after, is_done):
    tries = []

    def fails(now):
        tries.append(now)
        raise ValueError

    team = Rounds([Duty("purge", fails, every=every)], say=print)
    team.once(NOW)
    team.once(NOW + after)
    assert len(tries) == (2 if is_done else 1)


@pytest.mark.parametrize(("after", "times"), [(timedelta(minutes=10, seconds=-1), 1), (timedelta(minutes=10), 2)])
def test_a_duty_is_done_again_at_its_moment_and_no_sooner(after, times):
    ran = []
    team = Rounds([Duty("read bounces", ran.append, every=timedelta(minutes=10))], say=print)
    team.once(NOW)
    team.once(NOW + after)
    assert len(ran) == times


def test_told_to_stop_it_finishes_the_duty_at_hand_and_starts_no_other():
    done = []
    team = Rounds([Duty("first", lambda now: team.stop()), Duty("second", done.append)], say=print)
    team.go_on(interval=60)
    assert done == []


def test_a_duty_that_hangs_stops_the_heartbeat(monkeypatch):
    monkeypatch.undo()
    beats = []
    monkeypatch.setattr(rounds, "beat", lambda worker, doing: beats.append(doing))
    monkeypatch.setattr(rounds, "close_old_connections", lambda: None)
    monkeypatch.setattr(rules, "BEAT_EVERY", 0.001)
    monkeypatch.setattr(rules, "LONGEST_DUTY", 0.05)
    thread = threading.Thread(target=rounds._beat_until, args=(threading.Event(), "press-1", "send", Outage()))
    thread.start()
    thread.join(timeout=5)
    assert not thread.is_alive()
    assert 1 <= len(beats) <= 60


class Clock:
    """Time that passes only when somebody waits; ``over`` as a thread's event that nobody sets."""

    def __init__(self):
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.now += seconds
        return False


def test_a_duty_gives_a_sign_of_life_every_15_seconds_for_20_minutes(monkeypatch):
    monkeypatch.undo()
    clock, beats = Clock(), []
    monkeypatch.setattr(rounds, "time", clock)
    monkeypatch.setattr(rounds, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(rounds, "guarded", lambda name, run, outage: beats.append(clock.now))
    rounds._beat_until(clock, "press-1", "send", Outage())
    assert (beats[:3], beats[-1]) == ([15, 30, 45], 20 * 60 - 15)


def test_once_exits_1_and_names_what_failed(monkeypatch):
    monkeypatch.setattr(worker, "DUTIES", [Duty("publish", failing)])
    errors = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("worker", "--once", stdout=StringIO(), stderr=errors)
    assert stopped.value.code == 1
    assert "Failed: publish." in errors.getvalue()


def test_once_runs_every_duty_and_tells_what_was_done(monkeypatch):
    monkeypatch.setattr(worker, "DUTIES", [Duty("publish", lambda now: ["Issue 9"])])
    out = StringIO()
    call_command("worker", "--once", stdout=out)
    assert out.getvalue().endswith("publish: Issue 9\n")


def test_a_clock_that_was_set_back_holds_no_duty_up():
    ran = []
    team = Rounds([Duty("purge", ran.append, every=timedelta(days=1))], say=print)
    before = NOW - timedelta(days=400)
    assert [team.once(NOW), team.once(before), team.once(before + timedelta(hours=1))] == [[], [], []]
    assert ran == [NOW, before]


def test_a_new_worker_starts_with_every_duty():
    ran = []
    purge = Duty("purge", ran.append, every=timedelta(days=1))
    assert [Rounds([purge], say=print).once(NOW) for _ in range(2)] == [[], []]
    assert ran == [NOW, NOW]


@pytest.mark.parametrize(
    ("every", "minutes", "tried"),
    [
        (timedelta(days=1), [0, 4, 5, 9, 10, 11, 24 * 60 + 9, 24 * 60 + 10], [0, 5, 10, 24 * 60 + 10]),
        (timedelta(minutes=1), [0, 0.5, 1, 2, 2.5, 3], [0, 1, 2, 3]),
        (timedelta(0), [0, 0.1, 0.2, 0.3], [0, 0.1, 0.2, 0.3]),
    ],
    ids=["daily", "every minute", "every round"],
)
def test_a_duty_that_fails_twice_is_tried_again_in_five_minutes_at_most_and_then_as_usual(every, minutes, tried):
    attempts = []

    def fails_twice(now):
        attempts.append(now)
        if len(attempts) <= 2:
            raise RuntimeError

    team = Rounds([Duty("purge", fails_twice, every=every)], say=print)
    for minute in minutes:
        team.once(NOW + timedelta(minutes=minute))
    assert attempts == [NOW + timedelta(minutes=minute) for minute in tried]


def test_two_workers_on_one_machine_have_a_row_each():
    first, second = (Rounds([], say=print).name for _ in range(2))
    assert first == second == f"{socket.gethostname()}:{os.getpid()}"
    rounds.beat("press:101", "Waiting", NOW)
    rounds.beat("press:102", "send", NOW)
    assert sorted(Heartbeat.objects.values_list("worker", "doing")) == [("press:101", "Waiting"), ("press:102", "send")]


def test_a_worker_started_anew_replaces_the_silent_ones_of_its_machine_only():
    silent = NOW - timedelta(minutes=6)
    for name, seen_at in [("press:101", silent), ("press:102", NOW), ("press-2:101", silent), ("press (once)", silent)]:
        Heartbeat.objects.create(worker=name, seen_at=seen_at)
    rounds.replace_silent("press:103", NOW)
    assert sorted(row.worker for row in Heartbeat.objects.all()) == ["press (once)", "press-2:101", "press:102"]


def test_a_sign_of_life_from_days_ahead_is_forgotten_like_one_from_days_ago():
    Heartbeat.objects.create(worker="ahead", seen_at=NOW + timedelta(days=14))
    rounds.beat("press:101", "Waiting", NOW)
    assert [row.worker for row in Heartbeat.objects.all()] == ["press:101"]


def test_a_worker_that_was_told_to_stop_says_so():
    team = Rounds([], say=print, name="press:101")
    team.stop()
    team.go_on(interval=60)
    assert Heartbeat.objects.get().doing == "Stopped"


def test_once_leaves_one_row_however_often_it_is_started(monkeypatch):
    monkeypatch.setattr(worker, "DUTIES", [])
    for pid in (101, 102):
        monkeypatch.setattr(rounds.os, "getpid", lambda pid=pid: pid)
        call_command("worker", "--once", stdout=StringIO())
    assert [row.worker for row in Heartbeat.objects.all()] == [f"{socket.gethostname()} (once)"]


def test_what_a_duty_gets_over_by_itself_and_logs_as_an_error_is_a_failure_too(caplog):
    def gets_over_it(_now):
        logging.getLogger("editions.bulletins").error("Teaching staff: not built")
        return ["Support staff"]

    attempts = []

    def counted(now):
        attempts.append(now)
        return gets_over_it(now)

    team = Rounds([Duty("build PDFs", counted, every=timedelta(hours=1)), Duty("send", lambda now: 3)], say=print)
    assert team.once(NOW) == ["build PDFs"]
    assert team.once(NOW + timedelta(minutes=30)) == []
    assert attempts == [NOW], "its rows say when it is tried again, so the duty is not due any sooner"


def test_the_count_of_errors_ends_with_the_duty():
    before = list(logging.getLogger().handlers)
    Rounds([Duty("publish", failing)], say=print).once(NOW)
    assert logging.getLogger().handlers == before


def test_for_machines_what_was_done_stands_in_the_log(monkeypatch, settings, caplog):
    settings.LOG_FORMAT = "json"
    monkeypatch.setattr(worker, "DUTIES", [Duty("publish", lambda now: ["Issue 9"])])
    out = StringIO()
    with caplog.at_level(logging.INFO):
        call_command("worker", "--once", stdout=out)
    assert out.getvalue() == ""
    assert [record.getMessage().split(" ", 1)[1] for record in caplog.records] == ["publish: Issue 9"]


def test_two_workers_of_one_machine_can_have_names_of_their_own(monkeypatch):
    monkeypatch.setattr(worker, "DUTIES", [])
    for name in ("press-1", "press-2"):
        call_command("worker", "--once", "--name", name, stdout=StringIO())
    assert sorted(Heartbeat.objects.values_list("worker", flat=True)) == ["press-1", "press-2"]


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_a_duty_that_stands_apart_waits_for_none_of_the_others():
    sent, done = threading.Event(), []

    def set_type(now):
        done.append(sent.wait(10))  # a bulletin that takes until somebody's email has gone
        team.stop()

    def send(now):
        sent.set()

    team = Rounds([Duty("build PDFs", set_type), Duty("send", send, apart=True)], say=print)
    team.go_on(interval=0.01)
    assert done == [True]
    assert [beat.doing for beat in Heartbeat.objects.all()] == ["Stopped"]
