"""Not faster than the relay likes: a limit that the operator sets, and a growing distance for as long as the server says "later".

A relay that takes a few messages at once and then puts us off wants patience, not a person: the distance between two weekly
emails doubles with each "later" in a row, and shrinks again with each that is taken. One row holds both for all senders.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from .. import rules
from ..models import Pace

ROW = 1
NONE = timedelta(0)
MINUTE = timedelta(minutes=1)


def wait(now: datetime) -> timedelta:
    """How long the next weekly email must wait; nothing if its turn has come, which is then taken."""
    pace = Pace.objects.filter(pk=ROW).first() or Pace.objects.get_or_create(pk=ROW, defaults={"next_at": now})[0]
    gap = gap_after(pace.put_off_in_row)
    if not gap:
        return NONE
    # Further ahead than any gap is a moment that a clock wrote which has been set back since.
    free = Pace.objects.filter(pk=ROW).exclude(next_at__gt=now, next_at__lte=now + max(gap, rules.LARGEST_GAP))
    return NONE if free.update(next_at=now + gap) else max(pace.next_at - now, timedelta(milliseconds=50))


def is_set() -> bool:
    """Whether turns need to be taken at all; asked once for each batch."""
    return bool(settings.MAILING_PER_MINUTE) or Pace.objects.filter(pk=ROW, put_off_in_row__gt=0).exists()


def gap_after(put_off_in_row: int) -> timedelta:
    by_limit = MINUTE / settings.MAILING_PER_MINUTE if settings.MAILING_PER_MINUTE else NONE
    times = put_off_in_row - rules.PUT_OFF_BEFORE_SLOWING
    return max(by_limit, min(rules.SMALLEST_GAP * 2 ** min(times, 10), rules.LARGEST_GAP) if times >= 0 else NONE)


def slower(now: datetime) -> None:
    Pace.objects.get_or_create(pk=ROW, defaults={"next_at": now})
    Pace.objects.filter(pk=ROW, put_off_in_row__lt=1000).update(put_off_in_row=F("put_off_in_row") + 1)
    pace = Pace.objects.get(pk=ROW)
    Pace.objects.filter(pk=ROW).update(next_at=now + gap_after(pace.put_off_in_row))


def faster() -> None:
    most = rules.PUT_OFF_BEFORE_SLOWING + 6  # the longest gap is forgotten as fast as it was learnt
    Pace.objects.filter(pk=ROW, put_off_in_row__gt=most).update(put_off_in_row=most)
    Pace.objects.filter(pk=ROW, put_off_in_row__gt=0).update(put_off_in_row=F("put_off_in_row") - 1)
