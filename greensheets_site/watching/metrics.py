"""/metrics for Prometheus. Every number comes from the database or this machine, so that any web process may answer for all."""

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import Error
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editions import readiness
from editions.models import Bulletin, Edition
from mailing.models import ContactMessage, Delivery, DeliveryState, Mailout, MessageState, Subscriber
from vacancies.models import StaffGroup, Vacancy
from vacancies.schedule import send_moment

from ..models import Heartbeat
from .checks import CHECKS, findings
from .findings import State
from .token import holds_token

PREFIX = "greensheets_"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
WAITING = [DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNCERTAIN]
STATES = {State.GOOD: 0, State.LOOK: 1, State.BAD: 2}


class Sample(NamedTuple):
    value: float
    labels: dict[str, str] = {}


class Gauge(NamedTuple):
    """A number that goes up and down, with what it means."""

    name: str
    meaning: str
    samples: list[Sample]


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not settings.WATCH_TOKEN:
        raise Http404
    if not holds_token(request):
        return HttpResponse("The token is missing or wrong.\n", status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(gauges(timezone.now())), content_type=CONTENT_TYPE)


def gauges(now: datetime) -> Iterator[Gauge]:
    """With the database away, what the checks say of it and of this machine."""
    found = findings(now, CHECKS)
    states = [Sample(STATES[finding.state], {"check": name}) for name, finding in found.items()]
    yield Gauge("check_state", "What /healthz finds: 0 good, 1 worth a look, 2 bad.", states)
    for name, finding in found.items():
        for unit, number in finding.numbers.items():
            yield Gauge(f"{name}_{unit}", f"Of the check {name}.", [Sample(number)])
    for make in TABLE if found["database"].state is not State.BAD else []:
        try:
            yield make(now)
        except Error:  # it went away meanwhile
            return


def live_adverts(now: datetime) -> Gauge:
    rows = Vacancy.objects.live(now).order_by().values_list("role_type__staff_group").annotate(Count("pk"))
    counts = dict(rows)
    return Gauge(
        "live_adverts", "Adverts on the website.", [Sample(counts.get(g, 0), {"staff_group": g}) for g in StaffGroup.values]
    )


def readers_gauges(_now: datetime) -> Gauge:
    return Gauge("readers", "Confirmed readers of the weekly email.", [Sample(Subscriber.objects.active().count())])


def outbox(_now: datetime) -> Gauge:
    rows = Delivery.objects.filter(state__in=WAITING).order_by().values_list("kind", "state").annotate(Count("pk"))
    samples = [Sample(count, {"kind": kind, "state": state}) for kind, state, count in rows]
    return Gauge("outbox_emails", "Emails that wait, are being sent or are in doubt.", samples)


def last_mailout(_now: datetime) -> Gauge:
    mailout = Mailout.objects.filter(frozen_at__isnull=False).first()
    progress = mailout.progress() if mailout else {}
    return Gauge(
        "last_mailout_emails", "The newest weekly email.", [Sample(n, {"state": state}) for state, n in progress.items()]
    )


def heartbeats(now: datetime) -> Gauge:
    rows = [Sample((now - row.seen_at).total_seconds(), {"worker": row.worker}) for row in Heartbeat.objects.all()]
    return Gauge("heartbeat_age_seconds", "Since each worker's last sign of life; below zero its clock was ahead.", rows)


def coming_edition(now: datetime) -> Gauge:
    edition = Edition.objects.filter(published_at=None).coming(now).first()
    samples = [Sample(send_moment(edition.on).timestamp())] if edition else []
    return Gauge("coming_edition_timestamp_seconds", "When the next edition goes out.", samples)


def coming_adverts(now: datetime) -> Gauge:
    edition = Edition.objects.filter(published_at=None).coming(now).first()
    rows = Vacancy.objects.booked_for(edition.on).order_by().values_list("status").annotate(Count("pk")) if edition else []
    return Gauge("coming_edition_adverts", "Adverts of the next edition.", [Sample(n, {"status": state}) for state, n in rows])


def pdfs(now: datetime) -> Gauge:
    """Of the next edition and the last; what the row alone tells, so that asking costs nothing."""
    coming, last = Edition.objects.filter(published_at=None).coming(now).first(), Edition.objects.published().first()
    rows = Bulletin.objects.filter(edition__in=[edition for edition in (coming, last) if edition]).select_related("edition")
    samples = [
        Sample(1, {"edition": str(row.edition.on), "staff_group": row.staff_group, "state": readiness.in_short(row, now).lower()})
        for row in rows
    ]
    return Gauge("pdf", "The PDFs of the next and the last edition, by their state.", samples)


def new_messages(_now: datetime) -> Gauge:
    return Gauge(
        "new_messages", "Messages that nobody has read.", [Sample(ContactMessage.objects.filter(state=MessageState.NEW).count())]
    )


TABLE: list[Callable[[datetime], Gauge]] = [
    *(live_adverts, readers_gauges, outbox, last_mailout, heartbeats, coming_edition, coming_adverts, pdfs, new_messages),
]


def exposition(made: Iterable[Gauge]) -> str:
    """Prometheus' text format, version 0.0.4."""
    lines: list[str] = []
    for gauge in made:
        name = PREFIX + gauge.name
        lines += [f"# HELP {name} {_escaped(gauge.meaning)}", f"# TYPE {name} gauge"]
        lines += [f"{name}{_labels(sample.labels)} {_number(sample.value)}" for sample in gauge.samples]
    return "\n".join(lines) + "\n"


def _labels(labels: dict[str, str]) -> str:
    inner = ",".join(f'{name}="{_escaped(value, quotes=True)}"' for name, value in labels.items())
    return f"{{{inner}}}" if inner else ""


def _escaped(text: str, *, quotes: bool = False) -> str:
    text = text.replace("\\", r"\\").replace("\n", r"\n")
    return text.replace('"', r"\"") if quotes else text


def _number(value: float) -> str:
    return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
