"""What the documents promise is there: commands, variables, locks and the wiring of the checks."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-extras.txt", "requirements-dev.txt"]

DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/operations.md"]


def read(name):
    return (ROOT / name).read_text()


def targets():
    return set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_command_in_the_documents_exists(document):
    named = set(re.findall(r"(?:`|^ +)make ([a-z-]+)", read(document), re.MULTILINE))
    assert named - targets() == set()


def test_the_readme_names_the_three_main_doors():
    assert {"run", "test", "bench"} <= set(re.findall(r"make ([a-z]+)", read("README.md")))


@pytest.mark.parametrize("document", [*DOCUMENTS, "CHANGELOG.md", "SECURITY.md", "docs/upgrading.md", "docs/licences.md"])
def test_every_link_to_a_file_leads_to_one(document):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", read(document))
    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []


def test_every_variable_that_the_settings_read_is_explained():
    variables = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', read("greensheets_site/settings.py")))
    rows = "\n".join(line.split("|")[1] for line in read("docs/operations.md").splitlines() if line.startswith("| `"))
    assert "SECRET_KEY" in variables
    assert sorted(variables - set(re.findall(r"`([A-Z_]+)`", rows))) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_index_is_named(lock):
    text = read(lock)
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert len(packages) > 20
    assert [package.split("\n")[0] for package in packages if "--hash=sha256:" not in package or "==" not in package] == []
    assert re.findall(r"://|--index-url|--extra-index-url|--find-links", text) == []


def test_what_the_site_runs_on_is_locked_alike_for_its_checks():
    core, extras, checks = (set(re.findall(r"^[\w.-]+==\S+", read(lock), re.MULTILINE)) for lock in LOCKS)
    assert (core - extras, extras - checks) == (set(), set())


def test_continuous_integration_runs_every_check():
    assert os.access(ROOT / ".ci/run", os.X_OK)
    plan = subprocess.run(["make", "--dry-run", "test"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert read(".ci/run").rstrip().endswith("exec make test")
    assert "bin/test" in plan
    assert "bin/set-up test" in plan


def test_the_python_of_a_fresh_machine_may_be_missing(tmp_path):
    """With no Python on the path, set-up ends with one sentence that says what to install."""
    for name in ("bash", "dirname", "env"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    done = subprocess.run(
        [tmp_path / "bash", ROOT / "bin/set-up", "run"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Python 3.11 or newer was not found. Install it" in done.stderr


def test_every_file_that_a_recipe_names_is_there():
    """A recipe that has gone stale costs whoever follows it more than none."""
    named = re.findall(r"`((?:[\w-]+/)+[\w.-]*)`", read("CONTRIBUTING.md"))
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []
