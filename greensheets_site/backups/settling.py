"""After a restore and before the site opens: what has happened since the set was made must not be undone, sent or shown again."""

from collections.abc import Callable
from datetime import datetime

from django.core.files.storage import Storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.utils import timezone

from editions.models import Edition
from editions.publishing import plan_editions
from mailing import rules as mailing_rules
from mailing.models import Mailout
from mailing.readers import retention
from mailing.sending.steering import pause
from vacancies.editing import documents
from vacancies.wording import moment_text

from ..accounts import roles
from ..models import Heartbeat, LogIn
from . import departures, records
from .manifests import Manifest

Say = Callable[[str], None]


def settle(store: Storage, place: str, manifest: Manifest, now: datetime, say: Say = lambda line: None) -> None:
    """Safe to run again: each step does only what is left to do."""
    if migrate():
        say("The database was brought up to this version.")
    Heartbeat.objects.filter(seen_at__lte=now).delete()
    LogIn.objects.all().delete()
    say("Everybody at the desk has to log in again. Look under Staff whether somebody has left since.")
    again = departures.replay(store)
    say(f"Readers who have left or were deleted since, let go again: {again}")
    if held := hold_emails(manifest, now):
        say(f"Weekly emails that may have gone out already are paused: {', '.join(held)}. Resume or cancel them at the desk.")
    purged = {**retention.purge(now), "documents of old adverts": documents.delete_overdue(now)}
    due = ", ".join(f"{count} {what}" for what, count in purged.items() if count)
    say(f"Personal data that was due to go: {due or 'none'}")
    records.catch_up(store, place, now)


def migrate() -> bool:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    roles.sync()
    return True


def hold_emails(manifest: Manifest, now: datetime) -> list[str]:
    """Pause every weekly email that the worker would go on with: the set cannot know whether it went after the set was made."""
    plan_editions(now)
    today = timezone.localdate(now)
    due = [
        edition
        for edition in Edition.objects.filter(on__gt=today - mailing_rules.FORGOTTEN_AFTER, on__lte=today)
        if edition.send_at <= now
    ]
    for edition in due:
        Mailout.objects.get_or_create(edition=edition, defaults={"planned_at": now})
    going = Mailout.objects.running().filter(Q(edition__in=due) | Q(frozen_at__isnull=False), finished_at=None)
    reason = (
        f"The site was restored from the backup of {moment_text(manifest.moment)}. What was sent after that is not known here."
    )
    held = []
    for mailout in going.select_related("edition"):
        if pause(mailout, reason, now, warn=True):
            Mailout.objects.filter(pk=mailout.pk, frozen_at=None, held_at=None).update(held_at=now)
            held.append(str(mailout))
    return held
