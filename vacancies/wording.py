"""The sentences in which an advert states its facts: one wording for the web page, the bulletin, the email and the feeds."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as format_date

from web.quantities import clock

from . import rules
from .models import PayUnit, Start, Vacancy, WorkingPattern
from .schedule import LONDON

ALMOST_A_YEAR = 300
IF_FULL_TIME = "if full time"


def money(amount: Decimal) -> str:
    """``£25,185`` or, with pence, ``£12.65``."""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"


def money_range(low: Decimal | None, high: Decimal | None) -> str:
    amounts = [amount for amount in (low, high) if amount is not None]
    if not amounts:
        return ""
    if len(amounts) == 1 or amounts[0] == amounts[1]:
        return money(amounts[0])
    return f"{money(amounts[0])} to {money(amounts[1])}"


def actual_pay(vacancy: Vacancy) -> str:
    """What the post-holder is paid: the figure that readers of part-time and term-time posts look for."""
    pay = money_range(vacancy.actual_pay_min, vacancy.actual_pay_max)
    return f"{pay} a year" if pay else ""


def full_time_pay(vacancy: Vacancy) -> str:
    pay = money_range(vacancy.pay_min, vacancy.pay_max)
    return f"{pay} {PayUnit(vacancy.pay_unit).label}" if pay else ""


def kind_of_full_time_pay(vacancy: Vacancy) -> str:
    """What to call a yearly figure that not everybody in the post gets; empty where it needs no name."""
    if vacancy.is_paid_in_full or vacancy.pay_unit != PayUnit.YEAR:
        return ""
    may_be_full_time = vacancy.working_pattern == WorkingPattern.EITHER and not vacancy.is_reduced
    return IF_FULL_TIME if may_be_full_time else "full-time equivalent"


def scale(vacancy: Vacancy) -> str:
    return " ".join(filter(None, [vacancy.pay_scale, vacancy.pay_points]))


def headline(vacancy: Vacancy) -> tuple[str, str]:
    """The one pay figure for a list, and what kind of figure it is where that needs saying.

    Actual pay if it is known, else what an hour pays, else full-time pay, said to be so, else the scale.
    """
    actual, full, kind = actual_pay(vacancy), full_time_pay(vacancy), kind_of_full_time_pay(vacancy)
    if actual:
        return actual, "" if vacancy.is_paid_in_full else "actual pay"
    if vacancy.hourly_pay is not None and (kind or not full):
        return f"{money(vacancy.hourly_pay)} an hour", ""
    if full:
        return full, kind
    return scale(vacancy) or vacancy.pay_note or "Pay: ask the school", ""


def headline_pay(vacancy: Vacancy) -> str:
    figure, kind = headline(vacancy)
    return f"{figure} ({kind})" if kind else figure


def pay_in_full(vacancy: Vacancy) -> str:
    """Everything about pay on one line, for the bulletin: scale, full-time pay, allowance, actual pay, note."""
    full = full_time_pay(vacancy)
    if full:
        full = f"{full} {kind_of_full_time_pay(vacancy)}".rstrip()
    actual = actual_pay(vacancy)
    parts = [
        f"{scale(vacancy)} ({full})" if scale(vacancy) and full else scale(vacancy) or full,
        f"plus {vacancy.pay_allowance}" if vacancy.pay_allowance else "",
    ]
    sentence = " ".join(filter(None, parts))
    hourly = f"{money(vacancy.hourly_pay)} an hour" if vacancy.hourly_pay is not None else ""
    return "; ".join(filter(None, [sentence, actual and f"actual pay {actual}", hourly, vacancy.pay_note]))


def suggested_actual_pay(
    full_time_pay: Decimal, hours_per_week: Decimal, full_time_hours: Decimal, weeks_paid: Decimal = rules.PAID_WEEKS_OF_A_YEAR
) -> Decimal:
    """Full-time pay times the share of hours times the share of paid weeks, to the pound (rule 6)."""
    actual = full_time_pay * hours_per_week / full_time_hours * weeks_paid / rules.PAID_WEEKS_OF_A_YEAR
    return actual.quantize(Decimal(1), ROUND_HALF_UP)


def number(value: Decimal) -> str:
    """A decimal without the zeros that a database adds: ``27.5``, ``39``."""
    return f"{value.normalize():f}"


def hours(vacancy: Vacancy) -> str:
    """Pattern, hours a week and their detail, weeks."""
    return ", ".join(filter(None, [pattern(vacancy), days_and_weeks(vacancy)]))


def summary(vacancy: Vacancy, at: datetime | None = None) -> str:
    """An advert in a few sentences, for search engines and shared links. They cut off the end, so the hours come last."""
    closes = f"{'Closed' if vacancy.is_closed(at) else 'Closes'} {closing(vacancy)}"
    return ". ".join(filter(None, [f"{vacancy.school}: {headline_pay(vacancy)}", closes, hours(vacancy)])) + "."


def pattern(vacancy: Vacancy) -> str:
    """``Part time, 27.5 hours a week``; where the hours are not known, ``Part time, 0.5 of full time``."""
    return ", ".join(filter(None, [vacancy.get_working_pattern_display(), how_much(vacancy)]))


def how_much(vacancy: Vacancy) -> str:
    """How much of a week the post is: the hours, or else the share of full time, as teachers' posts are advertised."""
    if vacancy.hours_per_week is not None:
        return f"{number(vacancy.hours_per_week)} hours a week"
    # A full-time post with a lesser equivalent is paid for fewer weeks, which stand beside it; its week is a whole one.
    if vacancy.fte is None or vacancy.fte >= 1 or vacancy.working_pattern == WorkingPattern.FULL_TIME:
        return ""
    return f"{number(vacancy.fte)} of full time"


