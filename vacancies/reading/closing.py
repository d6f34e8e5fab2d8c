"""When it closes, and whether perhaps sooner."""

import re
from collections.abc import Iterator
from datetime import time

from .days import Clock, Day, clocks_in, days_in
from .finds import Advert, Find, Sentence

_CLOSING = re.compile(
    r"(?<!\bno )\bclosing(?: date)?\b|\bcloses?\b(?! (?:gaps?|to|links?|relation|attention|the|work))"
    r"|\bdeadline\b|\blast date for\b",
    re.IGNORECASE,
)
# Applications to head@school.example by 12 noon on Friday: words of applying, then the word before the day.
_SENT_BY = re.compile(
    r"\b(?:appl(?:y|ications?)|forms?|CVs?|letters?|return(?:ed)?|submit(?:ted)?|received|sen[dt]"
    r"|e-?mail(?:ed)?|reach|arrive|handed in|interest)\b(?:[^.]|\.(?=\S)|(?<=[A-Z])\.){0,130}?"
    r"\b(?:by|before|no later than|not later than|until)\b(?! (?:e-?mail|post|hand"
    r"|tele)?(?:phone)?\b(?<! ))(?=(?:[^.]|\.(?=\d)){0,25}\d)",
    re.IGNORECASE,
)
_NO_CLOSING = re.compile(r"\bshort-?list\w* (?:by|before)", re.IGNORECASE)
_OTHER_TOPIC = re.compile(r"\b(?:interview|shortlist|short-list|visit|audition|start(?:ing)?|required for|tour)", re.IGNORECASE)
_EARLY = re.compile(
    r"\bclos\w+ (?:this |the |our )?(?:vacancy|advert(?:isement)?|post|job|position|role"
    r"|applications)? ?(?:early|earlier|sooner|before)\b|\breserves? the right to (?:close|interview"
    r"|appoint|withdraw|end)"
    r"|\bmay (?:be filled|close|be closed|appoint|interview)[^.]{0,30}(?:before|early|earlier|sooner)"
    r"|\binterview[^.]{0,40}before the closing|\bearly closing\b|\bclose early\b|\bmay close (?:early"
    r"|sooner)\b",
    re.IGNORECASE,
)


def closes_at(advert: Advert) -> Iterator[Find]:
    found = list(_closings(advert))
    yield from found
    if found:
        return
    for clause in advert.clauses:
        if (
            clause.topic == "apply"
            and (day := next(days_in(clause.text, advert.after), None))
            and not _OTHER_TOPIC.search(clause.text)
        ):
            yield _closing(clause, day)


def _closings(advert: Advert) -> Iterator[Find]:
    """The day that follows the word; a day that is not that day of the week is doubtful."""
    for clause in advert.clauses:
        keyword = _CLOSING.search(clause.text) or _SENT_BY.search(clause.text)
        if clause.topic != "closing" and (
            not keyword or clause.topic in {"interview", "shortlisting", "start", "visits", "hours"}
        ):
            continue
        start = keyword.start() if keyword and clause.topic != "closing" else 0
        days = [
            day
            for day in days_in(clause.text, advert.after)
            if day.end > start and not _belongs_elsewhere(clause.text[start : day.start])
        ]
        if days:
            yield _closing(clause, days[0])


def _belongs_elsewhere(before: str) -> bool:
    """``before`` runs from the word of closing to the day: an interview between them owns the day."""
    return _OTHER_TOPIC.search(before) is not None and "before the closing" not in before


def _closing(clause: Sentence, day: Day) -> Find:
    at, clock = time(23, 59), _clock_beside(clause.text, day)
    if clock:
        at = clock.at
    start, end = min(day.start, clock.start if clock else day.start), max(day.end, clock.end if clock else day.end)
    why = "" if day.is_that_weekday else f"{clause.text[day.start : day.end]} is a {day.on:%A}."
    return clause.find("closes_at", f"{day.on.isoformat()}T{at:%H:%M}", start, end, certain=day.is_that_weekday, why=why)


def _clock_beside(words: str, day: Day) -> Clock | None:
    """The nearest time of day, not one that is part of the date itself, nor one of another day further on."""
    others = [other for other in days_in(words, day.on) if other.start > day.end]
    limit = others[0].start if others else len(words)
    clocks = [clock for clock in clocks_in(words) if (clock.end <= day.start or clock.start >= day.end) and clock.start < limit]
    near = [clock for clock in clocks if _gap(words, clock, day) <= 40]
    return min(near, key=lambda clock: _gap(words, clock, day), default=None)


def _gap(words: str, clock: Clock, day: Day) -> int:
    return day.start - clock.end if clock.end <= day.start else clock.start - day.end


def may_close_early(advert: Advert) -> Iterator[Find]:
    for clause in advert.clauses:
        if match := _EARLY.search(clause.text):
            yield clause.of_match("may_close_early", True, match)
            return
