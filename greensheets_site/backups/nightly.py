"""What the worker does about backups: the list of departures by day and night, a set each night, made by a process of its own.

Of its own, because a large set takes minutes, and neither Monday nor an email that somebody waits for may stand behind it.
"""

import subprocess
import sys
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from files.address import without_secrets

from ..models import BackupRun
from . import departures
from .places import store_at

AT = time(2)  # London time: the quietest hour, and five before the weekly edition
QUIET_FROM, QUIET_UNTIL = time(6), time(10)  # the machine is the edition's
AGAIN_AFTER = timedelta(hours=1)
_children: list[subprocess.Popen[bytes]] = []


def is_due(now: datetime) -> bool:
    """No set since the small hours, no attempt lately, and not while Monday's edition goes out."""
    here = timezone.localtime(now)
    if not settings.BACKUPS or QUIET_FROM <= here.time() < QUIET_UNTIL:
        return False
    day = here.date() if here.time() >= AT else here.date() - timedelta(days=1)
    since = timezone.make_aware(datetime.combine(day, AT))
    runs = BackupRun.objects.filter(place=without_secrets(settings.BACKUPS), started_at__lte=now)
    return not (runs.good(now).filter(started_at__gte=since).exists() or runs.filter(started_at__gt=now - AGAIN_AFTER).exists())


def begin_if_due(now: datetime) -> str:
    """Start tonight's backup, unless the one that was started still runs."""
    _children[:] = [child for child in _children if child.poll() is None]
    if _children or not is_due(now):
        return ""
    _children.append(subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), "back_up"]))  # noqa: S603  our own
    return "begun"


def note_departures(now: datetime) -> str:
    """Often, because a machine that burns down loses whatever came after it."""
    if not settings.BACKUPS:
        return ""
    noted = departures.record(store_at()[0], now)
    return f"{noted} noted beside the backups" if noted else ""
