"""How old the latest backup is, in words for the desk and as facts for monitors."""

from datetime import timedelta

import pytest

from greensheets_site.accounts import roles
from greensheets_site.backups import records, state
from greensheets_site.desk import board
from greensheets_site.models import BackupRun
from tests.builders import london
from tests.desk import staff

NOW = london(2026, 4, 27, 10)
pytestmark = pytest.mark.django_db


def a_run(place: str, ago: timedelta = timedelta(hours=8), **fields) -> BackupRun:
    at = NOW - ago
    defaults = {"name": f"{at:%Y%m%dT%H%M%SZ}-abcdef", "started_at": at, "seen_at": at, "finished_at": at, "size": 48 * 1024**2}
    return BackupRun.objects.create(place=place, **{**defaults, **fields})


def test_no_backup_at_all_is_a_fault_that_says_what_to_do(settings):
    assert state.latest(NOW) == state.LatestBackup(False, "There is no backup yet.")
    settings.BACKUPS = ""
    assert state.latest(NOW).sentence == "There is no backup yet. None is made automatically: set BACKUPS."


def test_one_of_last_night_is_good(place):
    run = a_run(place)
    assert state.latest(NOW) == state.LatestBackup(
        ok=True,
        sentence="8 hours ago, 48.0 MB.",
        name=run.name,
        at=run.started_at,
        age=timedelta(hours=8),
        size=48 * 1024**2,
    )


@pytest.mark.parametrize(("hours", "ok"), [(36, True), (37, False)])
def test_a_night_may_fail_but_not_two(place, hours, ok):
    a_run(place, timedelta(hours=hours))
    assert state.latest(NOW).ok is ok


def test_why_the_latest_attempts_have_failed_is_said(place):
    a_run(place, timedelta(days=3))
    a_run(place, timedelta(hours=9), failure="The disk is full.")
    found = state.latest(NOW)
    assert (found.ok, found.sentence) == (False, "3 days ago, 48.0 MB. The last attempt failed: The disk is full.")


def test_what_a_clock_that_was_ahead_dated_in_the_future_and_what_is_being_made_do_not_count(place):
    a_run(place, timedelta(days=-400))
    a_run(place, timedelta(minutes=1), finished_at=None)
    assert not state.latest(NOW).ok


def test_a_backup_to_another_place_does_not_excuse_the_daily_one(place, settings):
    a_run("/media/stick")
    assert not state.latest(NOW).ok
    settings.BACKUPS = ""
    found = state.latest(NOW)
    assert (found.ok, found.sentence) == (False, "8 hours ago, 48.0 MB. None is made automatically: set BACKUPS.")


def test_a_rehearsal_that_failed_is_a_fault_until_one_succeeds(place):
    old = a_run(place, timedelta(days=2), rehearsed_at=NOW - timedelta(days=1), rehearsal_fault="news_article: missing")
    a_run(place)
    assert "The last rehearsal failed." in state.latest(NOW).sentence
    assert not state.latest(NOW).ok
    BackupRun.objects.exclude(pk=old.pk).update(rehearsed_at=NOW)
    assert state.latest(NOW).ok
    assert state.latest(NOW).rehearsed_at == NOW


def test_missing_files_are_said(place):
    a_run(place, missing=2)
    assert "2 files that adverts or editions refer to were missing." in state.latest(NOW).sentence


def test_the_desk_shows_it_to_whoever_may_see_it_and_leads_to_the_list(place, client):
    a_run(place, timedelta(hours=40))
    parts = {part.heading: part for part in board.look(staff(roles.OWNER), NOW).parts}
    part = parts["Latest backup"]
    assert part.is_urgent
    assert part.sentence.startswith("40 hours ago, 48.0 MB.")
    client.login(username="owner", password="greensheets")
    page = client.get(part.url).content.decode()
    assert "48.0\xa0MB" in page
    assert "Good" in page
    editor = board.look(staff(roles.EDITOR), NOW).parts
    assert "Latest backup" not in [part.heading for part in editor]


def test_failed_backups_are_remembered_for_60_days(place):
    for days in (60, 61):
        a_run(place, timedelta(days=days), failure="The disk is full.")
    a_run("/elsewhere", timedelta(days=62), failure="The disk is full.")
    a_run(place, timedelta(days=100))
    records.forget_run(place, [], NOW)
    left = [
        (run.place == place, round((NOW - run.started_at) / timedelta(days=1)))
        for run in BackupRun.objects.order_by("started_at")
    ]
    assert left == [(True, 100), (False, 62), (True, 60)]
