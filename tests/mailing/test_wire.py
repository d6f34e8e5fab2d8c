"""What goes over the wire, as a real SMTP server takes it in."""

import email
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller

from mailing import sending
from mailing.models import Delivery
from tests.builders import a_subscriber, a_vacancy, an_edition, london

SEVEN = london(2026, 4, 27, 7)


class Sink:
    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        return "250 OK"


@pytest.fixture
def sink(settings):
    handler = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler.taken
    controller.stop()


@pytest.mark.django_db
def test_the_weekly_email_is_well_formed_on_the_wire(sink):
    a_vacancy("Teacher of Français – part time")
    an_edition(published_at=SEVEN)
    reader = a_subscriber("anna@readers.example")
    sending.prepare_due_mailouts(SEVEN)
    sending.send_queued(SEVEN)
    [(sender, to, content)] = sink
    delivery = Delivery.objects.get()
    assert (sender, to, delivery.state) == (delivery.envelope_sender, ["anna@readers.example"], "sent")
    message = email.message_from_bytes(content, policy=policy.strict)
    assert [part.defects for part in message.walk()] == [[], [], []]
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 98
    assert content.count(f"List-Unsubscribe: <https://www.greensheets.example/u/{reader.token}/>\r\n".encode()) == 1
    assert message["Message-ID"] == delivery.message_id
    for part in message.iter_parts():
        assert "Teacher of Français – part time" in part.get_content()
