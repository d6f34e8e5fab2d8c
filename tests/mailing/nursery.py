"""Real workers that are killed at random, over a real database and a real mail server; for tests and for measurements.

``python -m tests.mailing.nursery`` imports everything once and then forks a worker for every line that it reads, so that a new
life costs milliseconds rather than seconds.
"""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import django
from django.core.management import BaseCommand, call_command, load_command_class
from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent.parent


class Nursery:
    def __init__(self, port: int, **environment: str):
        self.alive: list[int] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mailing.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "DATABASE_URL": database_url(),
                "EMAIL_URL": f"smtp://127.0.0.1:{port}",
                "LOG_LEVEL": "ERROR",
                **environment,
            },
        )

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, *_):
        while self.alive:
            self.kill(self.alive[0])
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def start(self) -> None:
        self._process.stdin.write("one more\n")
        self._process.stdin.flush()
        self.alive.append(int(self._process.stdout.readline()))

    def kill(self, worker: int) -> None:
        self.alive.remove(worker)
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return "postgres://{USER}@/{HOST}/{NAME}".format(**database)  # A socket's folder stands where a host would.


def _live(worker: BaseCommand) -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: no worker outlives the nursery
    connections.close_all()
    with open(os.devnull, "w") as nowhere:
        call_command(worker, interval=0.05, stdout=nowhere)


def main() -> None:
    django.setup()
    worker = load_command_class("greensheets_site", "worker")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live(worker)
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
