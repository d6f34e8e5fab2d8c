"""After a restore nothing that has happened since is undone, sent or shown again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from editions import publishing
from editions.building import rendering
from editions.models import Edition
from greensheets_site.backups import making, settling
from greensheets_site.models import BackupRun, LogIn
from mailing.models import Delivery, Mailout, Subscriber
from mailing.sending import outbox
from tests.builders import MONDAY, a_subscriber, a_term, a_vacancy, an_edition, london
from tests.editions.press_double import PressDouble
from vacancies.models import Vacancy

SUNDAY, MORNING = london(2026, 4, 26, 2), london(2026, 4, 27, 9)
pytestmark = pytest.mark.django_db(transaction=True)


def settle(store, place, now=MORNING) -> list[str]:
    manifest = making.back_up(store, place, SUNDAY)
    said: list[str] = []
    settling.settle(store, place, manifest, now, said.append)
    return said


def test_the_email_of_a_monday_that_has_passed_since_waits_for_staff_and_is_not_sent_twice(store, place, monkeypatch):
    monkeypatch.setattr(rendering, "run", PressDouble())
    a_term()
    a_vacancy()
    a_subscriber()
    publishing.plan_editions(SUNDAY)
    said = settle(store, place)

    publishing.publish_due(MORNING)
    assert Edition.objects.get(on=MONDAY).published_at is not None
    outbox.prepare_due_mailouts(MORNING)
    mailout = Mailout.objects.get(edition__on=MONDAY)
    assert mailout.state == "Paused"
    assert mailout.pause_reason == (
        "The site was restored from the backup of Sunday 26 April 2026, 2am. What was sent after that is not known here."
    )
    assert Delivery.objects.filter(kind="bulletin").count() == 0
    assert any("Weekly emails" in line for line in said)
    assert settle(store, place, MORNING + timedelta(minutes=1)) != said


def test_an_email_that_was_being_sent_waits_too_and_a_finished_or_coming_one_is_left_alone(store, place):
    sent = Mailout.objects.create(edition=an_edition(MONDAY - timedelta(days=7)), frozen_at=SUNDAY, finished_at=SUNDAY)
    going = Mailout.objects.create(edition=an_edition(MONDAY - timedelta(days=14)), frozen_at=SUNDAY)
    coming = Mailout.objects.create(edition=an_edition(MONDAY + timedelta(days=7)))
    settle(store, place)
    with time_machine.travel(MORNING, tick=False):
        states = [Mailout.objects.get(pk=row.pk).state for row in (sent, going, coming)]
    assert states == ["Finished", "Paused", "Planned"]


def test_before_seven_on_monday_nothing_has_gone_out_so_nothing_is_held(store, place):
    Mailout.objects.create(edition=an_edition())
    early = london(2026, 4, 27, 6, 30)
    settle(store, place, early)
    with time_machine.travel(early, tick=False):
        assert Mailout.objects.get().state == "Planned"


def test_what_is_due_to_be_forgotten_goes_and_everybody_logs_in_again(store, place):
    a_vacancy(closes_at=london(2026, 4, 28), contact_name="May Bell")
    a_subscriber(unsubscribed_at=london(2026, 4, 1))
    LogIn.objects.create(session_key="a", **dict.fromkeys(("expire_date", "begun_at", "seen_at"), timezone.now()))
    said = settle(store, place, london(2026, 12, 1))
    assert Vacancy.objects.get().contact_name == ""
    assert Subscriber.objects.get().email == ""
    assert LogIn.objects.count() == 0
    assert "1 contacts in adverts" in str(said)
    assert "1 readers who left" in str(said)


def test_the_rows_tell_of_every_set_that_lies_there_and_of_none_as_running(store, place):
    first = making.back_up(store, place, SUNDAY)
    second = making.back_up(store, place, SUNDAY + timedelta(days=1))
    BackupRun.objects.filter(name=second.name).delete()
    BackupRun.objects.filter(name=first.name).update(finished_at=None)
    BackupRun.objects.create(name="20260401T010000Z-abcdef", place="elsewhere", started_at=SUNDAY, seen_at=SUNDAY)
    settling.settle(store, place, first, MORNING)
    told = BackupRun.objects.filter(place=place).values_list("name", "size", "files", "failure")
    assert set(told) == {(made.name, made.size, 0, "") for made in (first, second)}
    assert not BackupRun.objects.filter(place=place, finished_at=None).exists()
