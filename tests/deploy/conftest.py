"""A real granian as the installed unit starts it, on a port of its own."""

import os
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearsal import units

ROOT = Path(__file__).resolve().parent.parent.parent
WEB_UNIT = ROOT / "deploy/systemd/greensheets-web@.service"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nothing listens on port {port}; the process ended with {process.poll()}")


def installed_command(port: int) -> list[str]:
    """The unit's own words, with only the place of the program and the port exchanged."""
    command = units.read(WEB_UNIT, "1").command()
    assert (Path(command[0]).name, command[command.index("--port") + 1]) == ("granian", "8001")
    command[0] = str(Path(sys.executable).parent / "granian")
    command[command.index("--port") + 1] = str(port)
    return command


@dataclass(frozen=True)
class Site:
    port: int
    database: Path


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """An empty site in production mode, on SQLite."""
    port, var = free_port(), tmp_path_factory.mktemp("var")
    settings = {
        "GREENSHEETS_DEMO": "0",
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "LOG_LEVEL": "ERROR",
        "ANYMAIL": "{}",
    }
    settings |= {"SITE_URL": f"http://127.0.0.1:{port}", "VAR_DIR": str(var)}
    environment = {**{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}, **settings}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    process = subprocess.Popen(installed_command(port), cwd=ROOT, env=environment)
    try:
        wait_for(port, process)
        yield Site(port, var / "greensheets.sqlite3")
    finally:
        process.terminate()
        process.wait(40)
