"""Coming and going in any order: what a link that asks for confirmation still does, and to whom."""

from datetime import timedelta

import pytest

from mailing.emails import letters
from mailing.models import ConsentEvent, Delivery, SignUp, Subscriber, Suppression, SuppressionReason
from mailing.models.choices import Choice
from mailing.readers import joining
from mailing.sending import outbox
from tests.builders import a_subscriber, an_edition, london

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def asked(at=NOON, email="anna@readers.example") -> ConsentEvent:
    """A sign-up that was taken in: the event that the link in its email confirms."""
    joining.ask_to_join(email, Choice(), at)
    joining.take_sign_ups(at)
    return ConsentEvent.objects.filter(kind="requested").latest("at", "pk")


def story() -> list[str]:
    return list(ConsentEvent.objects.values_list("kind", flat=True))


def is_reading() -> bool:
    return Subscriber.objects.active().exists()


@pytest.mark.parametrize("left_after", [timedelta(0), SECOND, HOUR], ids=["as they asked", "a second later", "an hour later"])
def test_the_link_of_a_sign_up_does_not_bring_back_somebody_who_has_left_since(client, left_after):
    event = asked()
    joining.confirm_reader(event, NOON)
    joining.leave(event.subscriber, "form", NOON + left_after)

    assert not joining.confirm_reader(event, NOON + 2 * HOUR)

    reader = Subscriber.objects.get()
    assert (reader.is_active, reader.unsubscribed_at) == (False, NOON + left_after)
    assert story() == ["requested", "confirmed", "unsubscribed"]


def test_somebody_who_left_and_asks_again_comes_back_by_the_new_link():
    first = asked()
    joining.confirm_reader(first, NOON)
    joining.leave(first.subscriber, "form", NOON + HOUR)
    again = asked(NOON + HOUR + SECOND)

    assert joining.confirm_reader(again, NOON + 2 * HOUR)

    assert (is_reading(), story()) == (True, ["requested", "confirmed", "unsubscribed", "requested", "confirmed"])


def test_the_link_of_somebody_who_was_erased_since_joins_nobody():
    event = asked()
    joining.erase_reader(event.subscriber, NOON + HOUR)
    Subscriber.objects.update(unsubscribed_at=None)

    assert not joining.confirm_reader(event, NOON + 2 * HOUR)

    assert not is_reading()


def test_pressing_the_button_twice_confirms_once():
    event = asked()
    assert [joining.confirm_reader(event, NOON + HOUR), joining.confirm_reader(event, NOON + 2 * HOUR)] == [True, True]
    assert (Subscriber.objects.get().confirmed_at, story()) == (NOON + HOUR, ["requested", "confirmed"])


@pytest.mark.parametrize(
    ("days", "is_good"), [(timedelta(days=7) - SECOND, True), (timedelta(days=7), False)], ids=["the seventh day", "after it"]
)
def test_an_unconfirmed_sign_up_can_be_confirmed_for_seven_days(days, is_good):
    event = asked()
    assert joining.confirm_reader(event, NOON + days) == is_good == is_reading()


@pytest.mark.parametrize(
    ("last", "emails"),
    [(timedelta(hours=24) - SECOND, 3), (timedelta(hours=24), 4)],
    ids=["within a day", "a day after the first"],
)
def test_one_address_is_asked_three_times_in_any_day(last, emails):
    for moment in (timedelta(0), HOUR, 2 * HOUR, 3 * HOUR, last):
        asked(NOON + moment)
    assert Delivery.objects.filter(kind="confirmation").count() == emails


def test_a_sign_up_of_somebody_who_reads_already_changes_nothing_until_it_is_confirmed():
    reader = a_subscriber("anna@readers.example")
    joining.ask_to_join("anna@readers.example", Choice.of(False, True), NOON)
    joining.take_sign_ups(NOON)
    reader = Subscriber.objects.get(pk=reader.pk)
    assert (reader.choice, reader.confirmed_at) == (Choice(), london(2026, 1, 5, 10))


