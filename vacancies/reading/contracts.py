"""For how long, and how much of a week: contract, its detail, the pattern of work, job share, the share of full time."""

import re
from collections.abc import Iterator

from .days import DAY, MONTH
from .finds import Advert, Find, Sentence

# By the value of the form; what an advert says of it.
CONTRACTS: dict[str, str] = {
    "casual_or_permanent": r"\b(?:permanent or casual|casual or permanent)\b",
    "apprenticeship": r"\bapprentice(?:ship)?\b",
    "fixed_term": r"\bfixed[- ]term\b|\bFTC\b",
    "temporary": r"\btemporary\b|\btemp\b",
    "casual": r"\bcasual\b|\bzero[- ]hours?\b|\bbank staff\b|\bsessional\b",
    "permanent": r"\bpermanent(?:ly)?\b",
}
_CONTRACTS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in CONTRACTS.items()}
_BEGINS = re.compile(r"(?:permanent|temporary|fixed[- ]term|casual)\b", re.IGNORECASE)  # Temporary, while our grant lasts
_COVER = re.compile(
    r"\b(?:maternity|paternity|adoption|parental|sickness|long[- ]term (?:sickness|absence)|secondment"
    r"|sabbatical)(?: leave)?(?: cover)?\b(?: ?\([^)]{3,40}\))?",
    re.IGNORECASE,
)
_DAY = re.sub(r"\?P<\w+>", "?:", DAY)
_MONTH_YEAR = rf"{MONTH}\s+20\d\d"
_ENDS = re.compile(
    rf"\b(?:(?:until|till|to|ending(?: on)?|up to)\s+(?:the (?:end of|return of)\s+)?(?:{_DAY}"
    rf"|{_MONTH_YEAR}|(?:the\s+)?(?:end of )?(?:the )?(?:summer|autumn|spring|academic) (?:term"
    rf"|year)(?:\s+20\d\d)?|july|august)"
    r"(?:\s+in the first instance|\s+initially)?)",
    re.IGNORECASE,
)
_FROM_TO = re.compile(rf"\b(?:from\s+)?(?:{_DAY}|{_MONTH_YEAR})\s*(?:to|until|–|-)\s*(?:{_DAY}|{_MONTH_YEAR})", re.IGNORECASE)
_LENGTH = re.compile(
    r"\b(?:(?:for|approx\.?(?:imately)?|initially|up to)\s+)?(?:approx\.?\s+)?(?:an? |one|two|three|four"
    r"|six|\d{1,2})[\s-](?:full )?(?:academic )?(?:years?|months?|terms?)(?:\s+initially"
    r"|\s+in the first instance)?(?!\s+(?:group|old|prob))\b"
    r"|\bone-year\b",
    re.IGNORECASE,
)
_PROBATION = re.compile(r"\bsubject to (?:an? )?[\w-]+(?:[ -]month)? probation\w*(?: period)?", re.IGNORECASE)
_TERMS = re.compile(r"\bfixed[- ]term|\btemporary|\bmaternity|\bcontract\b|\bcover\b|\bapprenticeship", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\bretir|\bfounded|\bworked together|\baged\b|\bold\b", re.IGNORECASE)
_JOB_SHARE = re.compile(
    r"\bjob[- ]?shar(?:e|es|ing|ers)\b|\b(?:want|wish|like|hop(?:e|ing)|prefer|able|apply"
    r"|open)(?:ing)? (?:to )?(?:two people )?shar(?:e|ing)"
    r" (?:the|this) (?:job|post|role|position)\b|\b(?:job|post|role|position) (?:can|could|may|might) be shared\b"
    r"|\bshared? (?:the |this )?(?:job|post|role)s?\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\bnot\b|\bno\b|\bunable\b|\bcannot\b", re.IGNORECASE)
_FULL = re.compile(
    r"\bfull[- ]?time\b(?!\s+(?:equivalent|salary|pay|teaching assistant|TA\b|SENCO|equiv|staff|hours|nursery))", re.IGNORECASE
)
_PART = re.compile(r"\bpart[- ]?time\b(?!\s+(?:staff|salary))", re.IGNORECASE)
_EITHER = re.compile(
    r"\bfull[- ]?(?:time)?,? ?(?:or|/|and) ?part[- ]?time|\bfull[- ]time or (?:0\.\d|job)"
    r"|\bpart[- ]?time (?:applications? )?(?:will be |would be |may be |also )?considered"
    r"|\bpart or full[- ]?time",
    re.IGNORECASE,
)
_AS_NEEDED = re.compile(r"\bas and when\b|\bzero[- ]hours?\b", re.IGNORECASE)
_SOUGHT = re.compile(r"\b(?:requir|seek|looking for|appoint|need|offer|post is|position is|vacancy)", re.IGNORECASE)
_FTE = re.compile(
    r"(?<![\d.£])(?P<share>0?\.\d{1,4}|1(?:\.0+)?)\s*(?:of\s+)?(?:FTE\b|full[- ]time equivalent)"
    r"|\bFTE\s*[:=]?\s*(?P<behind>0?\.\d{1,4}|1(?:\.0+)?)(?![\d,])|(?:part[- ]?time"
    r"|p/t)\s*[,(–-]+\s*(?P<title>0?\.\d{1,4})(?![\d,])"
    r"|\((?P<alone>0\.\d{1,4})\)",
    re.IGNORECASE,
)


def _said(advert: Advert) -> list[Sentence]:
    """Where contracts are spoken of: labelled lines first, then lines of facts, then sentences that seek somebody."""
    labelled = advert.about("contract", "pattern")
    facts = [
        one
        for one in advert.clauses
        if (one.is_fact or _BEGINS.match(one.text))
        and one not in labelled
        and one.topic not in {"apply", "contact", "visits", "safeguarding"}
        and one.statement.kind != "item"
    ]
    sought = [one for one in advert.clauses if not one.is_fact and _SOUGHT.search(one.text) and one.statement.kind != "item"]
    return [*labelled, *facts, *sought]


def kind_of_contract(advert: Advert) -> Iterator[Find]:
    labelled = advert.about("contract", "pattern")
    found = list(_contracts(_said(advert)))
    of_label = [find for find in found if any(one.start <= find.start < one.start + len(one.text) for one in labelled)]
    kept = of_label or found
    if kept:
        first = kept[0]
        yield first
        rivals = {find.value for find in kept} - {first.value}
        if rivals == {"temporary"} or first.value in {
            "apprenticeship",
            "casual",
            "casual_or_permanent",
            "fixed_term",
            "temporary",
        }:
            return
        yield from (find for find in kept if find.value != first.value)
        return
    for clause in advert.about("contract"):
        if match := _ENDS.match(clause.value) or _LENGTH.match(clause.value):
            begin = clause.value_from + match.start()
            yield clause.find("contract", "fixed_term", begin, begin + len(match[0]))
            return
    for clause in advert.clauses:
        if (clause.is_fact or clause in advert.head) and (match := _COVER.search(clause.text)) and "cover" in match[0].lower():
            yield clause.of_match("contract", "fixed_term", match)
            return


def _contracts(clauses: list[Sentence]) -> Iterator[Find]:
    for clause in clauses:
        for name, pattern in _CONTRACTS.items():
            if match := pattern.search(clause.text):
                yield clause.of_match("contract", name, match)
                break


def contract_detail(advert: Advert) -> Iterator[Find]:
    """Maternity cover, how long, until when: in the words of the advert, joined if they stand apart."""
    pieces: list[tuple[Sentence, re.Match[str]]] = []
    for clause in _detailed(advert):
        for pattern in (_COVER, _FROM_TO, _ENDS, _LENGTH, _PROBATION):
            match = pattern.search(clause.text)
            if match and not _overlaps(clause, match, pieces) and _is_of_contract(clause, match, pattern):
                pieces.append((clause, match))
        if len(pieces) > 1 and clause.topic == "contract":
            break
    seen: dict[str, tuple[Sentence, re.Match[str]]] = {}
    for clause, match in pieces:
        if not any(match[0].lower() in other for other in seen) and not any(
            re.sub(r"\D", "", match[0]) and re.sub(r"\D", "", match[0]) == re.sub(r"\D", "", other) for other in seen
        ):
            seen[match[0].lower()] = (clause, match)
    if seen:
        clause, match = next(iter(seen.values()))
        words = ", ".join(one[0].strip() for _, one in seen.values())
        yield clause.find("contract_detail", words[:200], match.start(), match.end())


def _detailed(advert: Advert) -> list[Sentence]:
    return [
        one
        for one in _said(advert)
        if one.topic in {"contract", "start", "pattern", "title"}
        or _TERMS.search(one.text)
        or _PROBATION.search(one.text)
        or _ENDS.search(one.text)
    ]


def _is_of_contract(clause: Sentence, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
    if clause.topic in {"hours", "interview", "closing", "visits", "shortlisting", "pay"} or _OF_OTHERS.search(clause.text):
        return False
    if pattern is _LENGTH:
        return bool(_TERMS.search(clause.text) or clause.topic in {"contract", "start"})
    return clause.is_fact or bool(_TERMS.search(clause.text))


def _overlaps(clause: Sentence, match: re.Match[str], pieces: list[tuple[Sentence, re.Match[str]]]) -> bool:
    return any(clause is other and match.start() < taken.end() and taken.start() < match.end() for other, taken in pieces)


def working_pattern(advert: Advert) -> Iterator[Find]:
    for clause in _said(advert):
        for value, pattern in (("either", _EITHER), ("part_time", _PART), ("full_time", _FULL)):
            if (match := pattern.search(clause.text)) and (clause.is_fact or _is_sought(clause, match)):
                yield clause.of_match("working_pattern", value, match)
                return
    for clause in advert.about("hours") + [one for one in advert.clauses if one.is_fact]:
        if match := _AS_NEEDED.search(clause.text):
            yield clause.of_match("working_pattern", "casual", match)
            return


def _is_sought(clause: Sentence, match: re.Match[str]) -> bool:
    before = clause.text[max(0, match.start() - 60) : match.start()]
    return _SOUGHT.search(before) is not None


def job_share(advert: Advert) -> Iterator[Find]:
    for clause in advert.clauses:
        if (match := _JOB_SHARE.search(clause.text)) and not _REFUSED.search(clause.text):
            yield clause.of_match("job_share", True, match)
            return


def fte(advert: Advert) -> Iterator[Find]:
    """``Full time or 0.8`` is no share of the post, and is not found."""
    for clause in [*advert.about("fte"), *advert.clauses]:
        match = _FTE.search(clause.text)
        share = next((one for one in match.groups() if one), "") if match else ""
        if (
            not share
            and clause.topic == "fte"
            and (match := re.search(r"(?<![\d.])(?:0?\.\d{1,4}|1(?:\.0+)?)(?!\d)", clause.value))
        ):
            yield clause.find("fte", _share(match[0]), clause.value_from, len(clause.text))
            return
        if match and share and (clause.is_fact or match["share"]):
            yield clause.of_match("fte", _share(share), match)
            return


def _share(words: str) -> str:
    return f"{float(words):.4f}".rstrip("0").rstrip(".")
