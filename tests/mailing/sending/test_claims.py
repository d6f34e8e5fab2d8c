"""The two UPDATEs that are made once and run for each email: taking it before, and writing down after that it went."""

from datetime import timedelta

import pytest

from mailing.models import Delivery, Mailout
from tests.builders import a_subscriber, london
from tests.mailing.admin.desk import a_mailout

pytestmark = pytest.mark.django_db
SEVEN = london(2026, 4, 27, 7)
SOON = timedelta(microseconds=1)


def two_deliveries() -> list[Delivery]:
    a_mailout("anna@readers.example", "ben@readers.example")
    return list(Delivery.objects.order_by("pk"))


def rows() -> list[tuple]:
    return list(Delivery.objects.order_by("pk").values_list("state", "claimed_at", "sent_at", "attempts"))


def test_each_email_is_claimed_and_marked_with_moments_of_its_own():
    anna, ben = two_deliveries()
    assert Delivery.objects.claim(anna, SEVEN)
    assert Delivery.objects.claim(ben, SEVEN + SOON)
    assert rows() == [("sending", SEVEN, None, 0), ("sending", SEVEN + SOON, None, 0)]
    Delivery.objects.mark_sent(ben, SEVEN + SOON, SEVEN + 2 * SOON)
    Delivery.objects.mark_sent(anna, SEVEN, SEVEN + 3 * SOON)
    assert rows() == [("sent", SEVEN, SEVEN + 3 * SOON, 1), ("sent", SEVEN + SOON, SEVEN + 2 * SOON, 1)]


def test_what_another_sender_has_claimed_is_not_claimed_again():
    anna, _ = two_deliveries()
    assert [Delivery.objects.claim(anna, SEVEN), Delivery.objects.claim(anna, SEVEN + SOON)] == [True, False]
    assert rows() == [("sending", SEVEN, None, 0), ("queued", None, None, 0)]


@pytest.mark.parametrize("state", ["sent", "failed", "skipped", "uncertain"])
def test_only_what_is_queued_is_claimed(state):
    anna, _ = two_deliveries()
    Delivery.objects.filter(pk=anna.pk).update(state=state)
    assert not Delivery.objects.claim(anna, SEVEN)


@pytest.mark.parametrize(
    ("mailout", "is_taken"),
    [
        ({"paused_at": SEVEN}, False),
        ({"cancelled_at": SEVEN}, False),
        ({"retry_at": SEVEN + SOON}, False),
        ({"retry_at": SEVEN}, True),
        ({"finished_at": SEVEN}, True),
    ],
)
def test_a_mailout_that_may_not_go_holds_its_emails_back_at_that_very_moment(mailout, is_taken):
    anna, _ = two_deliveries()
    Mailout.objects.update(**mailout)
    assert Delivery.objects.claim(anna, SEVEN) is is_taken


@pytest.mark.parametrize("moment", ["unsubscribed_at", "bounced_at", "complained_at"])
def test_the_email_of_a_reader_who_has_left_is_not_claimed(moment):
    anna, _ = two_deliveries()
    type(anna.subscriber).objects.filter(pk=anna.subscriber_id).update(**{moment: SEVEN})
    assert not Delivery.objects.claim(anna, SEVEN)


def test_a_confirmation_goes_to_somebody_who_is_not_a_reader_yet():
    new = a_subscriber("new@readers.example", confirmed_at=None)
    assert Delivery.objects.claim(Delivery.objects.create(kind="confirmation", subscriber=new), SEVEN)


def test_a_sender_whose_claim_was_taken_over_marks_nothing():
    anna, _ = two_deliveries()
    Delivery.objects.claim(anna, SEVEN)
    Delivery.objects.filter(pk=anna.pk).update(claimed_at=SEVEN + SOON)
    Delivery.objects.mark_sent(anna, SEVEN, SEVEN + 2 * SOON)
    assert rows()[0] == ("sending", SEVEN + SOON, None, 0)
