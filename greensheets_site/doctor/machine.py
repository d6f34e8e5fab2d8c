"""This machine: settings, database, files, disk, clock, workers."""

import json
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.checks import WARNING, run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from files.outages import StorageAway
from web import trail
from web.models import TrailEntry

from ..backups import state
from ..models import Heartbeat
from ..watching import machine as watched
from ..watching import shared_files
from ..watching.findings import Finding, State
from .findings import doubtful, fine, together, wrong

CLOCKS_DIFFER_BY = timedelta(seconds=5)


def settings_checked(now: datetime) -> Finding:
    found = [message for message in run_checks(include_deployment_checks=True) if not message.is_silenced()]
    errors = [message for message in found if message.is_serious()]
    said = " ".join(message.msg for message in (errors or found) if message.level >= WARNING)
    if errors:
        return wrong(said, "Correct the environment file; neither web nor worker starts like this.")
    if not settings.HTTPS:  # of which Django would complain in many words
        return doubtful("SITE_URL is http: passwords travel in the clear.", "Get a certificate, and give SITE_URL with https.")
    return (
        doubtful(said, "manage.py check --deploy says more.") if said else fine("Nothing about the settings is unsafe or wrong.")
    )


def database_checked(now: datetime) -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{migration.app_label} {migration.name}" for migration, _ in waiting[:3])
        more = f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
        return wrong(f"Not applied: {names}{more}.", "Run manage.py migrate, then restart web and worker.")
    return fine(f"{connection.display_name} answers; every migration is applied.")


def keys(now: datetime) -> Finding:
    if settings.SUPPRESSION_KEY == settings.SECRET_KEY:
        return doubtful(
            "SUPPRESSION_KEY is the same as SECRET_KEY.",
            "On a new site give it 50 random characters of its own. On one that has readers leave it, set it to that value, "
            "and change SECRET_KEY: or suppressed readers are written to again.",
        )
    return fine("SUPPRESSION_KEY is set apart from SECRET_KEY.")


def media_checked(now: datetime) -> Finding:
    """Written, read back and taken away again, through whatever storage is set."""
    token = secrets.token_hex(16)
    advice = "The user of web and worker must be able to write there. Uploads and PDFs fail until then."
    try:
        name = default_storage.save(f"probes/doctor-{token}.txt", ContentFile(token.encode()))
        try:
            with default_storage.open(name) as file:
                same = file.read() == token.encode()
        finally:
            default_storage.delete(name)
    except StorageAway:
        return wrong("The storage of files does not answer.", "See STORAGE_URL and the service behind it.")
    except OSError as error:
        return wrong(f"No file can be kept in media: {error.strerror or error}.", advice)
    return fine("A file was written to media and read back.") if same else wrong("A file in media was read back changed.", advice)


def shared_checked(now: datetime) -> Finding:
    """Whether this machine finds the small files that the workers of all machines leave."""
    sight = shared_files.seen(now)
    advice = "Let all machines keep media in one place: STORAGE_URL, or a folder that they share."
    if not sight.answers:
        return wrong("The storage of files does not answer.", "See STORAGE_URL and the service behind it.")
    if sight.unseen:
        return wrong(f"The files of {', '.join(sight.unseen)} are not seen here.", advice)
    return fine("The files of every worker that is alive are seen here.")


def backups_checked(now: datetime) -> Finding:
    """Their age, and how the last rehearsal of putting one back went."""
    latest = state.latest(now)
    if not latest.ok:
        return wrong(latest.sentence, "Set BACKUPS to another disk or a bucket, and see that manage.py back_up succeeds.")
    if latest.missing:
        return doubtful(latest.sentence, "Look for these files; the next backup lacks them too.")
    if latest.rehearsed_at is None or now - latest.rehearsed_at > state.REHEARSE_EVERY:
        said = "It has not been rehearsed lately." if latest.rehearsed_at else "Putting one back has never been rehearsed."
        return doubtful(f"{latest.sentence} {said}", "Run manage.py rehearse_backup.")
    return fine(latest.sentence)


