"""The scale of pay, the points on it, and an allowance."""

import re
from collections.abc import Iterator

from .finds import Advert, Find, Sentence

# What a scale is called, with an example of each.
_SCALES = (
    r"\bMPS\s?(?:/|&|\+|-|–|to|and|or)\s?UPS\b",  # MPS/UPS
    r"\bMPR\s?(?:/|&|\+|-|–|to|and)\s?UPR\b",
    r"\bM/?UPS\b|\bMPS\b|\bMPR\b|\bUPS\b|\bUPR\b|\bMain (?:and|or|/|&|to) Upper Pay (?:Scale|Range)s?\b"
    r"|\b(?:Teachers?(?:’|')?s? )?Main(?:/Upper)? Pay (?:Scale|Range|Spine)\b|\bTeachers?(?:’"
    r"|')? Pay (?:Scale|Range)\b",
    r"\bUnqualified Teacher(?:s’?)?(?: Pay)?(?: Scale| Range)?\b",
    r"\bLeadership(?: Group)? (?:Scale|Spine|Pay Range|Pay Scale|Group \d|Range)?(?:\s?Group \d)?"
    r"|\bGroup \d(?=,|\s*\(|\s+L\d|\s*$)",
    r"\bNJC\s+(?:Pay\s+)?(?:Grade|Scale|Band)\s+\w{1,3}\b",
    r"\b(?:Kent Range|Hay|Soulbury|Band|Grade|Gr|Scale|Range)\.?\s+(?:SO\d(?:\s?[/–-]\s?SO\d)?"
    r"|[A-Z]{1,3}\d{0,2}|\d{1,2}[A-Za-z]?)(?![\w/.]*\d)(?!\w)",
)
_SCALE = tuple(re.compile(pattern, re.IGNORECASE if number != 6 else 0) for number, pattern in enumerate(_SCALES))
_TEACHER = r"(?:M|U|L|UPS|MPS|MPR|UPR|UQT|LP)"
_POINTS = re.compile(
    rf"\b(?P<a>{_TEACHER}\s?\d{{1,2}}\s*(?:-|–|to)\s*(?:{_TEACHER}\s?)?\d{{1,2}})\b"
    r"|\b(?P<b>(?:SCP|NJC points?|(?:scale |spine |spinal |pay |spinal column )?points?|pts?"
    r"|PT)\.?\s*(?:SCP\s*)?(?P<low>\d{1,2})(?:\s*(?:-|–|to)\s*(?:SCP\s*"
    r"|points?\s*)?(?P<high>\d{1,2}))?)(?![\d%])",
    re.IGNORECASE,
)
_ALLOWANCE = re.compile(
    r"\bTLR\s?(?:\d\s?[a-c]?|[a-c])?(?:\s*\(?\s*£[\d,]+(?:\.\d\d)?\)?)?"
    # a call-out allowance of £1,200 a year
    r"|\b[a-z]{3,15}(?:[- ][a-z]{2,10})? allowance of £[\d,]+(?:\.\d\d)?(?: (?:a|per) (?:year|annum|week|month))?"
    r"|\bSEN\s?(?:[12]\s)?allowance(?:\s*(?:of\s*)?\(?£[\d,]+\)?)?|\b(?:R&R|recruitment(?: and retention)?"
    r"|London(?: weighting)?|fringe)\s+allowance(?:\s*(?:of\s*)?\(?£[\d,]+\)?)?",
    re.IGNORECASE,
)
_SPEAKS_OF_PAY = re.compile(
    r"£\s?\d|\bSCP\b|\bNJC\b|\bpoints? \d|\bpay (?:scale|range)\b|\bsalary\b|\bM1\b|\bMPS\b", re.IGNORECASE
)
_SPEAKS_OF_OTHERS = re.compile(r"\bGCSE|\bqualification|\bA[- ]level|\bexam|\bpupils? to grade|\bdegree", re.IGNORECASE)


def _said(advert: Advert) -> list[Sentence]:
    """Where pay is spoken of: labelled lines, then lines with figures of pay, then short lines that are nothing else."""
    labelled = advert.about("pay", "grade", "actual")
    spoken = [
        one
        for one in advert.clauses
        if one not in labelled and _SPEAKS_OF_PAY.search(one.text) and not _SPEAKS_OF_OTHERS.search(one.text)
    ]
    short = [
        one
        for one in advert.clauses
        if one not in labelled
        and one not in spoken
        and one.is_fact
        and len(one.text) < 60
        and not _SPEAKS_OF_OTHERS.search(one.text)
    ]
    return [*labelled, *spoken, *[one for one in short if one.statement.kind != "item"]]


def pay_scale(advert: Advert) -> Iterator[Find]:
    for clause in _said(advert):
        if found := _scale_in(clause):
            yield found
            return


def _scale_in(clause: Sentence) -> Find | None:
    start = 0 if clause.topic in {"", "grade"} else clause.value_from
    for pattern in _SCALE:
        if (match := pattern.search(clause.text, start)) and match[0].strip():
            value = match[0].strip()
            return clause.find("pay_scale", value, match.start(), match.start() + len(value))
    if (
        clause.topic == "grade"
        and (match := re.match(r"(?:NJC\s+)?(?:[A-Z]{1,2}\d?|\d{1,2})(?=$|\s*[,;(–-]|\s+SCP|\s+points?)", clause.value))
        and "scp" not in clause.text[: clause.value_from].lower()
    ):
        return clause.find(
            "pay_scale",
            f"Grade {match[0]}" if "scale" not in clause.text[: clause.value_from].lower() else f"Scale {match[0]}",
            clause.value_from,
            clause.value_from + match.end(),
        )
    return None


def pay_points(advert: Advert) -> Iterator[Find]:
    for clause in _said(advert):
        if (match := _POINTS.search(clause.text)) and not re.search(r"\bpoint of\b", clause.text):
            yield clause.of_match("pay_points", _points(match), match)
            return
        if (
            clause.topic == "grade"
            and re.match(r"(?i)scp|(?:spine|scale) point|point", clause.text)
            and (match := re.match(r"(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?", clause.value))
        ):
            value = f"SCP {match[1]}" + (f"-{match[2]}" if match[2] else "")
            yield clause.find("pay_points", value, clause.value_from, clause.value_from + match.end())
            return


def _points(match: re.Match[str]) -> str:
    if match["a"]:
        return re.sub(r"\s*(?:-|–|to)\s*", "-", re.sub(r"(?<=[A-Z]) (?=\d)", "", match["a"]))
    return f"SCP {match['low']}" + (f"-{match['high']}" if match["high"] else "")


def pay_allowance(advert: Advert) -> Iterator[Find]:
    for clause in _said(advert) + advert.head:
        if (match := _ALLOWANCE.search(clause.text)) and (
            re.search(r"\d", match[0]) or "allowance" in match[0].lower() or clause.topic == "pay"
        ):
            words = match[0].rstrip(")") if match[0].count(")") > match[0].count("(") else match[0]
            yield clause.find("pay_allowance", words, match.start(), match.start() + len(words))
            return
