"""Whether the work goes on: what each check finds, with the worker, the editions and the emails in every state."""

from datetime import timedelta

import pytest

from greensheets_site.models import BackupRun, Heartbeat
from greensheets_site.watching import work
from greensheets_site.watching.findings import State
from mailing.models import Delivery, DeliveryKind, DeliveryState, Mailout, ProviderHold
from tests.builders import MONDAY, a_break, a_subscriber, a_term, an_edition, london
from vacancies.schedule import DAY, WEEK

NOW = london(2026, 4, 27, 7, 10)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


def told(finding):
    return str(finding.state), finding.sentence


def a_worker(name="press:101", ago=timedelta(seconds=12)):
    Heartbeat.objects.create(worker=name, seen_at=NOW - ago, doing="Waiting")


@pytest.mark.parametrize(
    ("seen", "state", "sentence"),
    [
        ([], "bad", "No worker has ever been seen: nothing is being published or sent."),
        ([timedelta(seconds=12)], "good", "A worker was seen 12 s ago."),
        ([timedelta(minutes=5)], "good", "A worker was seen 5 min ago."),
        ([timedelta(minutes=6)], "bad", "No worker has been seen for 6 min: nothing is being published or sent."),
        ([timedelta(hours=3), timedelta(seconds=12)], "good", "A worker was seen 12 s ago."),
        ([timedelta(minutes=5, seconds=1)], "bad", "No worker has been seen for 5 min: nothing is being published or sent."),
        ([-timedelta(seconds=50)], "good", "A worker was seen 50 s ago."),
        ([-timedelta(minutes=1)], "good", "A worker was seen 60 s ago."),
        (
            [-timedelta(seconds=61)],
            "bad",
            "No worker is known to be running: nothing is being published or sent. The clock of a worker was ahead of this one.",
        ),
        (
            [-timedelta(days=14)],
            "bad",
            "No worker is known to be running: nothing is being published or sent. The clock of a worker was ahead of this one.",
        ),
        (
            [-timedelta(days=14), timedelta(seconds=12)],
            "look",
            "A worker was seen 12 s ago. The clock of a worker was ahead of this one.",
        ),
        (
            [-timedelta(hours=2), -timedelta(hours=1), timedelta(hours=3)],
            "bad",
            "No worker has been seen for 3 h: nothing is being published or sent. The clocks of 2 workers were ahead "
            "of this one.",
        ),
    ],
)
def test_a_worker_is_alive_that_was_seen_lately_and_not_in_the_future(seen, state, sentence):
    for number, ago in enumerate(seen):
        a_worker(f"press:{number}", ago)
    assert told(work.worker_alive(NOW)) == (state, sentence)


def test_every_worker_that_is_alive_is_counted():
    for number, ago in enumerate([timedelta(seconds=12), timedelta(seconds=4), timedelta(hours=1), -timedelta(days=1)]):
        a_worker(f"press:{number}", ago)
    assert work.worker_alive(NOW).numbers == {"alive": 2, "seen_seconds_ago": 4}


@pytest.mark.parametrize(
    ("now", "state", "sentence"),
    [
        (london(2026, 4, 27, 6, 59), "good", "No edition has come out yet."),
        (london(2026, 4, 27, 7), "good", "The edition of 2026-04-27 is being made."),
        (london(2026, 4, 27, 7, 20), "good", "The edition of 2026-04-27 is being made."),
        (london(2026, 4, 27, 7, 20, 1), "bad", "The edition of 2026-04-27 should have come out and has not."),
        (london(2026, 4, 29, 9), "bad", "The edition of 2026-04-27 should have come out and has not."),
    ],
)
def test_an_edition_may_be_in_the_making_for_twenty_minutes(now, state, sentence):
    an_edition()
    assert told(work.published(now)) == (state, sentence)


def test_of_several_editions_the_oldest_that_is_due_is_told():
    for weeks in (3, 2):
        an_edition(MONDAY - timedelta(weeks=weeks), published_at=london(2026, 4, 27 - 7 * weeks, 7))
    an_edition(MONDAY - WEEK)
    an_edition(MONDAY)
    found = work.published(NOW)
    assert told(found) == ("bad", "The edition of 2026-04-20 should have come out and has not.")
    assert found.numbers == {"last_timestamp_seconds": london(2026, 4, 13, 7).timestamp()}


def test_an_edition_on_a_break_never_comes_out_and_is_not_late():
    an_edition()
    a_break(MONDAY)
    assert told(work.published(NOW)) == ("good", "No edition has come out yet.")


@pytest.mark.parametrize(
    ("rows", "state", "sentence"),
    [
        ([], "bad", "Monday 2026-04-27 should have an edition, and none is planned."),
        ([MONDAY], "good", "The next edition is that of 2026-04-27."),
        ([MONDAY + WEEK], "bad", "Monday 2026-04-27 should have an edition, and none is planned."),
    ],
)
def test_the_next_monday_of_term_must_have_its_edition(rows, state, sentence):
    a_term()
    for on in rows:
        an_edition(on)
    assert told(work.next_edition(NOW)) == (state, sentence)


def test_once_an_edition_is_out_the_next_one_is_asked_for():
    a_term()
    an_edition(published_at=NOW)
    assert told(work.next_edition(NOW)) == ("bad", "Monday 2026-05-04 should have an edition, and none is planned.")


