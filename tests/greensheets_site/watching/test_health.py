from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError

from greensheets_site.models import Heartbeat
from greensheets_site.watching import checks, health, machine
from greensheets_site.watching.checks import Check
from greensheets_site.watching.findings import good, worth_a_look
from tests.builders import a_term, an_edition, london

NOW = london(2026, 4, 27, 7, 10)
TOKEN = {"HTTP_AUTHORIZATION": "Bearer watch-me"}
NAMES = ["database", "media", "files", "backup", "disk", "worker", "published", "next_edition", "emails"]
ALL_GOOD = {**dict.fromkeys(NAMES, "good"), "backup": "look"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_machine_with_room(monkeypatch):
    """The real disk under a test may be nearly full."""
    found = [
        check if check.name != "disk" else Check("disk", lambda now: good("Room."), asks_database=False)
        for check in health.CHECKS
    ]
    monkeypatch.setattr(health, "CHECKS", found)
    machine.forget_media()


def ask(client, address="/healthz", **environ):
    with time_machine.travel(NOW, tick=False):
        answer = client.get(address, **environ)
    return answer.status_code, answer.json()


@pytest.fixture
def all_is_well():
    a_term()
    Heartbeat.objects.create(worker="press:101", seen_at=NOW - timedelta(seconds=12), doing="Waiting")
    an_edition(published_at=london(2026, 4, 27, 7, 2))
    an_edition(london(2026, 5, 4).date())


def test_all_is_well(client, all_is_well):
    assert ask(client) == (200, {"ok": True, "checks": ALL_GOOD})


def test_what_somebody_must_act_on_is_503(client, all_is_well):
    Heartbeat.objects.update(seen_at=NOW - timedelta(minutes=6))
    assert ask(client) == (503, {"ok": False, "checks": {**ALL_GOOD, "worker": "bad"}})


def test_what_is_only_worth_a_look_is_no_fault(client, all_is_well, monkeypatch):
    monkeypatch.setattr(health, "CHECKS", [Check("backup", lambda now: worth_a_look("It is two days old."))])
    assert ask(client) == (200, {"ok": True, "checks": {"backup": "look"}})


def test_a_heartbeat_from_the_future_is_not_alive(client, all_is_well):
    Heartbeat.objects.update(seen_at=NOW + timedelta(days=14))
    assert ask(client) == (503, {"ok": False, "checks": {**ALL_GOOD, "worker": "bad"}})


def test_sentences_and_numbers_are_for_the_holder_of_the_token(client, all_is_well, settings):
    settings.WATCH_TOKEN = "watch-me"
    report = ask(client, **TOKEN)[1]
    assert report["checks"]["worker"] == {
        "state": "good",
        "sentence": "A worker was seen 12 s ago.",
        "numbers": {"alive": 1, "seen_seconds_ago": 12},
    }


@pytest.mark.parametrize(
    ("token", "header"),
    [
        ("watch-me", "Bearer watch-you"),
        ("watch-me", "Basic watch-me"),
        ("watch-me", ""),
        ("", "Bearer "),
        ("", "Bearer watch-me"),
    ],
    ids=["wrong", "of another scheme", "missing", "empty like the setting", "without a setting"],
)
def test_without_the_right_token_there_are_states_only(client, all_is_well, settings, token, header):
    settings.WATCH_TOKEN = token
    assert ask(client, HTTP_AUTHORIZATION=header) == (200, {"ok": True, "checks": ALL_GOOD})


def test_a_load_balancer_is_told_of_this_web_process_only(client):
    assert ask(client)[0] == 503
    assert ask(client, "/healthz/web") == (200, {"ok": True, "checks": {"database": "good", "media": "good"}})


def test_a_database_that_is_away_is_said_and_not_asked_again(client, monkeypatch):
    def away(_now):
        raise OperationalError("could not connect to 10.0.0.4 as greensheets")

    def asked(_now):
        raise AssertionError("asked though the database is away")

    table = [
        Check("database", away, is_of_web=True),
        Check("worker", asked),
        Check("disk", lambda now: good(""), asks_database=False),
    ]
    monkeypatch.setattr(health, "CHECKS", table)
    assert ask(client) == (503, {"ok": False, "checks": {"database": "bad", "disk": "good"}})


def test_a_check_that_breaks_is_a_fault_and_stops_no_other():
    def breaks(_now):
        raise ZeroDivisionError("with a secret in it")

    found = checks.findings(NOW, [Check("odd", breaks), Check("even", lambda now: good("Well."))])
    assert [(name, str(finding.state), finding.sentence) for name, finding in found.items()] == [
        ("odd", "bad", "This could not be checked (ZeroDivisionError)."),
        ("even", "good", "Well."),
    ]


@pytest.mark.parametrize("address", ["/healthz", "/healthz/web"])
@pytest.mark.parametrize("host", ["10.0.0.7", "10.0.0.7:8000", "[::1]", "not a host"])
def test_it_answers_by_ip_address_and_over_plain_http(client, settings, all_is_well, address, host):
    settings.ALLOWED_HOSTS = ["www.greensheets.example"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/about/", HTTP_HOST="www.greensheets.example").status_code == 301
    assert client.get("/about/", HTTP_HOST=host).status_code == 400
    assert ask(client, address, HTTP_HOST=host)[0] == 200


def test_only_its_own_addresses_get_past_the_host(client, settings):
    settings.ALLOWED_HOSTS = ["www.greensheets.example"]
    assert {
        client.get(address, HTTP_HOST="10.0.0.7").status_code for address in ("/healthz/", "/healthz/web/x", "/", "/admin/")
    } == {400}


def test_a_monitor_that_asks_every_minute_fills_no_log(client, caplog):
    assert ask(client)[0] == 503
    assert caplog.records == []


def test_nobody_keeps_the_answer(client):
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]


def test_nothing_can_be_posted_to_it(client):
    assert client.post("/healthz").status_code == 405
