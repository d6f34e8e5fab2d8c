"""The name of the school or trust, and names in capitals as they are written."""

import re
from collections.abc import Iterator

from .days import MONTH
from .finds import Advert, Find, Sentence
from .roles import role_of

_SMALL = {"of", "the", "and", "for", "in", "on", "at", "to", "a", "an", "with", "by", "or"}
_KEPT = {
    "HR",
    "IT",
    "ICT",
    "PA",
    "PE",
    "RE",
    "DT",
    "TA",
    "HLTA",
    "SEN",
    "SEND",
    "SENCO",
    "SENDCO",
    "EYFS",
    "KS1",
    "KS2",
    "KS3",
    "KS4",
    "KS5",
    "CE",
    "RC",
    "VA",
    "VC",
    "SEMH",
    "ASD",
    "MFL",
    "LSA",
    "MSA",
    "MDSA",
    "ECT",
    "TLR",
    "PPA",
    "PSHE",
    "NQT",
    "CAD",
    "II",
    "III",
    "UPS",
    "MPS",
    "EAL",
    "SLT",
    "DSL",
    "ELSA",
    "BTEC",
    "PRU",
}
_CAPITAL = r"(?:[A-Z\u00c0-\u00de][\w’'.\u00c0-\u024f-]*|\d[\w]*)"
_JOINED = r"(?:of|the|and|&|for|in|le|on|cum|upon|CofE|C\.?E\.?|C of E|Saint|St\.?)"
_KIND = (
    r"(?:schools?|academy|academies|college|nursery|trust|federation|partnership|primary|infants?|juniors?"
    r"|pre-?school|kindergarten|UTC|PRU"
    r"|children’s centre|alliance|learning community|consortium)"
)
_NAME = re.compile(
    rf"(?:(?:The|THE)\s+)?{_CAPITAL}(?:\s+(?:{_JOINED}\s+)*{_CAPITAL}"
    rf"|\s+(?:{_JOINED}\s+)+(?=[A-Z]))*(?:\s*\((?:VA|VC|Trust|MAT|CE|RC)\))?"
)
_IS_KIND = re.compile(rf"\b{_KIND}\b", re.IGNORECASE)
_ENDS_IN_KIND = re.compile(rf"\b{_KIND}(?:\s*\([^)]*\))?$", re.IGNORECASE)
_ONLY_KIND = re.compile(
    rf"(?:the|our|primary|secondary|high|junior|infant|special|first|middle|\s|trust|{_KIND})+", re.IGNORECASE
)
_CUT = re.compile(
    r",?\s+(?:part of|a member of|is|are|–|-|\||•|NOR|serving|based|at)\b.*|\s+[–|•-]\s.*|,\s.*|\s*\((?!VA|VC|CE|RC).*"
    rf"|\s+(?i:{MONTH})\s+20\d\d$",
    re.DOTALL,
)
_NO_SCHOOL = re.compile(
    rf"\b{MONTH}\s+20\d\d"
    r"|[£@:?!]|\bapply\b|\bfrom\b|\bcontact\b|\bschool\s+(?:business|secretary|administrator|cook|librarian"
    r"|receptionist|caretaker|nurse|manager|site|crossing|office)",
    re.IGNORECASE,
)
_PLAIN_STATEMENT = re.compile(
    r"^(?P<name>.+?)(?:’s)?\s+(?:is|are|has|was|expects|seeks?|requires?|wishes|wish|aims?|believes|welcomes|require)\b"
)


def as_written(words: str) -> str:
    """A line in capitals in the letters of a sentence: ``APPRENTICE IT TECHNICIAN`` is an Apprentice IT Technician."""
    if not words.isupper():
        return words
    return re.sub(r"[^\W_][\w’']*", lambda match: _word(match[0], is_first=match.start() == 0), words)


def _word(word: str, is_first: bool) -> str:
    if word in _KEPT or any(sign.isdigit() for sign in word):
        return word
    return word.lower() if word.lower() in _SMALL and not is_first else word.capitalize()


def is_school(words: str) -> bool:
    """Whether these words and no others are the name of a school, an academy or a trust."""
    bare = words.strip(" .,–-")
    if role_of(bare) and not _ENDS_IN_KIND.search(bare):
        return False  # Nursery Teacher, School Cook
    return bool(
        bare
        and _IS_KIND.search(bare)
        and not _ONLY_KIND.fullmatch(bare)
        and _is_name(bare)
        and not _NO_SCHOOL.search(bare)
        and len(bare) < 90
    )


def _is_name(words: str) -> bool:
    words = re.sub(r"\s*\((?:VA|VC|CE|RC)\)", "", words)
    return bool(_NAME.fullmatch(words) or words.isupper())


def school_in(line: str) -> str:
    """The name with which a line begins, without the place and whatever else follows; empty if there is none."""
    for words in (line.strip(), _CUT.sub("", line).strip(" .,")):
        if is_school(words):
            return words
    return ""


def school_named(advert: Advert) -> Iterator[Find]:
    """A label; a line of its own near the head; a part of the title's line; the sentence that begins with it."""
    yield from list(_schools(advert))[:1]


def _schools(advert: Advert) -> Iterator[Find]:
    for clause in advert.about("school"):
        if name := school_in(clause.value):
            yield _found(clause, name)
    yield from sorted(_headings(advert), key=lambda find: _is_group(str(find.value)))
    for clause in advert.clauses:
        if name := _beside_title(clause.text):
            yield _found(clause, name)
    yield from _in_sentences(advert)


def _is_group(name: str) -> bool:
    return re.search(r"\b(?:trust|federation|partnership|alliance)\b", name, re.IGNORECASE) is not None


def _headings(advert: Advert) -> Iterator[Find]:
    for clause in advert.head[:25]:
        if clause.topic in {"", "school", "place"} and (name := school_in(clause.text)):
            yield _found(clause, name)


def _beside_title(line: str) -> str:
    """``HEADTEACHER - WOODLEA JUNIOR SCHOOL``, ``Site Manager at Oak School``."""
    parts = re.split(r"\s+[–-]\s+|\s*[|•]\s*|\s+at\s+|,\s+|\s+require[sd]?\b", line) if len(line) < 130 else []
    return next((name for part in parts if (name := school_in(part))), "")


def _in_sentences(advert: Advert) -> Iterator[Find]:
    found: list[Find] = []
    for clause in advert.clauses:
        if (match := _PLAIN_STATEMENT.match(clause.value)) and (name := school_in(match["name"])):
            found.append(_found(clause, name))
    yield from found
    for clause in advert.clauses:
        for match in re.finditer(rf"\b(?:at|of|join|for|to)\s+({_NAME.pattern})", clause.text):
            if name := school_in(match[1]):
                yield _found(clause, name)


def _found(clause: Sentence, name: str) -> Find:
    at = max(clause.text.find(name), 0)
    shown = name if not name.isupper() else as_written(name)
    return clause.find("school", shown, at, at + len(name))
