"""Two machines with separate disks, one database and one bucket: what one makes the other serves, and Monday comes once.

The other machine is a worker in a process of its own, with folders of its own. ``bench/machines.py`` does the same with web
processes and workers as they are really run.
"""

import os
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client

from editions.building import rendering
from editions.models import Bulletin, Edition
from mailing.models import Delivery, Mailout
from pictures.renditions import keep, prepare
from tests.builders import a_school, a_subscriber, a_term, a_vacancy
from tests.editions.press_double import PressDouble
from tests.pictures.files import a_jpeg
from tests.sent_files import a_pdf
from tests.test_crash import READERS, ROOT, SEVEN, database_url, received, work
from vacancies.models import VacancyDocument

NEVER = ("editions.building.bulletins:sweep", "before", 999)
PDFS = [f"/editions/2026-04-27/{group}.pdf" for group in ("teaching", "support")]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("a_week")]


@pytest.fixture
def a_week(in_a_bucket, tmp_path, settings, monkeypatch):
    """Two adverts, four readers, and the emails of both machines in one mailbox."""
    monkeypatch.setattr(rendering, "run", PressDouble())
    settings.DEMO_MAILDIR = tmp_path / "mail"
    settings.EMAIL_BACKEND = "greensheets_site.demo.mail_backend.MaildirBackend"
    a_term()
    a_vacancy("Deputy Headteacher", role="deputy-headteacher")
    a_vacancy("Cleaner", role="catering-cleaning-and-site-management")
    for reader in READERS:
        a_subscriber(reader)


def another_machine(mail: Path, storage: str, step=NEVER, press: str = "double") -> subprocess.Popen:
    """One round of a worker elsewhere; its folder ``media`` is one that cannot be written to, so that it is not used."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url(),
        "DOOMED_MEDIA": "/dev/null/media",
        "DOOMED_MAIL": str(mail / "mail"),
        "DOOMED_PRESS": press,
        "DOOMED_STORAGE": storage,
    }
    command = [sys.executable, "-m", "tests.doomed", SEVEN.isoformat(), *map(str, step)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def served(address: str) -> bytes:
    with time_machine.travel(SEVEN, tick=True):
        answer = Client().get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def monday(folder: Path) -> tuple[int, int, int, list[str]]:
    """Editions published, bulletins with a PDF, emails sent, and who got one."""
    return (
        Edition.objects.published().count(),
        Bulletin.objects.exclude(file="").count(),
        Delivery.objects.filter(state="sent").count(),
        sorted(to for to, _ in received(folder).elements()),
    )


def test_what_is_uploaded_here_is_printed_there_and_what_is_made_there_is_served_here(in_a_bucket, tmp_path, settings):
    logo = keep(prepare(BytesIO(a_jpeg((240, 160)))), "logos", default_storage)
    vacancy = a_vacancy("Class Teacher", school=a_school("Fernhollow Infants", logo=logo))
    document = VacancyDocument.objects.create(
        vacancy=vacancy, title="Form", file=a_pdf(), kind="pdf", size=9, is_written_anew=True
    )

    assert another_machine(tmp_path, in_a_bucket, press="real").wait(timeout=120) == 0

    assert [served(address)[:5] for address in PDFS] == [b"%PDF-"] * 2
    with pikepdf.open(BytesIO(served(PDFS[0]))) as pdf:
        widths = {int(image.Width) for page in pdf.pages for image in page.get_images().values()}
    assert max(widths) > 100  # the crest; a QR code has no more than a few dozen pixels
    assert served(document.get_absolute_url()) == a_pdf().read()
    assert served(f"/media/{logo}")[:3] == b"\xff\xd8\xff"
    assert not Path(settings.MEDIA_ROOT).exists()


def test_two_workers_on_two_machines_at_once_make_one_monday(in_a_bucket, tmp_path):
    machines = [another_machine(tmp_path, in_a_bucket) for _ in range(2)]
    assert [machine.wait(timeout=120) for machine in machines] == [0, 0]
    work(SEVEN)
    assert monday(tmp_path) == (1, 2, len(READERS), READERS)
    assert Mailout.objects.count() == 1


def test_a_machine_that_is_killed_in_the_middle_changes_nothing(in_a_bucket, tmp_path):
    step = ("editions.building.bulletins:keep", "before", 2)
    assert another_machine(tmp_path, in_a_bucket, step).wait(timeout=120) == -signal.SIGKILL
    assert work(SEVEN.replace(minute=15)) == []
    assert monday(tmp_path) == (1, 2, len(READERS), READERS)
    assert [served(address)[:5] for address in PDFS] == [b"%PDF-"] * 2
