"""The relay is a real one that refuses what it is told to refuse."""

import mailbox

import pytest

from greensheets_site.doctor import mail
from mailing.models import Delivery
from tests.builders import a_subscriber, london
from tests.mailing.sink import Sink, listening, mail_settings, refuse_log_in

NOW = london(2026, 4, 23, 9)


class Asked(Sink):
    """Answers senders and recipients as it is told, and remembers them."""

    def __init__(self, sender: str = "250 OK", recipient: str = "250 OK"):
        super().__init__()
        self.says = {"sender": sender, "recipient": recipient}
        self.asked: list[str] = []

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        self.asked.append(address)
        envelope.mail_from = address
        return self.says["sender"]

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        self.asked.append(address)
        if self.says["recipient"].startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says["recipient"]


@pytest.fixture
def mail_set(settings):
    def point(port: int, **more) -> None:
        for name, value in {**mail_settings(port), "STAFF_EMAILS": ["office@greensheets.example"], **more}.items():
            setattr(settings, name, value)

    return point


def test_a_relay_that_takes_the_email_is_good_and_is_sent_nothing(mail_set):
    sink = Asked()
    with listening(sink) as port:
        mail_set(port)
        found = mail.relay(NOW)
    assert (found.state, found.sentence) == ("good", f"127.0.0.1:{port} would take an email to office@greensheets.example.")
    assert sink.asked == ["bounces+00000000000000000000000000000000@www.greensheets.example", "office@greensheets.example"]
    assert sink.taken == []


@pytest.mark.parametrize(
    ("sink", "state", "says"),
    [
        (Asked(recipient="550 5.7.1 Relaying denied"), "bad", "refused office@greensheets.example: 550 5.7.1 Relaying denied."),
        (Asked(recipient="451 4.7.1 Greylisted"), "look", "puts off: 451 4.7.1 Greylisted."),
        (Asked(sender="553 5.7.1 Not your domain"), "bad", "refused the sender: 553 5.7.1 Not your domain."),
    ],
)
def test_a_relay_that_refuses_is_bad_in_its_own_words(mail_set, sink, state, says):
    with listening(sink) as port:
        mail_set(port)
        found = mail.relay(NOW)
    assert (found.state, found.sentence) == (state, f"127.0.0.1:{port} {says}")
    assert found.advice


def test_a_log_in_that_is_refused_is_bad(mail_set):
    with listening(Asked(), auth_require_tls=False, authenticator=refuse_log_in) as port:
        mail_set(port, EMAIL_HOST_USER="us", EMAIL_HOST_PASSWORD="wrong")
        found = mail.relay(NOW)
    assert (found.state, found.sentence) == ("bad", f"127.0.0.1:{port} refused the log-in (535).")


def test_a_relay_that_is_not_there_is_bad(mail_set):
    with listening(Asked()) as port:
        mail_set(port)
    found = mail.relay(NOW)
    assert found.state == "bad"
    assert found.sentence.startswith(f"127.0.0.1:{port} cannot be reached: ")


def test_another_way_of_sending_can_only_be_tried(settings):
    settings.EMAIL_BACKEND = "greensheets_site.demo.mail_backend.MaildirBackend"
    found = mail.relay(NOW)
    assert found.state == "look"
    assert "--send-to" in found.advice


def test_a_test_email_is_really_sent(mail_set):
    sink = Sink()
    with listening(sink) as port:
        mail_set(port)
        found = mail.send("me@elsewhere.example", NOW)
    assert (found.state, [message.to for message in sink.taken]) == ("good", [("me@elsewhere.example",)])
    assert b"Subject: Greensheets: a test email" in sink.taken[0].content


def test_a_test_email_that_is_refused_is_bad(mail_set):
    with listening(Sink(lambda number, to: "554 5.7.1 Spam")) as port:
        mail_set(port)
        found = mail.send("me@elsewhere.example", NOW)
    assert found.state == "bad"
    assert "Spam" in found.sentence


def test_the_mailbox_of_bounces_must_open(settings, tmp_path):
    settings.ANYMAIL = {}
    assert mail.bounces(NOW).state == "look"
    settings.BOUNCES_MAILBOX = f"maildir://{tmp_path / 'bounces'}"
    assert mail.bounces(NOW).state == "bad"
    mailbox.Maildir(tmp_path / "bounces", create=True)
    assert mail.bounces(NOW).state == "good"
    settings.BOUNCES_MAILBOX = "imaps://us:secret@127.0.0.1:1/INBOX"
    assert mail.bounces(NOW).state == "bad"


def test_with_a_webhook_no_mailbox_is_missed(settings):
    settings.BOUNCES_MAILBOX, settings.ANYMAIL = "", {"WEBHOOK_SECRET": "us:secret"}
    assert mail.bounces(NOW).state == "good"


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "state"), [(7, "bad"), (8, "good")])
def test_a_confirmation_that_waits_for_more_than_an_hour_is_bad(hour, state):
    Delivery.objects.create(kind="confirmation", subscriber=a_subscriber(), created_at=london(2026, 4, 23, hour, 30))
    assert mail.outbox_checked(NOW).state == state
