"""Weeks a year: term time or more, how many are worked and how many are paid."""

import re
from collections.abc import Iterator

from .finds import Advert, Find, Sentence

_TERM_TIME = r"\bterm[- ]?time\b|\bterm times?\b|\bTTO\b"
_EXTRA = r"(?:5|five|inset|training|\d inset|staff|professional|non[- ]pupil|development|in-?service|pd)"
_INSET = re.compile(
    rf"(?:{_TERM_TIME})(?:\s*only)?\s*(?:,|\()?\s*(?:plus|\+|and|&|including|with"
    rf"|inc\.?)\s*(?:the )?(?:{_EXTRA}\b[^.;\n]{{0,20}}(?:days?|inset)|inset\b)|\b3[89]\s*weeks?\s*(?:\+"
    rf"|plus|and|&)\s*(?:5|five)\b|\b(?:plus|\+|and|including) (?:5|five)? ?inset days?",
    re.IGNORECASE,
)
_PLUS = re.compile(
    rf"(?:{_TERM_TIME})(?: only)?\s*(?:plus|\+|and|&)\s*(?:(?P<count>one|two|three|four|five|six"
    rf"|\d{{1,2}})\s*(?:additional |extra |further )?weeks?)(?: (?:in|during) (?:the )?\w+ holidays?)?",
    re.IGNORECASE,
)
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|\d{1,2})"
_HOLIDAYS = r"(?:in|during|of|over) (?:the |each |every )?(?:school |\w+ )?(?:holidays?|closures?)"
# Term time and some of the holidays; term time and three weeks in the holidays; term time plus INSET plus one week
_MORE = re.compile(
    rf"(?:{_TERM_TIME})(?: only)?[^.;\n]{{0,60}}?(?:\b(?:some|part|most|half|{_COUNT}(?: (?:more|extra|further"
    rf"|additional))? (?:weeks?|days?)) {_HOLIDAYS}"
    rf"|(?:plus|\+|and|&) {_COUNT}(?: (?:more|extra|further|additional))? weeks?\b)",
    re.IGNORECASE,
)
_ONLY = re.compile(
    rf"{_TERM_TIME}|\bschool (?:days|terms) only\b|\b(?:only|just) (?:on|in|during) school (?:days|terms)\b", re.IGNORECASE
)
_ALL_YEAR = re.compile(r"\b52\s*(?:weeks?|wks?)\b|\ball[- ]year(?:[- ]round)?\b|\byear[- ]round\b|\bfull year\b", re.IGNORECASE)
_WORKED = re.compile(
    r"(?<![\d.])(?P<weeks>[345]\d(?:\.\d{1,3})?)\s*(?:teaching |working |school )?(?:weeks?"
    r"|wks?)\b(?:\s*(?:per|a|/|each)\s*(?:year|annum)|\s*p\.?a\b\.?)?",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\bpaid (?:for|over|at)?\s*(?P<paid>[345]\d(?:\.\d{1,3})?)\s*(?:weeks?|wks?)"
    r"|(?P<weeks>[345]\d(?:\.\d{1,3})?)\s*(?:weeks?|wks?) paid\b"
    r"|\bpaid weeks\s*:?\s*(?P<label>[345]\d(?:\.\d{1,3})?)",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"[345]\d(?:\.\d+)?(?=$|\s*[,;(+])")
_WHOLE_YEAR = "52"
_NO_WEEKS = re.compile(
    r"\bannual leave\b|\bnotice\b|\bholidays? (?:entitlement|allowance|pay)\b|\b(?:days|weeks)(?:’"
    r"|')?(?: of)?(?: paid)? (?:holiday|leave)\b"
    r"|\bmaternity|\bholidays?:",
    re.IGNORECASE,
)


def _said(advert: Advert) -> list[Sentence]:
    return [
        *advert.about("weeks", "hours", "contract"),
        *(one for one in advert.clauses if one.is_fact and one.topic not in {"weeks", "hours", "contract"}),
        *(one for one in advert.clauses if not one.is_fact),
    ]


def weeks_a_year(advert: Advert) -> Iterator[Find]:
    for clause in _said(advert):
        if _NO_WEEKS.search(clause.text) and not clause.is_fact:
            continue
        for value, pattern in (
            ("term_time_plus", _MORE),
            ("term_time_plus_inset", _INSET),
            ("term_time_plus", _PLUS),
            ("term_time_only", _ONLY),
            ("all_year", _ALL_YEAR),
        ):
            if match := pattern.search(clause.text):
                yield clause.of_match("weeks", value, match)
                if value == "term_time_plus":
                    yield clause.of_match("weeks_detail", match[0], match)
                return


def weeks_worked(advert: Advert) -> Iterator[Find]:
    for clause in _said(advert):
        for match in _WORKED.finditer(clause.text):
            if _is_worked(clause, match):
                yield clause.of_match("weeks_worked", match["weeks"], match)
                return
        alone = _NUMBER_ALONE.match(clause.value) if clause.topic == "weeks" else None
        if alone and alone[0] != _WHOLE_YEAR:
            yield clause.find("weeks_worked", alone[0], clause.value_from, len(clause.text))
            return


def _is_worked(clause: Sentence, match: re.Match[str]) -> bool:
    before, behind = clause.text[: match.start()].lower(), clause.text[match.end() :].lower()
    is_paid = re.search(r"paid[^,;]{0,12}$", before) or behind.lstrip().startswith("paid")
    return not is_paid and match["weeks"] != _WHOLE_YEAR and not _NO_WEEKS.search(clause.text)


def weeks_paid(advert: Advert) -> Iterator[Find]:
    for clause in advert.clauses:
        if match := _PAID.search(clause.text):
            value = match["paid"] or match["weeks"] or match["label"]
            if not value.startswith("52"):
                yield clause.of_match("weeks_paid", value, match)
            return
