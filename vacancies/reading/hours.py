"""Hours a week, and when they are."""

import re
from collections.abc import Iterator

from .days import MONTH, WEEKDAY
from .finds import Advert, Find, Sentence

_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_PER_WEEK = r"\s*(?:per|a|each|/|p\.?|every)\s*(?:week|wk|w)\b\.?"
_HOURS = re.compile(
    rf"(?P<upto>\b(?:up to|minimum of|at least|maximum)\s+)?(?<![\d.,£:-])(?P<hours>\d{{1,2}}(?:\.\d{{1,2}}"
    rf"|[½¼¾])?)\s*(?:hours?|hrs?)\.?\b(?P<week>{_PER_WEEK}|(?=\s+over \w+ days)|\s+weekly\b|\s+p\.?w\.?(?!\w))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d\s*(?:-|–|to)\s*\d{1,2}(?:\.\d+)?\s*(?:hours|hrs)", re.IGNORECASE)
_NUMBER_ALONE = re.compile(
    r"(?P<hours>\d{1,2}(?:\.\d{1,2}|[½¼¾])?)(?=\s*(?:$|[,;(]|hours|hrs|per week|a week|weekly|p\.?w|-|–))", re.IGNORECASE
)
_A_WEEK = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}|[½¼¾])?\s*(?:hours?|hrs?)?\s*(?:per|a|each) week\b[\s:,;–-]*", re.IGNORECASE)
_DAYS_A_WEEK = re.compile(
    r"\b(?:over )?(?:one|two|three|four|[1-4](?:\.5|½)?)(?: and a half)? (?:full )?days? (?:a|per|each) week\b", re.IGNORECASE
)
_MORE_FIGURES = re.compile(r"\.|\s*(?:-|–|to)\s*\d")
_PATTERN = re.compile(r"\b(?:full|part)[- ]time\b", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\bfull[- ]time hours\b|\bfor \d|\bholiday|\bPPA\b|\bsession|\bteach\w*\b[^.:]{0,15}$", re.IGNORECASE)
# What tells when the hours are: days, clock times, how many days, shifts.
_WHEN = re.compile(
    rf"\b{WEEKDAY}|\b(?:mon|tues|wednes|thurs|fri)days\b|\d\s?[ap]\.?m\b|\b\d{{1,2}}[.:]\d\d\b"
    rf"|\b\d\d?\s*(?:-|–|to)\s*\d\d?\s?(?:[ap]m)|\bdaily\b|\bdays?\b|\bshifts?\b|\brota\b|\bmornings?\b"
    rf"|\bafternoons?\b|\bevenings?\b|\bnoon\b"
    r"|\blunch\b|\bbreak\b|\bflexib|\bas and when\b|\bnegotia|\bagreed\b|\barrang",
    re.IGNORECASE,
)
_NOT_WHEN = re.compile(
    r"\b(?:inset|training days?|weeks?|year|annum|p\.a|permanent|fixed|temporary|£|scp|grade|fte"
    r"|term[- ]time|start|holiday|closing|applications?|successful|join)\b|£",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[,.;•](?=\s)|\s[–-]\s|\s[•|]\s|(?<=\w)\s(?=\()|(?<=\)),?\s")
_DAYS_IN_PROSE = re.compile(
    r"\b(?:on|work(?:ing)?)\s+(?P<days>(?:(?:mon|tues|wednes|thurs|fri)days?(?:\s(?:mornings?"
    r"|afternoons?))?(?:,\s|\sand\s|\s&\s)?){2,5})",
    re.IGNORECASE,
)
_ONLY_DAYS = re.compile(rf"\b(?:mornings|afternoons)(?: only)?\b|\b{WEEKDAY}\s*(?:to|-|–|and|&)\s*{WEEKDAY}", re.IGNORECASE)
_MONTHS = re.compile(rf"\b{MONTH}|\bvisit|\binterview|\btour", re.IGNORECASE)
_AS_NEEDED = re.compile(r"\bas and when (?:required|needed)\b", re.IGNORECASE)


def hours_per_week(advert: Advert) -> Iterator[Find]:
    if found := _hours(advert):
        clause, match = found
        if not match["upto"] and not _RANGE.search(clause.text):
            yield clause.of_match("hours_per_week", _number(match["hours"]), match)
        return
    for clause in advert.about("hours"):
        alone = _NUMBER_ALONE.match(clause.value)
        if alone and not _RANGE.search(clause.text) and not _MORE_FIGURES.match(clause.value, alone.end()):
            end = clause.value_from + alone.end()
            yield clause.find("hours_per_week", _number(alone["hours"]), clause.value_from, end)
            return


def _hours(advert: Advert) -> tuple[Sentence, re.Match[str]] | None:
    """Facts before sentences, ``a week`` before figures that stand without it."""
    ranked = [*advert.about("hours"), *(one for one in advert.clauses if one.is_fact), *advert.clauses]
    for clause in ranked:
        match = _HOURS.search(clause.text)
        is_of_week = match and (
            match["week"] is not None or clause.topic == "hours" or (clause.is_fact and _PATTERN.search(clause.text))
        )
        if match and is_of_week and not _OF_OTHERS.search(clause.text[: match.start()]):
            return clause, match
    return None


def _number(words: str) -> str:
    for sign, decimal in _FRACTIONS.items():
        words = words.replace(sign, decimal)
    return words


def hours_detail(advert: Advert) -> Iterator[Find]:
    found = _hours(advert)
    if found and found[1]["upto"]:
        yield found[0].of_match("hours_detail", found[1][0], found[1])
        return
    if found and (when := _when(found[0], found[1].end()) or _behind(advert, found[0])):
        yield when
        return
    for clause in advert.about("hours"):
        known = _A_WEEK.match(clause.text, clause.value_from)
        if when := _when(clause, known.end() if known else clause.value_from):
            yield when
            return
    yield from _days_alone(advert) or _days_a_week(advert) or _days_in_prose(advert)


def _days_alone(advert: Advert) -> list[Find]:
    """A short line of days without a label: ``Monday to Friday, 8am to 4pm``."""
    lines = [
        one
        for one in advert.clauses
        if one.is_fact and not one.topic and _ONLY_DAYS.search(one.text) and not _MONTHS.search(one.text)
    ]
    return [when for one in lines if (when := _when(one, 0))][:1]


def _days_a_week(advert: Advert) -> list[Find]:
    lines = [one for one in advert.clauses if one.is_fact and one.statement.kind != "item"]
    return [one.of_match("hours_detail", match[0], match) for one in lines if (match := _DAYS_A_WEEK.search(one.text))][:1]


def _behind(advert: Advert, clause: Sentence) -> Find | None:
    """``37 hours per week. Shifts between 6.30am and 6.30pm``: the next sentence of the same line."""
    following = [one for one in advert.clauses if one.statement is clause.statement and one.start > clause.start]
    return next((when for one in following[:2] if not one.topic and (when := _when(one, 0))), None)


def _when(clause: Sentence, start: int) -> Find | None:
    """The pieces behind the hours that tell when, up to the first that tells something else."""
    rest = clause.text[start:]
    begin = end = -1
    position = 0
    for cut in [*_PIECES.finditer(rest), None]:
        stop = cut.start() if cut else len(rest)
        piece = rest[position:stop]
        tells = _WHEN.search(piece) and not _NOT_WHEN.search(_DAYS_A_WEEK.sub("", piece))
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


def _days_in_prose(advert: Advert) -> Iterator[Find]:
    for clause in advert.clauses:
        if match := _AS_NEEDED.search(clause.text):
            yield clause.of_match("hours_detail", match[0], match)
            return
        if (match := _DAYS_IN_PROSE.search(clause.text)) and re.search(
            r"\bwill (?:teach|work)|\bpart[- ]time\b|\bhours\b", clause.text, re.IGNORECASE
        ):
            yield clause.find("hours_detail", match["days"].strip(" ,"), match.start("days"), match.end("days"))
            return
