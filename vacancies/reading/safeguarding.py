"""The school's own safeguarding statement, and which check it names."""

import re
from collections.abc import Iterator

from .finds import Clause, Find, Text

_SPEAKS = re.compile(
    r"\bsafeguard|\bDBS\b|\bbarred list|\bdisclosure (?:and barring|check)|\bkeeping (?:our )?children safe|\bprotect(?:ion|ing) (?:of )?(?:the )?children|\bwelfare of (?:all )?(?:our )?(?:children|young people|pupils|students)"
    r"|\brehabilitation of offenders|\bpre-?employment checks|\bsafer recruitment|\bKCSIE\b|\bonline search|\bprohibition order", re.IGNORECASE,
)
_CORE = re.compile(r"\bsafeguard|\bDBS\b|\bchildren safe|\bdisclosure|\bwelfare of|\bbarred", re.IGNORECASE)
_NOT_STATED = re.compile(r"\b(?:experience|knowledge|understanding|training) (?:of|in)\b|\bdesignated safeguarding lead\b|\bDSL\b", re.IGNORECASE)
_ENHANCED = re.compile(r"\benhanced\b", re.IGNORECASE)
_BARRED = re.compile(r"\bbarred[- ]?list|\bbarring list|\blist of (?:those )?barred|\bbarred from working", re.IGNORECASE)
_NO_BARRED = re.compile(r"\b(?:no|not|without)\b[^.,;)]{0,25}\bbarred|\bbarred list check is not", re.IGNORECASE)


def safeguarding_text(text: Text) -> Iterator[Find]:
    """The sentences that speak of it, in the one statement or in neighbours, without a label before them."""
    found = [clause for clause in text.clauses if _is_said(clause)]
    if not any(_CORE.search(clause.text) for clause in found):
        return
    run = _longest_run(text, found)
    words = " ".join(_with_stop(clause.value if clause.topic == "safeguarding" else clause.text) for clause in run)
    first = run[0]
    yield first.find("safeguarding_text", words, first.value_from if first.topic == "safeguarding" else 0, len(first.text))


def _with_stop(words: str) -> str:
    return words if words.endswith((".", "!", "?", ";", ":")) else f"{words}."


def _is_said(clause: Clause) -> bool:
    if clause.statement.kind == "item" or (clause.topic == "safeguarding" and not clause.value):
        return False
    return bool((_SPEAKS.search(clause.text) or clause.topic == "safeguarding") and not (_NOT_STATED.search(clause.text) and not re.search(r"\bcommitted\b|\bDBS\b", clause.text)))


def _longest_run(text: Text, found: list[Clause]) -> list[Clause]:
    order = {id(clause): index for index, clause in enumerate(text.clauses)}
    runs: list[list[Clause]] = []
    for clause in found:
        if runs and order[id(clause)] - order[id(runs[-1][-1])] == 1:
            runs[-1].append(clause)
        else:
            runs.append([clause])
    return max(runs, key=lambda run: (sum(bool(re.search(r"\bsafeguard|\bDBS\b", one.text)) for one in run), sum(len(one.text) for one in run)))


def dbs(text: Text) -> Iterator[Find]:
    for clause in text.clauses:
        match = _ENHANCED.search(clause.text)
        if match and re.search(r"\bDBS\b|\bdisclosure\b|\bbarring\b|\bbarred\b", clause.text, re.IGNORECASE):
            near = clause.text
            barred = _BARRED.search(near) and not _NO_BARRED.search(near)
            yield clause.find("dbs", "enhanced_with_barred_list" if barred else "enhanced", match.start(), len(clause.text))
            return
