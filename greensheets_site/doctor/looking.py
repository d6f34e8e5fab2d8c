"""Who looks when: the worker of each machine every hour and when staff ask, so that no page waits for the network.

One row a machine; a worker takes it by a conditional UPDATE, and one that is killed while looking leaves it to the next before
long.
"""

import socket
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from ..models import Look
from .table import CHECKS, Entry, Line, run

GIVEN_UP_AFTER = timedelta(minutes=5)
# A machine that has not looked for so long is gone.
GONE_AFTER = timedelta(days=2)


def look_if_due(now: datetime, *, stop: Callable[[], bool] = lambda: False) -> str:
    machine = socket.gethostname()
    Look.objects.get_or_create(machine=machine)
    Look.objects.filter(looked_at__lt=now - GONE_AFTER, begun_at=None).exclude(machine=machine).delete()
    if not claim_look(machine, now):
        return ""
    lines: list[Line] = []
    for check in CHECKS:
        if stop():  # it is left to the next round
            Look.objects.filter(machine=machine, begun_at=now).update(begun_at=None)
            return ""
        lines += run([check], now)
    Look.objects.filter(machine=machine, begun_at=now).update(
        begun_at=None, asked_at=None, looked_at=now, lines=[asdict(line) for line in lines]
    )
    return "looked at everything"


def claim_look(machine: str, now: datetime) -> bool:
    """Whether this machine is to look now. What a clock that was ahead wrote holds nothing up."""
    nobody = Q(begun_at=None) | Q(begun_at__lt=now - GIVEN_UP_AFTER) | Q(begun_at__gt=now)
    wanted = Q(asked_at__isnull=False)
    if settings.DOCTOR_EVERY:
        before = now - timedelta(minutes=settings.DOCTOR_EVERY)
        wanted |= Q(looked_at=None) | Q(looked_at__lte=before) | Q(looked_at__gt=now)
    return Look.objects.filter(nobody, wanted, machine=machine).update(begun_at=now) == 1


def ask(now: datetime) -> int:
    """Ask every machine to look in its next round; returns how many will."""
    return Look.objects.update(asked_at=now)


def stored() -> list[Line]:
    """Everything that any machine found when it last looked."""
    return [Line(**line) for look in Look.objects.exclude(looked_at=None) for line in look.lines]


def now_and_then(now: datetime) -> list[Line]:
    """For the page: what is quick is looked at now, the rest as the machines found it, each finding in the table's order."""
    stored = [(look.machine, line) for look in Look.objects.exclude(looked_at=None) for line in look.lines]
    several = len({machine for machine, _ in stored}) > 1
    lines: list[Line] = []
    for check in CHECKS:
        if not check.takes_time:
            lines += run([check], now)
        else:
            lines += [_told(line, machine if several else "") for machine, line in stored if line["name"] == check.name]
    return lines


def _told(line: dict[str, str], machine: str) -> Line:
    return Line(**{**line, "heading": f"{line['heading']} ({machine})" if machine else line["heading"]})


def not_yet() -> list[Entry]:
    """What takes time and no machine has looked at."""
    seen = {line["name"] for look in Look.objects.exclude(looked_at=None) for line in look.lines}
    return [check for check in CHECKS if check.takes_time and check.name not in seen]