def disk_checked(now: datetime) -> Finding:
    found = watched.disk(now)
    return Finding(
        found.state,
        found.sentence,
        advice="" if found.state == State.GOOD else "Make room: what is written is cut off on a full disk.",
    )


def static_files(now: datetime) -> Finding:
    """Every file of ours has been gathered, and since it was last changed."""
    if settings.DEBUG:
        return fine("In debug mode they are served from where they lie.")
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    advice = "Run manage.py collectstatic --noinput, then restart web."
    try:
        names = json.loads(manifest.read_text())["paths"]
    except (OSError, ValueError, KeyError):
        return wrong("Style sheets and scripts have not been gathered.", advice)
    finder = FileSystemFinder()
    source = {name: Path(str(finder.find(name))) for name, _ in finder.list([])}
    missing = [name for name in source if not (Path(settings.STATIC_ROOT) / names.get(name, name + "?")).exists()]
    if missing:
        return wrong(f"{len(missing)} files have not been gathered, such as {missing[0]}.", advice)
    newest = max(path.stat().st_mtime for path in source.values())
    if newest > manifest.stat().st_mtime:
        return doubtful("A style sheet or script has changed since they were gathered.", advice)
    return fine(f"All {len(source)} files are gathered.")


def clock(now: datetime) -> Finding:
    """Against the database's, and against what the workers of other machines wrote."""
    advice = "Let the machine keep time by NTP (timedatectl set-ntp true). Adverts appear and emails go out by the clock."
    apart = _database_clock() - timezone.now()
    found = [one for one in [_compared(apart, advice)] if one]
    for heartbeat in Heartbeat.objects.filter(seen_at__gt=now + CLOCKS_DIFFER_BY):
        ahead = _span(heartbeat.seen_at - now)
        found.append(wrong(f"The clock of worker {heartbeat.worker} is {ahead} ahead of this machine's.", advice))
    return together(found, fine("It agrees with the database and with every worker."))


def _compared(apart: timedelta, advice: str) -> Finding | None:
    if abs(apart) <= CLOCKS_DIFFER_BY:
        return None
    side = "behind" if apart > timedelta() else "ahead of"
    return wrong(f"This machine's clock is {_span(abs(apart))} {side} the database's.", advice)


def _database_clock() -> datetime:
    if connection.vendor != "postgresql":  # SQLite is in this process, and reads the same clock
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at


def _span(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"


def workers(now: datetime) -> Finding:
    """What lies in the future says nothing about now."""
    rows = list(Heartbeat.objects.all())
    alive = [row for row in rows if row.seen_at <= now + CLOCKS_DIFFER_BY and not row.is_stale(now)]
    advice = "Start it (systemctl start greensheets-worker). Nothing is published or sent until one runs."
    if not rows:
        return wrong("No worker has ever been seen.", advice)
    if not alive:
        return wrong(f"No worker is alive; {rows[0].worker} was the last.", advice)
    names = ", ".join(row.worker for row in alive)
    silent = ", ".join(row.worker for row in rows if row not in alive and row.seen_at <= now)
    if silent:
        return doubtful(f"Silent: {silent}. Alive: {names}.", "Start it, if it is meant to run.")
    return fine(f"Alive: {names}.")


def trail_whole(now: datetime) -> Finding:
    """No row of the trail was changed or taken out, and none is dated where another key was in use."""
    broken = trail.gaps(TrailEntry.objects.order_by("pk").iterator(chunk_size=500))
    if not broken:
        return fine("No entry is missing or was changed.")
    return doubtful(
        f"{len(broken)} entries do not follow from the one before, the first of them number {broken[0]}.",
        "If SECRET_KEY was changed then, that is why. Otherwise somebody wrote to the database: compare with the log.",
    )
