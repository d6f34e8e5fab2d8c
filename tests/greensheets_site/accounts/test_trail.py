"""What is written down of accounts, who may read it, and when the person is told by email."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from greensheets_site.accounts import roles, second_step
from greensheets_site.doctor import machine
from mailing.models import Delivery
from tests.builders import a_subscriber, london
from tests.desk import opened, staff
from web import trail
from web.models import Happening, TrailEntry

NOW = london(2026, 4, 22, 9)
STRONG = "teapot-granite-26"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


@pytest.fixture
def erin(db):
    user = staff(roles.EDITOR, "erin")
    user.email = "erin@office.example"
    user.save()
    return user


@pytest.fixture
def olwen(client):
    user = staff(roles.OWNER, "olwen")
    client.force_login(user)
    return user


def attempt(client, name="erin", **typed):
    typed = {"username": name, "password": "greensheets", **typed}
    return client.post(reverse("admin:login"), typed, REMOTE_ADDR="192.0.2.1")


def told():
    return [(entry.what, entry.who, entry.about) for entry in TrailEntry.objects.order_by("pk")]


def emails():
    return [(one.staff_email, one.note) for one in Delivery.objects.order_by("pk")]


def test_log_ins_that_succeed_fail_and_are_stopped_are_written_down(client, erin):
    for _ in range(5):
        attempt(client, password="wrong")
    for _ in range(3):
        attempt(client)
    assert told() == [("failed", "", "erin")] * 5 + [("stopped", "", "erin")]
    attempt(Client(), name="hunter2 typed in the wrong box", password="x")
    assert TrailEntry.objects.filter(what="failed").count() == 5 + 1
    assert not any("hunter2" in str(row) for row in TrailEntry.objects.values())


def test_whoever_logs_in_from_a_new_browser_is_told_and_from_a_known_one_not(client, erin, clock):
    attempt(client)
    client.post(reverse("admin:logout"))
    attempt(client)
    assert told() == [("log-in", "erin", "erin")] * 2
    [(address, note)] = emails()
    assert (address, "from 192.0.2.1" in note, note.endswith("/admin/log-ins/")) == ("erin@office.example", True, True)


def test_a_second_step_that_goes_on_or_off_is_written_down_and_told(client, erin):
    client.force_login(erin)
    page = reverse("admin:second_step")
    client.get(page)
    seed = client.session["second_step_seed"]
    codes = [second_step.code_for(second_step.shared_key(seed), second_step.number_at(NOW) + more) for more in (0, 1)]
    client.post(page, {"password": "greensheets", "code": codes[0]})
    client.post(page, {"code": codes[1], "step": "off"})
    assert told() == [("step-on", "erin", "erin"), ("step-off", "erin", "erin")]
    assert [note.split(",")[0] for _, note in emails()] == [
        "Two-step log-in was switched on for your account",
        "Two-step log-in was switched off for your account",
    ]


def test_a_second_step_that_somebody_else_switches_off_is_told_too(client, erin, olwen):
    second_step.SecondStep.objects.create(user=erin, seed="x", since=NOW, last_number=0)
    users = reverse("admin:auth_user_changelist")
    client.post(users, {"action": "switch_off_second_step", "_selected_action": erin.pk})
    assert (told(), len(emails())) == ([("step-off", "olwen", "erin")], 1)
    second_step.SecondStep.objects.create(user=erin, seed="x", since=NOW, last_number=0)
    call_command("switch_off_second_step", "erin")
    assert told()[-1] == ("step-off", "", "erin")


def test_a_new_password_is_written_down_whoever_sets_it(client, erin, olwen):
    twice = {"password1": STRONG, "password2": STRONG, "usable_password": "true"}
    assert client.post(reverse("admin:auth_user_password_change", args=[erin.pk]), twice).status_code == 302
    own = {"old_password": "greensheets", "new_password1": STRONG, "new_password2": STRONG}
    assert client.post(reverse("admin:password_change"), own).status_code == 302
    assert told() == [("password", "olwen", "erin"), ("password", "olwen", "olwen")]
    assert STRONG not in str(list(TrailEntry.objects.values()))


def test_a_role_that_changes_is_written_down_with_what_it_was(client, erin, olwen):
    page = reverse("admin:auth_user_change", args=[erin.pk])
    data = opened(client, page)
    client.post(page, data)
    client.post(page, {**data, "groups": [Group.objects.get(name=roles.PUBLISHER).pk]})
    [entry] = TrailEntry.objects.all()
    assert (entry.who, entry.about) == ("olwen", "erin")
    assert entry.said == "erin, Editor, active, email at office.example → erin, Publisher, active, email at office.example"


def test_exports_and_erasures_are_written_down_without_an_address(client, olwen):
    reader = a_subscriber("may@readers.example")
    readers = reverse("admin:mailing_subscriber_changelist")
    for action in ("export", "erase"):
        client.post(readers, {"action": action, "_selected_action": reader.pk})
    assert [(entry.what, entry.said) for entry in TrailEntry.objects.order_by("pk")] == [
        ("export", "1 reader"),
        ("erased", f"Reader {reader.pk}: member of staff {olwen.pk}"),
    ]


def test_everybody_sees_what_happened_to_their_own_account_and_owners_see_all(client, erin, olwen):
    attempt(Client(), password="wrong")
    attempt(own := Client())
    page = own.get(reverse("admin:log_ins")).text
    assert ("Log-in failed" in page, "Logged in" in page) == (True, True)
    assert "Log-in failed" not in client.get(reverse("admin:log_ins")).text
    assert "Log-in failed" in client.get(reverse("admin:web_trailentry_changelist")).text
    assert own.get(reverse("admin:web_trailentry_changelist")).status_code == 403


def test_the_page_shows_the_last_hundred_things(client, erin):
    client.force_login(erin)
    for number in range(101):
        trail.record(Happening.EXPORTED, about=erin, said=f"number {number}.")
    page = client.get(reverse("admin:log_ins")).text
    assert ("number 0." in page, "number 1." in page, "number 100." in page) == (False, True, True)


def test_doctor_says_where_the_trail_is_broken(client, erin, olwen):
    for _ in range(3):
        attempt(client, password="wrong")
    assert machine.trail_whole(NOW + timedelta(days=1)).state == "good"
    TrailEntry.objects.exclude(pk__in=[TrailEntry.objects.first().pk, TrailEntry.objects.last().pk]).delete()
    found = machine.trail_whole(NOW)
    assert (found.state, found.sentence.startswith("1 entries do not follow")) == ("look", True)
