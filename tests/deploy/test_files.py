"""What stands in deploy/ and docs/operations.md is true: scripts pass shellcheck, units pass systemd, every name is real."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

DEPLOY, OPERATIONS = ROOT / "deploy", ROOT / "docs/operations.md"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
# Read by scripts and tests, not by the settings.
OF_SCRIPTS = {"HOST", "PORT", "PYTHON", "CHROMIUM", "SCREENSHOTS", "HTML_PAGES", "CI"}
NOT_FOR_PRODUCTION = {"DEBUG", "GREENSHEETS_DEMO"}
# What other programs own, or what a restore, a build or a running site makes.
ELSEWHERE = (
    "/etc/prometheus/",
    "/etc/os-release",
    "/etc/nginx/",
    "/etc/systemd/system",
    "/etc/postgresql",
    "/lib/systemd",
    "/usr/",
    "/bin/",
    "/sbin/",
)
ELSEWHERE += ("/var/log/nginx/", "/var/cache/nginx/", "/var/mail/bounces", "/dev/", "/tmp/", "/run/", "/srv/greensheets", "/opt/")
OURS = re.compile(r"(?<![\w/.:~-])(?:deploy|docs|bin|tests|rehearsal|greensheets_site|requirements)[\w@/.-]*\.?[\w-]*")


def files_of(folder: str) -> list[Path]:
    """Those that we wrote: Python leaves its bytecode beside a script that was imported."""
    return [path for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and "__pycache__" not in path.parts]


def shell_scripts() -> list[Path]:
    files = [*files_of("deploy"), *files_of("bin")]
    return [path for path in files if path.suffix == ".sh" or re.match(r"#!.*\b(ba)?sh\b", path.read_text(errors="replace"))]


def settings_read() -> set[str]:
    """Every variable that the settings ask the environment for."""
    return set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z0-9_]+)"', (ROOT / "greensheets_site/settings.py").read_text()))


def variables_in_docs() -> set[str]:
    table = OPERATIONS.read_text().split("## Settings")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z0-9_]+)`", row)}


def variables_in_template() -> list[str]:
    return re.findall(r"^#?([A-Z0-9_]+)=", (DEPLOY / "environment").read_text(), re.MULTILINE)


@pytest.mark.parametrize("script", shell_scripts(), ids=lambda path: path.name)
def test_shell_scripts_pass_shellcheck(script):
    done = subprocess.run(["shellcheck", "-x", str(script)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_all_scripts_were_found():
    assert {path.name for path in shell_scripts()} >= {"install", "upgrade", "common.sh", "set-up", "lock"}


@pytest.fixture
def installed(tmp_path):
    """The units with programs that exist, which is what systemd asks first."""
    for unit in UNITS:
        text = unit.read_text().replace("/srv/greensheets/current/.venv/bin/", f"{tmp_path}/bin/")
        (tmp_path / unit.name.replace("@.", "@1.")).write_text(text)
    (tmp_path / "bin").mkdir()
    for name in ("granian", "python"):
        (tmp_path / "bin" / name).symlink_to(sys.executable)
    return [str(tmp_path / unit.name.replace("@.", "@1.")) for unit in UNITS]


def test_systemd_takes_the_units_without_a_word(installed):
    done = subprocess.run(["systemd-analyze", "verify", *installed], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "greensheets" in line]
    assert (done.returncode, said) == (0, [])


def test_systemd_finds_the_units_well_shut_in(installed):
    """Exposure of at most 1.5 of 10; a service without any of the hardening has 9.6."""
    for unit in installed:
        subprocess.run(["systemd-analyze", "security", "--offline=yes", "--threshold=15", unit], check=True, capture_output=True)


def test_both_units_are_shut_in_alike():
    """What one may and the other may not is named here."""
    lines = [set(unit.read_text().split("UMask=")[1].splitlines()) for unit in UNITS]
    assert lines[0] ^ lines[1] == {"ReadWritePaths=-/var/backups/greensheets"}


def test_every_variable_that_settings_read_is_in_the_docs():
    assert variables_in_docs() - OF_SCRIPTS == settings_read()


def test_the_file_of_settings_names_every_variable_of_production_once():
    assert sorted(variables_in_template()) == sorted(settings_read() - NOT_FOR_PRODUCTION)


def test_every_block_of_the_file_of_settings_ends_with_its_variable():
    """That is how deploy/install knows what an older file lacks."""
    blocks = (DEPLOY / "environment").read_text().strip().split("\n\n")[1:]
    assert [block for block in blocks if not re.match(r"#?[A-Z0-9_]+=", block.splitlines()[-1])] == []


def test_every_variable_that_the_docs_set_is_a_real_one():
    text = OPERATIONS.read_text()
    named = set(re.findall(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`", text)) - {
        "WEBHOOK_SECRET",
        "POSTMARK_SERVER_TOKEN",
        "BEHIND_PROXI",
    }
    assert named - settings_read() - OF_SCRIPTS == set()


@pytest.mark.parametrize("path", [OPERATIONS, *files_of("deploy")], ids=lambda p: p.name)
def test_every_path_of_ours_exists(path):
    """Folders of the checkout in text and code; what an installation makes is checked below."""
    text = re.sub(r"https?://\S+|@\w+@", "", path.read_text())
    named = {name.rstrip(".") for name in OURS.findall(text) if "/" in name}
    assert {name for name in named if not (ROOT / name).exists() and not (ROOT / name).with_suffix(".py").exists()} == set()


def test_every_place_that_the_docs_name_is_one_that_the_installer_makes():
    made = {
        "/etc/greensheets.env",
        "/etc/greensheets",
        "/var/lib/greensheets",
        "/var/backups/greensheets",
        "/var/www/greensheets",
    }
    text = re.sub(r"\w+:/{2,3}[^\s`]*", "", OPERATIONS.read_text())
    places = {place.rstrip(".,") for place in re.findall(r"(?<![\w.>)}])/(?:etc|var|srv|usr)/[\w./-]+", text)}
    scripts = "".join((DEPLOY / name).read_text() for name in ("install", "common.sh", "upgrade", "greensheets"))
    assert all(place in scripts for place in made)
    assert {place for place in places if not place.startswith((*made, *ELSEWHERE))} == set()
