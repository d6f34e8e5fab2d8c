"""When it closes, whether perhaps sooner, when the post starts; shortlisting, interviews and visits in the advert's own words."""

import re
from collections.abc import Iterator
from datetime import time

from .days import DAY, MONTH, Clock, Day, clocks_in, days_in
from .finds import Clause, Find, Text

_CLOSING = re.compile(
    r"\bclosing(?: date)?\b|\bcloses?\b(?! (?:gaps?|to|links?|relation|attention|the|work))|\bdeadline\b|\bapplications?\b[^.]{0,60}\b(?:by|before|no later than|not later than)\b|\bapply by\b"
    r"|\b(?:returned|submitted|received|handed in|emailed|sent|forms?|arrive)\b(?:[^.]|\.(?=\S)){0,90}?\b(?:by|before|no later than|not later than)\b(?! (?:email|e-mail|post|hand|telephone|phone))",
    re.IGNORECASE,
)
_NO_CLOSING = re.compile(r"\bshort-?list\w* (?:by|before)", re.IGNORECASE)
_OTHER_TOPIC = re.compile(r"\b(?:interview|shortlist|short-list|visit|audition|start(?:ing)?|required for|tour)", re.IGNORECASE)
_EARLY = re.compile(
    r"\bclos\w+ (?:this |the |our )?(?:vacancy|advert(?:isement)?|post|job|position|role|applications)? ?(?:early|earlier|sooner|before)\b|\breserves? the right to (?:close|interview|appoint|withdraw|end)"
    r"|\bmay (?:be filled|close|be closed|appoint|interview)[^.]{0,30}(?:before|early|earlier|sooner)|\binterview[^.]{0,40}before the closing|\bearly closing\b|\bclose early\b|\bmay close (?:early|sooner)\b", re.IGNORECASE,
)


def closes_at(text: Text) -> Iterator[Find]:
    found = list(_closings(text))
    yield from found
    if found:
        return
    for clause in text.clauses:
        if clause.topic == "apply" and (day := next(days_in(clause.text, text.after), None)) and not _OTHER_TOPIC.search(clause.text):
            yield _closing(clause, day)


def _closings(text: Text) -> Iterator[Find]:
    """The day that follows the word; a day that is not that day of the week is doubtful."""
    for clause in text.clauses:
        keyword = _CLOSING.search(clause.text)
        if clause.topic != "closing" and (not keyword or clause.topic in {"interview", "shortlisting", "start", "visits", "hours"}):
            continue
        start = keyword.start() if keyword and clause.topic != "closing" else 0
        days = [day for day in days_in(clause.text, text.after) if day.end > start and not _belongs_elsewhere(clause.text[start : day.start])]
        if days:
            yield _closing(clause, days[0])


def _belongs_elsewhere(before: str) -> bool:
    """``before`` runs from the word of closing to the day: an interview between them owns the day."""
    return _OTHER_TOPIC.search(before) is not None and "before the closing" not in before


def _closing(clause: Clause, day: Day) -> Find:
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


def may_close_early(text: Text) -> Iterator[Find]:
    for clause in text.clauses:
        if match := _EARLY.search(clause.text):
            yield clause.of_match("may_close_early", True, match)
            return


# Start

_ASAP = re.compile(r"\b(?:as soon as (?:possible|checks allow|practicable|available|can be arranged)|asap|immediate(?:ly)?(?: start)?|soonest)\b", re.IGNORECASE)
_OR_SOONER = re.compile(r"\b(?:or|if) (?:earlier|sooner|before|possible)", re.IGNORECASE)
_SEASON = r"(?:easter|summer|autumn|spring|christmas)(?: term)?(?:(?:,? (?:of )?)?20\d\d)?"
_TERM = re.compile(
    rf"\b(?:(?:{MONTH}|{_SEASON})(?:\s+(?:or|and|/)\s+(?:{MONTH}|{_SEASON}))*(?:,?\s+20\d\d)?(?:\s+or as soon as possible(?: thereafter)?)?(?:\s*\([^)\d]{{3,40}}\))?)", re.IGNORECASE
)
_STARTS = re.compile(
    r"\b(?:required|to start|start(?:ing|s)?(?: date)?(?: is| on| in| from)?|commenc\w+|begin(?:ning|s)?|available|wanted|needed|join us)\b[:\s–-]*(?:for|from|on|in|by|at the start of|the)?\s*", re.IGNORECASE
)
_FROM = re.compile(r"^\s*(?:from|for|with effect from|w\.?e\.?f\.?)\s+", re.IGNORECASE)
_PLAIN_DAY = re.compile(re.sub(r"\?P<\w+>", "?:", DAY), re.IGNORECASE)


def start(text: Text) -> Iterator[Find]:
    for clause in text.about("start"):
        if found := list(_start(text, clause, clause.value_from)):
            yield from found
            return
    for clause in text.clauses:
        if clause.topic in {"closing", "interview", "visits", "shortlisting", "hours"} or clause.statement.kind == "item":
            continue
        for match in _STARTS.finditer(clause.text):
            if (clause.is_fact or match[0].lower().startswith(("required", "to start", "start", "commenc", "wanted", "needed"))) and (found := list(_start(text, clause, match.end(), near=True))):
                yield from found
                return
    for clause in text.clauses:
        if (clause.is_fact or "asap" in clause.text.lower()) and clause.topic in {"", "contract"} and (found := list(_bare_start(text, clause))):
            yield from found
            return


