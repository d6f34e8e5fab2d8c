"""Who may be written to, and what an address that must not be written to is remembered for."""

from datetime import timedelta

import pytest

from mailing.models import Delivery, Subscriber, Suppression, SuppressionReason
from mailing.models.choices import Choice
from mailing.readers import joining
from tests.builders import a_subscriber, london

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)
KEY = "anna@readers.example"
LEFT, BOUNCED, COMPLAINED, ASKED = SuppressionReason


@pytest.mark.parametrize(
    ("fields", "is_reader"),
    [
        ({}, True),
        ({"confirmed_at": None}, False),
        ({"unsubscribed_at": NOON}, False),
        ({"bounced_at": NOON}, False),
        ({"complained_at": NOON}, False),
        ({"erased_at": NOON, "email": "", "email_key": None}, False),
    ],
    ids=["confirmed", "not confirmed", "left", "bounced", "complained", "erased"],
)
def test_only_who_has_confirmed_and_neither_left_nor_bounced_nor_complained_is_written_to(fields, is_reader):
    reader = a_subscriber(KEY)
    Subscriber.objects.update(**fields)
    reader.refresh_from_db()
    assert (reader.is_active, Subscriber.objects.active().exists()) == (is_reader, is_reader)


@pytest.mark.parametrize(("reason", "is_asked"), [(LEFT, True), (BOUNCED, True), (COMPLAINED, True), (ASKED, False)])
def test_everybody_may_sign_up_again_but_who_asked_not_to_be_written_to_is_asked_nothing(reason, is_asked):
    Suppression.objects.add(KEY, reason, NOON)
    joining.ask_to_join(KEY, Choice(), NOON)
    joining.take_sign_ups(NOON)
    assert Delivery.objects.filter(kind="confirmation").exists() == is_asked


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [(LEFT, ASKED, ASKED), (BOUNCED, COMPLAINED, COMPLAINED), (ASKED, LEFT, ASKED), (COMPLAINED, BOUNCED, COMPLAINED)],
)
def test_a_final_reason_takes_the_place_of_one_that_a_sign_up_lifts_and_never_the_other_way_round(first, second, kept):
    Suppression.objects.add(KEY, first, NOON)
    Suppression.objects.add(KEY, second, NOON + timedelta(days=1))
    row = Suppression.objects.get()
    assert (row.reason, row.at) == (kept, NOON if kept == first else NOON + timedelta(days=1))


def test_an_address_is_the_same_in_capitals_and_in_every_spelling_of_its_domain():
    Suppression.objects.add("anna@xn--bcher-kva.example", ASKED, NOON)
    joining.ask_to_join("ANNA@BÜCHER.example", Choice(), NOON)
    joining.take_sign_ups(NOON)
    assert not Subscriber.objects.exists()
