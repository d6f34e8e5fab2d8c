"""Who looks when, and how it is told: on a terminal, as JSON, on the page for owners and on the desk."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError

from greensheets_site.accounts import roles
from greensheets_site.desk import board
from greensheets_site.doctor import looking, table, telling
from greensheets_site.doctor.findings import doubtful, fine, wrong
from greensheets_site.doctor.table import Entry, Line
from greensheets_site.models import Look
from tests.builders import london
from tests.desk import staff

NOW = london(2026, 4, 23, 9)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def looks(monkeypatch):
    """Two checks, one of which takes time; each look is counted."""
    counted: list[str] = []

    def check(name, found, **options):
        return Entry(name, name.capitalize(), "Theme", lambda now: counted.append(name) or found, **options)

    checks = (check("disk", fine("Empty.")), check("relay", wrong("It refuses.", "Ask it why."), takes_time=True))
    monkeypatch.setattr(table, "CHECKS", checks)
    monkeypatch.setattr(looking, "CHECKS", checks)
    return counted


def test_a_worker_looks_every_hour_when_that_is_set(looks, settings):
    settings.DOCTOR_EVERY = 60
    moments = (NOW, NOW + HOUR / 2, NOW + HOUR, NOW + 2 * HOUR - timedelta(seconds=1))
    assert [looking.look_if_due(at) for at in moments] == ["looked at everything", "", "looked at everything", ""]
    assert looks == ["disk", "relay"] * 2


def test_where_it_is_switched_off_it_looks_only_when_asked(looks, settings):
    settings.DOCTOR_EVERY = 0
    assert looking.look_if_due(NOW) == ""
    assert looking.ask(NOW) == 1
    assert [looking.look_if_due(NOW + timedelta(seconds=n)) for n in (5, 15)] == ["looked at everything", ""]


def test_one_that_was_killed_while_looking_leaves_it_to_the_next(looks, settings):
    settings.DOCTOR_EVERY = 60
    looking.look_if_due(NOW - 2 * HOUR)
    Look.objects.update(begun_at=NOW)
    assert looking.look_if_due(NOW + timedelta(minutes=4)) == ""
    assert looking.look_if_due(NOW + timedelta(minutes=6)) == "looked at everything"


def test_a_look_from_the_future_holds_nothing_up(looks, settings):
    settings.DOCTOR_EVERY = 60
    looking.look_if_due(NOW + timedelta(days=300))
    assert looking.look_if_due(NOW) == "looked at everything"


def test_a_worker_that_is_told_to_stop_stops_between_two_checks(looks, settings):
    settings.DOCTOR_EVERY = 60
    assert looking.look_if_due(NOW, stop=lambda: bool(looks)) == ""
    assert (looks, looking.stored()) == (["disk"], [])
    assert looking.look_if_due(NOW) == "looked at everything"


def test_a_machine_that_is_gone_is_forgotten(looks):
    for name, days in (("old", 3), ("new", 1)):
        Look.objects.create(machine=name, looked_at=NOW - timedelta(days=days))
    looking.look_if_due(NOW)
    assert list(Look.objects.exclude(looked_at=None).values_list("machine", flat=True)) == ["new"]


def a_line(state: str = "bad", name: str = "relay") -> Line:
    return Line(name, name.capitalize(), "Theme", state, "It refuses.", "" if state == "good" else "Ask it why.")


def stored(machine: str, *lines: Line, at=NOW) -> Look:
    return Look.objects.create(machine=machine, looked_at=at, lines=[line.__dict__ for line in lines])


def test_the_page_looks_at_what_is_quick_and_takes_the_rest_from_the_machines(looks):
    stored("one", a_line())
    assert [(line.heading, line.state) for line in looking.now_and_then(NOW)] == [("Disk", "good"), ("Relay", "bad")]
    stored("two", a_line("good"))
    assert [line.heading for line in looking.now_and_then(NOW)] == ["Disk", "Relay (one)", "Relay (two)"]
    assert set(looks) == {"disk"}


def test_a_check_that_fails_is_bad_and_stops_no_other(caplog):
    def fails(now):
        raise RuntimeError("secret words")

    def away(now):
        raise OperationalError("connection refused")

    checks = [Entry("a", "A", "T", fails), Entry("b", "B", "T", away), Entry("c", "C", "T", lambda now: fine("Fine."))]
    assert [(line.state, line.says) for line in table.run(checks, NOW)] == [
        ("bad", "It could not be looked at (RuntimeError)."),
        ("bad", "The database does not answer this: connection refused"),
        ("good", "Fine."),
    ]


def test_on_a_terminal_it_is_aligned_wrapped_and_says_what_to_do():
    lines = [a_line("good", "disk"), a_line("bad", "weekly email"), a_line("look", "relay")]
    assert list(telling.as_text(lines, 60, in_colour=False)) == [
        "Theme",
        "  good  Disk          It refuses.",
        "  BAD   Weekly email  It refuses.",
        "                      > Ask it why.",
        "  look  Relay         It refuses.",
        "                      > Ask it why.",
        "",
        "1 bad and 1 to look at, of 3.",
    ]
    assert "\033[1;31mBAD" in "\n".join(telling.as_text(lines, 60, in_colour=True))


@pytest.mark.parametrize(("found", "status"), [(fine("Fine."), 0), (doubtful("Hm.", "Look."), 1), (wrong("No.", "Mend it."), 2)])
def test_the_exit_status_is_for_monitors(monkeypatch, found, status):
    checks = (Entry("a", "A", "T", lambda now: fine("Fine.")), Entry("b", "B", "T", lambda now: found))
    monkeypatch.setattr(table, "CHECKS", checks)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (ended.value.code, report["state"], len(report["checks"])) == (status, found.state, 2)
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--only", "a", stdout=out)
    assert ended.value.code == 0


def test_no_test_email_goes_to_what_is_no_address():
    with pytest.raises(CommandError, match="no email address"):
        call_command("doctor", "--send-to", "me")


def test_every_check_has_a_name_of_its_own():
    names = [check.name for check in (*table.CHECKS, table.BUILD)]
    assert len(set(names)) == len(names)


def test_owners_see_the_page_and_may_have_it_looked_at_now(client, looks):
    client.force_login(staff(roles.OWNER))
    warned = client.post("/admin/doctor/", follow=True)
    assert "No worker has come by yet" in warned.content.decode()
    assert "Seen only once a worker has looked: Relay." in warned.content.decode()
    stored("one", a_line())
    page = client.post("/admin/doctor/", follow=True).content.decode()
    assert "The worker will look in its next round" in page
    assert "It refuses." in page
    assert "Ask it why." in page
    assert "1 bad, of 2." in page
    assert Look.objects.get().asked_at is not None
    assert "relay" not in looks


@pytest.mark.parametrize("role", [roles.EDITOR, roles.PUBLISHER])
def test_nobody_else_does(client, role):
    client.force_login(staff(role))
    assert client.get("/admin/doctor/").status_code == 403
    assert client.post("/admin/doctor/").status_code == 403


def test_the_desk_tells_owners_what_was_found_and_when():
    owner = staff(roles.OWNER)
    part = board.doctor(owner, NOW)
    assert (part.heading, part.url, part.is_urgent) == ("Before next Monday", "/admin/doctor/", False)
    stored("one", a_line(), a_line("good", "disk"), at=NOW - timedelta(minutes=12))
    part = board.doctor(owner, NOW)
    assert (part.sentence, part.is_urgent) == ("1 bad, of 2. Looked 12 min ago.", True)
    assert board.doctor(staff(roles.PUBLISHER), NOW) is None


def test_the_real_checks_all_come_to_a_finding(settings, monkeypatch):
    """With the network as the tests have it: nothing outside is reached, and no check fails."""
    settings.SITE_URL, settings.EMAIL_PORT = "http://127.0.0.1:1", 1
    with time_machine.travel(NOW, tick=False):
        lines = list(table.run(table.CHECKS, NOW))
    assert [line.name for line in lines] == [check.name for check in table.CHECKS]
    assert [line.name for line in lines if "could not be looked at" in line.says] == []
    assert all(bool(line.advice) == (line.state != "good") for line in lines)
