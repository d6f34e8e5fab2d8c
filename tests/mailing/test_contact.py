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


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def write(client, **fields):
    data = {"enquiry": "advertise", "name": "Jo Bloggs", "email": "jo@visitors.example", "telephone": "", "message": "Hello"}
    return client.post("/contact/", typed(NOON, **{**data, **fields}))


def test_a_message_reaches_every_address_of_the_office_which_answers_by_replying(client, sink, settings):
    settings.STAFF_EMAILS = ["adverts@greensheets.example", "pat@greensheets.example", "adverts@greensheets.example"]
    assert write(client, message="When is the deadline?\n\nThank you").url == "/contact/received/"
    outbox.send_queued(NOON)
    office = [("adverts@greensheets.example",), ("pat@greensheets.example",)]
    assert sorted(message.to for message in sink.taken) == [office[0], ("jo@visitors.example",), office[1]]
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
    assert (ContactMessage.objects.count(), states()) == (1, ["queued", "queued"])
    sink = serve(Sink())
    outbox.send_queued(NOON + timedelta(hours=31))
    assert (len(sink.taken), states()) == (2, ["sent", "sent"])


def test_a_message_whose_email_fails_for_good_is_still_in_the_inbox(client, serve):
    serve(Sink(lambda number, to: "554 5.7.1 Looks like spam"))
    write(client)
    outbox.send_queued(NOON)
    assert (ContactMessage.objects.get().message, states()) == ("Hello", ["failed", "failed"])


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


def test_whoever_writes_is_told_the_number_of_their_message_and_none_of_their_words(client, sink):
    write(client, message="Buy my pills")
    outbox.send_queued(NOON)
    receipt = next(message for message in sink.taken if message.to == ("jo@visitors.example",))
    assert f"Its number is {ContactMessage.objects.get().pk}" in receipt.content.decode().replace("=\r\n", "").replace(
        "\r\n", " "
    )
    assert b"pills" not in receipt.content
    assert b"Bloggs" not in receipt.content


@pytest.mark.parametrize(("minutes", "messages"), [(0, 1), (59, 1), (60, 2)])
def test_the_same_message_sent_twice_is_one(client, minutes, messages):
    write(client)
    with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
        assert write(client).url == "/contact/received/"
    assert ContactMessage.objects.count() == messages
    write(client, message="Another")
    assert ContactMessage.objects.count() == messages + 1


@pytest.mark.parametrize(("hours", "receipts"), [(23, 1), (24, 2)])
def test_a_mailbox_has_one_receipt_in_a_day_and_the_office_none(client, settings, hours, receipts):
    write(client)
    with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
        write(client, message="Another", email="jo+x@visitors.example")
        write(client, message="Ours", email=settings.STAFF_EMAILS[0])
    assert Delivery.objects.filter(kind="receipt").count() == receipts
