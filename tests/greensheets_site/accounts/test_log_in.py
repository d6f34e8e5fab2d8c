"""The door of the desk: a guesser is stopped, staff are not kept out, and an expired log-in leads back to the page."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from greensheets_site.accounts import log_in, roles
from tests.builders import a_vacancy, london
from tests.desk import staff
from web.models import Limit

NOW = london(2026, 4, 22, 10)
LOGIN = reverse("admin:login")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


@pytest.fixture
def erin(db):
    return staff(roles.EDITOR, "erin")


def attempt(client, name="erin", place="192.0.2.1", **typed):
    return client.post(LOGIN, {"username": name, "password": "wrong", **typed}, REMOTE_ADDR=place)


def is_in(client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def test_the_right_password_opens_the_desk(client, erin):
    assert attempt(client, password="greensheets").url == reverse("admin:index")
    assert is_in(client)


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, erin, clock):
    for _ in range(5):
        assert "too many" not in attempt(client).text
    answer = attempt(client, password="greensheets")
    assert log_in.TOO_MANY in answer.text
    assert not is_in(client)
    clock.shift(timedelta(minutes=15))
    attempt(client, password="greensheets")
    assert is_in(client)


def test_a_program_is_told_by_status_and_header_how_long_to_wait(client, erin):
    answers = [attempt(client) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "900"


def test_a_place_that_is_stopped_fills_no_table(client):
    for number in range(60):
        attempt(client, f"name {number}")
    assert Limit.objects.count() == 2 + 2 * 40  # the place, that it was said, and two for each name


def test_the_case_of_a_name_gives_no_further_attempts(client, erin):
    for name in ("erin", "Erin", "ERIN", "eriN", "ERin"):
        attempt(client, name)
    assert log_in.TOO_MANY in attempt(client, "ErIn").text


def test_a_name_that_nobody_has_is_stopped_alike(client):
    answers = [attempt(client, "nobody").text for _ in range(6)]
    assert [log_in.TOO_MANY in text for text in answers] == [False] * 5 + [True]


def test_a_stranger_who_tries_a_name_does_not_lock_its_owner_out(client, erin):
    for _ in range(6):
        attempt(client, place="203.0.113.9")
    attempt(client, password="greensheets", place="192.0.2.1")
    assert is_in(client)


def test_the_addresses_of_one_network_count_as_one(client, erin):
    for number in range(5):
        attempt(client, place=f"2001:db8:1:2::{number}")
    assert log_in.TOO_MANY in attempt(client, place="2001:db8:1:2:ffff::1").text
    assert log_in.TOO_MANY not in attempt(client, place="2001:db8:1:3::1").text


def test_one_network_may_not_try_name_after_name(client):
    answers = [attempt(client, f"name{number}").text for number in range(41)]
    assert [log_in.TOO_MANY in text for text in answers] == [False] * 40 + [True]


def test_a_name_that_is_tried_from_everywhere_is_slowed_but_not_where_it_is_at_home(client, erin):
    attempt(client, password="greensheets")
    client.post(reverse("admin:logout"))
    guesser = type(client)()
    for number in range(50):
        attempt(guesser, place=f"198.51.100.{number}")
    assert log_in.TOO_MANY in attempt(guesser, password="greensheets", place="198.51.100.200").text
    attempt(client, password="greensheets", place="192.0.2.77")
    assert is_in(client)


def test_a_cookie_of_another_name_or_a_forged_one_makes_no_browser_known(rf, erin):
    request = rf.get(LOGIN)
    request.COOKIES[log_in.COOKIE] = "erin:forged:signature"
    assert not log_in.is_known_browser(request, "erin")
    assert not log_in.is_known_browser(rf.get(LOGIN), "erin")


def test_the_cookie_of_a_known_browser_is_seen_by_the_door_only(client, erin):
    cookie = attempt(client, password="greensheets").cookies[log_in.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (LOGIN, True, "Strict")


@pytest.mark.parametrize(("days", "is_known"), [(timedelta(days=180), True), (timedelta(days=180, seconds=1), False)])
@pytest.mark.usefixtures("erin")
def test_a_browser_is_known_for_180_days_and_says_so_to_itself(rf, client, clock, days, is_known):
    cookie = attempt(client, password="greensheets").cookies[log_in.COOKIE]
    assert timedelta(seconds=int(cookie["max-age"])) == timedelta(days=180)
    request = rf.get(LOGIN)
    request.COOKIES[log_in.COOKIE] = cookie.value
    clock.shift(days)
    assert [log_in.is_known_browser(request, name) for name in ("erin", "Erin", "ewan")] == [is_known, is_known, False]


@pytest.mark.parametrize(("after", "may_try"), [(timedelta(minutes=15, seconds=-1), False), (timedelta(minutes=15), True)])
def test_a_guess_is_counted_for_a_quarter_of_an_hour(client, erin, clock, after, may_try):
    for _ in range(5):
        attempt(client)
    clock.shift(after)
    assert (log_in.TOO_MANY not in attempt(client).text) == may_try


def test_a_name_that_was_guessed_at_from_everywhere_fifty_times_is_slowed_and_not_before(client, erin):
    answers = [attempt(client, place=f"198.51.100.{number}").text for number in range(51)]
    assert [log_in.TOO_MANY in text for text in answers] == [False] * 50 + [True]


def test_a_wrong_password_or_an_account_without_the_desk_makes_no_browser_known(client, erin):
    User.objects.create_user("reader", password="greensheets")
    assert log_in.COOKIE not in attempt(client).cookies
    assert log_in.COOKIE not in attempt(client, "reader", password="greensheets").cookies


def test_who_logs_in_well_starts_afresh(client, erin):
    for _ in range(3):
        for _ in range(4):
            attempt(client)
        attempt(client, password="greensheets")
        assert is_in(client)
        client.logout()


def test_no_name_and_no_address_is_kept(client, erin):
    attempt(client)
    kept = " ".join(f"{limit.key} {limit.moments}" for limit in Limit.objects.all())
    assert "erin" not in kept
    assert "192.0.2" not in kept


def test_an_expired_log_in_leads_back_to_the_page_that_was_asked_for(client, erin):
    change = reverse("admin:vacancies_vacancy_change", args=[a_vacancy().pk])
    asked = client.get(f"{change}?_changelist_filters=state%3Dlive")
    assert asked.status_code == 302
    form = client.get(asked.url)
    back = form.context["next"]
    assert attempt(client, password="greensheets", next=back).url == f"{change}?_changelist_filters=state%3Dlive"


def test_the_way_back_leads_to_no_other_site(client, erin):
    assert attempt(client, password="greensheets", next="https://elsewhere.example/").url == "/admin/"
