"""Reports of emails that did not arrive: who is written to no more, and who still is."""

import imaplib
import mailbox
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from mailing.models import Delivery, Mailout, StrayMessage, Subscriber, Suppression
from mailing.readers import bounces, mailboxes
from tests.builders import MONDAY, a_subscriber, an_edition, london

from ..verdicts.messages import a_report, feedback

NOON = london(2026, 4, 28, 12)


def a_delivery(reader: Subscriber, weeks_ago: int = 0, **fields) -> Delivery:
    mailout = Mailout.objects.create(edition=an_edition(on=MONDAY - timedelta(weeks=weeks_ago)))
    sent = {"state": "sent", "sent_at": NOON - timedelta(weeks=weeks_ago)}
    return Delivery.objects.create(kind="bulletin", mailout=mailout, subscriber=reader, **{**sent, **fields})


def report(to: str, *, words="550 5.1.1 <anna@readers.example> unknown", **fields) -> bytes:
    return a_report(to=to, words=words, **fields)


def taken(content: bytes) -> str:
    """The state of the only reader after a message has come in."""
    bounces.offered(content, NOON)
    return Subscriber.objects.get().state


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_written_to_no_more():
    delivery = a_delivery(a_subscriber("anna@readers.example"))
    waiting = a_delivery(delivery.subscriber, weeks_ago=-1, state="queued", sent_at=None)
    assert taken(report(delivery.envelope_sender)) == "Bounced"
    delivery.refresh_from_db()
    waiting.refresh_from_db()
    assert (delivery.state, delivery.bounced_at, waiting.state) == ("sent", NOON, "skipped")
    assert delivery.smtp_reply == "5.1.1 550 5.1.1 <(address)> unknown"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"status": "4.4.1", "action": "delayed"},
        {"status": "4.2.2", "action": "failed", "words": "452 4.2.2 full"},
        {"status": "2.0.0", "action": "delivered"},
        {"status": "5.2.2", "words": "552 5.2.2 mailbox full"},
        {"status": "5.7.1", "words": "550 5.7.1 blocked by 10.5.1.1"},
        {"status": "5.1.8", "words": "550 5.1.8 sender's domain not found"},
    ],
)
def test_a_delay_and_a_full_mailbox_are_forgiven(fields):
    assert taken(report(a_delivery(a_subscriber()).envelope_sender, **fields)) == "Reading"


@pytest.mark.django_db
def test_a_mailbox_that_stays_full_for_three_editions_is_given_up():
    reader = a_subscriber()
    deliveries = [a_delivery(reader, weeks_ago=weeks) for weeks in (2, 1, 0)]
    states = [taken(report(delivery.envelope_sender, status="5.2.2", words="552 5.2.2 full")) for delivery in deliveries]
    assert states == ["Reading", "Reading", "Bounced"]


@pytest.mark.django_db
def test_one_that_arrived_in_between_begins_the_count_anew():
    reader = a_subscriber()
    deliveries = [a_delivery(reader, weeks_ago=weeks) for weeks in (3, 2, 1, 0)]
    bounced = [deliveries[0], deliveries[2], deliveries[3]]
    assert {taken(report(delivery.envelope_sender, status="5.2.2", words="full")) for delivery in bounced} == {"Reading"}


@pytest.mark.django_db
def test_whoever_calls_it_spam_is_never_written_to_again_not_even_to_confirm():
    reader = a_subscriber()
    delivery = a_delivery(reader)
    assert taken(feedback("abuse", "abuse@greensheets.example", f"Message-ID: {delivery.message_id}")) == "Complained"
    assert list(Suppression.objects.of(reader.email_key).values_list("reason", flat=True)) == ["complained"]


@pytest.mark.django_db
def test_a_report_that_was_forwarded_is_recognised_by_the_message_that_it_holds():
    delivery = a_delivery(a_subscriber())
    assert taken(report("office@greensheets.example", original=f"Message-ID: {delivery.message_id}")) == "Bounced"


