"""How old the latest backup is and whether that is good: for the desk, ``/healthz`` and ``doctor``, from rows alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat

from files.address import without_secrets

from .. import rules
from ..models import BackupRun

REHEARSE_EVERY = timedelta(days=100)


@dataclass(frozen=True)
class LatestBackup:
    """``ok`` is false when a person has to act; ``sentence`` says why, or what there is."""

    ok: bool
    sentence: str
    name: str = ""
    at: datetime | None = None
    age: timedelta | None = None
    size: int = 0
    missing: int = 0
    rehearsed_at: datetime | None = None
    rehearsal_fault: str = ""


def latest(now: datetime) -> LatestBackup:
    """The newest whole set of the place that ``BACKUPS`` names, or of any place when it names none."""
    runs = BackupRun.objects.filter(place=without_secrets(settings.BACKUPS)) if settings.BACKUPS else BackupRun.objects.all()
    run = runs.good(now).first()
    if run is None:
        return LatestBackup(False, f"There is no backup yet. {_unlucky(runs, now) or _what_to_do()}".strip())
    age = now - run.started_at
    rehearsal = BackupRun.objects.filter(rehearsed_at__lte=now).order_by("-rehearsed_at").first()
    said = [f"{_ago(age)}, {filesizeformat(run.size)}".replace("\xa0", " ")]
    if not settings.BACKUPS:
        said.append(_what_to_do())
    elif age > rules.BACKUP_TOO_OLD_AFTER:
        said.append(_unlucky(runs, now) or "Too old: is the worker running?")
    if run.missing:
        said.append(f"{run.missing} files that adverts or editions refer to were missing.")
    if rehearsal and rehearsal.rehearsal_fault:
        said.append("The last rehearsal failed.")
    bad = age > rules.BACKUP_TOO_OLD_AFTER or not settings.BACKUPS or bool(rehearsal and rehearsal.rehearsal_fault)
    return LatestBackup(
        ok=not bad,
        sentence=". ".join([said[0], " ".join(said[1:])]).strip(". ") + ".",
        name=run.name,
        at=run.started_at,
        age=age,
        size=run.size,
        missing=run.missing,
        rehearsed_at=rehearsal.rehearsed_at if rehearsal else None,
        rehearsal_fault=rehearsal.rehearsal_fault if rehearsal else "",
    )


def _what_to_do() -> str:
    return "" if settings.BACKUPS else "None is made automatically: set BACKUPS."


def _unlucky(runs: QuerySet[BackupRun], now: datetime) -> str:
    failed = runs.exclude(failure="").filter(started_at__lte=now).first()
    return f"The last attempt failed: {failed.failure}" if failed else ""


def _ago(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return "Less than an hour ago"
    if hours < 48:
        return f"{hours} hour{'s' if hours > 1 else ''} ago"
    return f"{hours // 24} days ago"
