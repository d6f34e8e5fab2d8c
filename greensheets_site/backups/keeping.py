"""Which sets are kept: the newest of each of the last 14 days, 8 weeks and 12 months, and whatever is younger than two days."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

KEPT_DAYS, KEPT_WEEKS, KEPT_MONTHS = 14, 8, 12
KEPT_WHOLLY_FOR = timedelta(days=2)  # also those made by hand, such as before an upgrade


def to_keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The newest is kept however old it is; what a clock that was ahead dated later than now, until its day has come."""
    every = set(moments)
    past = sorted(at for at in every if at <= now)
    kept = {at for at in every if at > now - KEPT_WHOLLY_FOR} | set(past[-1:])
    for period, most in ((_day, KEPT_DAYS), (_week, KEPT_WEEKS), (_month, KEPT_MONTHS)):
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