@pytest.mark.django_db
@pytest.mark.parametrize("times", [1, 2])
def test_a_report_of_a_contact_message_or_of_nothing_of_ours_harms_nobody(times):
    a_subscriber()
    office = Delivery.objects.create(kind="warning", staff_email="office@greensheets.example")
    for sender in [office.envelope_sender, f"bounces+{'0' * 32}@www.greensheets.example"] * times:
        assert taken(report(sender)) == "Reading"


@pytest.mark.django_db
def test_whoever_asks_their_provider_to_be_taken_off_has_left():
    delivery = a_delivery(a_subscriber())
    assert taken(feedback("opt-out", delivery.envelope_sender)) == "Left"
    assert Suppression.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["auth-failure", "not-spam", "virus"])
def test_other_feedback_harms_nobody_and_is_kept_for_a_person(kind):
    delivery = a_delivery(a_subscriber())
    assert taken(feedback(kind, delivery.envelope_sender)) == "Reading"
    assert StrayMessage.objects.values_list("why", flat=True).get() == f"Feedback-Type: {kind}"


@pytest.mark.django_db
def test_three_mondays_of_a_broken_dkim_cost_nobody_their_place():
    reader = a_subscriber()
    dkim = {"status": "5.7.26", "words": "550 5.7.26 mail from greensheets.example is not authenticated"}
    for weeks in (3, 2, 1, 0):
        assert taken(report(a_delivery(reader, weeks_ago=weeks).envelope_sender, **dkim)) == "Reading"


@pytest.mark.django_db
def test_a_refusal_because_of_us_in_between_neither_ends_nor_feeds_a_row_of_refusals():
    reader = a_subscriber()
    full = {"status": "5.2.2", "words": "552 5.2.2 full"}
    dkim = {"status": "5.7.26", "words": "550 5.7.26 not authenticated"}
    told = [full, full, dkim, full]
    states = [taken(report(a_delivery(reader, weeks_ago=3 - week).envelope_sender, **told[week])) for week in range(4)]
    assert states == ["Reading", "Reading", "Reading", "Bounced"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (b"", ("", "", "", "about no email of ours (no report that a program can read)")),
        (
            b"From: Pat\nSubject: Dear\n\nPlease\x00 ring.",
            ("Pat", "Dear", "Please ring.", "about no email of ours (no report that a program can read)"),
        ),
        (b"From: a\xff\nSubject: =?utf-8?q?=ff?=\n\n\xff", None),
    ],
)
def test_what_no_program_can_read_is_kept_for_a_person(content, shown):
    assert bounces.offered(content, NOON) == "stray"
    kept = StrayMessage.objects.values_list("sender", "subject", "text", "why").get()
    assert shown is None or kept == shown


@pytest.mark.django_db
def test_a_bounce_of_an_email_that_is_not_ours_is_kept_for_a_person():
    assert bounces.offered(report("somebody@else.example"), NOON) == "stray"
    assert StrayMessage.objects.get().why.startswith("about no email of ours (address: ")


@pytest.mark.django_db
def test_a_message_that_breaks_the_reading_does_not_hold_up_the_others(monkeypatch):
    monkeypatch.setattr(bounces, "read", lambda content: 1 / 0)
    assert bounces.offered(b"Subject: x\n\ny", NOON) == "stray"
    assert StrayMessage.objects.get().why == "it is broken"


@pytest.mark.django_db
def test_a_maildir_is_emptied_and_what_a_person_should_see_is_at_the_desk(tmp_path, settings):
    settings.BOUNCES_MAILBOX = f"maildir://{tmp_path}/box"
    delivery = a_delivery(a_subscriber())
    box = mailbox.Maildir(tmp_path / "box", create=True)
    box.add(report(delivery.envelope_sender))
    box.add(report(delivery.envelope_sender, action="delayed"))
    box.add(b"Subject: Dear Greensheets\n\nPlease ring me.")
    assert bounces.read_mailbox(NOON) == "1 reports read, 1 that say nothing, 1 kept for a person"
    assert list(mailbox.Maildir(tmp_path / "box")) == []
    assert StrayMessage.objects.get().subject == "Dear Greensheets"
    assert bounces.read_mailbox(NOON) == ""
    assert Subscriber.objects.get().state == "Bounced"


