"""Whether the work goes on: a worker alive, editions coming and coming out, emails moving."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Min
from django.db.models.functions import Coalesce
from django.utils import timezone

from editions.models import Edition
from mailing.models import Delivery, DeliveryKind, DeliveryState, Mailout, ProviderHold
from vacancies.models import calendar
from vacancies.schedule import DAY, send_moment

from .. import rules
from ..backups import state
from ..models import Heartbeat
from .findings import Finding, bad, good, span, worth_a_look


def worker_alive(now: datetime) -> Finding:
    rows = list(Heartbeat.objects.all())
    ahead = [row for row in rows if row.is_ahead(now)]
    clocks = "The clock of a worker was" if len(ahead) == 1 else f"The clocks of {len(ahead)} workers were"
    wrong = f" {clocks} ahead of this one." if ahead else ""
    seen = [now - row.seen_at for row in rows if row not in ahead]
    if not seen:
        never = "No worker is known to be running" if ahead else "No worker has ever been seen"
        return bad(f"{never}: nothing is being published or sent.{wrong}", alive=0)
    numbers = {"alive": sum(not row.is_stale(now) for row in rows), "seen_seconds_ago": int(min(seen).total_seconds())}
    if not numbers["alive"]:
        return bad(f"No worker has been seen for {span(min(seen))}: nothing is being published or sent.{wrong}", **numbers)
    said = f"A worker was seen {span(min(seen))} ago."
    return worth_a_look(said + wrong, **numbers) if ahead else good(said, **numbers)


def published(now: datetime) -> Finding:
    """Whether the edition that is due came out. One whose Monday has become a break never does; the desk says so."""
    last = Edition.objects.published().order_by("-on").first()
    numbers = {"last_timestamp_seconds": send_moment(last.on).timestamp()} if last else {}
    due = Edition.objects.due(now).exclude(on__in=calendar().breaks).order_by("on").first()
    if due is None:
        return good(f"The edition of {last.on} is out." if last else "No edition has come out yet.", **numbers)
    if now <= send_moment(due.on) + rules.LATE_AFTER:
        return good(f"The edition of {due.on} is being made.", **numbers)
    return bad(f"The edition of {due.on} should have come out and has not.", **numbers)


def next_edition(now: datetime) -> Finding:
    """Whether the next Monday with an edition, by the terms and breaks that staff have entered, has one."""
    today = timezone.localdate(now)
    is_out = Edition.objects.published().filter(on=today).exists()
    monday = calendar().next_on(today + DAY if is_out else today)
    if monday is None:
        return worth_a_look("There is no edition to come: no term on record goes beyond today.")
    numbers = {"days_ahead": (monday - today).days}
    if Edition.objects.filter(on=monday).exists():
        return good(f"The next edition is that of {monday}.", **numbers)
    sentence = f"Monday {monday} should have an edition, and none is planned."
    return bad(sentence, **numbers) if monday - today <= rules.PLANNED_BY else worth_a_look(sentence, **numbers)


def emails(now: datetime) -> Finding:
    """Whether what is due goes out. Weekly emails may take hours, so of them only standing still is a fault."""
    due = Delivery.objects.filter(state=DeliveryState.QUEUED)
    since = due.exclude(kind=DeliveryKind.BULLETIN).due(now).aggregate(first=Min(Coalesce("next_try_at", "created_at")))["first"]
    waits = [since, *(_still_since(mailout, now) for mailout in Mailout.objects.running().unfinished())]
    waited = max((now - moment for moment in waits if moment), default=timedelta(0))
    numbers = {"queued": due.count(), "oldest_due_seconds": max(0, int(waited.total_seconds()))}
    if waited > rules.EMAIL_WAITS_AT_MOST:
        return bad(f"Emails have been waiting for {span(waited)}.", **numbers)
    if Mailout.objects.unfinished().exclude(pause_reason="").filter(paused_at__isnull=False).exists():
        return worth_a_look("A weekly email is paused; the desk says why.", **numbers)
    if held := list(ProviderHold.objects.order_by("provider").values_list("provider", flat=True)):
        return worth_a_look(
            f"Held back, because they refuse us: {', '.join(held)}. The page of the weekly email says why.", **numbers
        )
    return good("No email has been waiting long.", **numbers)


def _still_since(mailout: Mailout, now: datetime) -> datetime | None:
    """Since when none of a weekly email has gone, though some wait."""
    weekly = mailout.deliveries.weekly()
    held = ProviderHold.objects.values("provider")
    waiting = weekly.filter(state=DeliveryState.QUEUED).exclude(next_try_at__gt=now).exclude(provider__in=held)
    if not waiting.exists():
        return None
    last = weekly.aggregate(last=Max("sent_at"))["last"]
    return max(moment for moment in (mailout.frozen_at, last) if moment)


def backup(now: datetime) -> Finding:
    """Whether one was made lately. Where nobody asked for any, that is worth a look and no fault of this machine."""
    latest = state.latest(now)
    numbers = {"age_seconds": latest.age.total_seconds(), "size_bytes": latest.size} if latest.age is not None else {}
    if latest.ok:
        return good(latest.sentence, **numbers)
    return bad(latest.sentence, **numbers) if settings.BACKUPS else worth_a_look(latest.sentence, **numbers)
