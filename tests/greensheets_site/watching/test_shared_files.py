"""A machine that does not see the others' files is noticed before a reader asks it for one."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.address import storage_from
from greensheets_site.models import Heartbeat
from greensheets_site.watching import shared_files
from greensheets_site.watching.findings import State
from greensheets_site.watching.shared_files import Sight
from greensheets_site.worker import rounds
from greensheets_site.worker.rounds import Duty, Rounds
from tests.buckets import address_of
from tests.builders import london

NOW = london(2026, 4, 28, 9)

pytestmark = pytest.mark.django_db


def a_worker(name: str, at=NOW) -> Heartbeat:
    rounds.beat(name, "Waiting", at)
    shared_files.leave_probe(name, at)
    return Heartbeat.objects.get(worker=name)


def probes() -> list[str]:
    return sorted(f"probes/{name}" for name in default_storage.listdir("probes")[1])


@pytest.mark.usefixtures("either_storage")
def test_workers_with_one_storage_are_seen_by_everybody():
    rows = [a_worker("press-1.example"), a_worker("press-2.example")]
    assert shared_files.seen(NOW) == Sight(answers=True, unseen=[])
    assert probes() == sorted(row.probe for row in rows)
    assert rows[0].probe.startswith("probes/press-1-example-")


def test_a_worker_with_a_disk_of_its_own_is_not_seen_from_elsewhere(settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path / "one"
    a_worker("press-1")
    settings.MEDIA_ROOT = tmp_path / "another"
    a_worker("press-2")
    assert shared_files.seen(NOW) == Sight(unseen=["press-1"])
    with time_machine.travel(NOW, tick=False):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["checks"]["files"]) == (503, "bad")
    assert "press-1" not in answer.content.decode()


def test_a_worker_that_is_gone_is_not_looked_for(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "one"
    a_worker("press-1")
    settings.MEDIA_ROOT = tmp_path / "another"
    assert shared_files.seen(NOW + timedelta(minutes=4)).unseen == ["press-1"]
    assert shared_files.seen(NOW + timedelta(minutes=6)).unseen == []


@pytest.mark.parametrize("content", [b"", b"something else"])
def test_a_file_of_the_right_name_proves_nothing_without_what_is_in_it(content):
    row = a_worker("press-1")
    default_storage.delete(row.probe)
    assert default_storage.save(row.probe, ContentFile(content)) == row.probe
    assert shared_files.seen(NOW).unseen == ["press-1"]


def test_a_probe_that_is_replaced_while_one_looks_is_found_in_its_new_place(monkeypatch):
    a_worker("press-1")
    real, calls = shared_files._holds_its_own, []

    def replaced_meanwhile(name):
        if not calls:
            rounds.beat("press-1", "Waiting", NOW + timedelta(minutes=5))
            shared_files.leave_probe("press-1", NOW + timedelta(minutes=5))
        calls.append(name)
        return real(name)

    monkeypatch.setattr(shared_files, "_holds_its_own", replaced_meanwhile)
    assert shared_files.seen(NOW).unseen == []
    assert len(calls) == 2


@pytest.mark.parametrize("is_there", [True, False], ids=["a worker is there", "no worker"])
def test_a_storage_that_is_away_is_said_without_naming_anybody(settings, is_there):
    if is_there:
        a_worker("press-1")
    settings.STORAGES = {**settings.STORAGES, "default": storage_from(address_of("127.0.0.1:1", "bucket"))}
    assert shared_files.seen(NOW) == Sight(answers=False)
    finding = shared_files.shared(NOW)
    assert (finding.state, finding.sentence) == (State.BAD, "The file storage is not responding.")
    assert "press-1" not in str(finding)


@pytest.mark.parametrize(
    ("later", "is_new"),
    [(timedelta(minutes=4), False), (timedelta(minutes=5), True), (timedelta(days=-400), True)],
    ids=["soon", "after five minutes", "the clock was set back"],
)
def test_the_probe_is_new_every_five_minutes_and_the_old_one_goes(later, is_new):
    before = a_worker("press-1").probe
    shared_files.leave_probe("press-1", NOW + later)
    after = Heartbeat.objects.get(worker="press-1").probe
    assert (after != before) == is_new
    assert probes() == [after]


def test_each_round_leaves_one(monkeypatch):
    monkeypatch.setattr(rounds, "_beat_until", lambda over, worker, doing, outage: None)
    Rounds([Duty("nothing", lambda now: None)], say=print, name="press-1").once(NOW)
    assert probes() == [Heartbeat.objects.get(worker="press-1").probe]


def test_what_workers_left_that_are_gone_is_removed():
    a_worker("press-1")
    a_worker("press-2")
    Heartbeat.objects.filter(worker="press-2").delete()
    written = default_storage.get_modified_time(probes()[0])
    assert shared_files.sweep_probes(written + timedelta(hours=23)) == 0
    assert shared_files.sweep_probes(written + timedelta(hours=25)) == 1
    assert probes() == [Heartbeat.objects.get(worker="press-1").probe]


def test_a_machine_that_never_said_it_was_there_leaves_nothing():
    shared_files.leave_probe("press-9", NOW)
    assert probes() == []