class FakeServer:
    """As much of an IMAP server as is asked."""

    def __init__(self, *messages):
        self.messages, self.flags, self.said = messages, {}, []

    def __call__(self, host, port, timeout):
        self.said.append((host, port))
        return self

    def login(self, user, password):
        self.said.append((user, password))

    def select(self, folder):
        self.said.append(folder)

    def search(self, charset, *criteria):
        return "OK", [" ".join(str(n) for n, _ in enumerate(self.messages, 1) if str(n) not in self.flags).encode()]

    def fetch(self, number, what):
        return "OK", [(b"1 (BODY[] {1}", self.messages[int(number) - 1]), b")"]

    def store(self, number, command, flag):
        self.flags[number] = flag

    def expunge(self):
        self.said.append("expunge")

    def logout(self):
        self.said.append("logout")


@pytest.mark.django_db
def test_a_mailbox_behind_imap_is_read_alike(monkeypatch):
    delivery = a_delivery(a_subscriber())
    server = FakeServer(report(delivery.envelope_sender), b"Subject: Hello\n\nHello")
    monkeypatch.setattr(imaplib, "IMAP4_SSL", server)
    told = bounces.read_mailbox(NOON, "imaps://bounces%40x.example:p%2Fw@imap.x.example/Reports")
    assert told == "1 reports read, 0 that say nothing, 1 kept for a person"
    assert server.said == [
        ("imap.x.example", 993),
        ("bounces@x.example", "p/w"),
        "Reports",
        "expunge",
        "logout",
    ]
    assert server.flags == {"1": "\\Deleted", "2": "\\Deleted"}
    assert Subscriber.objects.get().state == "Bounced"


class SharedServer(FakeServer):
    """Another program is busy in the same mailbox: it has taken the first message away, and the server tells of the second."""

    def fetch(self, number, what):
        return ("OK", [None]) if number == "1" else ("OK", [b"2 (FLAGS (\\Answered))", *super().fetch(number, what)[1]])


@pytest.mark.django_db
def test_what_another_program_does_in_the_mailbox_holds_up_nothing(monkeypatch):
    delivery = a_delivery(a_subscriber())
    server = SharedServer(b"", report(delivery.envelope_sender))
    monkeypatch.setattr(imaplib, "IMAP4_SSL", server)
    assert bounces.read_mailbox(NOON, "imaps://x:y@imap.x.example") == "1 reports read, 0 that say nothing, 0 kept for a person"
    assert server.flags == {"2": "\\Deleted"}
    assert Subscriber.objects.get().state == "Bounced"


def test_a_server_may_say_nothing_of_an_empty_mailbox(monkeypatch):
    server = FakeServer()
    monkeypatch.setattr(server, "search", lambda charset, *criteria: ("OK", [None]))
    monkeypatch.setattr(imaplib, "IMAP4_SSL", server)
    mailboxes.read_all("imaps://x:y@imap.x.example", pytest.fail)
    assert server.said[-1] == "logout"


@pytest.mark.django_db
def test_the_command_says_what_it_did_and_what_it_needs(tmp_path, capsys):
    mailbox.Maildir(tmp_path / "box", create=True)
    call_command("read_bounces", f"maildir://{tmp_path}/box")
    assert capsys.readouterr().out == "Nothing has come in.\n"
    with pytest.raises(CommandError, match="Name a mailbox"):
        call_command("read_bounces")
    with pytest.raises(mailboxes.UnknownMailboxError):
        call_command("read_bounces", "pop3://x")
