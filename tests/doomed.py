"""A worker that kills itself, for tests/test_crash.py: ``python -m tests.doomed MOMENT STEP WHEN COUNT``.

It does one round of the real duties at a moment, in a process of its own, over the database, the media folder and the mailbox
that the environment names. At the given step (a dotted name) it sends itself SIGKILL, before or after the step's COUNT-th call.
"""

import os
import signal
import sys
from datetime import datetime
from functools import wraps
from importlib import import_module
from pathlib import Path

import django
import time_machine
from django.conf import settings

from editions.building import rendering
from files.address import storage_from

from .editions.press_double import PressDouble


def doom(step: str, when: str, count: int) -> None:
    module, _, name = step.partition(":")
    owner = import_module(module)
    *path, name = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    whole, calls = getattr(owner, name), []

    @wraps(whole)
    def cut_short(*args, **kwargs):
        calls.append(1)
        if when == "before" and len(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        result = whole(*args, **kwargs)
        if when == "after" and len(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, cut_short)


def main(moment: str, step: str, when: str, count: str) -> int:
    settings.MEDIA_ROOT = Path(os.environ["DOOMED_MEDIA"])
    settings.STORAGES = {**settings.STORAGES, "default": storage_from(os.environ.get("DOOMED_STORAGE", ""))}
    settings.DEMO_MAILDIR = Path(os.environ["DOOMED_MAIL"])
    settings.EMAIL_BACKEND = "greensheets_site.demo.mail_backend.MaildirBackend"
    django.setup()
    duties, rounds = import_module("greensheets_site.worker.duties"), import_module("greensheets_site.worker.rounds")
    if os.environ["DOOMED_PRESS"] == "double":
        rendering.run = PressDouble()
    doom(step, when, int(count))
    now = datetime.fromisoformat(moment)
    with time_machine.travel(now, tick=True):
        return len(rounds.Rounds(duties.DUTIES, say=print).once(now))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
