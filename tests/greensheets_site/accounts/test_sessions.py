"""A log-in ends after hours of rest and after days at the latest, can be seen by whose it is, and be ended by them."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from greensheets_site import settings as production
from greensheets_site.accounts import roles, sessions
from greensheets_site.models import LogIn
from greensheets_site.page_cache.cache import key_of
from greensheets_site.worker.duties import DUTIES
from tests.builders import london
from tests.desk import staff

NOW = london(2026, 4, 22, 9)
PAGE = reverse("admin:log_ins")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


@pytest.fixture
def erin(db):
    return staff(roles.EDITOR, "erin")


def is_in(client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def logged_in(name, place="192.0.2.1", browser="Firefox"):
    client = Client(headers={"user-agent": browser})
    client.post(reverse("admin:login"), {"username": name, "password": "greensheets"}, REMOTE_ADDR=place)
    return client


@pytest.mark.parametrize(("rest", "stays"), [(timedelta(hours=4, seconds=-1), True), (timedelta(hours=4), False)])
def test_a_log_in_idles_out_after_four_hours(erin, clock, rest, stays):
    client = logged_in("erin")
    clock.shift(rest)
    assert is_in(client) is stays


def test_a_log_in_in_use_lasts_for_a_week_and_no_longer(erin, clock):
    client = logged_in("erin")
    for _ in range(7 * 8 - 1):
        clock.shift(timedelta(hours=3))
        assert is_in(client)
    clock.shift(timedelta(hours=3, seconds=-1))
    assert is_in(client)
    clock.shift(timedelta(seconds=1))
    assert not is_in(client)


@pytest.mark.parametrize(("rest", "is_noted"), [(timedelta(minutes=5, seconds=-1), False), (timedelta(minutes=5), True)])
def test_that_somebody_is_there_is_noted_every_five_minutes(erin, clock, rest, is_noted):
    client = logged_in("erin")
    clock.shift(rest)
    assert is_in(client)
    assert (LogIn.objects.get().seen_at > NOW) is is_noted


def test_the_page_names_place_and_browser_of_each_and_which_one_this_is(erin):
    logged_in("erin", "203.0.113.9", "Safari on a stranger's desk")
    client = logged_in("erin")
    logged_in(staff(roles.OWNER, "olwen").username)
    page = client.get(PAGE).text
    assert sorted(row.place for row in sessions.of(erin, NOW)) == ["192.0.2.1", "203.0.113.9"]
    assert ("Safari on a stranger&#x27;s desk" in page, page.count("This one"), page.count("End it")) == (True, 1, 1)
    assert not any(row.pk in page for row in LogIn.objects.all())


def ended(client, value):
    return client.post(PAGE, {"end": value}, follow=True).text


def test_one_or_all_others_can_be_ended_and_nobody_elses(erin):
    lost, other, client = logged_in("erin"), logged_in("erin"), logged_in("erin")
    olwen = logged_in(staff(roles.OWNER, "olwen").username)
    names = [name for name, row, is_here in client.get(PAGE).context["rows"] if not is_here]
    hers = [name for name, _, _ in olwen.get(PAGE).context["rows"]]
    assert "already ended" in ended(client, hers[0])
    assert "Ended." in ended(client, names[0])
    assert sorted([is_in(lost), is_in(other)]) == [False, True]
    assert "Ended." in ended(client, "others")
    assert [is_in(one) for one in (lost, other, client, olwen)] == [False, False, True, True]


def test_an_owner_ends_all_log_ins_of_a_colleague(erin):
    lost, olwen = logged_in("erin"), logged_in(staff(roles.OWNER, "olwen").username)
    olwen.post(reverse("admin:auth_user_changelist"), {"action": "end_log_ins", "_selected_action": erin.pk})
    assert (is_in(lost), is_in(olwen)) == (False, True)


def test_what_has_ended_is_cleared_away_by_the_worker(erin, clock):
    logged_in("erin")
    clock.shift(timedelta(hours=2))
    client = logged_in("erin")
    clock.shift(timedelta(hours=3))
    [duty] = [duty for duty in DUTIES if duty.run == sessions.clear_ended]
    assert (duty.run(NOW + timedelta(hours=5)), is_in(client), LogIn.objects.count()) == (1, True, 1)


def test_the_cookie_goes_when_the_log_in_must(erin):
    cookie = logged_in("erin").cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], bool(cookie["httponly"]), cookie["samesite"]) == (7 * 24 * 3600, True, "Lax")


def test_under_https_browsers_take_the_cookies_from_this_host_only():
    """The tests themselves ask over plain http, and use other names."""
    names = production.SESSION_COOKIE_NAME, production.CSRF_COOKIE_NAME
    assert (names, production.SESSION_COOKIE_SECURE) == (("__Host-sessionid", "__Host-csrftoken"), True)
    assert key_of({"PATH_INFO": "/", "HTTP_COOKIE": f"{names[0]}=abc", "wsgi.url_scheme": "https"}) is None