def days_and_weeks(vacancy: Vacancy) -> str:
    """Which hours of the day, which weeks of the year, and whether the post may be shared."""
    shared = "job share welcome" if vacancy.job_share else ""
    return ", ".join(filter(None, [vacancy.hours_detail, weeks(vacancy), shared]))


def weeks(vacancy: Vacancy) -> str:
    if not vacancy.is_term_time:
        return ""
    label = vacancy.weeks_detail or vacancy.get_weeks_display().lower()
    return f"{label} ({number(vacancy.weeks_worked)} weeks a year)" if vacancy.weeks_worked is not None else label


def contract(vacancy: Vacancy) -> str:
    return ", ".join(filter(None, [vacancy.get_contract_display(), vacancy.contract_detail]))


def starts(vacancy: Vacancy) -> str:
    if vacancy.start_text:
        return str(vacancy.start_text)
    if vacancy.start == Start.ASAP or not vacancy.starts_on:
        return vacancy.get_start_display() if vacancy.start == Start.ASAP else ""
    day = day_text(vacancy.starts_on)
    return f"{day} or sooner" if vacancy.start == Start.DATE_OR_EARLIER else day


def contract_and_start(vacancy: Vacancy) -> str:
    start = starts(vacancy)
    start = start[0].lower() + start[1:] if start.startswith(("As ", "Start ", "The ")) else start
    return ", ".join(filter(None, [contract(vacancy), start and f"from {start}"]))


@lru_cache(maxsize=1_000)
def day_text(day: date) -> str:
    return format_date(day, "j F Y")


@lru_cache(maxsize=1_000)  # Formatting a day takes Django a hundred times as long as finding it here.
def long_day(day: date) -> str:
    return format_date(day, "l j F Y")


@lru_cache(maxsize=1_000)
def short_day(day: date, with_year: bool = False) -> str:
    return format_date(day, "D j M Y" if with_year else "D j M")


def moment_text(moment: datetime, long: bool = True) -> str:
    """``Tuesday 12 May 2026, noon``, in London time."""
    local = timezone.localtime(moment, LONDON)
    day = long_day(local.date()) if long else day_text(local.date())
    return f"{day}, {clock(local.time())}"


def closing(vacancy: Vacancy, long: bool = True) -> str:
    return moment_text(vacancy.closes_at, long) if vacancy.closes_at else ""


def brief_closing(vacancy: Vacancy, at: datetime | None = None) -> str:
    """``Mon 30 Nov, 5pm``, for a list; with the year only where the day alone would mislead."""
    local = timezone.localtime(vacancy.closes_at, LONDON)
    return f"{short_day(local.date(), vacancy.days_left(at) >= ALMOST_A_YEAR)}, {clock(local.time())}"


def countdown(left: int) -> str:
    return {0: "closes today", 1: "closes tomorrow"}.get(left, f"{left} days left" if left > 0 else "closed")


def apply_lines(vacancy: Vacancy) -> list[str]:
    """How to apply, in words without links, for the bulletin and for plain text."""
    lines = [
        f"Apply at {vacancy.apply_url}" if vacancy.apply_url else "",
        f"Email {vacancy.apply_email}" if vacancy.apply_email else "",
        f"Telephone {vacancy.apply_phone}" if vacancy.apply_phone else "",
    ]
    cvs = {True: "CVs accepted", False: "CVs are not accepted", None: ""}[vacancy.cv_accepted]
    return [line for line in [*lines, cvs] if line]
