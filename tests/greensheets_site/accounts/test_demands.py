"""Two-step log-in that an owner demands of a role: whoever lacks it can do nothing else at the desk until it is on."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from greensheets_site.accounts import demands, roles, second_step
from greensheets_site.models import SecondStep
from tests.builders import london
from tests.desk import staff
from web.models import TrailEntry

NOW = london(2026, 4, 22, 9)
INDEX, PAGE, STEP = (reverse(f"admin:{name}") for name in ("index", "second_step_demands", "second_step"))
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


@pytest.fixture
def olwen(client):
    """An owner who has it herself, logged in."""
    user = staff(roles.OWNER, "olwen")
    SecondStep.objects.create(user=user, seed="x", since=NOW, last_number=0)
    client.force_login(user)
    return client


def logged_in(user):
    client = Client()
    client.post(reverse("admin:login"), {"username": user.username, "password": "greensheets"})
    return client


def opens(client, address=INDEX):
    answer = client.get(address)
    return answer.url if answer.status_code == 302 else answer.status_code


def test_whoever_lacks_it_is_logged_out_and_then_led_to_switching_it_on(olwen):
    paula = staff(roles.PUBLISHER, "paula")
    before = logged_in(paula)
    assert opens(before) == 200
    olwen.post(PAGE, {"roles": [roles.PUBLISHER]})
    assert opens(before).startswith(reverse("admin:login"))
    after = logged_in(paula)
    assert [opens(after), opens(after, reverse("admin:vacancies_vacancy_changelist")), opens(after, STEP)] == [STEP, STEP, 200]
    seed = after.session["second_step_seed"]
    code = second_step.code_for(second_step.shared_key(seed), second_step.number_at(NOW))
    after.post(STEP, {"password": "greensheets", "code": code})
    assert opens(after) == 200


def test_other_roles_and_those_who_have_it_notice_nothing(olwen):
    erin = logged_in(staff(roles.EDITOR, "erin"))
    olwen.post(PAGE, {"roles": [roles.PUBLISHER, roles.OWNER]})
    assert [opens(erin), opens(olwen), opens(logged_in(staff(roles.EDITOR, "ede")))] == [200, 200, 200]


def test_it_is_demanded_no_longer_once_an_owner_says_so(olwen):
    olwen.post(PAGE, {"roles": [roles.PUBLISHER]})
    olwen.post(PAGE, {})
    assert opens(logged_in(staff(roles.PUBLISHER, "paula"))) == 200
    assert [entry.said for entry in TrailEntry.objects.filter(who="olwen").order_by("pk")] == [
        "Two-step log-in demanded of nobody → Publisher",
        "Two-step log-in demanded of Publisher → nobody",
    ]


def test_whoever_switches_it_off_is_led_to_switching_it_on_again(olwen):
    olwen.post(PAGE, {"roles": [roles.OWNER]})
    code = second_step.code_for(second_step.shared_key("x"), second_step.number_at(NOW))
    olwen.post(STEP, {"code": code, "step": "off"})
    assert opens(olwen) == STEP


def test_an_owner_without_it_demands_it_of_nobody(client):
    client.force_login(staff(roles.OWNER, "olga"))
    assert "switch it on for yourself" in client.get(PAGE).text
    client.post(PAGE, {"roles": [roles.OWNER]})
    assert demands.demanded() == []


def test_editors_cannot_be_asked_and_a_made_up_role_neither(olwen):
    olwen.post(PAGE, {"roles": [roles.EDITOR, "Emperor"]})
    assert demands.demanded() == []
