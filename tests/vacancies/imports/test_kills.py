"""An import that is killed half-way leaves nothing behind, and can be run again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import a_school, a_term, an_authority
from tests.test_crash import database_url
from vacancies.imports.schools import TOGETHER
from vacancies.models import School, Vacancy

from .gias_files import a_file, lines
from .test_adverts import a_row, a_table

ROOT = Path(__file__).resolve().parents[3]
KILLED = """
import os, signal, sys
import django
django.setup()
from vacancies.imports import adverts, schools
from django.utils import timezone
def die(report):
    if (getattr(report, "done", 0) or report.new) >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
with open(sys.argv[2], "rb") as file:
    if sys.argv[1] == "schools":
        schools.import_schools(file, timezone.localdate(), progress=die)
    else:
        adverts.import_adverts(file, progress=die)
"""


def run(what: str, path: Path, dies_at: int) -> int:
    environment = {**os.environ, "DATABASE_URL": database_url(), "GREENSHEETS_DEMO": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "greensheets_site.settings"
    command = [sys.executable, "-c", KILLED, what, str(path), str(dies_at)]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=60).returncode


@pytest.mark.django_db(transaction=True)
def test_schools(tmp_path):
    an_authority("Saltmere", code="802")
    path = tmp_path / "edubase.csv"
    path.write_bytes(a_file(*lines(2 * TOGETHER)).getvalue())
    assert run("schools", path, TOGETHER) == -signal.SIGKILL
    assert (School.objects.count(), School.history.count()) == (0, 0)
    assert run("schools", path, 10 * TOGETHER) == 0
    assert School.objects.count() == 2 * TOGETHER


@pytest.mark.django_db(transaction=True)
def test_adverts(tmp_path):
    a_term()
    a_school(urn=100_001)
    path = tmp_path / "adverts.csv"
    path.write_bytes(a_table(*(a_row(Title=f"Cook {number}") for number in range(20))).getvalue())
    assert run("adverts", path, 10) == -signal.SIGKILL
    assert (Vacancy.objects.count(), Vacancy.history.count()) == (0, 0)
    assert run("adverts", path, 100) == 0
    assert Vacancy.objects.count() == 20
