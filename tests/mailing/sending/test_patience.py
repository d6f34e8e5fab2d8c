"""Slow servers get one copy each, and what a dead sender had in hand is taken up whatever its clock said."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from mailing.models import Delivery, Mailout
from mailing.sending import outbox
from mailing.sending.claims import Claims
from mailing.sending.patience import Patient, PatientBackend, PatientSMTP, PatientSMTPOverTLS
from tests.builders import a_subscriber, a_vacancy, an_edition, london

from ..sink import Sink

SEVEN = london(2026, 4, 27, 7)
MINUTE = timedelta(minutes=1)


def a_claimed(at=SEVEN) -> Delivery:
    mailout = Mailout.objects.create(edition=an_edition(published_at=SEVEN), frozen_at=SEVEN)
    fields = {"state": "sending", "claimed_at": at}
    return Delivery.objects.create(kind="bulletin", mailout=mailout, subscriber=a_subscriber(), **fields)


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_a_server_has_ten_minutes_after_the_text_and_five_for_every_other_answer(serve, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr(Patient, "_wait_at_most", lambda self, seconds: waits.append(seconds / 60))
    sink = serve(Sink())
    a_vacancy()
    a_subscriber("anna@readers.example")
    outbox.prepare_mailout(an_edition(published_at=SEVEN), SEVEN)
    outbox.send_queued(SEVEN)
    assert (len(sink.taken), waits) == (1, [5, 10, 5])


def test_the_patience_is_that_of_the_socket():
    class Socket:
        def settimeout(self, seconds):
            self.seconds = seconds

    line = PatientSMTP()
    line._wait_at_most(600)  # not connected: nothing to set
    line.sock = Socket()
    line._wait_at_most(600)
    assert line.sock.seconds == 600
    line.sock = None


@pytest.mark.parametrize(("use_ssl", "kind"), [(False, PatientSMTP), (True, PatientSMTPOverTLS)])
def test_it_holds_with_tls_and_without(use_ssl, kind):
    assert PatientBackend(use_ssl=use_ssl).connection_class is kind


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "found"),
    [
        (SEVEN - 5 * MINUTE, 1),
        (SEVEN - 4 * MINUTE, 0),
        (SEVEN + 5 * MINUTE, 0),
        (SEVEN + 5 * MINUTE + timedelta(seconds=1), 1),
    ],
)
def test_a_claim_is_abandoned_after_five_minutes_and_one_from_the_future_too(at, found):
    a_claimed(at)
    assert outbox.recover(SEVEN) == found


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "claimed"), [(1, 1), (29, 29), (30, 0)])
def test_what_is_in_hand_is_claimed_anew_for_half_an_hour(minutes, claimed):
    now = [SEVEN]
    claims = Claims(lambda: now[0])
    delivery = a_claimed()
    Delivery.objects.update(state="queued", claimed_at=None)
    assert claims.take(delivery)
    now[0] = SEVEN + minutes * MINUTE
    claims.renew()
    delivery.refresh_from_db()
    assert delivery.claimed_at == SEVEN + claimed * MINUTE
    claims.settle(delivery, lambda at: Delivery.objects.mark_sent(delivery, at, now[0]))
    delivery.refresh_from_db()
    assert delivery.state == "sent"


@pytest.mark.django_db
def test_what_another_sender_has_taken_over_is_not_renewed():
    claims = Claims(lambda: SEVEN + MINUTE)
    delivery = a_claimed()
    claims._held[delivery.pk] = SEVEN - MINUTE, SEVEN - MINUTE
    claims.renew()
    assert claims._held == {delivery.pk: (SEVEN - MINUTE, SEVEN - MINUTE)}


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_a_claim_is_kept_from_a_thread_until_the_run_is_over(settings):
    settings.MAILING_LEASE = 0.03
    delivery = a_claimed()
    later, renewed = SEVEN + MINUTE, threading.Event()
    claims = Claims(lambda: later)
    claims._held[delivery.pk] = SEVEN, SEVEN
    renew = claims.renew
    claims.renew = lambda: (renew(), renewed.set())
    claims.keep()
    assert renewed.wait(10)
    claims.close()
    delivery.refresh_from_db()
    assert delivery.claimed_at == later
    connection.close()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "state"), [(6, "Planned"), (7, "Too old")])
def test_an_email_of_which_nothing_has_gone_says_when_it_is_too_old(days, state, time_machine):
    mailout = Mailout.objects.create(edition=an_edition(on=SEVEN.date()))
    time_machine.move_to(SEVEN + timedelta(days=days), tick=False)
    assert mailout.state == state