def _bare_start(text: Text, clause: Clause) -> Iterator[Find]:
    """``From January 2027``; ``Immediate start``; the first day of ``from 4 January to 31 December 2027``."""
    if _ASAP.search(clause.text) and re.search(r"\bstart|\bimmediate", clause.text, re.IGNORECASE):
        yield from _start(text, clause, 0)
    elif match := _FROM.match(clause.text):
        yield from _start(text, clause, match.end(), near=True)
    elif (match := re.search(r"\bfrom\s+", clause.text)) and re.search(r"\bcontract\b|\bfixed|\btemporary", clause.text, re.IGNORECASE):
        yield from _start(text, clause, match.end(), near=True)


def _start(text: Text, clause: Clause, begin: int, near: bool = False) -> Iterator[Find]:
    rest = clause.text[begin:]
    day = next(days_in(rest, text.after), None)
    term, asap = _TERM.search(rest), _ASAP.search(rest)
    reach = 12 if near else len(rest)
    if day and near and term and term.start() < min(day.start, reach) and day.start - term.end() < 4 and not term[0].lower().startswith(rest[day.start : day.start + 3].lower()):
        reach = max(reach, day.start + 1)  # Easter 2027 (Monday 12th April 2027)
    if day and day.start <= reach:
        end = begin + day.end + (match.end() if (match := re.match(r"\s*\(?(?:or (?:earlier|sooner|before)[^,.;)]{0,20}|if possible)\)?", rest[day.end :])) else 0)
        sooner = _OR_SOONER.search(clause.text[begin + day.end : begin + day.end + 30])
        yield clause.find("start", "date_or_earlier" if sooner else "date", begin + day.start, end, certain=day.is_that_weekday)
        yield clause.find("starts_on", day.on.isoformat(), begin + day.start, begin + day.end, certain=day.is_that_weekday)
    elif term and term.start() <= reach and not re.fullmatch(r"(?:may|mar|march)", term[0], re.IGNORECASE):
        yield clause.find("start", "term", begin + term.start(), begin + term.end())
        yield clause.find("start_text", term[0].strip(), begin + term.start(), begin + term.end())
    elif asap and asap.start() <= max(reach, 20):
        yield clause.find("start", "asap", begin + asap.start(), begin + asap.end())


# In words

_NO_DAY_YET = re.compile(r"^(?:tbc|tba|to be (?:confirmed|arranged|advised|agreed|announced)|n/?a|none)\b", re.IGNORECASE)
_WEEK_OF = r"(?:the )?week (?:commencing|beginning|of)|w/?c\b|week"
_INTERVIEWS = re.compile(rf"\b(?P<words>(?:auditions and )?interviews?)\b[^.;]{{0,60}}?(?P<day>(?:{_WEEK_OF}|{re.sub(r'[?]P<[a-z0-9]+>', '?:', DAY)}).*)", re.IGNORECASE)
_SHORTLISTS = re.compile(rf"\bshort-?\s?list(?:ing|ed)?\b[^.;]{{0,40}}?(?P<day>(?:{_WEEK_OF}|{re.sub(r'[?]P<[a-z0-9]+>', '?:', DAY)}).*)", re.IGNORECASE)
_VISITS = re.compile(
    r"\bvisits? (?:to (?:the|our) (?:school|academy)|are|is|very|by|can|warmly|strongly|welcome|encouraged|before|prior)|\b(?:arrange|book) (?:a|an|your|to)?\s?(?:\w+ )?(?:visit|tour|look round)|\bvisit (?:the school|us|our school|is)\b"
    r"|\bcome and (?:see|visit|look|meet)|\blook (?:a)?round\b|\btours? of (?:the|our) school|\bshow you round|\bopen (?:morning|evening|afternoon)s?\b", re.IGNORECASE,
)
_LONGEST_VISITS = 250


def interview(text: Text) -> Iterator[Find]:
    yield from _dated(text, "interview", _INTERVIEWS)


def shortlisting(text: Text) -> Iterator[Find]:
    yield from _dated(text, "shortlisting", _SHORTLISTS)


def _dated(text: Text, field: str, pattern: re.Pattern[str]) -> Iterator[Find]:
    for clause in text.about(field):
        value = clause.value.strip(" .")
        if value and not _NO_DAY_YET.match(value):
            wrong = [day for day in days_in(value, text.after) if not day.is_that_weekday]
            yield clause.find(field, value[:120], clause.value_from, len(clause.text), certain=not wrong, why=f"The date is a {wrong[0].on:%A}." if wrong else "")
            return
    for clause in text.clauses:
        match = pattern.search(clause.text)
        if match and clause.topic not in {"safeguarding"} and not re.search(r"\bbefore the closing\b", match[0]):
            words = match["day"].rstrip(" .)")
            wrong = [day for day in days_in(words, text.after) if not day.is_that_weekday]
            yield clause.find(field, words[:120], match.start("day"), match.start("day") + len(words), certain=not wrong)
            return


def visits(text: Text) -> Iterator[Find]:
    for clause in text.about("visits"):
        if clause.value.strip():
            whole = _with_more(text, clause)
            yield clause.find("visits", whole[:_LONGEST_VISITS], clause.value_from, len(clause.text))
            return
    for clause in text.clauses:
        if _VISITS.search(clause.text) and clause.topic not in {"closing", "interview"} and clause.statement.kind != "item":
            words = clause.text[clause.value_from :] if clause.topic == "visits" else clause.text
            if len(words) <= _LONGEST_VISITS:
                yield clause.find("visits", words.rstrip("."), 0, len(clause.text))
                return


def _with_more(text: Text, clause: Clause) -> str:
    """``Mon 7 Dec, 3.45pm. Tel 01632 960503``: the number behind belongs to it."""
    rest = clause.statement.text[clause.start - clause.statement.start + clause.value_from :]
    return rest.strip(" .") if len(rest) < 200 and re.match(r"[^.]*\.\s*Tel", rest) else clause.value.strip(" .")