def test_over_a_break_the_monday_after_it_counts():
    a_term()
    a_break(MONDAY)
    an_edition(MONDAY + WEEK)
    found = work.next_edition(NOW)
    assert (told(found), found.numbers) == (("good", "The next edition is that of 2026-05-04."), {"days_ahead": 7})


@pytest.mark.parametrize(("weeks", "state"), [(2, "bad"), (3, "look")])
def test_the_edition_of_a_monday_in_fourteen_days_must_be_planned(weeks, state):
    a_term(MONDAY + weeks * WEEK, MONDAY + 9 * WEEK)
    assert told(work.next_edition(NOW))[0] == state


def test_an_edition_weeks_away_may_not_be_planned_yet():
    a_term(MONDAY + 3 * WEEK, MONDAY + 9 * WEEK)
    assert told(work.next_edition(NOW)) == ("look", "Monday 2026-05-18 should have an edition, and none is planned.")


def test_without_a_term_to_come_somebody_should_look():
    a_term(MONDAY - 9 * WEEK, MONDAY - DAY)
    assert told(work.next_edition(NOW)) == ("look", "There is no edition to come: no term on record goes beyond today.")


def a_warning(created_at, **fields):
    return Delivery.objects.create(
        kind=DeliveryKind.WARNING, staff_email="desk@greensheets.example", created_at=created_at, **fields
    )


def a_mailout(**fields):
    """One that has written to one reader and still owes another."""
    mailout = Mailout.objects.create(edition=an_edition(), frozen_at=NOW - timedelta(hours=1), **fields)
    sent = {"state": DeliveryState.SENT, "sent_at": NOW - timedelta(minutes=2)}
    for values in ({}, sent):
        Delivery.objects.create(
            kind=DeliveryKind.BULLETIN,
            mailout=mailout,
            subscriber=a_subscriber(),
            choice="ts:",
            created_at=mailout.frozen_at,
            **values,
        )
    return mailout


@pytest.mark.parametrize(
    ("created", "fields", "state", "waited"),
    [
        (15 * MINUTE, {}, "good", 900),
        (16 * MINUTE, {}, "bad", 960),
        (16 * MINUTE, {"state": DeliveryState.SENT}, "good", 0),
        (600 * MINUTE, {"next_try_at": NOW + MINUTE}, "good", 0),
        (600 * MINUTE, {"next_try_at": NOW - MINUTE}, "good", 60),
        (600 * MINUTE, {"next_try_at": NOW - 16 * MINUTE}, "bad", 960),
        (-60 * MINUTE, {}, "good", 0),
    ],
    ids=["a quarter of an hour", "longer", "gone", "put off", "due again", "due again for long", "written by a clock ahead"],
)
def test_an_email_that_is_due_may_wait_for_a_quarter_of_an_hour(created, fields, state, waited):
    a_warning(NOW - created, **fields)
    found = work.emails(NOW)
    assert (str(found.state), found.numbers["oldest_due_seconds"]) == (state, waited)


def test_a_weekly_email_may_take_an_hour_while_it_moves():
    a_mailout()
    found = work.emails(NOW)
    assert (str(found.state), found.numbers) == ("good", {"queued": 1, "oldest_due_seconds": 120})


def test_a_weekly_email_that_stands_still_is_a_fault():
    a_mailout()
    Delivery.objects.filter(state=DeliveryState.SENT).update(sent_at=NOW - 16 * MINUTE)
    assert told(work.emails(NOW)) == ("bad", "Emails have been waiting for 16 min.")


def test_a_weekly_email_of_which_nothing_has_gone_is_counted_from_its_start():
    a_mailout()
    Delivery.objects.filter(state=DeliveryState.SENT).delete()
    assert told(work.emails(NOW)) == ("bad", "Emails have been waiting for 60 min.")


def test_a_weekly_email_that_is_paused_for_a_reason_is_worth_a_look():
    a_mailout(paused_at=NOW - timedelta(minutes=30), pause_reason="The mail server refused the log-in.")
    assert told(work.emails(NOW)) == ("look", "A weekly email is paused; the desk says why.")


@pytest.mark.parametrize(
    ("place", "hours", "state"),
    [("", None, State.LOOK), ("/backups", None, State.BAD), ("/backups", 36, State.GOOD), ("/backups", 37, State.BAD)],
    ids=["not asked for", "never made", "of last night", "too old"],
)
def test_a_backup_is_missed_where_one_is_to_be_made(settings, place, hours, state):
    settings.BACKUPS = place
    if hours is not None:
        made_at = NOW - timedelta(hours=hours)
        BackupRun.objects.create(name="one", place=place, started_at=made_at, seen_at=made_at, finished_at=made_at, size=9)
    found = work.backup(NOW)
    assert found.state is state
    assert found.numbers == ({} if hours is None else {"age_seconds": hours * 3600, "size_bytes": 9})


def test_a_provider_that_is_held_back_is_worth_a_look_and_its_emails_do_not_stand_still():
    a_mailout()
    Delivery.objects.filter(state=DeliveryState.SENT).update(sent_at=NOW - 16 * MINUTE)
    Delivery.objects.filter(state=DeliveryState.QUEUED).update(provider="Gmail")
    ProviderHold.objects.create(provider="Gmail", reason="550 5.7.1")
    said = "Held back, because they refuse us: Gmail. The page of the weekly email says why."
    assert told(work.emails(NOW)) == ("look", said)
