"""A period, a size, a time of day or a share as this publication writes it: one wording for pages, emails, the desk and print."""

from datetime import time, timedelta
from decimal import Decimal

YEAR = timedelta(days=365)
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
IN_DAYS_UP_TO = timedelta(days=28)


def period(length: timedelta) -> str:
    """``90 days``, ``12 weeks``, ``a year``, ``an hour``. Up to four weeks are given in days, a single day in hours."""
    if length == YEAR:
        return "a year"
    if length > IN_DAYS_UP_TO and not length % WEEK:
        return f"{length // WEEK} weeks"
    if length > DAY and not length % DAY:
        return f"{length // DAY} days"
    for unit, one, many in ((HOUR, "an hour", "hours"), (MINUTE, "a minute", "minutes")):
        if length >= unit and not length % unit:
            return one if length == unit else f"{length // unit} {many}"
    return "a second" if length == SECOND else f"{length / SECOND:g} seconds"


def size(count: int) -> str:
    """``10 MB``, ``100 kB``, ``2.5 GB``: round in whichever way of counting, by 1,000 or by 1,024, was meant."""
    base = 1024 if count and not count % 1024**2 else 1000
    for power, unit in ((3, "GB"), (2, "MB"), (1, "kB")):
        if count >= base**power:
            return f"{count / base**power:g} {unit}"
    return f"{count} bytes"


def clock(moment: time) -> str:
    """``noon``, ``midnight``, ``9am``, ``3.15pm``."""
    if (moment.hour, moment.minute) in {(12, 0), (0, 0)}:
        return "noon" if moment.hour else "midnight"
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{hour}.{moment.minute:02}{half}" if moment.minute else f"{hour}{half}"


def share(part: Decimal) -> str:
    return f"{(part * 100).normalize():f}%"


def rule_in_words(name: str, value: object) -> str:
    """A rule as its kind is written. Of plain numbers the name tells the kind: sizes begin with ``LARGEST``."""
    match value:
        case timedelta():
            return period(value)
        case time():
            return clock(value)
        case int() if name.startswith("LARGEST"):
            return size(value)
        case int() | Decimal():
            return f"{value:,}"
    raise TypeError(f"{name} is no single number: say it in the text's own code.")
