"""Pay in figures: full-time, actual, and by the hour."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .finds import Advert, Find, Sentence

_SUM = r"£\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?k?"
_SUMS = re.compile(
    rf"(?P<low>{_SUM})(?:\s*(?:per (?:annum|hour)|p\.?a\.?|an hour)?\s*(?:-|–|—|to|rising to|and"
    rf"|up to)\s*(?P<high>{_SUM}|\d{{1,3}},\d{{3}}))?",
    re.IGNORECASE,
)
_HOURLY = re.compile(
    r"^\s*(?:gross |plus holiday pay )?(?:\(?(?:per|an?|/|p\.?)\s*/?\s*(?:hour|hr|h)\b|hourly|ph\b)", re.IGNORECASE
)
_HOURLY_BEFORE = re.compile(r"\b(?:hourly (?:rate|pay)|rate of pay|per hour)\b[^£]{0,20}$", re.IGNORECASE)
_NO_PAY = re.compile(
    r"(?:\bTLR\s?\d?[a-c]?|\ballowance|\bSEN\s?\d?|\bbonus|\bbudget|\bturnover|\bworth|\bup to|\bcost\w*"
    r"|\bfee|\brelocation|\bpackage|\braised|\bgrant|\bprize|\bR&R)[^£]{0,15}$",
    re.IGNORECASE,
)
_ACTUAL_BEFORE = re.compile(
    r"\b(?:actual|equat\w+ to|equivalent to|take[- ]home|pro[- ]?rata(?:'d|ed)?(?: salary| to| is| of|:)+"
    r"|which is|paid)\b[^£;]{0,40}$",
    re.IGNORECASE,
)
# £16,025 actual; but not £28,142 (SCP 11), actual £24,702, where the word speaks of what follows
_ACTUAL_AFTER = re.compile(r"^[^£;]{0,14}\b(?:actual(?:ly)?\b(?![^£;,)]{0,25}£)|for \d{1,2}(?:\.\d+)? hours)", re.IGNORECASE)
_FULL_AFTER = re.compile(r"^[^£;]{0,14}\b(?:FTE|full[- ]time equivalent|pro[- ]?rata)\b", re.IGNORECASE)
_HOUR_LIMIT, _YEAR_FROM = 200, 5_000


@dataclass(frozen=True)
class Sums:
    clause: Sentence
    start: int
    end: int
    low: str
    high: str
    kind: str  # "year", "actual" or "hour"


def _sums(advert: Advert) -> tuple[Sums, ...]:
    return tuple(sums for clause in advert.clauses for sums in _of(clause))


def _of(clause: Sentence) -> Iterator[Sums]:
    for match in _SUMS.finditer(clause.text):
        before, behind = clause.text[: match.start()], clause.text[match.end() :]
        if _NO_PAY.search(before) or behind.lstrip().lower().startswith(("allowance", "bonus")):
            continue
        low, high = _figure(match["low"]), _figure(match["high"] or "")
        if kind := _kind(clause, float(low), before, behind):
            yield Sums(clause, match.start(), match.end(), low, high, kind)


def _kind(clause: Sentence, low: float, before: str, behind: str) -> str:
    if low < _HOUR_LIMIT:
        is_hourly = (
            _HOURLY.search(behind) or _HOURLY_BEFORE.search(before) or (clause.topic == "pay" and "hour" in clause.text.lower())
        )
        return "hour" if is_hourly else ""
    if low < _YEAR_FROM:
        return ""
    is_actual = clause.topic == "actual" or _ACTUAL_AFTER.search(behind) or _ACTUAL_BEFORE.search(_since_last_sum(before))
    return "actual" if is_actual and not _FULL_AFTER.search(behind) else "year"


def _since_last_sum(before: str) -> str:
    """Only what stands between this figure and the one before speaks of this one."""
    return before[before.rfind("£") :] if "£" in before else before


def _figure(words: str) -> str:
    figures = re.sub(r"[£,\s]", "", words).lower()
    figures = f"{float(figures[:-1]) * 1000:.0f}" if figures.endswith("k") else figures
    return figures.removesuffix(".00") if figures.endswith(".00") and len(figures) > 6 else figures


def annual_pay(advert: Advert) -> Iterator[Find]:
    found = _sums(advert)
    years = [
        one
        for one in found
        if one.kind == "year" and (one.clause.topic in {"pay", "grade", "contract", ""} or one.clause.is_fact)
    ]
    actual = [one for one in found if one.kind == "actual"]
    if years:
        yield from _both(years[0], "pay")
        if (
            not actual
            and len(years) > 1
            and _is_less(years[1], years[0])
            and years[1].clause.statement is years[0].clause.statement
        ):
            actual = years[1:2]
        elif rivals := [one for one in years[1:] if (one.low, one.high) != (years[0].low, years[0].high) and one.clause.is_fact]:
            yield from _both(rivals[0], "pay")
    if actual:
        yield from _both(actual[0], "actual_pay")


def _is_less(one: Sums, other: Sums) -> bool:
    return float(one.low) < float(other.low)


def _both(sums: Sums, name: str) -> Iterator[Find]:
    yield sums.clause.find(f"{name}_min", sums.low, sums.start, sums.end)
    if sums.high:
        yield sums.clause.find(f"{name}_max", sums.high, sums.start, sums.end)


def hourly_pay(advert: Advert) -> Iterator[Find]:
    """One rate is hourly pay, a range of rates is pay by the hour. A second rate with holiday pay in it is none of its own."""
    rates = [one for one in _sums(advert) if one.kind == "hour"]
    if not rates:
        return
    rate = rates[0]
    if rate.high and float(rate.high) != float(rate.low):
        yield from _both(rate, "pay")
        yield rate.clause.find("pay_unit", "hour", rate.start, rate.end)
    else:
        yield rate.clause.find("hourly_pay", rate.low, rate.start, rate.end)
