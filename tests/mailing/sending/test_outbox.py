import smtplib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from mailing.models import Delivery, Mailout, Subscriber, Suppression, SuppressionReason
from mailing.readers import joining
from mailing.sending import outbox
from tests.builders import MONDAY, a_subscriber, a_vacancy, an_edition, london

pytestmark = pytest.mark.django_db
SEVEN = london(2026, 4, 27, 7)


@pytest.fixture
def edition():
    a_vacancy("Class Teacher")
    return an_edition(published_at=SEVEN)


def states():
    return list(Delivery.objects.weekly().values_list("state", flat=True))


def test_every_confirmed_reader_gets_one_email_and_a_second_run_sends_nothing(edition):
    a_subscriber("anna@readers.example")
    a_subscriber("ben@readers.example")
    a_subscriber("unconfirmed@readers.example", confirmed_at=None)
    for _ in range(2):
        outbox.prepare_due_mailouts(SEVEN)
        outbox.send_queued(SEVEN)
    assert [message.to for message in mail.outbox] == [["anna@readers.example"], ["ben@readers.example"]]
    assert Mailout.objects.get().state == "Finished"


def test_nothing_is_planned_before_seven(edition):
    assert outbox.prepare_due_mailouts(SEVEN - timedelta(seconds=1)) == []
    assert Mailout.objects.count() == 0


@pytest.mark.parametrize(
    ("monday", "utc"),
    [
        (date(2026, 10, 19), datetime(2026, 10, 19, 6, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 26, 7, tzinfo=UTC)),  # the clocks went back in the night before
        (date(2026, 3, 30), datetime(2026, 3, 30, 6, tzinfo=UTC)),  # ... and forward
    ],
)
def test_seven_is_seven_in_london_on_the_mornings_after_the_clocks_change_too(monday, utc):
    an_edition(on=monday, published_at=utc - timedelta(hours=7))
    assert outbox.prepare_due_mailouts(utc - timedelta(seconds=1)) == []
    assert [mailout.frozen_at for mailout in outbox.prepare_due_mailouts(utc)] == [utc]


@pytest.mark.parametrize("jumps", [(-60, 0, 30, 90), (60, -60, 30, 90), (90, 0, 60, 95), (0, 60, 0, 0, 90)])
def test_a_clock_that_is_set_back_or_forward_loses_nobody_and_doubles_nobody(edition, monkeypatch, jumps):
    """With a server that puts off every second email, and a round at each of these minutes."""
    asked = []

    def every_second(self, messages):
        asked.extend(message.to[0] for message in messages)
        if len(asked) % 2:
            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (451, b"4.3.0 later")})
        return send(self, messages)

    send = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", every_second)
    addresses = sorted(a_subscriber().email for _ in range(5))
    outbox.prepare_due_mailouts(SEVEN)
    for minutes in (*jumps, 200, 300, 400, 900):
        now = SEVEN + timedelta(minutes=minutes)
        outbox.prepare_due_mailouts(now)
        outbox.recover(now)
        outbox.send_queued(now)
    assert sorted(message.to[0] for message in mail.outbox) == addresses
    assert Mailout.objects.get().state == "Finished"


def test_told_to_stop_it_finishes_the_email_at_hand_and_a_later_run_the_rest(edition):
    for _ in range(5):
        a_subscriber()
    outbox.prepare_due_mailouts(SEVEN)
    outbox.send_queued(SEVEN, stop=lambda: len(mail.outbox) >= 2)
    assert (len(mail.outbox), sorted(states())) == (2, ["queued"] * 3 + ["sent"] * 2)
    outbox.send_queued(SEVEN)
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(hours=14), "Sending"),
        (timedelta(hours=14, seconds=1), "Paused"),
        (timedelta(days=7, hours=-7, seconds=-1), "Paused"),
        (timedelta(days=7, hours=-7), None),
    ],
    ids=["14 hours late", "a second more", "a second before a week has gone by", "the Monday after"],
)
def test_an_email_goes_up_to_fourteen_hours_late_then_waits_for_staff_and_after_a_week_is_not_planned_any_more(
    edition, after, state
):
    a_subscriber()
    outbox.prepare_due_mailouts(SEVEN + after)
    assert [mailout.state for mailout in Mailout.objects.all()] == ([state] if state else [])


@pytest.mark.parametrize(("day", "is_planned"), [(date(2026, 4, 20), False), (date(2026, 4, 21), True)])
def test_the_email_of_an_edition_can_be_looked_at_from_the_tuesday_before(day, is_planned):
    an_edition()
    outbox.plan_coming(london(day.year, day.month, day.day, 9))
    assert Mailout.objects.exists() == is_planned


