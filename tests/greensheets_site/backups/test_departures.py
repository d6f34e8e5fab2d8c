"""No restore brings back who has left, bounced, complained or been erased since the set was made."""

import json
from datetime import timedelta

import pytest

from greensheets_site.backups import departures
from mailing.models import ConsentEvent, ContactMessage, SignUp, Subscriber, Suppression, SuppressionReason, email_hash
from mailing.models.choices import Choice
from mailing.readers import joining
from tests.builders import a_subscriber, london

SET, THEN, NOW = london(2026, 4, 20, 2), london(2026, 4, 22, 10), london(2026, 4, 27, 10)
pytestmark = pytest.mark.django_db


def rewind(*readers: Subscriber) -> None:
    """The database is again what it was when the set was made: its readers are there, and nothing is known of their going."""
    for reader in readers:
        ConsentEvent.objects.filter(subscriber=reader).delete()
        reader.save()
    Suppression.objects.all().delete()


def states() -> dict[str, str]:
    return {reader.email or "(erased)": reader.state for reader in Subscriber.objects.all()}


def test_who_left_bounced_complained_or_was_erased_since_goes_again(store):
    who = ("stays", "left", "bounced", "complained", "erased", "never")
    stays, left, bounced, complained, erased, never = readers = [a_subscriber(f"{name}@a.example") for name in who]
    joining.leave(Subscriber.objects.get(pk=left.pk), "form", THEN)
    Subscriber.objects.filter(pk=bounced.pk).update(bounced_at=THEN)
    Subscriber.objects.filter(pk=complained.pk).update(complained_at=THEN)
    Suppression.objects.add(complained.email_key, SuppressionReason.COMPLAINED, THEN)
    joining.erase_reader(Subscriber.objects.get(pk=erased.pk), THEN)
    Suppression.objects.add(never.email_key, SuppressionReason.ASKED, THEN)
    joining.leave(Subscriber.objects.get(pk=never.pk), "staff", THEN)
    before, suppressed = states(), set(Suppression.objects.values_list("email_hash", "reason", "at"))
    assert departures.record(store, THEN) == 5

    rewind(*readers)
    ContactMessage.objects.create(enquiry="other", name="May", email="Erased@A.example", message="Hello")
    SignUp.objects.create(email="erased@a.example", email_key="erased@a.example", choice="ts:", wording="")
    assert set(states().values()) == {"Reading"}
    assert departures.replay(store) == 5

    assert states() == before
    assert set(Suppression.objects.values_list("email_hash", "reason", "at")) == suppressed
    assert (ContactMessage.objects.count(), SignUp.objects.count()) == (0, 0)
    assert Subscriber.objects.get(pk=left.pk).unsubscribed_at == THEN
    assert departures.replay(store) == 0
    assert stays.email in states()


def test_who_came_back_of_their_own_accord_stays(store):
    reader = a_subscriber("back@a.example")
    joining.leave(reader, "form", THEN)
    departures.record(store, THEN)
    SignUp.objects.create(email=reader.email, email_key=reader.email_key, choice=Choice(True, True, ()).key, wording="", at=NOW)
    joining.take_sign_ups(NOW)
    joining.confirm_reader(ConsentEvent.objects.filter(kind="requested").latest("at"), NOW)

    assert departures.replay(store) == 0
    departures.record(store, NOW)
    assert departures.read_list(store) == {}
    Subscriber.objects.update(unsubscribed_at=None, confirmed_at=london(2026, 1, 5))
    assert departures.replay(store) == 0


def test_the_list_names_nobody_and_is_not_written_when_nothing_has_changed(store, monkeypatch):
    joining.leave(a_subscriber("left@a.example"), "form", THEN)
    departures.record(store, THEN)
    with store.open(departures.LIST) as file:
        text = file.read().decode()
    assert json.loads(text) == {
        email_hash("left@a.example"): {"at": "2026-04-22T09:00:00+00:00", "how": "left", "reason": "", "is_erased": False}
    }
    monkeypatch.setattr(store, "save", None)
    assert departures.record(store, NOW) == 0


def test_an_older_database_does_not_make_the_list_forget(store):
    reader = a_subscriber("left@a.example")
    joining.leave(Subscriber.objects.get(pk=reader.pk), "form", THEN)
    departures.record(store, THEN)
    rewind(reader)
    departures.record(store, NOW)
    assert list(departures.read_list(store)) == [email_hash("left@a.example")]


def test_an_entry_goes_when_every_set_that_is_kept_is_younger(store):
    reader = a_subscriber("left@a.example")
    joining.erase_reader(Subscriber.objects.get(pk=reader.pk), THEN)
    departures.record(store, THEN)
    Suppression.objects.all().delete()
    departures.record(store, THEN + timedelta(days=399))
    assert len(departures.read_list(store)) == 1
    departures.record(store, THEN + timedelta(days=401))
    assert departures.read_list(store) == {}
