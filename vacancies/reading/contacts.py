"""Whom to ask, by telephone or email."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .applying import EMAIL, PHONE, Address, Applying, applying, emails, is_sent_to
from .finds import Advert, Find, Sentence

_STYLE = r"(?:Mr|Mrs|Miss|Ms|Mx|Dr|Revd?|Rev|Sir|Dame|Canon|Prof(?:essor)?|Father|Sister)"
_LETTERS = r"[A-Z\u00c0-\u00de\u0100-\u017f][\w’'\u00c0-\u024f]*"
_PART = rf"{_LETTERS}(?:-{_LETTERS})*\.?"
_NAMED = re.compile(rf"\b{_STYLE}\.?(?: & Mrs)? (?P<name>{_PART}(?: {_PART}){{0,3}})")
_UNTITLED = re.compile(
    rf"\b(?i:contact|ring|telephone|phone|call|email|e-mail|speak to|speak with|talk to|ask for"
    rf"|questions to|questions\?|to|with|from)(?i: our"
    rf"| the)?[:\s,]\s*(?P<name>{_LETTERS}(?:-{_LETTERS})*(?: (?:[A-Z]\."
    rf"|{_LETTERS}(?:-{_LETTERS})*)){{1,2}})(?=[\s,.:;(]|$)"
)
_NAMED_FIRST = re.compile(rf"{_LETTERS}(?:-{_LETTERS})*(?: {_LETTERS}(?:-{_LETTERS})*){{1,2}}(?=[,(:]|$)")
# Director of Performing Arts, Tamsin Quick: tquick@oak.example
_BEFORE_ADDRESS = re.compile(
    rf",\s+(?P<name>{_LETTERS}(?:-{_LETTERS})*(?: {_LETTERS}(?:-{_LETTERS})*){{1,2}})(?=\s?[:,(–-]\s?(?:[\w.+'-]+@|\(?0\d))"
)
_ROLE = re.compile(
    rf"^(?:,\s*|\s*\()(?P<role>(?:the )?{_LETTERS}(?:[ /-](?:{_LETTERS}|of|to|the|and|&|for"
    rf"|in)){{0,5}})\)?(?=[,.:;)\n]|\s+(?:on|at|by|via|or|[a-z\d])|\s*$)"
)
_NO_NAME = re.compile(
    r"\b(?:School|Academy|Trust|College|Team|Office|Street|Road|Lane|Monday|Tuesday|Wednesday|Thursday"
    r"|Friday|January|February|March|April|May|June|July|August|September|October|November|December|Key"
    r"|Stage|Year|Human|Resources"
    r"|Head|Headteacher|Teacher|Primary|Portal|Department|Council|Application|Form|Forms|Local|Government"
    r"|Early|Career|Children|Early|Disability|Confident|The|This|Pack|Website|Visits|Business|Manager"
    r"|Admissions|DBS|KS\d)\b"
)
_CONTACT = re.compile(
    r"\bcontact|\bbook\b|\bring\b|\btelephone|\bphone|\bcall\b|\bspeak|\binformal|\bquestions?\b|\bvisit|\bto\b|\bemail",
    re.IGNORECASE,
)
_NOT_A_CONTACT = re.compile(
    r"\bretir|\bline manage|\breport(?:s|ing)? to\b|\bfounded|\bled by\b|\bresponsible to|\bour head(?:teacher)?\b,",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\bquestions?\b|\bquer(?:y|ies)\b|\binformal\b|\bdiscuss|\bdifficult|\bchat\b|\benquir"
    r"|\bconversation\b|\bfind out more|\b(?:further|more) (?:information|details)\b|\bvisit",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Contact:
    clause: Sentence
    start: int
    end: int
    value: str


def contact(advert: Advert) -> Contact | None:
    """The person named beside an address, a number, or the word contact; one whom to ask before one whom to write to."""
    found = [one for clause in advert.clauses if (one := _person(clause))]
    asked = [one for one in found if _ASKED.search(one.clause.text) or one.clause.topic in {"contact", "visits"}]
    return next(iter([*asked, *found]), None)


def _person(clause: Sentence) -> Contact | None:
    if _NOT_A_CONTACT.search(clause.text):
        return None
    for pattern in (_NAMED, _UNTITLED, _BEFORE_ADDRESS):
        for match in pattern.finditer(clause.text):
            if _NO_NAME.search(match["name"]) or not _speaks_of_contact(clause):
                continue
            start = match.start() if pattern is _NAMED else match.start("name")
            end = match.end("name") - (match["name"].endswith(".") and len(match["name"]) > 4)
            return _with_role(clause, start, end)
    is_named_first = clause.topic == "contact" or PHONE.search(clause.text) or EMAIL.search(clause.text)
    first = _NAMED_FIRST.match(clause.value) if is_named_first else None
    if first and not _NO_NAME.search(first[0]):
        return _with_role(clause, clause.value_from, clause.value_from + first.end())
    return None


def _speaks_of_contact(clause: Sentence) -> bool:
    is_said = any(pattern.search(clause.text) for pattern in (_CONTACT, EMAIL, PHONE))
    return is_said or clause.topic in {"contact", "apply"}


def _with_role(clause: Sentence, start: int, end: int) -> Contact:
    role = _ROLE.match(clause.text[end:])
    if (
        role
        and not re.search(r"\d|@", role[0])
        and not re.search(
            r"\b(?:School|Academy|College|Trust)\b(?! (?:Business|Secretary|Administrator|Office|Manager))", role["role"]
        )
    ):
        closes = role[0].strip().startswith("(") and clause.text[end + role.end() - 1 : end + role.end()] != ")"
        return Contact(
            clause, start, end + role.end(), (clause.text[start : end + role.end()] + (")" if closes else "")).strip(" ,.:")
        )
    return Contact(clause, start, end, clause.text[start:end].strip(" ,.:"))


def whom_to_ask(advert: Advert) -> Iterator[Find]:
    person, known = contact(advert), applying(advert)
    if person:
        yield person.clause.find("contact_name", person.value[:120], person.start, person.end)
    if phone := _contact_phone(advert, person, known):
        yield phone
    address = next((one for one in sorted(emails(advert), key=lambda one: one.score) if _is_asked(one, person)), None)
    if address and (not _is_to_apply(address, known) or _is_asked_too(address, person)):
        yield address.clause.find("contact_email", address.value, address.start, address.end)


def _is_to_apply(address: Address, known: Applying) -> bool:
    return known.email is not None and known.method != "url" and address.value == known.email.value


def _is_asked_too(address: Address, person: Contact | None) -> bool:
    is_of_person = person is not None and address.clause is person.clause and not is_sent_to(address.clause.text, address.start)
    return is_of_person and bool(_ASKED.search(address.clause.text))


def _is_asked(address: Address, person: Contact | None) -> bool:
    is_of_person = person is not None and (address.clause is person.clause or _is_next_line(person.clause, address.clause))
    return is_of_person or address.score < 0 or bool(_ASKED.search(address.clause.text))


def _is_next_line(one: Sentence, other: Sentence) -> bool:
    return 0 <= other.start - (one.start + len(one.text)) <= 2


def _contact_phone(advert: Advert, person: Contact | None, known: Applying) -> Find | None:
    """The number beside the person; else the only one, unless it is where one asks for a form."""
    numbers = [
        (clause, match)
        for clause in advert.clauses
        for match in PHONE.finditer(clause.text)
        if not re.search(r"\bfax\b", clause.text[: match.start()], re.IGNORECASE)
    ]
    beside = [one for one in numbers if person and (one[0] is person.clause or _is_next_line(person.clause, one[0]))]
    others = [] if known.method == "phone_or_collect" else numbers
    for clause, match in [*beside, *others]:
        return clause.of_match("contact_phone", " ".join(match[0].split()), match)
    return None
