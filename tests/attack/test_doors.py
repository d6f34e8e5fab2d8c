"""Nobody comes in without logging in, and nothing is changed by a form that another site sends."""

import pytest
from django.test import Client

from tests.attack.addresses import of_all, of_the_desk
from tests.desk import staff

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Whoever is not logged in is answered here; each says nothing but how to come in.
OPEN = {"/admin/login/", "/admin/jsi18n/", "/admin/logout/"}
LED_TO = ("/admin/login/", "/admin/password/")
METHODS = ("get", "post", "put", "patch", "delete", "options")
# A key that nobody can guess stands in the address: mail services and readers' programs have it, other sites do not.
NO_TOKEN_NEEDED = ("/u/", "/anymail/", "/mailing-list/confirm/", "/mailing-list/mine/", "/mailing-list/a/")


def answers(client, address):
    return {method: getattr(client, method)(address) for method in METHODS}


@pytest.mark.parametrize("address", of_the_desk())
def test_a_visitor_gets_no_page_of_the_desk_by_any_method(client, address):
    if address in OPEN:
        return
    for method, answer in answers(client, address).items():
        led_away = answer.status_code == 302 and answer.url.startswith(LED_TO)
        assert led_away or answer.status_code in {403, 404, 405} or "password" in address, (method, answer.status_code)
        assert answer.status_code < 500


def test_the_login_page_is_open_and_the_desk_is_not(client):
    assert [client.get(address).status_code for address in ("/admin/login/", "/admin/")] == [200, 302]


@pytest.mark.parametrize("role", ["", "Editor", "Publisher", "Owner"])
def test_no_form_is_taken_without_its_token(role):
    client = Client(enforce_csrf_checks=True)
    if role:
        client.force_login(staff(role))
    taken = []
    for address in of_all():
        if address.startswith(NO_TOKEN_NEEDED):
            continue
        answer = client.post(address, {"a": "b"})
        is_refused = answer.status_code in {403, 404, 405, 410} or (answer.status_code in {301, 302} and not role)
        if not is_refused:
            taken.append((address, answer.status_code))
    assert [one for one in taken if not (one[1] in {301, 302} and one[0].startswith("/vacancies"))] == []
