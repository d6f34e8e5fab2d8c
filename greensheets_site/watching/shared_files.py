"""Whether the machines see each other's files: every worker leaves a small file, and every process looks for those of all others.

A machine whose files lie somewhere else serves pages without faults until somebody asks it for a PDF; this says so before.
"""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files import leftovers
from files.outages import StorageAway

from ..models import Heartbeat
from .findings import Finding, bad, good

FOLDER = "probes"
ANEW_EVERY = timedelta(minutes=5)
PROBES_KEPT_FOR = timedelta(days=1)  # what a worker left that is gone


@dataclass(frozen=True)
class Sight:
    """What this process sees. ``answers`` is whether the storage does; ``unseen`` are workers whose files are not in it."""

    answers: bool = True
    unseen: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.answers and not self.unseen


def leave_probe(worker: str, now: datetime) -> None:
    """A new file every few minutes, named after the worker: the file first, then the row, then the old file goes."""
    row = Heartbeat.objects.filter(worker=worker).first()
    if row is None or (row.probed_at and row.probed_at <= now < row.probed_at + ANEW_EVERY):
        return
    nonce = secrets.token_hex(8)
    stem = re.sub(r"[^a-z0-9]+", "-", worker.lower()).strip("-")[:40] or "worker"
    name = default_storage.save(f"{FOLDER}/{stem}-{nonce}.txt", ContentFile(nonce.encode()))
    Heartbeat.objects.filter(pk=row.pk).update(probe=name, probed_at=now)
    if row.probe:
        leftovers.discard(row.probe)


def seen(now: datetime) -> Sight:
    """The probes of all workers that are alive, as this process finds them."""
    try:
        default_storage.exists(FOLDER)  # Without any worker, too, it must answer.
        rows = [row for row in Heartbeat.objects.exclude(probe="") if not row.is_stale(now)]
        return Sight(unseen=[row.worker for row in rows if not _finds(row)])
    except StorageAway:
        return Sight(answers=False)


def shared(now: datetime) -> Finding:
    """For the table of checks, which names no machines."""
    sight = seen(now)
    numbers = {"workers_unseen": len(sight.unseen)}
    if not sight.answers:
        return bad("The file storage is not responding.", **numbers)
    if sight.unseen:
        return bad("Another machine’s files cannot be seen from here: each is storing its own.", **numbers)
    return good("All workers’ files can be seen from here.", **numbers)


def sweep_probes(now: datetime) -> int:
    """Remove the probes of workers that were killed between two steps, or that are gone."""
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    return leftovers.sweep(names, set(Heartbeat.objects.values_list("probe", flat=True)), now - PROBES_KEPT_FOR)


def _finds(row: Heartbeat) -> bool:
    """A probe that has gone was perhaps replaced since the row was read; then the new one counts."""
    if _holds_its_own(row.probe):
        return True
    replaced = Heartbeat.objects.filter(pk=row.pk).exclude(probe=row.probe).values_list("probe", flat=True).first()
    return replaced is not None and _holds_its_own(replaced)


def _holds_its_own(name: str) -> bool:
    try:
        with default_storage.open(name) as file:
            held: bytes = file.read(100)
    except FileNotFoundError:
        return False
    return held.decode("ascii", "replace") in name and bool(held)
