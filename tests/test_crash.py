"""The worker killed with SIGKILL at each step of Monday and started again: nothing twice, nobody skipped.

The PDFs are real where the step is one of theirs, on SQLite only: the press knows no database. Elsewhere a double saves the time.
"""

import mailbox
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection

from editions.building import rendering
from editions.models import Bulletin, Edition
from greensheets_site.worker.duties import DUTIES
from greensheets_site.worker.rounds import Rounds
from mailing.models import Delivery, Mailout
from tests.builders import MONDAY, a_subscriber, a_term, a_vacancy, london
from tests.editions.press_double import PressDouble

ROOT = Path(__file__).resolve().parent.parent
SEVEN = london(2026, 4, 27, 7)
READERS = [f"reader{number}@readers.example" for number in range(4)]
STEPS = [
    ("editions.publishing:_plan", "before", 1),
    ("editions.publishing:_plan", "after", 1),
    ("editions.building.bulletins:made", "before", 1),
    ("editions.building.bulletins:made", "after", 1),
    ("editions.building.bulletins:keep", "before", 2),
    ("editions.building.bulletins:keep", "after", 1),
    ("mailing.sending.outbox:prepare_mailout", "before", 1),
    ("mailing.sending.outbox:freeze", "before", 1),
    ("mailing.sending.outbox:freeze", "after", 1),
    ("mailing.sending.handover:Line.hand_over", "before", 2),
    ("mailing.sending.handover:Line.hand_over", "after", 2),
    ("mailing.sending.outbox:Run._record", "after", 3),
    ("mailing.sending.outbox:finish_what_is_done", "before", 1),
]
CAN_DOUBLE = ("mailing.sending.handover:Line.hand_over", "after", 2)


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return "postgres://{USER}@/{HOST}/{NAME}".format(**database)  # A socket's folder stands where a host would.


def sets_type(step) -> bool:
    return connection.vendor == "sqlite" and step[0].startswith("editions.building.bulletins")


def die(folder: Path, moment, step) -> int:
    """A worker in a process of its own, which kills itself at that step; how it ended."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url(),
        "DOOMED_MEDIA": str(folder / "media"),
        "DOOMED_MAIL": str(folder / "mail"),
        "DOOMED_PRESS": "real" if sets_type(step) else "double",
    }
    command = [sys.executable, "-m", "tests.doomed", moment.isoformat(), *map(str, step)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=600).returncode


def work(moment) -> list[str]:
    """One round of a worker that knows nothing of the dead one but what is in the database; which duties failed."""
    with time_machine.travel(moment, tick=True):
        return Rounds(DUTIES, say=print).once(moment)


def received(folder: Path) -> Counter:
    """The weekly email of each reader. Staff may be told besides that the edition came out late, which is no more than true."""
    emails = [(message["To"], message["Message-ID"]) for message in mailbox.Maildir(folder / "mail", create=True)]
    assert all(count == 1 for (to, _), count in Counter(emails).items() if to not in READERS)
    return Counter(email for email in emails if email[0] in READERS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step[1]} {step[0].partition(':')[2].strip('_')}")
def test_a_worker_killed_at_any_step_of_monday_finishes_it_when_it_is_started_again(step, tmp_path, settings, monkeypatch):
    if not sets_type(step):
        monkeypatch.setattr(rendering, "run", PressDouble())
    settings.MEDIA_ROOT, settings.DEMO_MAILDIR = tmp_path / "media", tmp_path / "mail"
    settings.EMAIL_BACKEND = "greensheets_site.demo.mail_backend.MaildirBackend"
    a_term()
    a_vacancy("Deputy Headteacher", role="deputy-headteacher")
    a_vacancy("Cleaner", role="catering-cleaning-and-site-management")
    for reader in READERS:
        a_subscriber(reader)

    assert die(tmp_path, SEVEN, step) == -signal.SIGKILL
    assert work(SEVEN + timedelta(minutes=15)) == []
    before = received(tmp_path)
    assert work(SEVEN + timedelta(minutes=30)) == []

    assert received(tmp_path) == before
    assert sorted({to for to, _ in before}) == READERS
    assert len(before) == len(READERS)
    assert sum(before.values()) - len(READERS) == (step == CAN_DOUBLE)
    monday = Edition.objects.get(on=MONDAY)
    assert monday.published_at is not None
    assert sorted(bulletin.staff_group for bulletin in monday.bulletins.all() if bulletin.file) == ["support", "teaching"]
    assert Bulletin.objects.filter(edition=monday).count() == 2
    assert [Path(bulletin.file.path).read_bytes()[:5] for bulletin in monday.bulletins.all()] == [b"%PDF-"] * 2
    assert (Mailout.objects.count(), Delivery.objects.filter(kind="bulletin", state="sent").count()) == (
        1,
        len(READERS),
    )
