"""Errors reported to whoever keeps the site running, each kind seldom: where and how often, and nothing about anybody.

Django's own handler would send what the visitor typed, cookies and the values of variables. This one sends the class of the
error, the file and line, the address of the page without its query, and a count. It writes by itself, past the outbox, because
the outbox or its database may be what is broken; and in a thread, so that no visitor waits for a mail server.
"""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import Error
from django.db.models import F, Q

from vacancies.wording import moment_text
from web.quantities import period

from .. import rules
from ..models import Fault
from .operator_handler import Seen, Tally


def report(seen: Seen, count: int, now: datetime, memory: Tally) -> bool:
    """Count, and report unless this kind was reported lately; whether it was. ``memory`` is asked where no row can be."""
    try:
        since = claim_fault(seen, count, now)
    except Error:
        since = count if memory.may_tell(seen.key) else 0
    if since:
        try:
            message(seen, since, now).send()
        except Exception:
            give_back(seen, since, memory)
            raise
    return bool(since)


def give_back(seen: Seen, count: int, memory: Tally) -> None:
    """It was not reported after all: the next one of its kind tries again."""
    memory.forget(seen.key)
    with suppress(Error):
        Fault.objects.filter(kind=seen.kind, place=seen.place).update(told_at=None, count=F("count") + count)


def claim_fault(seen: Seen, count: int, now: datetime) -> int:
    """How many there were since the last email, to whichever process may send the next; 0 to the others."""
    row, _ = Fault.objects.get_or_create(kind=seen.kind, place=seen.place, defaults={"seen_at": now})
    this = Fault.objects.filter(pk=row.pk)
    this.update(count=F("count") + count, seen_at=now)
    lately = Q(told_at__gt=now - rules.FAULT_TOLD_EVERY, told_at__lte=now + rules.CLOCKS_DIFFER_BY)
    if Fault.objects.filter(lately).exclude(pk=row.pk).count() >= rules.MOST_FAULTS_TOLD_AN_HOUR:
        return 0
    since = this.values_list("count", flat=True).get()
    # The count is part of the condition: what another process adds meanwhile is told by whoever comes next.
    if this.filter(~lately | Q(told_at=None), count=since).update(told_at=now, count=0) != 1:
        return 0
    Fault.objects.filter(seen_at__lt=now - rules.FAULTS_KEPT_FOR).delete()
    return int(since)


def message(seen: Seen, count: int, now: datetime) -> EmailMessage:
    times = "once" if count == 1 else f"{count} times"
    lines = [
        f"Kind: {seen.kind}",
        f"Place: {seen.place}",
        *([f"During: {seen.during}"] if seen.during else []),
        f"Count: {times} since the last email about it",
        f"Last seen: {moment_text(now)}",
    ]
    text = "\n".join(
        [
            f"An error occurred at {settings.SITE_URL}.",
            "",
            *lines,
            "",
            f"The log has the full story. You will not be told of this kind again within {period(rules.FAULT_TOLD_EVERY)}.",
            "",
        ]
    )
    subject = f"Greensheets: {seen.kind} ({times})"[:120]
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, text, settings.SERVER_EMAIL, list(settings.OPERATOR_EMAILS), headers=headers)
