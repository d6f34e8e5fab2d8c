"""/healthz: what a monitor needs to know, and nothing about anybody."""

from datetime import datetime, timedelta

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editions.models import Edition
from vacancies.schedule import send_moment

from . import shared_files
from .models import Heartbeat

# How long after 07:00 an edition may still be in the making before it counts as a failure.
GRACE = timedelta(minutes=20)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    try:
        report = look(timezone.now())
    except Error:
        report = {"ok": False, "database": "unreachable"}
    return JsonResponse(report, status=200 if report["ok"] else 503)


def look(now: datetime) -> dict:
    """The state of database, worker and editions; ``ok`` is false when somebody has to act."""
    heartbeat = Heartbeat.objects.first()
    last = Edition.objects.published().order_by("-on").first()
    due = Edition.objects.due(now).order_by("on").first()
    late = bool(due) and now > send_moment(due.on) + GRACE
    working = bool(heartbeat) and not heartbeat.is_stale(now)
    files = shared_files.look(now)
    return {
        "ok": working and not late and files["ok"],
        "database": "ok",
        "worker": {
            "ok": working,
            "seen_seconds_ago": int((now - heartbeat.seen_at).total_seconds()) if heartbeat else None,
            "doing": heartbeat.doing if heartbeat else None,
        },
        "files": files,
        "last_edition": {"on": last.on.isoformat(), "published_at": last.published_at.isoformat()} if last else None,
        "due_edition": {"on": due.on.isoformat(), "late": late} if due else None,
    }
