"""When the post starts: on a day, at the start of a term, or as soon as possible."""

import re
from collections.abc import Iterator

from .days import MONTH, days_in
from .finds import Advert, Find, Sentence

_ASAP = re.compile(
    r"\b(?:as soon as (?:possible|practicable|available|can be arranged"
    r"|(?:(?:all|the|our|your|dbs|necessary|safer|pre-?|employment|pre-?employment|recruitment) ?)*"
    r"(?:checks?|clearances?|references?)\b(?: (?:allow|are|have been|is|has been|permit)\b)?"
    r"(?: (?:complete\w*|done|made|in|back|received|satisfactory))?)|asap"
    r"|immediate(?:ly)?(?: start)?|straight away|soonest)\b",
    re.IGNORECASE,
)
_OR_SOONER = re.compile(r"\b(?:or|if) (?:earlier|sooner|before|possible)", re.IGNORECASE)
_SEASON = r"(?:easter|summer|autumn|spring|christmas)(?: term)?(?:(?:,? (?:of )?)?20\d\d)?"
_TERM = re.compile(
    rf"\b(?:(?:after |early |mid[- ]|late )?(?:{MONTH}|{_SEASON})(?:\s+(?:or|and|/)\s+(?:{MONTH}"
    rf"|{_SEASON}))*(?:,?\s+20\d\d)?(?:\s+or as soon as possible(?: thereafter)?)?(?:\s*\([^)\d]{{3,40}}\))?)",
    re.IGNORECASE,
)
_TERM_ALONE = re.compile(rf"(?:^|[,•|–-])\s*(?P<term>(?:{MONTH}|{_SEASON})\s+20\d\d)\s*(?=$|[,•|–-])", re.IGNORECASE)
_STARTS = re.compile(
    r"\b(?:required|to start|start(?:ing|s)?(?: date)?(?: is| on| in| from)?|commenc\w+|begin(?:ning|s)?"
    r"|available|wanted|needed|join us)\b[:\s–-]*(?:for|from|on|in|by|at the start of|the)?\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:^\s*|[,•|–-]\s*)(?:from|for|with effect from|w\.?e\.?f\.?)\s+(?=\S)", re.IGNORECASE)
_FROM_OF_CONTRACT = re.compile(
    r"\b(?:contract|fixed[- ]term|temporary|cover|maternity(?: leave)?)\b(?:.{0,30}\bfrom\s+"
    r"|,\s+(?=\w+ 20\d\d (?:to|until|–|-)))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\b(?:until|till|ending|ends|finishing)\b[^,;]{0,20}$", re.IGNORECASE)


_OTHER_TOPICS = {"closing", "interview", "visits", "shortlisting", "hours"}


def start(advert: Advert) -> Iterator[Find]:
    for clause in advert.about("start"):
        if found := list(_start(advert, clause, clause.value_from)):
            yield from found
            return
    yield from next((found for one in advert.clauses if (found := list(_said_to_start(advert, one)))), None) or next(
        (found for one in advert.clauses if (found := list(_bare_start(advert, one)))), []
    )


def _said_to_start(advert: Advert, clause: Sentence) -> Iterator[Find]:
    """``Required for 12 April``, in a line or in a sentence."""
    if clause.topic in _OTHER_TOPICS or clause.statement.kind == "item":
        return
    for match in _STARTS.finditer(clause.text):
        is_meant = clause.is_fact or not match[0].lower().startswith(("begin", "join"))
        if is_meant and (found := list(_start(advert, clause, match.end(), near=True))):
            yield from found
            return


def _bare_start(advert: Advert, clause: Sentence) -> Iterator[Find]:
    """``From January 2027``; ``Immediate start``; the first day of ``from 4 January to 31 December 2027``."""
    if clause.topic not in {"", "contract"} or not (clause.is_fact or "asap" in clause.text.lower()):
        return
    if _ASAP.search(clause.text) and re.search(r"\bstart|\bimmediate", clause.text, re.IGNORECASE):
        yield from _start(advert, clause, 0)
    elif match := _FROM.search(clause.text) or _FROM_OF_CONTRACT.search(clause.text):
        yield from _start(advert, clause, match.end(), near=True)
    else:
        yield from _term_alone(clause)


def _term_alone(clause: Sentence) -> Iterator[Find]:
    """``Full time - Permanent - September 2027``."""
    if match := _TERM_ALONE.search(clause.text):
        yield clause.find("start", "term", match.start("term"), match.end("term"))
        yield clause.find("start_text", match["term"], match.start("term"), match.end("term"))


def _start(advert: Advert, clause: Sentence, begin: int, near: bool = False) -> Iterator[Find]:
    rest = clause.text[begin:]
    day = next((day for day in days_in(rest, advert.after) if not _ENDS.search(rest[: day.start])), None)
    term, asap = _TERM.search(rest), _ASAP.search(rest)
    reach = 12 if near else len(rest)
    if (
        day
        and near
        and term
        and term.start() < min(day.start, reach)
        and day.start - term.end() < 4
        and not term[0].lower().startswith(rest[day.start : day.start + 3].lower())
    ):
        reach = max(reach, day.start + 1)  # Easter 2027 (Monday 12th April 2027)
    if day and day.start <= reach:
        end = (
            begin
            + day.end
            + (
                match.end()
                if (match := re.match(r"\s*\(?(?:or (?:earlier|sooner|before)[^,.;)]{0,20}|if possible)\)?", rest[day.end :]))
                else 0
            )
        )
        sooner = _OR_SOONER.search(clause.text[begin + day.end : begin + day.end + 30])
        yield clause.find("start", "date_or_earlier" if sooner else "date", begin + day.start, end, certain=day.is_that_weekday)
        yield clause.find("starts_on", day.on.isoformat(), begin + day.start, begin + day.end, certain=day.is_that_weekday)
    elif term and term.start() <= reach and not re.fullmatch(r"(?:may|mar|march)", term[0], re.IGNORECASE):
        yield clause.find("start", "term", begin + term.start(), begin + term.end())
        yield clause.find("start_text", term[0].strip(), begin + term.start(), begin + term.end())
    elif asap and asap.start() <= max(reach, 20):
        yield clause.find("start", "asap", begin + asap.start(), begin + asap.end())
