"""What stands between a draft and an advert that can go out, in sentences for staff.

Pure: whoever asks brings the calendar, the bank holidays and the earlier adverts, so that the form, the desk and the readiness of
an edition get the same answer. An error stops approval; a warning may be ignored if all is right.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

from django.utils import timezone

from web.quantities import clock, period

from .. import rules, wording
from ..models import PayUnit, Status, Vacancy, WorkingPattern
from ..reading.kinds import closing_in, remarks_in
from ..schedule import DAY, Calendar, live_moment

_PLACEHOLDER = re.compile(r"\bTB[CA]\b|x{3,}|lorem ipsum|\[[^\]]*\]?|\?\?+|\b(?:insert|enter) \w+ here\b", re.IGNORECASE)
_POSTS = re.compile(r"\b(\d{1,2}|two|three|four|five|six) (?:posts|positions|vacancies)\b", re.IGNORECASE)
_IN_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_TAGS = re.compile(r"<[^>]*>")
_READ_FOR_PLACEHOLDERS = (
    "title",
    "body",
    "pay_scale",
    "pay_note",
    "hours_detail",
    "contract_detail",
    "interview",
    "visits",
    "contact_name",
    "start_text",
)

_LAST_MINUTE = time(23, 59)
_SHOWN = 60  # characters of a line that is quoted
_NAMES = {column.name: column.verbose_name for column in Vacancy._meta.fields}


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """``field`` is the name of the form field that fixes it."""

    field: str
    severity: Severity
    sentence: str

    @property
    def stops(self) -> bool:
        return self.severity == Severity.ERROR


@dataclass(frozen=True)
class _Case:
    vacancy: Vacancy
    calendar: Calendar
    bank_holidays: Collection[date]
    at: datetime
    earlier: Collection[Vacancy]


def problems(
    vacancy: Vacancy,
    calendar: Calendar,
    bank_holidays: Collection[date],
    at: datetime,
    earlier: Collection[Vacancy] = (),
) -> list[Problem]:
    """Everything that is missing or doubtful, errors first; ``earlier`` are adverts to compare it with for repeats."""
    case = _Case(vacancy, calendar, bank_holidays, at, earlier)
    found = [problem for check in _CHECKS for problem in check(case)]
    return sorted(found, key=lambda problem: not problem.stops)


def stopping(found: Collection[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.stops]


def _error(field: str, sentence: str) -> Problem:
    return Problem(field, Severity.ERROR, sentence)


def _warning(field: str, sentence: str) -> Problem:
    return Problem(field, Severity.WARNING, sentence)


def _role(case: _Case) -> Iterator[Problem]:
    if not case.vacancy.role_type_id:
        yield _error("role_type", "Choose a role type: it decides the bulletin.")


def _text(case: _Case) -> Iterator[Problem]:
    if not _TAGS.sub("", case.vacancy.body).strip():
        yield _warning("body", "The advert has no text.")


def _pattern(case: _Case) -> Iterator[Problem]:
    if not case.vacancy.working_pattern:
        yield _warning("working_pattern", "No working pattern is chosen: readers want to know whether they are full time.")


def _edition(case: _Case) -> Iterator[Problem]:
    vacancy, calendar = case.vacancy, case.calendar
    if not vacancy.publish_on:
        yield _error("publish_on", "Choose the day on which the advert appears.")
        return
    if not calendar.is_publication_day(vacancy.publish_on):
        yield _warning("publish_on", not_a_publication_day(vacancy.publish_on, calendar))
    if not vacancy.print_from:
        yield _warning("print_from", "The advert is not printed: it will be on the website only.")
    yield from _printed(case)


def _printed(case: _Case) -> Iterator[Problem]:
    vacancy, calendar = case.vacancy, case.calendar
    for field in ("print_from", "print_until"):
        day = getattr(vacancy, field)
        if day and not calendar.is_publication_day(day):
            yield _error(field, f"There is no edition on {wording.long_day(day)}. {_next_edition(day, calendar)}")
    if vacancy.status == Status.DRAFT and vacancy.print_from and vacancy.print_from <= timezone.localdate(case.at):
        day = wording.long_day(vacancy.print_from)
        yield _warning("print_from", f"The edition of {day} is already out, and the advert is not in it: choose a later one.")


def not_a_publication_day(day: date, calendar: Calendar) -> str:
    """The plain statement for an advert that goes on the web on a day other than an edition's Monday."""
    return f"{wording.long_day(day)} has no edition: the advert goes on the website that day. {_next_edition(day, calendar)}"


def _next_edition(day: date, calendar: Calendar) -> str:
    following = calendar.next_on(day)
    if following:
        return f"The next edition after it comes out on {wording.long_day(following)}."
    return "No later term has been added."


