"""What the advert form fills in or suggests, so that staff type only what the school wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from . import problems, wording
from .models import Vacancy
from .schedule import DAY, Calendar, at, is_working_day

USUAL_RUN = timedelta(days=11)  # from the edition's Monday to the Friday of the week after


@dataclass(frozen=True)
class PaySum:
    """A suggested figure and the sum that made it, shown so that staff can check it."""

    amount: Decimal
    sum: str


def next_edition(calendar: Calendar, moment: datetime) -> date | None:
    """The Monday that an advert typed now is for: today's edition, if today has one, is already out."""
    return calendar.next_on(timezone.localdate(moment) + DAY)


def print_days(publish_on: date, calendar: Calendar) -> tuple[date, date] | None:
    """Both the first edition on or after ``publish_on``; None when no term reaches so far."""
    monday = calendar.next_on(publish_on)
    return (monday, monday) if monday else None


def closing(publish_on: date, calendar: Calendar, bank_holidays: Collection[date]) -> datetime:
    """Noon on the Friday of the week after the edition, or on the last working day before it."""
    day = publish_on + USUAL_RUN
    while not is_working_day(day, bank_holidays):
        day -= DAY
    return at(day, time(12))


def actual_pay(vacancy: Vacancy) -> tuple[PaySum | None, PaySum | None]:
    """The suggested actual pay from and to, each with its sum."""
    high = vacancy.pay_max if vacancy.pay_max is not None else vacancy.pay_min
    return _pay_sum(vacancy, vacancy.pay_min), _pay_sum(vacancy, high)


def _pay_sum(vacancy: Vacancy, full_time_pay: Decimal | None) -> PaySum | None:
    amount = problems.expected_actual_pay(vacancy, full_time_pay)
    if amount is None or full_time_pay is None:
        return None
    parts = [
        wording.money(full_time_pay),
        f"{wording.number(vacancy.hours_per_week)} / {wording.number(vacancy.full_time_hours)} hours",
    ]
    if vacancy.weeks_paid:
        parts.append(f"{wording.number(vacancy.weeks_paid)} / {wording.number(wording.YEAR_WEEKS)} weeks")
    return PaySum(amount, f"{' × '.join(parts)} = {wording.money(amount)}")
