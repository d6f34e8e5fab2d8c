"""Staff let an address be written to again: they are asked why, and the history keeps it."""

import pytest
import time_machine
from django.contrib.admin.models import LogEntry

from greensheets_site.accounts.roles import OWNER, PUBLISHER
from mailing.models import Subscriber, Suppression, SuppressionLift, SuppressionReason
from tests.builders import a_subscriber

from .desk import READERS, SEVEN, logged_in, said

pytestmark = pytest.mark.django_db
SUPPRESSIONS = "/admin/mailing/suppression/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(SEVEN, tick=False):
        yield


def test_a_reader_comes_back_once_staff_have_said_why(client):
    logged_in(client, PUBLISHER)
    reader = a_subscriber("anna@readers.example", bounced_at=SEVEN)
    form = {"action": "bring_back", "_selected_action": [reader.pk]}
    asked = client.post(READERS, form)
    assert (asked.status_code, b"anna@readers.example" in asked.content) == (200, True)
    empty = client.post(READERS, form | {"why": ""})
    assert "Say why; otherwise we must not write to them." in empty.content.decode()
    assert Subscriber.objects.get().state == "Bounced"
    done = client.post(READERS, form | {"why": "She telephoned."}, follow=True)
    assert said(done) == ["1 address may be written to again."]
    assert Subscriber.objects.get().state == "Reading"
    assert LogEntry.objects.get().change_message == "Write to again: She telephoned."


def test_nothing_is_said_to_have_changed_for_who_left_of_their_own_accord(client):
    logged_in(client, PUBLISHER)
    reader = a_subscriber("anna@readers.example", unsubscribed_at=SEVEN)
    done = client.post(READERS, {"action": "bring_back", "_selected_action": [reader.pk], "why": "We miss her."}, follow=True)
    assert said(done) == ["0 addresses may be written to again."]
    assert LogEntry.objects.count() == 0


def test_an_owner_finds_a_suppression_by_the_whole_address_and_lifts_it(client):
    logged_in(client, OWNER)
    for key in ("anna@readers.example", "ben@readers.example"):
        Suppression.objects.add(key, SuppressionReason.COMPLAINED, SEVEN)
    found = client.get(SUPPRESSIONS, {"q": " Anna@READERS.example"}).context["cl"].result_list
    wanted = Suppression.objects.of("anna@readers.example").get()
    assert list(found) == [wanted]
    assert list(client.get(SUPPRESSIONS, {"q": "anna@\u2024"}).context["cl"].result_list) == []
    form = {"action": "lift", "_selected_action": [wanted.pk], "why": "A mistake of her provider."}
    assert said(client.post(SUPPRESSIONS, form, follow=True)) == ["1 address may be written to again."]
    assert not Suppression.objects.of("anna@readers.example").exists()
    assert SuppressionLift.objects.get().why == "A mistake of her provider."
    assert LogEntry.objects.get().object_id == str(wanted.pk)


def test_a_publisher_may_not_lift_what_an_address_asked_for(client):
    logged_in(client, PUBLISHER)
    Suppression.objects.add("anna@readers.example", SuppressionReason.ASKED, SEVEN)
    row = Suppression.objects.get()
    client.post(SUPPRESSIONS, {"action": "lift", "_selected_action": [row.pk], "why": "Please."})
    assert Suppression.objects.count() == 1