def _closing(case: _Case) -> Iterator[Problem]:
    vacancy = case.vacancy
    if not vacancy.closes_at:
        yield _error("closes_at", "Enter the closing date and time.")
        return
    if timezone.localtime(vacancy.closes_at).time() == time.min:
        yield _warning("closes_at", _closes_as_a_day_begins(timezone.localdate(vacancy.closes_at)))
    if vacancy.publish_on:
        yield from _closing_after_edition(vacancy, vacancy.publish_on, vacancy.closes_at, case.at)
        yield from _closing_of_the_text(vacancy, vacancy.publish_on, timezone.localdate(vacancy.closes_at))
    yield from _closing_on_a_working_day(case, timezone.localdate(vacancy.closes_at))


def _closes_as_a_day_begins(day: date) -> str:
    last, before = clock(_LAST_MINUTE), wording.long_day(day - DAY)
    begins = f"It closes as {wording.long_day(day)} begins: who applies on that day is too late."
    return f"{begins} Enter {last}, on {before} or on that day."


def _closing_of_the_text(vacancy: Vacancy, publish_on: date, day: date) -> Iterator[Problem]:
    said = _closing_in(vacancy.body, publish_on)
    if said and said != day:
        yield _warning("closes_at", f"The text says that it closes on {wording.long_day(said)}, the box {wording.long_day(day)}.")


@lru_cache(maxsize=2_000)
def _closing_in(body: str, after: date) -> date | None:
    return closing_in(body, after)


def _correspondence(case: _Case) -> Iterator[Problem]:
    line = _remark_in(case.vacancy.body) if case.vacancy.body else ""
    if line:
        short = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
        yield _warning("body", f"“{short}” looks like part of an email, not of the advert.")


@lru_cache(maxsize=2_000)
def _remark_in(body: str) -> str:
    return next((line for line in remarks_in(body) if not _PLACEHOLDER.search(line)), "")


def _closing_after_edition(vacancy: Vacancy, publish_on: date, closes_at: datetime, at: datetime) -> Iterator[Problem]:
    appears = live_moment(publish_on)
    if closes_at <= appears:
        yield _error("closes_at", f"It closes before it appears on {wording.long_day(publish_on)}.")
    elif closes_at <= at and appears > at - rules.REPEATED_WITHIN:
        yield _warning("closes_at", f"The closing time, {wording.closing(vacancy)}, has passed.")
    elif closes_at < appears + rules.SHORT_NOTICE:
        yield _warning("closes_at", f"It closes within {period(rules.SHORT_NOTICE)} of appearing: readers will have little time.")


def _closing_on_a_working_day(case: _Case, day: date) -> Iterator[Problem]:
    week = day - timedelta(days=day.weekday())
    if day in case.bank_holidays:
        yield _warning("closes_at", f"{wording.long_day(day)} is a bank holiday.")
    elif week in case.calendar.breaks:
        yield _warning("closes_at", f"{wording.long_day(day)} is in a week without an edition: the school may be closed.")
    elif case.calendar.terms and not any(day in term for term in case.calendar.terms):
        yield _warning("closes_at", f"{wording.long_day(day)} is outside term: the school may be closed.")
    elif day.weekday() >= 5:
        yield _warning("closes_at", f"It closes at the weekend, on {wording.long_day(day)}.")


def _placeholders(case: _Case) -> Iterator[Problem]:
    for field in _READ_FOR_PLACEHOLDERS:
        text = getattr(case.vacancy, field)
        found = text and _placeholder_in(text)
        if found:
            yield _warning(field, f"“{found[:30]}” looks like placeholder text in the {_NAMES[field]}.")


@lru_cache(maxsize=2_000)
def _placeholder_in(text: str) -> str:
    """Remembered, because the desk asks about every unfinished advert each time somebody looks."""
    found = _PLACEHOLDER.search(_TAGS.sub(" ", text))
    return found[0] if found else ""


def _applying(case: _Case) -> Iterator[Problem]:
    vacancy = case.vacancy
    ways = (vacancy.apply_email, vacancy.apply_url, vacancy.apply_phone, vacancy.contact_email, vacancy.contact_phone)
    if not any(ways):
        yield _error("apply_email", "Say how to apply: an email address, a web address or a telephone number.")
    if vacancy.apply_url and not _can_work(vacancy.apply_url):
        yield _error(
            "apply_url", f"The link {vacancy.apply_url[:80]} will not work. It should look like https://school.org.uk/apply."
        )


