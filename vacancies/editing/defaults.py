"""What the advert form fills in or suggests, so that staff type only what the school wrote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, Value, When
from django.utils import timezone

from .. import rules, wording
from ..models import ApplyMethod, RoleType, School, StaffGroup, Status, Vacancy
from ..schedule import DAY, Calendar, at, is_working_day
from . import problems

# What a school says in the same way in every advert. Dates, pay and titles differ with each advert.
SAID_AGAIN = (
    "full_time_hours",
    "apply_method",
    "cv_accepted",
    "apply_email",
    "apply_phone",
    "visits",
    "contact_name",
    "contact_phone",
    "contact_email",
    "dbs",
)


def full_time_hours(role_type: RoleType | None) -> Decimal:
    """What full time usually means for this type of post; that of support staff where nobody has said."""
    return rules.FULL_TIME_HOURS[StaffGroup(role_type.staff_group) if role_type else StaffGroup.SUPPORT]


@dataclass(frozen=True)
class PaySum:
    """A suggested figure and the sum that made it, shown so that staff can check it."""

    amount: Decimal
    sum: str


def next_edition(calendar: Calendar, moment: datetime) -> date | None:
    """The Monday that an advert typed now is for; today's edition, if there is one, is already out."""
    return calendar.next_on(timezone.localdate(moment) + DAY)


def print_days(publish_on: date, calendar: Calendar) -> tuple[date, date] | None:
    """Both the first edition on or after ``publish_on``; None when no term extends that far."""
    monday = calendar.next_on(publish_on)
    return (monday, monday) if monday else None


def usual_closing(publish_on: date, calendar: Calendar, bank_holidays: Collection[date]) -> datetime:
    """The usual time on the Friday of the week after the edition, or on the last working day before it."""
    day = publish_on + rules.USUAL_RUN
    while not is_working_day(day, bank_holidays):
        day -= DAY
    return at(day, rules.USUAL_CLOSING_TIME)


def suggested_pay(vacancy: Vacancy) -> tuple[PaySum | None, PaySum | None]:
    """The suggested actual pay from and to, each with its sum."""
    high = vacancy.pay_max if vacancy.pay_max is not None else vacancy.pay_min
    return _pay_sum(vacancy, vacancy.pay_min), _pay_sum(vacancy, high)


def _pay_sum(vacancy: Vacancy, full_time_pay: Decimal | None) -> PaySum | None:
    amount = problems.expected_actual_pay(vacancy, full_time_pay)
    share = problems.share_of_hours(vacancy)
    if amount is None or full_time_pay is None or share is None:
        return None
    part, whole = share
    hours = f"{wording.number(part)} / {wording.number(whole)} hours" if whole != 1 else f"{wording.number(part)} of full time"
    parts = [wording.money(full_time_pay), hours]
    if vacancy.weeks_paid:
        parts.append(f"{wording.number(vacancy.weeks_paid)} / {wording.number(rules.PAID_WEEKS_OF_A_YEAR)} weeks")
    return PaySum(amount, f"{' × '.join(parts)} = {wording.money(amount)}")


@dataclass(frozen=True)
class Known:
    """A value that the form fills in while its box is empty, and its source."""

    value: Any
    source: str


def known(school: School, role_type: RoleType | None, except_pk: int | None = None) -> dict[str, Known]:
    """By field: what the school's last advert said, preferably for the same type of post; otherwise the school's own record."""
    found = {}
    if role_type:
        hours = full_time_hours(role_type)
        found["full_time_hours"] = Known(hours, f"usual for {StaffGroup(role_type.staff_group).label.lower()}")
    for field, value in (("apply_email", school.email), ("contact_phone", school.phone)):
        if value:
            found[field] = Known(value, "from the school’s record")
    earlier = _last_advert(school, role_type, except_pk)
    if earlier:
        source = f"as in {earlier.reference}, the school’s last advert"
        said = {field: getattr(earlier, field) for field in SAID_AGAIN}
        if role_type and earlier.staff_group != role_type.staff_group:
            said.pop("full_time_hours")
        if said["apply_method"] == ApplyMethod.URL:  # the link is different each time
            said.pop("apply_method")
        found |= {field: Known(value, source) for field, value in said.items() if value not in ("", None)}
    if "apply_method" not in found and "apply_email" in found:
        found["apply_method"] = Known(ApplyMethod.EMAIL, "from the school’s record")
    return found


def _last_advert(school: School, role_type: RoleType | None, except_pk: int | None) -> Vacancy | None:
    group = role_type.staff_group if role_type else ""
    nearness = Case(When(role_type=role_type, then=Value(0)), When(role_type__staff_group=group, then=Value(1)), default=Value(2))
    adverts = Vacancy.objects.filter(school=school, status=Status.APPROVED)
    if except_pk:
        adverts = adverts.exclude(pk=except_pk)
    return adverts.order_by(nearness, "-publish_on", "-pk").first()
