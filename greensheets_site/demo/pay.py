"""Pay as schools in England state it (2025/26, outside London): teachers, leadership, NJC points, and by the hour."""

from decimal import Decimal
from random import Random
from typing import Any

from vacancies import rules as vacancies_rules
from vacancies import wording
from vacancies.models import PayUnit, Weeks

from .data import read

FULL_WEEK = Decimal(37)
MAIN_MIN, MAIN_MAX, UPPER_MAX = Decimal(32916), Decimal(45352), Decimal(51048)
_SCALES = read("pay")
LEADERSHIP = {point: Decimal(pounds) for point, pounds in enumerate(_SCALES["leadership"], start=1)}
NJC = {point: Decimal(pounds) for point, pounds in enumerate(_SCALES["njc"], start=2)}
HOURLY_DIVISOR = vacancies_rules.PAID_WEEKS_OF_A_YEAR * FULL_WEEK
ALLOWANCES = ("TLR 2a", "TLR 2b", "TLR 1a", "TLR 1b", "SEN allowance")

# How many weeks a year are worked and paid: the holiday pay of a full-time colleague, in proportion.
WEEKS = {
    Weeks.TERM_TIME_ONLY: (Decimal(38), Decimal("43.890")),
    Weeks.TERM_TIME_PLUS_INSET: (Decimal(39), Decimal("44.640")),
    Weeks.TERM_TIME_PLUS: (Decimal(41), Decimal("46.930")),
    Weeks.ALL_YEAR: (None, None),
}


def teacher(chance: Random, fte: Decimal, allowance: bool) -> dict[str, Any]:
    """Main or upper scale; for part of a week also what that pays."""
    top, points = chance.choice([(UPPER_MAX, "M1-U3"), (UPPER_MAX, "M1-U3"), (MAIN_MAX, "M1-M6")])
    fields = {"pay_scale": "MPS/UPS" if top == UPPER_MAX else "MPS", "pay_points": points, "pay_min": MAIN_MIN, "pay_max": top}
    if allowance:
        fields["pay_allowance"] = chance.choice(ALLOWANCES)
    if fte < 1:
        fields["actual_pay_min"] = wording.suggested_actual_pay(MAIN_MIN, fte, Decimal(1))
        fields["actual_pay_max"] = wording.suggested_actual_pay(top, fte, Decimal(1))
    return fields


def leadership(chance: Random, roll: int, first: int) -> dict[str, Any]:
    """Five points of the leadership scale, from ``first`` and more for a large school."""
    low = min(first + roll // 120, 22)
    high = low + 4
    return {
        "pay_scale": "Leadership",
        "pay_points": f"L{low}-L{high}",
        "pay_min": LEADERSHIP[low],
        "pay_max": LEADERSHIP[high],
        "pay_note": chance.choice(["", f"NOR {roll}", ""]) if roll else "",
    }


def njc(grade: int, points: tuple[int, int], hours: Decimal, weeks: Weeks) -> dict[str, Any]:
    """National Joint Council pay: the full-time figure, and the actual one for these hours and weeks."""
    low, high = NJC[points[0]], NJC[points[1]]
    worked, paid = WEEKS[weeks]
    fields = {
        "pay_scale": f"NJC Grade {grade}",
        "pay_points": f"SCP {points[0]}-{points[1]}" if points[0] != points[1] else f"SCP {points[0]}",
        "pay_min": low,
        "pay_max": high,
        "hours_per_week": hours,
        "weeks": weeks,
        "weeks_worked": worked,
        "weeks_paid": paid,
        "full_time_hours": FULL_WEEK,
    }
    if paid or hours < FULL_WEEK:
        share = (hours, FULL_WEEK, paid or vacancies_rules.PAID_WEEKS_OF_A_YEAR)
        fields["actual_pay_min"] = wording.suggested_actual_pay(low, *share)
        fields["actual_pay_max"] = wording.suggested_actual_pay(high, *share)
        fields["fte"] = min(
            Decimal(1),
            (hours / FULL_WEEK * share[2] / vacancies_rules.PAID_WEEKS_OF_A_YEAR).quantize(Decimal("0.0001")),
        )
    if hours < 10:
        fields["hourly_pay"] = hourly_rate(points[0])
    return fields


def by_the_hour(points: tuple[int, int]) -> dict[str, Any]:
    """Casual work: an hourly rate and nothing a year."""
    low, high = hourly_rate(points[0]), hourly_rate(points[1])
    return {"pay_scale": "Casual rate", "pay_min": low, "pay_max": high, "pay_unit": PayUnit.HOUR, "hourly_pay": low}


def hourly_rate(point: int) -> Decimal:
    return (NJC[point] / HOURLY_DIVISOR).quantize(Decimal("0.01"))
