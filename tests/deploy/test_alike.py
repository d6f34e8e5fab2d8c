"""What is said in more than one place says the same: nginx old and new, service and container; and what is stored is closed."""

import re
import shlex
import subprocess

import pytest
import yaml
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from rehearsal import units

from .conftest import ROOT, WEB_UNIT

OF_THE_PLACE = {"--host", "--port", "--workers"}


@pytest.mark.parametrize(
    ("version", "listens"),
    [
        ("nginx version: nginx/1.22.1", {"listen 443 ssl http2;", "listen [::]:443 ssl http2;"}),
        ("nginx version: nginx/1.24.0 (Ubuntu)", {"listen 443 ssl http2;", "listen [::]:443 ssl http2;"}),
        ("nginx version: nginx/1.26.3", {"listen 443 ssl;", "listen [::]:443 ssl;", "http2 on;"}),
    ],
)
def test_http2_is_switched_on_as_each_nginx_wants_it(tmp_path, version, listens):
    (tmp_path / "nginx").write_text(f"#!/bin/sh\necho '{version}' >&2\n")
    (tmp_path / "nginx").chmod(0o755)
    script = 'PATH="$1:$PATH"; . "$0/deploy/common.sh" && nginx_site "$0" www.greensheets.example /c.pem /k.pem'
    done = subprocess.run(["bash", "-euc", script, str(ROOT), str(tmp_path)], check=True, capture_output=True, text=True)
    lines = {line.strip() for line in done.stdout.splitlines()}
    assert {line for line in lines if "443" in line or line.startswith("http2")} == listens


def options(command: list[str]) -> dict[str, str]:
    """Each option with its value; the last word is the application."""
    pairs = zip(command, [*command[1:], ""], strict=True)
    found = {word: "" if value.startswith("--") else value for word, value in pairs if word.startswith("--")}
    return {word: value for word, value in found.items() if word not in OF_THE_PLACE}


def test_a_container_serves_as_the_service_does():
    script = (ROOT / "deploy/container-web").read_text().replace("\\\n", " ")
    contained = shlex.split(script[script.index("exec ") :])
    assert options(contained) == options(units.read(WEB_UNIT, "1").command())


def test_a_container_has_the_libraries_that_are_installed():
    listed = re.search(r"wanted=\((.*?)\)", (ROOT / "deploy/install").read_text())
    packages = set(re.findall(r"lib\S+|python3\S*", listed[1] if listed else ""))
    assert packages - set((ROOT / "deploy/Containerfile").read_text().split()) == set()


def test_the_compose_file_runs_web_worker_and_database():
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    assert {name: service.get("command", [""])[-1] for name, service in compose["services"].items()} == {
        "database": "",
        "web": "",
        "worker": "worker",
    }
    assert set(compose["volumes"]) == {"database", "state", "backups"}


def test_what_is_stored_is_closed_to_other_users_of_the_machine():
    """Whatever the umask is: Django sets the mode of each file itself."""
    name = default_storage.save("documents/advert.pdf", ContentFile(b"%PDF-"))
    path = default_storage.path(name)
    modes = [(ROOT / place).stat().st_mode & 0o777 for place in (path, path.rpartition("/")[0])]
    assert modes == [0o600, 0o700]
