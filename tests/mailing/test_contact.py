"""Writing to the office: stored first, mailed second; nothing is lost when there is no mail server."""

from datetime import timedelta

import pytest
import time_machine

from mailing.models import ContactMessage, Delivery
from mailing.sending import outbox
from tests.builders import london

from .conftest import typed
from .sink import Sink

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def write(client, **fields):
    data = {"enquiry": "advertise", "name": "Jo Bloggs", "email": "jo@visitors.example", "telephone": "", "message": "Hello"}
    return client.post("/contact/", typed(NOON, **{**data, **fields}))


def test_a_message_reaches_every_address_of_the_office_which_answers_by_replying(client, sink, settings):
    settings.STAFF_EMAILS = ["adverts@greensheets.example", "pat@greensheets.example", "adverts@greensheets.example"]
    assert write(client, message="When is the deadline?\n\nThank you").url == "/contact/received/"
    outbox.send_queued(NOON)
    assert sorted(message.to for message in sink.taken) == [("adverts@greensheets.example",), ("pat@greensheets.example",)]
    raw = sink.taken[0].content
    assert b"Reply-To: jo@visitors.example\r\n" in raw
    assert b"From: Greensheets <adverts@greensheets.example>\r\n" in raw
    assert b"When is the deadline?\r\n\r\nThank you" in raw
    assert b"When is the deadline?<br><br>Thank you" in raw


def test_an_address_with_letters_beyond_ascii_in_its_domain_is_answered_too(client, sink):
    write(client, email="jo@bücher.example")
    outbox.send_queued(NOON)
    assert b"Reply-To: jo@xn--bcher-kva.example\r\n" in sink.taken[0].content


def test_with_the_mail_server_down_the_visitor_notices_nothing_and_the_message_goes_when_it_is_back(client, serve, settings):
    serve(Sink())
    settings.EMAIL_PORT = 1  # where nobody listens
    assert write(client).status_code == 302
    for hours in range(30):
        outbox.send_queued(NOON + timedelta(hours=hours))
    assert (ContactMessage.objects.count(), Delivery.objects.get().state) == (1, "queued")
    sink = serve(Sink())
    outbox.send_queued(NOON + timedelta(hours=31))
    assert (len(sink.taken), Delivery.objects.get().state) == (1, "sent")


def test_a_message_whose_email_fails_for_good_is_still_in_the_inbox(client, serve):
    serve(Sink(lambda number, to: "554 5.7.1 Looks like spam"))
    write(client)
    outbox.send_queued(NOON)
    assert (ContactMessage.objects.get().message, Delivery.objects.get().state) == ("Hello", "failed")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"enquiry": ""}, "Choose what your message is about."),
        ({"name": " "}, "Enter your name."),
        ({"email": ""}, "Enter your email address so that we can answer."),
        ({"email": "jo@"}, "Check your email address: it should look like name@example.com."),
        ({"email": "jo@a..b"}, "Check your email address: it should look like name@example.com."),
        ({"email": "m\u0131ke@visitors.example"}, "Check the part before the @: use the letters a to z without accents."),
        ({"email": f"jo@{'visitors.' * 30}example"}, "Ensure this value has at most 254 characters"),
        ({"email": f"jo@{'bücher.' * 24}example"}, "Check the part after the @: there is no such address."),
        ({"message": ""}, "Enter your message."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, fields, sentence):
    answer = write(client, **{"message": "What I typed", **fields})
    text = answer.content.decode()
    assert (answer.status_code, sentence in text) == (200, True)
    assert "What I typed" in text or "message" in fields
    assert ContactMessage.objects.count() == 0


def test_a_long_message_in_any_script_arrives_whole(client, sink):
    message = "Liebe Grüße, 你好, שלום.\n" * 190
    write(client, message=message, name="Zoë Müller-Łukasz")
    outbox.send_queued(NOON)
    assert ContactMessage.objects.get().message == message.strip()
    assert sink.taken[0].content.isascii()
