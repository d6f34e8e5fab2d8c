"""Finds facts in the text that a school sent, for the form to offer; it never fills them in by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from ..schedule import at

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>" + "|".join(MONTHS) + r")[a-z]*\.?(?:,?\s+(?P<year>20\d\d))?\b"
    r"|\b(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>(?:20)?\d\d)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:(?P<word>noon|midday|midnight)|(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?\s*(?P<half>[ap])\.?m\b"
    r"|(?P<railway>(?:[01]\d|2[0-3]):[0-5]\d)\b)",
    re.I,
)
_CLOSING = re.compile(r"\b(?:clos(?:ing|es?)\b|deadline|applications?\s+(?:must\s+be\s+received\s+)?by\b)", re.I)
_INTERVIEW = re.compile(r"\binterviews?\b[^:\n]{0,25}:\s*(?P<text>[^\n]{3,80})", re.I)
_HOURS = re.compile(r"\b(?P<hours>\d{1,2}(?:\.\d{1,2})?)\s*(?:hours?|hrs)\s*(?:a|per|/)\s*week\b", re.I)
_WEEKS = re.compile(r"\b(?P<weeks>[345]\d(?:\.\d{1,3})?)\s*weeks\s*(?:a|per)\s*(?:year|annum)\b", re.I)
_EMAIL = re.compile(r"\b[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}\b", re.I)
_LINK = re.compile(r"\bhttps?://[^\s)>\]]{4,300}", re.I)
_APPLYING = re.compile(r"apply|vacanc|job|recruit|career", re.I)
LONGEST = 60_000  # characters; an advert has 3,000


@dataclass(frozen=True)
class Gleaned:
    """A fact as it is shown, and what the boxes of the form would hold."""

    shown: str
    values: dict[str, str]


def glean(text: str, after: date) -> dict[str, Gleaned]:
    """By form field. A date without a year falls on or after ``after``."""
    text = text[:LONGEST]
    found: dict[str, Gleaned] = {}
    closing = next(_closings(text, after), None)
    if closing:
        values = {"closes_at_0": f"{closing:%d/%m/%Y}", "closes_at_1": f"{closing:%H:%M}"}
        found["closes_at"] = Gleaned(f"{closing:%d/%m/%Y}, {closing:%H:%M}", values)
    for field, value in _plain_facts(text):
        found.setdefault(field, Gleaned(value, {field: value}))
    return found


def _plain_facts(text: str) -> Iterator[tuple[str, str]]:
    for field, pattern in (("hours_per_week", _HOURS), ("weeks_worked", _WEEKS), ("interview", _INTERVIEW)):
        if match := pattern.search(text):
            yield field, match[1].strip().rstrip(".")
    if match := _EMAIL.search(text):
        yield "apply_email", match[0].lower()
    for match in _LINK.finditer(text):
        if _APPLYING.search(match[0]):
            yield "apply_url", match[0].rstrip(".,;")


def closing_in(text: str, after: date) -> datetime | None:
    """The closing time that the text gives, to compare with the one that was typed."""
    return next(_closings(text[:LONGEST], after), None)


def _closings(text: str, after: date) -> Iterator[datetime]:
    for line in text.splitlines():
        if keyword := _CLOSING.search(line):
            rest = line[keyword.start() :]
            for match in _DAY.finditer(rest):
                if day := _day(match, after):
                    yield at(day, _clock(rest.replace(match[0], " ", 1)))


def _day(match: re.Match[str], after: date) -> date | None:
    try:
        if match["d"]:
            return date(int(match["y"]) % 2000 + 2000, int(match["m"]), int(match["d"]))
        month = MONTHS.index(match["month"].lower()) + 1
        if match["year"]:
            return date(int(match["year"]), month, int(match["day"]))
        day = date(after.year, month, int(match["day"]))
        return day if day >= after else day.replace(year=after.year + 1)
    except ValueError:
        return None


def _clock(line: str) -> time:
    """Without a time of day, the whole day counts."""
    match = _CLOCK.search(line)
    if not match:
        return time(23, 59)
    if match["word"]:
        return time(23, 59) if match["word"].lower() == "midnight" else time(12)
    if match["railway"]:
        return time.fromisoformat(match["railway"])
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if not (1 <= hour <= 12 and minute < 60):
        return time(23, 59)
    return time(hour % 12 + (12 if match["half"].lower() == "p" else 0), minute)
