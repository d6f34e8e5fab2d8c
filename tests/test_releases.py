"""One version, one list of dependencies, and papers that say what is so."""

import re
import subprocess
import sys
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from packaging.requirements import Requirement
from packaging.version import Version

from tests.desk import staff

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = [line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines]
LISTED = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-extras.txt": PROJECT["project"]["dependencies"] + EXTRAS,
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + EXTRAS + PROJECT["dependency-groups"]["dev"],
}


def locked(name):
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / name).read_text(), re.MULTILINE))


def released():
    """The versions in the change log with their dates, in its order."""
    headings = re.findall(r"^## (\d+\.\d+\.\d+) \((.+)\)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    return [(Version(number), datetime.strptime(day, "%d %B %Y").astimezone().date()) for number, day in headings]


def test_the_change_log_begins_with_the_version_that_runs():
    version = Version(settings.VERSION)
    first = re.search(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[1]
    if version.is_devrelease:
        assert first == f"Unreleased (to be {version.base_version})"
        assert version > released()[0][0]
    else:
        assert version == released()[0][0]


def test_the_change_log_runs_from_the_newest_version_to_the_oldest():
    headings = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")]
    assert len(released()) == len([line for line in headings if not line.startswith("## Unreleased")])
    assert released() == sorted(released(), reverse=True)
    assert [day for _, day in released()] == sorted((day for _, day in released()), reverse=True)


@pytest.mark.django_db
def test_the_desk_names_its_version_to_staff_only(client):
    line = f'<p class="site-version">Greensheets {settings.VERSION}</p>'
    assert "Greensheets" not in client.get(reverse("admin:login")).content.decode().split("<footer")[1]
    client.force_login(staff())
    for page in ("admin:index", "admin:vacancies_vacancy_changelist", "admin:vacancies_vacancy_add"):
        assert line in client.get(reverse(page)).content.decode()


@pytest.mark.parametrize("lock", LISTED)
def test_each_lock_holds_what_is_listed_within_its_bounds(lock):
    versions, listed = locked(lock), [Requirement(line) for line in LISTED[lock]]
    wrong = [str(one) for one in listed if one.name not in versions or versions[one.name] not in one.specifier]
    assert wrong == []


@pytest.mark.parametrize("line", LISTED["requirements-dev.txt"])
def test_each_dependency_is_bounded_on_both_sides(line):
    assert {"<", ">="} <= {part.operator for part in Requirement(line).specifier} or "==" in line


def test_each_python_package_at_run_time_has_its_reason():
    """Twenty at most; more are more than one person can watch."""
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text().lower()
    names = [Requirement(line).name for line in LISTED["requirements-extras.txt"]]
    assert [name for name in names if name.removesuffix("-binary") not in reasons] == []
    assert len(LISTED["requirements.txt"]) <= 20


def test_the_list_of_licences_is_what_packages_and_fonts_say_of_themselves():
    told = subprocess.run([sys.executable, "bin/licences", "-"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stderr == ""
    assert (ROOT / "docs/licences.md").read_text() == told.stdout, "Run bin/licences"
