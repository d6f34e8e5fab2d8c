"""Which sets are kept: the newest of each of the last days, weeks and months (``rules`` say how many), and all young ones."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from .. import rules


def to_keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The newest is kept however old it is; what a clock that was ahead dated later than now, until its day has come."""
    every = set(moments)
    past = sorted(at for at in every if at <= now)
    kept = {at for at in every if at > now - rules.KEPT_WHOLLY_FOR} | set(past[-1:])
    for period, most in ((_day, rules.KEPT_DAYS), (_week, rules.KEPT_WEEKS), (_month, rules.KEPT_MONTHS)):
        newest = {period(at): at for at in past if period(now) - period(at) < most}
        kept |= set(newest.values())
    return kept


def _day(at: datetime) -> int:
    return timezone.localdate(at).toordinal()


def _week(at: datetime) -> int:
    """From Monday to Sunday: the first of January of the year 1 was a Monday, and has number 1."""
    return (_day(at) - 1) // 7


def _month(at: datetime) -> int:
    day = timezone.localdate(at)
    return day.year * 12 + day.month
