"""The way back: who comes back when staff say so, and what stays on record of it."""

from datetime import timedelta

import pytest

from mailing.models import ConsentEvent, Subscriber, Suppression, SuppressionLift, SuppressionReason
from mailing.readers import joining, lifting
from tests.builders import a_subscriber, london
from web.models import TrailEntry

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)
LATER = NOON + timedelta(hours=1)
KEY = "anna@readers.example"


def back(reader: Subscriber) -> tuple[bool, str]:
    done = lifting.bring_back(reader, "member of staff 7", "She telephoned.", LATER)
    return done, Subscriber.objects.get(pk=reader.pk).state


def test_a_complaint_by_mistake_is_lifted_with_who_when_and_why():
    reader = a_subscriber(KEY, complained_at=NOON)
    Suppression.objects.add(KEY, SuppressionReason.COMPLAINED, NOON)
    assert back(reader) == (True, "Reading")
    assert not Suppression.objects.exists()
    assert list(SuppressionLift.objects.values_list("reason", "suppressed_at", "at", "who", "why")) == [
        ("complained", NOON, LATER, "member of staff 7", "She telephoned.")
    ]
    assert list(TrailEntry.objects.values_list("what", "said")) == [("lifted", "Reported spam, by member of staff 7")]
    event = ConsentEvent.objects.get()
    assert (event.kind, event.at, event.how) == ("restored", LATER, "member of staff 7: She telephoned.")


def test_a_bounce_that_was_none_is_lifted():
    assert back(a_subscriber(KEY, bounced_at=NOON)) == (True, "Reading")


def test_a_slip_of_the_hand_at_the_desk_is_undone():
    reader = a_subscriber(KEY)
    Suppression.objects.add(KEY, SuppressionReason.ASKED, NOON)
    joining.leave(reader, "member of staff 3", NOON)
    assert back(reader) == (True, "Reading")


def test_who_left_of_their_own_accord_is_not_brought_back():
    reader = a_subscriber(KEY)
    joining.leave(reader, "one-click", NOON)
    assert back(reader) == (False, "Left")
    assert SuppressionLift.objects.count() == 0


def test_who_was_erased_is_not_brought_back():
    reader = a_subscriber(KEY)
    joining.erase_reader(reader, NOON)
    assert back(reader) == (False, "Erased")


def test_a_suppression_is_lifted_though_only_a_code_of_the_address_is_kept():
    a_subscriber("bo@readers.example", complained_at=NOON)
    reader = a_subscriber(KEY, complained_at=NOON)
    for key in (KEY, "nobody@readers.example"):
        Suppression.objects.add(key, SuppressionReason.COMPLAINED, NOON)
    for suppression in Suppression.objects.all():
        lifting.lift(suppression, "member of staff 7", "A mistake.", LATER)
    assert (Suppression.objects.count(), SuppressionLift.objects.count()) == (0, 2)
    assert Subscriber.objects.get(pk=reader.pk).state == "Reading"
    assert Subscriber.objects.get(email="bo@readers.example").state == "Complained"
