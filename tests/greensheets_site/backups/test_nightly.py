"""A set each night, by a process of its own, and never while Monday's edition goes out."""

from datetime import timedelta

import pytest

from greensheets_site.backups import departures, nightly
from greensheets_site.models import BackupRun
from greensheets_site.worker.duties import DUTIES
from mailing.readers import joining
from tests.builders import a_subscriber, london

NIGHT = london(2026, 4, 27, 2, 3)
pytestmark = pytest.mark.django_db


def a_run(place, at, **fields):
    finished = {"finished_at": at, **fields}
    return BackupRun.objects.create(name=f"{at:%Y%m%dT%H%M%SZ}-abcdef", place=place, started_at=at, seen_at=at, **finished)


@pytest.mark.parametrize(
    ("hour", "minute", "due"), [(1, 59, False), (2, 0, True), (5, 59, True), (6, 0, False), (9, 59, False), (10, 0, True)]
)
def test_it_is_due_from_two_oclock_and_not_between_six_and_ten(place, hour, minute, due):
    a_run(place, london(2026, 4, 26, 2, 1))
    assert nightly.is_due(london(2026, 4, 27, hour, minute)) is due


def test_one_a_night_is_enough_and_one_made_by_hand_counts(place):
    a_run(place, london(2026, 4, 27, 2, 0))
    assert not nightly.is_due(NIGHT)
    assert not nightly.is_due(london(2026, 4, 28, 1, 59))
    assert nightly.is_due(london(2026, 4, 28, 2, 0))


def test_after_a_failure_it_is_tried_again_an_hour_later(place):
    a_run(place, NIGHT, failure="The disk is full.")
    assert not nightly.is_due(NIGHT + timedelta(minutes=60) - timedelta(seconds=1))
    assert nightly.is_due(NIGHT + timedelta(minutes=60))


def test_neither_another_place_nor_a_set_of_the_future_counts(place):
    a_run("/media/stick", london(2026, 4, 27, 2, 1))
    a_run(place, london(2026, 5, 27, 2, 1))
    assert nightly.is_due(NIGHT)


def test_nothing_happens_until_a_place_is_named(settings):
    settings.BACKUPS = ""
    assert nightly.begin_if_due(NIGHT) == ""
    assert nightly.note_departures(NIGHT) == ""


class Child:
    """A backup that runs until the test says otherwise."""

    def __init__(self, command):
        self.command, self.over = command, None
        self.started.append(self)

    started: list = []

    def poll(self):
        return self.over


def test_the_worker_starts_it_and_does_not_wait_and_starts_no_second_one(monkeypatch):
    monkeypatch.setattr(nightly.subprocess, "Popen", Child)
    monkeypatch.setattr(nightly, "_children", [])
    monkeypatch.setattr(Child, "started", [])
    assert nightly.begin_if_due(NIGHT) == "begun"
    assert Child.started[0].command[1:] == [str(nightly.settings.BASE_DIR / "manage.py"), "back_up"]
    assert nightly.begin_if_due(NIGHT + timedelta(minutes=5)) == ""
    Child.started[0].over = 0
    assert nightly.begin_if_due(NIGHT + timedelta(minutes=10)) == "begun"


def test_who_has_left_is_noted_beside_the_backups(store):
    joining.leave(a_subscriber(), "form", NIGHT)
    assert nightly.note_departures(NIGHT) == "1 noted beside the backups"
    assert nightly.note_departures(NIGHT) == ""
    assert len(departures.read_list(store)) == 1


def test_the_worker_does_both():
    assert {nightly.begin_if_due, nightly.note_departures} <= {duty.run for duty in DUTIES}
