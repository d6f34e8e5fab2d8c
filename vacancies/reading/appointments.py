"""Shortlisting, interviews and visits, in the words of the advert."""

import re
from collections.abc import Iterator

from .days import DAY, WEEKDAY, days_in
from .finds import Advert, Find

_NO_DAY_YET = re.compile(r"^(?:tbc|tba|to be (?:confirmed|arranged|advised|agreed|announced)|n/?a|none)\b", re.IGNORECASE)
_WEEK_OF = r"(?:the )?week (?:commencing|beginning|of)|w/?c\b|week"
_ANY_DAY = re.sub(r"[?]P<[a-z0-9]+>", "?:", DAY)
_DAYS = rf"(?:(?:{WEEKDAY}\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s*(?:,|and|&|-|–|to|or|/)\s*){{0,3}}(?:{_ANY_DAY})"
_INTERVIEWS = re.compile(
    rf"\b(?P<words>(?:auditions and )?interview(?:s|ing)?)\b[^.;]{{0,60}}?(?P<day>(?:{_WEEK_OF}|{_DAYS}).*)", re.IGNORECASE
)
_SHORTLISTS = re.compile(rf"\bshort-?\s?list(?:ing|ed)?\b[^.;]{{0,40}}?(?P<day>(?:{_WEEK_OF}|{_DAYS}).*)", re.IGNORECASE)
_ANOTHER = re.compile(
    r"(?:,?\s+(?:and|with)|,)\s+(?:(?:the|hold|holding|will|shall|to|then|we) )*(?:interview|shortlist|short-list"
    r"|start|closing|visit).*",
    re.IGNORECASE,
)
_VISITS = re.compile(
    r"\bvisits? (?:to (?:the|our) (?:school|academy)|are|is|very|by|can|warmly|strongly|welcome|encouraged"
    r"|before|prior)|\b(?:arrange|book) (?:a|an|your|to)?\s?(?:\w+ )?(?:visit|tour|look round)"
    r"|\bvisit (?:the school|us|our school|is)\b"
    r"|^tours? (?:on|at|are|will|of|every|take)|\bsee us at work\b|\bcome (?:along )?on (?:mon|tue|wed|thu|fri)"
    r"|\bcome and (?:see|visit|look|meet)|\blook (?:a)?round\b"
    r"|\btours? of (?:the|our) school"
    r"|\bshow you round|\bopen (?:morning|evening|afternoon)s?\b",
    re.IGNORECASE,
)
_LONGEST_VISITS = 250


def interview(advert: Advert) -> Iterator[Find]:
    yield from _dated(advert, "interview", _INTERVIEWS)


def shortlisting(advert: Advert) -> Iterator[Find]:
    yield from _dated(advert, "shortlisting", _SHORTLISTS)


def _dated(advert: Advert, field: str, pattern: re.Pattern[str]) -> Iterator[Find]:
    for clause in advert.about(field):
        value = _ANOTHER.sub("", clause.value).strip(" .")
        if value and not _NO_DAY_YET.match(value):
            wrong = [day for day in days_in(value, advert.after) if not day.is_that_weekday]
            yield clause.find(
                field,
                value[:120],
                clause.value_from,
                len(clause.text),
                certain=not wrong,
                why=f"The date is a {wrong[0].on:%A}." if wrong else "",
            )
            return
    for clause in advert.clauses:
        match = pattern.search(clause.text)
        if match and clause.topic not in {"safeguarding"} and not re.search(r"\bbefore the closing\b", match[0]):
            words = _ANOTHER.sub("", match["day"]).rstrip(" .)").removeprefix("the ")
            wrong = [day for day in days_in(words, advert.after) if not day.is_that_weekday]
            yield clause.find(field, words[:120], match.start("day"), match.end("day"), certain=not wrong)
            return


def visits(advert: Advert) -> Iterator[Find]:
    labelled = [clause for clause in advert.about("visits") if clause.value.strip()]
    spoken = [one for one in advert.clauses if _VISITS.search(one.text) and one.topic not in {"closing", "interview"}]
    dated = [one for one in spoken if next(days_in(one.text, advert.after), None)]
    for clause in [*labelled, *dated, *(one for one in spoken if one.statement.kind != "item")]:
        words = clause.sentence if len(clause.sentence) <= _LONGEST_VISITS else clause.value
        if len(words) <= _LONGEST_VISITS:
            wrong = [day for day in days_in(words, advert.after) if not day.is_that_weekday]
            yield clause.find("visits", words.strip(" ."), clause.value_from, len(clause.text), certain=not wrong)
            return
