"""``manage.py worker --once`` for cron: it ends with 1 if anything failed in its round, even what a duty got over by itself."""

from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from editions.building import rendering
from editions.models import Bulletin, Edition
from greensheets_site.worker import rounds
from mailing.models import Delivery, DeliveryKind, Mailout
from tests.builders import MONDAY, a_subscriber, a_term, a_vacancy, an_edition, london
from tests.editions.press_double import PressDouble

SEVEN = london(2026, 4, 27, 7)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_monday(monkeypatch, settings):
    monkeypatch.setattr(rounds, "_beat_until", lambda *_: None)
    monkeypatch.setattr(rendering, "run", PressDouble())
    settings.STAFF_EMAILS = ["desk@greensheets.example"]
    a_term()
    a_vacancy()
    a_subscriber()


def once(now=SEVEN):
    """How the command ends, and what it says of failures."""
    errors, status = StringIO(), 0
    with time_machine.travel(now, tick=True):
        try:
            call_command("worker", "--once", stdout=StringIO(), stderr=errors)
        except SystemExit as ended:
            status = ended.code
    return status, errors.getvalue().strip()


def failed(*duties):
    return 1, f"Failed: {', '.join(duties)}. The log says why; the next round tries again."


def test_a_round_in_which_all_goes_well_ends_with_0():
    assert once() == (0, "")
    assert Edition.objects.published().count() == 1


def press_stops(*_, **__):
    raise rendering.PressFailed("The advert of Fernhollow is too long for a page.")


def test_a_pdf_that_fails_ends_it_with_1_though_the_edition_comes_out(monkeypatch):
    monkeypatch.setattr(rendering, "run", press_stops)
    assert once() == failed("publish")
    assert Edition.objects.published().count() == 1
    assert Bulletin.objects.filter(problem__startswith="The advert").exists()


def test_a_proof_that_fails_in_the_week_before_ends_it_with_1_once(monkeypatch):
    """Nothing is tried in the rounds until its row says so, so nothing fails in them."""
    monkeypatch.setattr(rendering, "run", press_stops)
    assert [once(london(2026, 4, 22, 10, 0, second)) for second in (0, 10)] == [failed("build PDFs"), (0, "")]
    assert once(london(2026, 4, 22, 10, 2)) == failed("build PDFs")


def test_a_mail_server_that_cannot_be_reached_ends_it_with_1(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 5
    assert once() == failed("send")


def test_an_email_that_cannot_be_written_ends_it_with_1(monkeypatch):
    def broken(*_):
        raise ValueError

    monkeypatch.setattr("mailing.emails.writing.Writer.message", broken)
    assert once() == failed("send")


def test_a_weekly_email_that_is_held_for_staff_ends_it_with_1():
    an_edition()
    assert once(london(2026, 4, 28, 9)) == failed("prepare the weekly email")
    assert Mailout.objects.get(edition__on=MONDAY).paused_at is not None
    assert Delivery.objects.filter(kind=DeliveryKind.WARNING).exists()
    assert Edition.objects.get(on=MONDAY).published_at is not None
