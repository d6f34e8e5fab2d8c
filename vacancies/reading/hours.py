"""Hours a week and when they are, weeks a year and how many are paid."""

import re
from collections.abc import Iterator

from .days import WEEKDAY
from .finds import Clause, Find, Text

_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_PER_WEEK = r"\s*(?:per|a|each|/|p\.?|every)\s*(?:week|wk|w)\b\.?"
_HOURS = re.compile(
    rf"(?P<upto>\b(?:up to|minimum of|at least|maximum)\s+)?(?<![\d.,£:-])(?P<hours>\d{{1,2}}(?:\.\d{{1,2}}|[½¼¾])?)\s*(?:hours?|hrs?)\.?\b(?P<week>{_PER_WEEK}|\s+weekly\b|\s+p\.?w\.?(?!\w))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d\s*(?:-|–|to)\s*\d{1,2}(?:\.\d+)?\s*(?:hours|hrs)", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"(?P<hours>\d{1,2}(?:\.\d{1,2}|[½¼¾])?)(?=\s*(?:$|[,;(]|hours|hrs|-|–))", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\bfull[- ]time hours\b|\bfor \d|\bholiday|\bPPA\b|\bsession", re.IGNORECASE)
# What tells when the hours are: days, clock times, how many days, shifts.
_WHEN = re.compile(
    rf"\b{WEEKDAY}|\b(?:mon|tues|wednes|thurs|fri)days\b|\d\s?[ap]\.?m\b|\b\d{{1,2}}[.:]\d\d\b|\b\d\d?\s*(?:-|–|to)\s*\d\d?\s?(?:[ap]m)|\bdaily\b|\bdays?\b|\bshifts?\b|\brota\b|\bmornings?\b|\bafternoons?\b|\bevenings?\b|\bnoon\b"
    r"|\blunch\b|\bbreak\b|\bflexib|\bas and when\b|\bnegotia|\bagreed\b|\barrang", re.IGNORECASE,
)
_NOT_WHEN = re.compile(r"\b(?:inset|training days?|weeks?|year|annum|p\.a|permanent|fixed|temporary|£|scp|grade|fte|term[- ]time|start|holiday|closing|applications?|successful|join)\b|£", re.IGNORECASE)
_PIECES = re.compile(r"[,.;•](?=\s)|\s[•|]\s|(?<=\w)\s(?=\()|(?<=\)),?\s")
_DAYS_IN_PROSE = re.compile(rf"\b(?:on|work(?:ing)?)\s+(?P<days>(?:(?:mon|tues|wednes|thurs|fri)days?(?:\s(?:mornings?|afternoons?))?(?:,\s|\sand\s|\s&\s)?){{2,5}})", re.IGNORECASE)
_AS_NEEDED = re.compile(r"\bas and when (?:required|needed)\b", re.IGNORECASE)


def hours_per_week(text: Text) -> Iterator[Find]:
    if found := _hours(text):
        clause, match = found
        if not match["upto"] and not _RANGE.search(clause.text):
            yield clause.of_match("hours_per_week", _number(match["hours"]), match)
        return
    for clause in text.about("hours"):
        if (match := _NUMBER_ALONE.match(clause.value)) and not _RANGE.search(clause.text) and "." not in clause.value[match.end() : match.end() + 1]:
            if not re.match(r"\s*(?:-|–|to)\s*\d", clause.value[match.end() :]):
                yield clause.find("hours_per_week", _number(match["hours"]), clause.value_from, clause.value_from + match.end())
                return


def _hours(text: Text) -> tuple[Clause, re.Match[str]] | None:
    """Facts before sentences, ``a week`` before figures that stand without it."""
    ranked = [*text.about("hours"), *(one for one in text.clauses if one.is_fact), *text.clauses]
    for clause in ranked:
        match = _HOURS.search(clause.text)
        if match and (match["week"] or clause.topic == "hours") and not _OF_OTHERS.search(clause.text[: match.start()]):
            return clause, match
    return None


def _number(words: str) -> str:
    for sign, decimal in _FRACTIONS.items():
        words = words.replace(sign, decimal)
    return words


def hours_detail(text: Text) -> Iterator[Find]:
    found = _hours(text)
    if found and found[1]["upto"]:
        yield found[0].of_match("hours_detail", found[1][0], found[1])
        return
    if found and (when := _when(found[0], found[1].end()) or _behind(text, found[0])):
        yield when
        return
    for clause in text.about("hours"):
        if when := _when(clause, clause.value_from):
            yield when
            return
    yield from _days_in_prose(text)


def _behind(text: Text, clause: Clause) -> Find | None:
    """``37 hours per week. Shifts between 6.30am and 6.30pm``: the next sentence of the same line."""
    following = [one for one in text.clauses if one.statement is clause.statement and one.start > clause.start]
    return next((when for one in following[:2] if not one.topic and (when := _when(one, 0))), None)


def _when(clause: Clause, start: int) -> Find | None:
    """The pieces behind the hours that tell when, up to the first that tells something else."""
    rest = clause.text[start:]
    begin = end = -1
    position = 0
    for cut in [*_PIECES.finditer(rest), None]:
        stop = cut.start() if cut else len(rest)
        piece = rest[position:stop]
        tells = _WHEN.search(piece) and not _NOT_WHEN.search(piece)
        if tells:
            begin, end = (position if begin < 0 else begin), stop
        elif begin >= 0 and piece.strip(" ,.;"):
            break
        position = cut.end() if cut else stop
    if begin < 0:
        return None
    words = rest[begin:end]
    shown = words.strip(" ,.;:–-|•")
    if shown.startswith("(") and (shown.count("(") > shown.count(")") or (shown.endswith(")") and shown.count("(") == 1)):
        shown = shown[1:].removesuffix(")") if shown.count(")") else shown[1:]
    elif shown.count(")") > shown.count("("):
        shown = shown.removesuffix(")")
    shown = shown.strip(" ,.;:–-")
    at = rest.find(shown, begin)
    return clause.find("hours_detail", shown[:200], start + at, start + at + len(shown)) if shown else None


def _days_in_prose(text: Text) -> Iterator[Find]:
    for clause in text.clauses:
        if match := _AS_NEEDED.search(clause.text):
            yield clause.of_match("hours_detail", match[0], match)
            return
        if (match := _DAYS_IN_PROSE.search(clause.text)) and re.search(r"\bwill (?:teach|work)|\bpart[- ]time\b|\bhours\b", clause.text, re.IGNORECASE):
            yield clause.find("hours_detail", match["days"].strip(" ,"), match.start("days"), match.end("days"))
            return


# Weeks

_TERM_TIME = r"\bterm[- ]?time\b|\bterm times?\b|\bTTO\b"
_EXTRA = r"(?:5|five|inset|training|\d inset|staff|professional|non[- ]pupil|development|in-?service|pd)"
_INSET = re.compile(
    rf"(?:{_TERM_TIME})(?:\s*only)?\s*(?:,|\()?\s*(?:plus|\+|and|&|including|with|inc\.?)\s*(?:the )?{_EXTRA}\b[^.;\n]{{0,20}}(?:days?|inset)|\b3[89]\s*weeks?\s*(?:\+|plus|and|&)\s*(?:5|five)\b|\b(?:plus|\+|and|including) (?:5|five)? ?inset days?", re.IGNORECASE,
)
_PLUS = re.compile(rf"(?:{_TERM_TIME})(?: only)?\s*(?:plus|\+|and|&)\s*(?:(?P<count>one|two|three|four|five|six|\d{{1,2}})\s*(?:additional |extra |further )?weeks?)(?: (?:in|during) (?:the )?\w+ holidays?)?", re.IGNORECASE)
_ONLY = re.compile(rf"{_TERM_TIME}", re.IGNORECASE)
_ALL_YEAR = re.compile(r"\b52\s*(?:weeks?|wks?)\b|\ball[- ]year(?:[- ]round)?\b|\byear[- ]round\b|\bfull year\b", re.IGNORECASE)
_WORKED = re.compile(r"(?<![\d.])(?P<weeks>[345]\d(?:\.\d{1,3})?)\s*(?:teaching |working |school )?(?:weeks?|wks?)\b(?:\s*(?:per|a|/|each)\s*(?:year|annum)|\s*p\.?a\b\.?)?", re.IGNORECASE)
_PAID = re.compile(r"\bpaid (?:for|over|at)?\s*(?P<paid>[345]\d(?:\.\d{1,3})?)\s*(?:weeks?|wks?)|(?P<weeks>[345]\d(?:\.\d{1,3})?)\s*(?:weeks?|wks?) paid\b|\bpaid weeks\s*:?\s*(?P<label>[345]\d(?:\.\d{1,3})?)", re.IGNORECASE)
_NO_WEEKS = re.compile(r"\bholiday|\bleave\b|\bnotice\b", re.IGNORECASE)


def _said(text: Text) -> list[Clause]:
    return [*text.about("weeks", "hours", "contract"), *(one for one in text.clauses if one.is_fact and one.topic not in {"weeks", "hours", "contract"}), *(one for one in text.clauses if not one.is_fact)]


def weeks(text: Text) -> Iterator[Find]:
    for clause in _said(text):
        if _NO_WEEKS.search(clause.text) and not clause.is_fact:
            continue
        for value, pattern in (("term_time_plus_inset", _INSET), ("term_time_plus", _PLUS), ("term_time_only", _ONLY), ("all_year", _ALL_YEAR)):
            if match := pattern.search(clause.text):
                yield clause.of_match("weeks", value, match)
                if value == "term_time_plus":
                    yield clause.of_match("weeks_detail", match[0], match)
                return


def weeks_worked(text: Text) -> Iterator[Find]:
    for clause in _said(text):
        for match in _WORKED.finditer(clause.text):
            paid = re.search(r"paid[^,;]{0,12}$", clause.text[: match.start()], re.IGNORECASE) or clause.text[match.end() :].lstrip().lower().startswith("paid")
            if not paid and match["weeks"] != "52" and not _NO_WEEKS.search(clause.text) and float(match["weeks"]) < 53:
                yield clause.of_match("weeks_worked", match["weeks"], match)
                return
        if clause.topic == "weeks" and (match := re.match(r"([345]\d(?:\.\d+)?)(?=$|\s*[,;(+])", clause.value)) and match[1] != "52":
            yield clause.find("weeks_worked", match[1], clause.value_from, len(clause.text))
            return


def weeks_paid(text: Text) -> Iterator[Find]:
    for clause in text.clauses:
        if match := _PAID.search(clause.text):
            value = match["paid"] or match["weeks"] or match["label"]
            if not value.startswith("52"):
                yield clause.of_match("weeks_paid", value, match)
            return
