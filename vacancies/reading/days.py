"""Days and times of day as schools write them, each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?\b"
_TH = r"(?:\s?(?:st|nd|rd|th)\b)?"
_SMALL = r"(?:0?[1-9]|[12]\d|3[01])"
# 11th December 2026, 11 Dec, 15-Dec-26 | December 11th, 2026 | 11/12/26, 18.12.26 | 2026-12-11
DAY = (
    rf"(?:\b(?P<weekday>{WEEKDAY})\.?,?\s+(?:the\s+)?)?"
    rf"(?:(?<![\d.:£])(?P<day>{_SMALL}){_TH}(?:\s+of)?[\s-]+(?P<month>{MONTH})(?:,?[\s-]+(?P<year>20\d\d"
    rf"|\d\d(?!\d|[.:]\d|\s*[ap]\.?m|\s*noon)))?"
    rf"|\b(?P<month2>{MONTH})\s+(?P<day2>{_SMALL}){_TH}(?![.:]\d|\d)(?:,?\s+(?P<year2>20\d\d))?"
    r"|(?<![\d.:/£])(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>20\d\d|\d\d)(?![\d/])"
    r"|(?<!\d)(?P<iso>20\d\d-\d\d-\d\d)(?!\d))"
)
_DAY = re.compile(DAY, re.IGNORECASE)
_TIME = re.compile(
    r"(?:\b12\s*)?\b(?P<word>noon|midday|midnight)\b"
    r"|(?<![\d.:/£])(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?"
    r"|(?<![\d.:/£])(?P<railway>(?:[01]?\d|2[0-3]):[0-5]\d)(?::00)?(?!\d)"
    r"|(?<![\d.:/£])(?P<dotted>(?:[01]?\d|2[0-3])\.[0-5]\d)(?:\s?hrs\b|(?!\d))(?!\s?[ap]\.?m)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    on: date
    start: int
    end: int
    is_that_weekday: bool = True
    """False where the text names another day of the week than the date has: Friday 12 December of a year in which it is none."""


@dataclass(frozen=True)
class Clock:
    at: time
    start: int
    end: int


def days_in(text: str, after: date) -> Iterator[Day]:
    """A day without a year falls on or after ``after``."""
    for match in _DAY.finditer(text):
        if on := _date(match, after):
            named = (match["weekday"] or "")[:3].lower()
            yield Day(on, match.start(), match.end(), not named or WEEKDAYS[on.weekday()] == named)


def _date(match: re.Match[str], after: date) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["d"]:
            return date(int(match["y"]) % 2000 + 2000, int(match["m"]), int(match["d"]))
        day, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
        month = MONTHS.index((match["month"] or match["month2"]).lower()[:3]) + 1
        if year:
            return date(int(year) % 2000 + 2000, month, day)
        on = date(after.year, month, day)
        return on if on >= after else on.replace(year=after.year + 1)
    except ValueError:
        return None


def clocks_in(text: str) -> Iterator[Clock]:
    for match in _TIME.finditer(text):
        if (at := _clock(match)) is not None:
            yield Clock(at, match.start(), match.end())


def _clock(match: re.Match[str]) -> time | None:
    """12am is the midnight that ends the day, as everybody who writes it beside a closing date means it."""
    if match["word"]:
        return time(23, 59) if match["word"].lower() == "midnight" else time(12)
    if match["railway"] or match["dotted"]:
        hour, minute = map(int, (match["railway"] or match["dotted"]).replace(".", ":").split(":"))
        return time(23, 59) if hour == minute == 0 else time(hour, minute)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if not (1 <= hour <= 12 and minute < 60):
        return None
    if match["half"].lower() == "a" and hour == 12:
        return time(23, 59) if minute == 0 else time(0, minute)
    return time(hour % 12 + (12 if match["half"].lower() == "p" else 0), minute)