def test_an_email_that_is_put_off_is_tried_after_5_minutes_15_an_hour_3_and_6_and_has_then_failed(edition, monkeypatch):
    def later(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (451, b"4.3.0 later")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", later)
    a_subscriber()
    outbox.prepare_due_mailouts(SEVEN)
    at, waits = SEVEN, []
    while states() == ["queued"]:
        outbox.send_queued(at)
        following = Delivery.objects.weekly().get().next_try_at
        if states() == ["queued"]:
            waits.append(round((following - at).total_seconds() / 60))
            at = following + timedelta(seconds=5)
    assert (waits, states()) == ([5, 15, 60, 180, 360], ["failed"])


def test_more_than_fourteen_hours_late_it_waits_and_staff_are_told(edition):
    a_subscriber()
    late = SEVEN + timedelta(hours=14, minutes=1)
    assert outbox.prepare_due_mailouts(late) == []
    assert Mailout.objects.get().state == "Paused"
    assert list(Delivery.objects.values_list("kind", flat=True)) == ["warning"]


def test_candidates_are_deliveries_and_excluded(edition):
    a_subscriber()
    shut_out = a_subscriber()
    Suppression.objects.add(shut_out.email_key, SuppressionReason.COMPLAINED, SEVEN)
    outbox.prepare_due_mailouts(SEVEN)
    mailout = Mailout.objects.get()
    assert (mailout.candidates, mailout.excluded, sum(mailout.progress().values())) == (2, 1, 1)


def test_readers_with_equal_choices_are_queued_side_by_side(edition):
    for number, wants_support in enumerate((True, False, True)):
        a_subscriber(f"reader{number}@readers.example", wants_support=wants_support)
    outbox.prepare_due_mailouts(SEVEN)
    assert list(Delivery.objects.order_by("pk").values_list("choice", flat=True)) == ["t:", "ts:", "ts:"]


def test_what_is_known_of_a_reader_in_the_answers_of_mail_servers_goes_when_they_are_erased(edition):
    reader = a_subscriber()
    outbox.prepare_due_mailouts(SEVEN)
    Delivery.objects.update(smtp_reply="550 no such letter box")
    joining.erase_reader(reader, SEVEN)
    assert list(Delivery.objects.values_list("choice", "smtp_reply")) == [("", "")]


def test_a_reader_who_leaves_after_the_freeze_is_skipped(edition):
    reader = a_subscriber()
    outbox.prepare_due_mailouts(SEVEN)
    Subscriber.objects.filter(pk=reader.pk).update(unsubscribed_at=SEVEN)
    outbox.send_queued(SEVEN)
    assert (mail.outbox, states()) == ([], ["skipped"])


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ((451, b"4.3.0 later"), ("queued", False)),
        ((550, b"5.7.1 no"), ("failed", False)),
        ((550, b"5.1.1 <x@readers.example> unknown"), ("failed", True)),
    ],
)
def test_the_answer_of_the_server_decides_what_becomes_of_an_email(edition, monkeypatch, answer, outcome):
    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: answer})

    reader = a_subscriber("x@readers.example")
    outbox.prepare_due_mailouts(SEVEN)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    outbox.send_queued(SEVEN)
    reader.refresh_from_db()
    assert (states(), bool(reader.bounced_at)) == ([outcome[0]], outcome[1])
    assert "readers.example" not in Delivery.objects.weekly().get().smtp_reply


@pytest.mark.parametrize(("policy", "state"), [("resend", "queued"), ("hold", "uncertain")])
def test_what_a_dead_sender_left_is_resent_or_held(edition, settings, policy, state):
    settings.MAILING_UNCERTAIN = policy
    a_subscriber()
    outbox.prepare_due_mailouts(SEVEN)
    Delivery.objects.update(state="sending", claimed_at=SEVEN)
    assert outbox.recover(SEVEN + timedelta(minutes=6)) == 1
    assert states() == [state]


def test_the_week_is_named_in_the_subject_and_both_parts_hold_the_link_to_leave(edition):
    reader = a_subscriber()
    outbox.prepare_due_mailouts(SEVEN)
    outbox.send_queued(SEVEN)
    message = mail.outbox[0]
    assert message.subject == "Class Teacher at Fernhollow Primary School - new this week"
    link = f"https://www.greensheets.example/u/{reader.token}/"
    assert link in message.body
    assert link in message.alternatives[0][0]
    wire = message.message().as_bytes(linesep="\r\n")
    assert f"List-Unsubscribe: <{link}>\r\n".encode() in wire
    assert max(map(len, wire.split(b"\r\n"))) <= 98
    assert wire.isascii()
    assert MONDAY.isoformat() in message.body


def test_emails_that_cannot_be_written_are_tried_later_and_logged_once_without_an_address(edition, monkeypatch, caplog):
    words = "nobody@readers.example is to blame"

    def fail(week, choice):
        raise ValueError(words)

    monkeypatch.setattr("mailing.emails.letters.weekly", fail)
    for _ in range(3):
        a_subscriber()
    outbox.prepare_due_mailouts(SEVEN)
    outbox.send_queued(SEVEN)
    assert (mail.outbox, states()) == ([], ["queued"] * 3)
    [record] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "could not be written: ValueError" in record.getMessage()
    assert "readers.example" not in record.getMessage()
