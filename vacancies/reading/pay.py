"""Pay: full-time and actual figures, hourly rates, scale, points and allowance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .finds import Clause, Find, Text

_SUM = r"£\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?k?"
_SUMS = re.compile(rf"(?P<low>{_SUM})(?:\s*(?:per (?:annum|hour)|p\.?a\.?|an hour)?\s*(?:-|–|—|to|rising to|and|up to)\s*(?P<high>{_SUM}|\d{{1,3}},\d{{3}}))?", re.IGNORECASE)
_HOURLY = re.compile(r"^\s*(?:gross |plus holiday pay )?(?:\(?(?:per|an?|/|p\.?)\s*/?\s*(?:hour|hr|h)\b|hourly|ph\b)", re.IGNORECASE)
_HOURLY_BEFORE = re.compile(r"\b(?:hourly (?:rate|pay)|rate of pay|per hour)\b[^£]{0,20}$", re.IGNORECASE)
_NO_PAY = re.compile(r"(?:\bTLR\s?\d?[a-c]?|\ballowance|\bSEN\s?\d?|\bbonus|\bbudget|\bturnover|\bworth|\bup to|\bcost\w*|\bfee|\brelocation|\bpackage|\braised|\bgrant|\bprize|\bR&R)[^£]{0,15}$", re.IGNORECASE)
_ACTUAL_BEFORE = re.compile(r"\b(?:actual|equat\w+ to|equivalent to|take[- ]home|pro[- ]?rata(?:'d|ed)?(?: salary| to| is| of|:)+|which is|paid)\b[^£;]{0,40}$", re.IGNORECASE)
_ACTUAL_AFTER = re.compile(r"^[^£;]{0,14}\b(?:actual|for \d{1,2}(?:\.\d+)? hours)", re.IGNORECASE)
_FULL_AFTER = re.compile(r"^[^£;]{0,14}\b(?:FTE|full[- ]time equivalent|pro[- ]?rata)\b", re.IGNORECASE)
_HOUR_LIMIT, _YEAR_FROM = 200, 5_000


@dataclass(frozen=True)
class Sums:
    clause: Clause
    start: int
    end: int
    low: str
    high: str
    kind: str  # "year", "actual" or "hour"


def _sums(text: Text) -> tuple[Sums, ...]:
    return tuple(sums for clause in text.clauses for sums in _of(clause))


def _of(clause: Clause) -> Iterator[Sums]:
    for match in _SUMS.finditer(clause.text):
        before, behind = clause.text[: match.start()], clause.text[match.end() :]
        if _NO_PAY.search(before) or behind.lstrip().lower().startswith(("allowance", "bonus")):
            continue
        low, high = _figure(match["low"]), _figure(match["high"] or "")
        if kind := _kind(clause, float(low), before, behind):
            yield Sums(clause, match.start(), match.end(), low, high, kind)


def _kind(clause: Clause, low: float, before: str, behind: str) -> str:
    if low < _HOUR_LIMIT:
        is_hourly = _HOURLY.search(behind) or _HOURLY_BEFORE.search(before) or (clause.topic == "pay" and "hour" in clause.text.lower())
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


def annual_pay(text: Text) -> Iterator[Find]:
    found = _sums(text)
    years = [one for one in found if one.kind == "year" and (one.clause.topic in {"pay", "grade", "contract", ""} or one.clause.is_fact)]
    actual = [one for one in found if one.kind == "actual"]
    if years:
        yield from _both(years[0], "pay")
        if not actual and len(years) > 1 and _is_less(years[1], years[0]) and years[1].clause.statement is years[0].clause.statement:
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


def hourly_pay(text: Text) -> Iterator[Find]:
    """One rate is hourly pay, a range of rates is pay by the hour. A second rate with holiday pay in it is none of its own."""
    rates = [one for one in _sums(text) if one.kind == "hour"]
    if not rates:
        return
    rate = rates[0]
    if rate.high and float(rate.high) != float(rate.low):
        yield from _both(rate, "pay")
        yield rate.clause.find("pay_unit", "hour", rate.start, rate.end)
    else:
        yield rate.clause.find("hourly_pay", rate.low, rate.start, rate.end)


# Scale, points, allowance

# What a scale is called, with an example of each.
_SCALES = (
    r"\bMPS\s?(?:/|&|\+|-|–|to|and|or)\s?UPS\b",  # MPS/UPS
    r"\bMPR\s?(?:/|&|\+|-|–|to|and)\s?UPR\b",
    r"\bM/?UPS\b|\bMPS\b|\bMPR\b|\bUPS\b|\bUPR\b|\bMain (?:and|/|&|to) Upper Pay (?:Scale|Range)s?\b|\b(?:Teachers?(?:’|')?s? )?Main(?:/Upper)? Pay (?:Scale|Range|Spine)\b|\bTeachers?(?:’|')? Pay (?:Scale|Range)\b",
    r"\bUnqualified Teacher(?:s’?)?(?: Pay)?(?: Scale| Range)?\b",
    r"\bLeadership(?: Group)? (?:Scale|Spine|Pay Range|Pay Scale|Group \d|Range)?(?:\s?Group \d)?|\bGroup \d(?=,|\s*\(|\s+L\d|\s*$)",
    r"\bNJC\s+(?:Pay\s+)?(?:Grade|Scale|Band)\s+\w{1,3}\b",
    r"\b(?:Kent Range|Hay|Soulbury|Band|Grade|Gr|Scale|Range)\.?\s+(?:[A-Z]{1,3}\d{0,2}|\d{1,2}[A-Za-z]?)(?![\w/.]*\d)(?!\w)",
)
_SCALE = tuple(re.compile(pattern, re.IGNORECASE if number != 6 else 0) for number, pattern in enumerate(_SCALES))
_TEACHER = r"(?:M|U|L|UPS|MPS|MPR|UPR|UQT|LP)"
_POINTS = re.compile(
    rf"\b(?P<a>{_TEACHER}\s?\d{{1,2}}\s*(?:-|–|to)\s*(?:{_TEACHER}\s?)?\d{{1,2}})\b"
    r"|\b(?P<b>(?:SCP|NJC points?|(?:scale |spine |spinal |pay |spinal column )?points?|pts?|PT)\.?\s*(?:SCP\s*)?(?P<low>\d{1,2})(?:\s*(?:-|–|to)\s*(?:SCP\s*|points?\s*)?(?P<high>\d{1,2}))?)(?![\d%])",
    re.IGNORECASE,
)
_ALLOWANCE = re.compile(r"\bTLR\s?(?:\d\s?[a-c]?|[a-c])?(?:\s*\(?\s*£[\d,]+(?:\.\d\d)?\)?)?|\bSEN\s?(?:[12]\s)?allowance(?:\s*(?:of\s*)?\(?£[\d,]+\)?)?|\b(?:R&R|recruitment(?: and retention)?|London(?: weighting)?|fringe)\s+allowance(?:\s*(?:of\s*)?\(?£[\d,]+\)?)?", re.IGNORECASE)
_SPEAKS_OF_PAY = re.compile(r"£\s?\d|\bSCP\b|\bNJC\b|\bpoints? \d|\bpay (?:scale|range)\b|\bsalary\b|\bM1\b|\bMPS\b", re.IGNORECASE)
_SPEAKS_OF_OTHERS = re.compile(r"\bGCSE|\bqualification|\bA[- ]level|\bexam|\bpupils? to grade|\bdegree", re.IGNORECASE)


def _said(text: Text) -> list[Clause]:
    """Where pay is spoken of: labelled lines, then lines with figures of pay, then short lines that are nothing else."""
    labelled = text.about("pay", "grade", "actual")
    spoken = [one for one in text.clauses if one not in labelled and _SPEAKS_OF_PAY.search(one.text) and not _SPEAKS_OF_OTHERS.search(one.text)]
    short = [one for one in text.clauses if one not in labelled and one not in spoken and one.is_fact and len(one.text) < 60 and not _SPEAKS_OF_OTHERS.search(one.text)]
    return [*labelled, *spoken, *[one for one in short if one.statement.kind != "item"]]


def pay_scale(text: Text) -> Iterator[Find]:
    for clause in _said(text):
        if found := _scale_in(clause):
            yield found
            return


def _scale_in(clause: Clause) -> Find | None:
    start = 0 if clause.topic in {"", "grade"} else clause.value_from
    for pattern in _SCALE:
        if (match := pattern.search(clause.text, start)) and match[0].strip():
            value = match[0].strip()
            return clause.find("pay_scale", value, match.start(), match.start() + len(value))
    if clause.topic == "grade" and (match := re.match(r"(?:NJC\s+)?(?:[A-Z]{1,2}\d?|\d{1,2})(?=$|\s*[,;(–-]|\s+SCP|\s+points?)", clause.value)) and "scp" not in clause.text[: clause.value_from].lower():
        return clause.find("pay_scale", f"Grade {match[0]}" if "scale" not in clause.text[: clause.value_from].lower() else f"Scale {match[0]}", clause.value_from, clause.value_from + match.end())
    return None


def pay_points(text: Text) -> Iterator[Find]:
    for clause in _said(text):
        if (match := _POINTS.search(clause.text)) and not re.search(r"\bpoint of\b", clause.text):
            yield clause.of_match("pay_points", _points(match), match)
            return
        if clause.topic == "grade" and re.match(r"(?i)scp|(?:spine|scale) point|point", clause.text) and (match := re.match(r"(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?", clause.value)):
            value = f"SCP {match[1]}" + (f"-{match[2]}" if match[2] else "")
            yield clause.find("pay_points", value, clause.value_from, clause.value_from + match.end())
            return


def _points(match: re.Match[str]) -> str:
    if match["a"]:
        return re.sub(r"\s*(?:-|–|to)\s*", "-", re.sub(r"(?<=[A-Z]) (?=\d)", "", match["a"]))
    return f"SCP {match['low']}" + (f"-{match['high']}" if match["high"] else "")


def pay_allowance(text: Text) -> Iterator[Find]:
    for clause in _said(text) + text.head:
        if (match := _ALLOWANCE.search(clause.text)) and (re.search(r"\d", match[0]) or "allowance" in match[0].lower() or clause.topic == "pay"):
            yield clause.of_match("pay_allowance", match[0], match)
            return