def test_a_link_that_nobody_signed_confirms_nothing():
    event = asked()
    assert letters.event_of(letters.confirm_token(event)) == event
    assert [letters.event_of(link) for link in (str(event.pk), f"{event.pk}:forged", "")] == [None] * 3


def test_who_confirms_of_their_own_accord_may_be_written_to_again():
    event = asked()
    Suppression.objects.add("anna@readers.example", SuppressionReason.LEFT, NOON)
    assert outbox.audience().candidates == 0
    joining.confirm_reader(event, NOON + HOUR)
    assert (len(outbox.audience().readers), Suppression.objects.count()) == (1, 0)


def test_who_leaves_gets_neither_the_weekly_email_that_is_queued_nor_one_that_asks_to_confirm():
    reader = a_subscriber("anna@readers.example")
    mailout = outbox.prepare_mailout(an_edition(published_at=london(2026, 4, 27, 7)), london(2026, 4, 27, 7))
    asked()
    joining.leave(reader, "form", NOON + HOUR)
    assert list(Delivery.objects.values_list("kind", "mailout", "state")) == [("bulletin", mailout.pk, "skipped")]


def test_leaving_twice_is_leaving_once():
    reader = a_subscriber()
    joining.leave(reader, "form", NOON)
    joining.leave(reader, "form", NOON + HOUR)
    assert (Subscriber.objects.get().unsubscribed_at, story()) == (NOON, ["unsubscribed"])


def test_who_is_erased_stays_suppressed_and_a_request_that_waits_goes_too():
    reader = a_subscriber("anna@readers.example")
    joining.ask_to_join("Anna@readers.example", Choice(), NOON)
    joining.erase_reader(reader, NOON)
    assert [row.reason for row in Suppression.objects.of("anna@readers.example")] == ["left"]
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    ("moments", "reason"),
    [
        ({"unsubscribed_at": NOON}, "left"),
        ({"bounced_at": NOON}, "bounced"),
        ({"bounced_at": NOON, "unsubscribed_at": NOON}, "left"),
        ({"complained_at": NOON, "unsubscribed_at": NOON}, "complained"),
    ],
)
def test_why_somebody_is_gone_is_remembered_when_they_are_erased(moments, reason):
    joining.erase_reader(a_subscriber("anna@readers.example", **moments), NOON + HOUR)
    assert [row.reason for row in Suppression.objects.all()] == [reason]


def test_whoever_called_it_spam_and_asks_again_is_answered_honestly_and_comes_back_by_confirming():
    a_subscriber("anna@readers.example", complained_at=NOON)
    Suppression.objects.add("anna@readers.example", SuppressionReason.COMPLAINED, NOON)
    event = asked(NOON + HOUR)
    letter = letters.letter_of(Delivery.objects.get())
    assert "was reported as spam, so we stopped writing" in " ".join(letter.text.split())
    assert not is_reading()
    joining.confirm_reader(event, NOON + 2 * HOUR)
    assert (is_reading(), Suppression.objects.count()) == (True, 0)


@pytest.mark.parametrize(("days", "emails"), [(timedelta(days=28) - SECOND, 1), (timedelta(days=28), 2)])
def test_such_an_answer_goes_once_in_28_days_though_the_reader_was_erased(days, emails):
    Suppression.objects.add("anna@readers.example", SuppressionReason.COMPLAINED, NOON)
    for moment in (timedelta(0), HOUR, days):
        asked(NOON + moment)
    assert Delivery.objects.filter(kind="confirmation").count() == emails


def test_whoever_asked_us_never_to_write_gets_no_answer_at_all():
    Suppression.objects.add("anna@readers.example", SuppressionReason.ASKED, NOON)
    joining.ask_to_join("anna@readers.example", Choice(), NOON)
    assert (joining.take_sign_ups(NOON), Delivery.objects.count()) == (0, 0)
