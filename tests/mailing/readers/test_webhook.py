"""What a mail service reports by webhook, as its own machine would send it."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from anymail.signals import post_send
from django.test import Client

from mailing.emails.envelope import KEY_FOR_SERVICES
from mailing.emails.writing import Writer
from mailing.models import Delivery, Mailout, Subscriber
from mailing.sending.handover import Line, Verdict
from tests.builders import MONDAY, a_subscriber, an_edition, london

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)
ROOT = Path(__file__).resolve().parents[3]


def a_delivery(reader: Subscriber, weeks_ago: int = 0) -> Delivery:
    mailout = Mailout.objects.create(edition=an_edition(on=MONDAY - timedelta(weeks=weeks_ago)))
    return Delivery.objects.create(kind="bulletin", mailout=mailout, subscriber=reader, state="sent", sent_at=NOON)


def report(delivery: Delivery, kind="Bounce", proof="greensheets:secret", **fields) -> int:
    body = {
        "RecordType": kind,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Email": "anna@readers.example",
        "BouncedAt": "2026-04-28T12:00:00Z",
        "Metadata": Writer(NOON).message(delivery, NOON).metadata,
        **fields,
    }
    client = Client(headers={"authorization": f"Basic {b64encode(proof.encode()).decode()}"}, enforce_csrf_checks=True)
    return client.post("/anymail/postmark/tracking/", json.dumps(body), content_type="application/json").status_code


def in_mailjets_words(delivery: Delivery, **fields) -> int:
    """The other form that such reports come in: a list of events, with our metadata as text within."""
    kept = json.dumps(Writer(NOON).message(delivery, NOON).metadata)
    event = {"email": "anna@readers.example", "time": 1777374000, "MessageID": 19421777835146490, "Payload": kept, **fields}
    client = Client(headers={"authorization": f"Basic {b64encode(b'greensheets:secret').decode()}"}, enforce_csrf_checks=True)
    return client.post("/anymail/mailjet/tracking/", json.dumps([event]), content_type="application/json").status_code


@contextmanager
def receiving(signal, receiver):
    signal.connect(receiver)
    yield
    signal.disconnect(receiver)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"Type": "HardBounce", "Details": "smtp;550 5.1.1 <anna@readers.example> unknown"}, "Bounced"),
        ({"Type": "BadEmailAddress"}, "Bounced"),
        ({"Type": "SoftBounce", "Details": "smtp;552 5.2.2 mailbox full"}, "Reading"),
        ({"Type": "DnsError"}, "Reading"),
        ({"Type": "SpamComplaint"}, "Complained"),
        ({"kind": "SubscriptionChange", "SuppressSending": True, "SuppressionReason": "ManualSuppression"}, "Left"),
        ({"kind": "Delivery"}, "Reading"),
        ({"kind": "Open"}, "Reading"),
    ],
)
def test_what_a_service_reports_becomes_of_the_reader_what_the_same_report_by_email_would(fields, state):
    delivery = a_delivery(a_subscriber("anna@readers.example"))
    assert [report(delivery, **fields), report(delivery, **fields)] == [200, 200]
    assert Subscriber.objects.get().state == state
    delivery.refresh_from_db()
    assert "readers.example" not in delivery.smtp_reply


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"event": "bounce", "error": "user unknown", "smtp_reply": "550 5.1.1 <anna@readers.example> unknown"}, "Bounced"),
        ({"event": "bounce", "error": "quota exceeded", "smtp_reply": "552 5.2.2 mailbox full"}, "Reading"),
        ({"event": "blocked", "error": "typofix"}, "Bounced"),
        ({"event": "blocked", "error": "preblocked", "error_related_to": "mailjet"}, "Reading"),
        ({"event": "spam", "source": "JMRPP"}, "Complained"),
        ({"event": "unsub"}, "Left"),
        ({"event": "sent", "smtp_reply": "250 2.0.0 OK"}, "Reading"),
        ({"event": "click", "url": "https://www.greensheets.example/"}, "Reading"),
    ],
)
def test_another_service_says_the_same_in_other_words(fields, state):
    delivery = a_delivery(a_subscriber("anna@readers.example"))
    assert [in_mailjets_words(delivery, **fields), in_mailjets_words(delivery, **fields)] == [200, 200]
    assert Subscriber.objects.get().state == state


def test_a_mailbox_that_stays_full_for_three_editions_is_given_up():
    deliveries = [a_delivery(reader := a_subscriber(), 2), a_delivery(reader, 1), a_delivery(reader)]
    codes = [report(delivery, Type="SoftBounce", Details="552 5.2.2 full") for delivery in deliveries]
    assert (codes, Subscriber.objects.get().state) == ([200] * 3, "Bounced")


def test_an_email_goes_through_a_service_whole_and_with_its_key(settings):
    settings.EMAIL_BACKEND, sent = "anymail.backends.test.EmailBackend", []
    delivery = a_delivery(reader := a_subscriber("anna@readers.example"))
    with receiving(post_send, lambda message, **_: sent.append(message.anymail_test_params)):
        assert Line().hand_over(Writer(NOON).message(delivery, NOON)).verdict is Verdict.ACCEPTED
    [params] = sent
    assert [str(to) for to in params["to"]] == ["anna@readers.example"]
    assert params["metadata"] == {KEY_FOR_SERVICES: delivery.message_key.hex}
    assert (str(params["from"]), str(params["envelope_sender"])) == (settings.DEFAULT_FROM_EMAIL, delivery.envelope_sender)
    assert params["extra_headers"]["List-Unsubscribe"] == f"<https://www.greensheets.example/u/{reader.token}/>"
    assert all(f"/u/{reader.token}/" in part for part in (params["text_body"], params["html_body"]))


def test_a_service_that_keeps_our_message_id_is_understood_without_the_key():
    delivery = a_delivery(a_subscriber())
    report(delivery, Type="BadEmailAddress", MessageID=delivery.message_id.strip("<>"), Metadata={})
    assert Subscriber.objects.get().state == "Bounced"


@pytest.mark.parametrize("metadata", [{}, {KEY_FOR_SERVICES: "0" * 32}, {KEY_FOR_SERVICES: "nonsense"}])
def test_a_report_about_nothing_of_ours_is_thanked_for_and_changes_nothing(metadata):
    assert report(a_delivery(a_subscriber()), Type="BadEmailAddress", Metadata=metadata) == 200
    assert Subscriber.objects.get().state == "Reading"


def test_nobody_else_can_report_anything():
    assert report(a_delivery(a_subscriber()), proof="greensheets:guessed", Type="BadEmailAddress") == 400
    assert Subscriber.objects.get().state == "Reading"


def test_without_its_secret_there_is_no_webhook_and_a_service_can_still_be_sent_through():
    asks = "import django; django.setup(); from django.conf import settings as s"
    asks += "; print(s.EMAIL_BACKEND, [p for p in __import__('greensheets_site.urls').urls.urlpatterns if 'anymail' in str(p)])"
    backend = "anymail.backends.postmark.EmailBackend"
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "ANYMAIL": '{"POSTMARK_SERVER_TOKEN": "x"}', "EMAIL_BACKEND": backend}
    said = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, env={**os.environ, **own}, capture_output=True, check=True)
    assert said.stdout.decode() == f"{backend} []\n"
