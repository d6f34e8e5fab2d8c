"""The school's own safeguarding statement, and which check it names."""

import re
from collections.abc import Iterator
from itertools import groupby

from .finds import Advert, Find, Sentence

_SPEAKS = re.compile(
    r"\bsafeguard|\bDBS\b|\bbarred list|\bdisclosure (?:and barring|check)"
    r"|\bkeeping (?:our )?children safe|\bprotect(?:ion|ing) (?:of )?(?:the )?children"
    r"|\bwelfare of (?:all )?(?:our )?(?:children|young people|pupils|students)"
    r"|\brehabilitation of offenders|\bpre-?employment checks|\bsafer recruitment|\bKCSIE\b|\bonline search|\bprohibition order",
    re.IGNORECASE,
)
_CORE = re.compile(r"\bsafeguard|\bDBS\b|\bchildren safe|\bdisclosure|\bwelfare of|\bbarred", re.IGNORECASE)
_NOT_STATED = re.compile(
    r"\b(?:experience|knowledge|understanding|training) (?:of|in)\b|\bdesignated safeguarding lead\b|\bDSL\b", re.IGNORECASE
)
_ENHANCED = re.compile(r"\benhanced\b", re.IGNORECASE)
_BARRED = re.compile(r"\bbarred[- ]?list|\bbarring list|\blist of (?:those )?barred|\bbarred from working", re.IGNORECASE)
_NO_BARRED = re.compile(r"\b(?:no|not|without)\b[^.,;)]{0,25}\bbarred|\bbarred list check is not", re.IGNORECASE)


def safeguarding_text(advert: Advert) -> Iterator[Find]:
    """The sentences that speak of it, in the one statement or in neighbours, without a label before them."""
    found = [clause for clause in advert.clauses if _is_said(clause)]
    if not any(_CORE.search(clause.text) for clause in found):
        return
    run = _longest_run(advert, found)
    first = run[0]
    words = " ".join(_with_stop(words) for words in _sentences(run))
    yield first.find("safeguarding_text", words, first.value_from if first.topic == "safeguarding" else 0, len(first.text))


def _sentences(run: list[Sentence]) -> Iterator[str]:
    """Those of one statement as they stand, semicolons and all."""
    for statement, together in groupby(run, key=lambda clause: clause.statement):
        clauses = list(together)
        begin = clauses[0].value_from if clauses[0].topic == "safeguarding" else 0
        begin += clauses[0].start - statement.start
        yield statement.text[begin : clauses[-1].start - statement.start + len(clauses[-1].text)]


def _with_stop(words: str) -> str:
    return words if words.endswith((".", "!", "?", ";", ":")) else f"{words}."


def _is_said(clause: Sentence) -> bool:
    if clause.statement.kind == "item" or (clause.topic == "safeguarding" and not clause.value):
        return False
    return bool(
        (_SPEAKS.search(clause.text) or clause.topic == "safeguarding")
        and not (_NOT_STATED.search(clause.text) and not re.search(r"\bcommitted\b|\bDBS\b", clause.text))
    )


def _longest_run(advert: Advert, found: list[Sentence]) -> list[Sentence]:
    order = {id(clause): index for index, clause in enumerate(advert.clauses)}
    runs: list[list[Sentence]] = []
    for clause in found:
        if runs and order[id(clause)] - order[id(runs[-1][-1])] == 1:
            runs[-1].append(clause)
        else:
            runs.append([clause])
    return max(
        runs,
        key=lambda run: (
            sum(bool(re.search(r"\bsafeguard|\bDBS\b", one.text)) for one in run),
            sum(len(one.text) for one in run),
        ),
    )


def dbs(advert: Advert) -> Iterator[Find]:
    for clause in advert.clauses:
        match = _ENHANCED.search(clause.text)
        if match and re.search(r"\bDBS\b|\bdisclosure\b|\bbarring\b|\bbarred\b", clause.text, re.IGNORECASE):
            near = clause.text
            barred = _BARRED.search(near) and not _NO_BARRED.search(near)
            yield clause.find("dbs", "enhanced_with_barred_list" if barred else "enhanced", match.start(), len(clause.text))
            return