def _can_work(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in {"http", "https"} and "." in host and not host.endswith((".local", ".lan", ".internal"))


def _pay(case: _Case) -> Iterator[Problem]:
    vacancy = case.vacancy
    if not (
        wording.scale(vacancy)
        or wording.full_time_pay(vacancy)
        or vacancy.actual_pay_min
        or vacancy.hourly_pay
        or vacancy.pay_note
    ):
        yield _warning("pay_scale", "No pay is given: readers look for it first.")
    if vacancy.is_reduced and vacancy.pay_min and vacancy.actual_pay_min is None and vacancy.hourly_pay is None:
        yield _warning("actual_pay_min", "This is a part-time or term-time post without its actual pay.")
    yield from _pay_sums(vacancy)
    yield from _share_of_full_time(vacancy)


def _pay_sums(vacancy: Vacancy) -> Iterator[Problem]:
    pairs = (("actual_pay_min", vacancy.pay_min, "from"), ("actual_pay_max", vacancy.pay_max or vacancy.pay_min, "to"))
    for field, full, which in pairs:
        typed = getattr(vacancy, field)
        expected = expected_actual_pay(vacancy, full)
        if typed is None or expected is None:
            continue
        if abs(typed - expected) > expected * rules.PAY_TOLERANCE:
            yield _warning(
                field,
                f"Actual pay {which} is {wording.money(typed)}; hours and weeks make it {wording.money(expected)}.",
            )


def expected_actual_pay(vacancy: Vacancy, full_time_pay: Decimal | None) -> Decimal | None:
    """What hours and paid weeks make of the full-time figure; None while one of the numbers is missing."""
    share = share_of_hours(vacancy)
    if full_time_pay is None or share is None or vacancy.pay_unit != PayUnit.YEAR:
        return None
    if vacancy.is_term_time and not vacancy.weeks_paid:
        return None
    return wording.suggested_actual_pay(full_time_pay, *share, vacancy.weeks_paid or rules.PAID_WEEKS_OF_A_YEAR)


def share_of_hours(vacancy: Vacancy) -> tuple[Decimal, Decimal] | None:
    """Hours a week and those of full time, or the full-time equivalent of one; schools mix weeks into a term-time one."""
    if vacancy.hours_per_week and vacancy.full_time_hours:
        return vacancy.hours_per_week, vacancy.full_time_hours
    if vacancy.fte and not vacancy.is_term_time:
        return vacancy.fte, Decimal(1)
    return None


def _share_of_full_time(vacancy: Vacancy) -> Iterator[Problem]:
    if vacancy.working_pattern == WorkingPattern.FULL_TIME and vacancy.fte and vacancy.fte < 1:
        yield _warning("fte", f"It is marked as full time, but has a full-time equivalent of {wording.number(vacancy.fte)}.")
    if not (vacancy.fte and vacancy.hours_per_week and vacancy.full_time_hours) or vacancy.is_term_time:
        return
    share = vacancy.hours_per_week / vacancy.full_time_hours
    if abs(share - vacancy.fte) > rules.FTE_TOLERANCE:
        yield _warning(
            "fte",
            f"{wording.number(vacancy.hours_per_week)} of {wording.number(vacancy.full_time_hours)} hours is "
            f"{share:.2f} of full time, not {wording.number(vacancy.fte)}.",
        )


def _repeats(case: _Case) -> Iterator[Problem]:
    """Said of the one that was entered later, so that an advert that is out is not doubted because of its successor."""
    vacancy = case.vacancy
    if not vacancy.publish_on:
        return
    for other in case.earlier:
        near = other.publish_on and abs(other.publish_on - vacancy.publish_on) <= rules.REPEATED_WITHIN
        same = other.school_id == vacancy.school_id and other.title.casefold() == vacancy.title.casefold()
        if near and same and (vacancy.pk is None or other.pk < vacancy.pk):
            yield _warning(
                "title",
                f"{other.reference} has the same school and title, published on {wording.long_day(other.publish_on)}.",
            )


def _number_of_posts(case: _Case) -> Iterator[Problem]:
    """A title such as “Cleaner (2 posts)” is read by people, the number by search engines."""
    told = _POSTS.search(case.vacancy.title)
    if told and (_IN_WORDS.get(told[1].lower()) or int(told[1])) != case.vacancy.posts:
        yield _warning("posts", f"The title says {told[0].lower()}, but the number of posts is {case.vacancy.posts}.")


def _safeguarding(case: _Case) -> Iterator[Problem]:
    vacancy = case.vacancy
    is_said = vacancy.safeguarding_text or vacancy.dbs or "safeguard" in vacancy.body.lower()
    if not is_said and not (vacancy.school_id and vacancy.own_safeguarding):
        yield _warning("safeguarding_text", "There is no safeguarding text or DBS check: the standard statement will be printed.")


_CHECKS: tuple[Callable[[_Case], Iterator[Problem]], ...] = (
    _role,
    _edition,
    _closing,
    _applying,
    _text,
    _correspondence,
    _pattern,
    _pay,
    _placeholders,
    _repeats,
    _number_of_posts,
    _safeguarding,
)
