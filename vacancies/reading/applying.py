"""How to apply, where to, whether with a CV; and whom to ask."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .finds import Clause, Find, Text

EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
PHONE = re.compile(r"(?<![\d£.,/])(?:\+44\s?\(?0?\)?\s?|\(?0)\d[\d\s()-]{7,14}\d(?:\s?(?:ext|x)\.?\s?\d{1,5})?(?![\d/])", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"()]+|(?<![@\w.])(?:[\w-]+\.)+(?:example|uk|com|org|net|ac|sch|gov)(?:\.uk)?/[^\s<>\"()]+", re.IGNORECASE)
# What a sentence says of the address in it: that applications go there, that one may ask there, or neither.
_RETURN = re.compile(
    r"\b(?:return(?:ed|ing)?|completed|submit\w*|e-?mailed|sent|send|forward\w*|posted)\b|\bapply\b|\bapplications? (?:to|by|should|must|forms? to|via|can be)|\bletters? of application|\bform and letter|\bexpressions? of interest|\bCVs?\b|\bto:\s*$",
    re.IGNORECASE,
)
_FORMS = re.compile(r"\bapplication (?:forms?|packs?|details)|\bforms?\b|\bapplications?\b|\bpacks?\b|\bdownload", re.IGNORECASE)
_ASKING = re.compile(r"\bquestions?\b|\bquer(?:y|ies)\b|\binformal\b|\bdiscuss|\bdifficult|\bchat\b|\benquir|\bfind out more|\bhelp with\b|\bneed help\b|\bproblems?\b|\bconversation\b|\b(?:further|more) (?:information|details)\b", re.IGNORECASE)
_VISIT = re.compile(r"\bvisit|\btour\b|\blook round", re.IGNORECASE)
_BY_POST = re.compile(r"\bby post\b|\bor posted\b|\bposted to\b|\bpost or\b|\bor post\b|\bor to [A-Z][^.]{5,80}\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\bby (?:e-?mail|email) or post\b", re.DOTALL)
_BY_EMAIL = re.compile(r"\bby e-?mail\b|\bto this (?:e-?mail )?address\b|\bto (?:the )?(?:above|same) (?:e-?mail )?address\b|\bto the clerk\b|\be-?mailed\b", re.IGNORECASE)
_FORM_BY_PHONE = re.compile(r"\b(?:ring|telephone|tele?phone|call|phone|collect)\b", re.IGNORECASE)
_NOT_TO_APPLY = re.compile(r"\.(?:docx?|pdf|xlsx?|odt)\b|twitter|facebook|instagram|linkedin|youtube|\bpolicy|gov\.uk/|google\.|privacy", re.IGNORECASE)
_ONLINE = re.compile(r"apply|application|online|on-?line|vacanc|portal|recruit|careers?|jobs?\b|website|form|link|download|pack", re.IGNORECASE)
_NO_CV = re.compile(r"\bCVs?\b[^.]{0,40}\b(?:not|un)|\b(?:not|cannot|no|unable to)\b[^.]{0,40}\bCVs?\b|\bnot by CV|\bCVs?:\s*no\b", re.IGNORECASE)
_CV = re.compile(r"\b(?:send|submit|email|with|your|a|by|current|full)\s+(?:your |a |an )?(?:up[- ]to[- ]date |current |full )?CVs?\b|\bCVs? (?:and|with|plus|or|are (?:accepted|welcome)|accepted|welcome)|\bCVs?:\s*yes\b", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    clause: Clause
    start: int
    end: int
    value: str
    score: int


def emails(text: Text) -> list[Address]:
    """Each address once for each place where it stands, those to which applications go first."""
    found = []
    for index, clause in enumerate(text.clauses):
        places = [(match.start(), match.end(), match[0]) for match in EMAIL.finditer(clause.text)]
        places += [(start, end, href[7:].split("?")[0]) for start, end, href in clause.links() if href.startswith("mailto:") and not EMAIL.search(clause.text[start:end])]
        for start, end, value in places:
            found.append(Address(clause, start, end, value.strip(".'").lower(), _score(text.clauses, index, start)))
    return sorted(found, key=lambda address: -address.score)


def _score(clauses: list[Clause], index: int, start: int) -> int:
    clause = clauses[index]
    words = clause.text
    score = 3 * bool(_RETURN.search(words)) + bool(_FORMS.search(words)) + 2 * (clause.topic == "apply") + (clause.topic == "closing")
    if _ASKING.search(words) or clause.topic in {"contact", "visits"}:
        score -= 4
    elif _VISIT.search(words) and not _FORMS.search(words):
        score -= 2
    following = clauses[index + 1].text if index + 1 < len(clauses) else ""
    if _BY_EMAIL.search(following) and _RETURN.search(following) and not EMAIL.search(following):
        score += 5
    return score


@dataclass(frozen=True)
class Applying:
    """What the advert says of applying, taken together: an address alone does not tell the way."""

    email: Address | None
    link: Address | None
    phone: Address | None
    is_by_post: bool

    @property
    def method(self) -> str:
        if self.email and (not self.link or self.email.score >= self.link.score):
            return "post_or_email" if self.is_by_post else "email"
        if self.link:
            return "url"
        return "phone_or_collect" if self.phone else ""


def applying(text: Text) -> Applying:
    best = next((address for address in emails(text) if address.score > 0), None) or _named_elsewhere(text)
    return Applying(best, _link(text), _phone(text), any(_BY_POST.search(clause.text) for clause in text.clauses))


def _named_elsewhere(text: Text) -> Address | None:
    """``Completed forms to the Clerk by email please``: the address stands in another sentence, and is the only one."""
    if any(_RETURN.search(clause.text) and _BY_EMAIL.search(clause.text) for clause in text.clauses):
        found = emails(text)
        if len({address.value for address in found}) == 1:
            return Address(found[0].clause, found[0].start, found[0].end, found[0].value, 5)
    return None


def _link(text: Text) -> Address | None:
    found = []
    for index, clause in enumerate(text.clauses):
        before = text.clauses[index - 1].text if index else ""
        for start, end, value in _links(clause):
            if _NOT_TO_APPLY.search(value):
                continue
            near = f"{before[-80:] if len(clause.text) < 90 else ''} {clause.text}"
            score = 3 * bool(re.search(r"\bapply\b|\bapplications? (?:are|is|can|should|must|made|online|via)|\bonline\b", near, re.IGNORECASE)) + bool(_ONLINE.search(near)) + 2 * (clause.topic == "apply")
            score -= 4 * bool(_ASKING.search(clause.text) and not re.search(r"\bapply\b|\bapplication", clause.text, re.IGNORECASE))
            score -= 2 * bool(re.fullmatch(r"(?:https?://)?(?:www\.)?[^/]+/?", value))
            if score > 0:
                found.append(Address(clause, start, end, value, score))
    return max(found, key=lambda address: address.score, default=None)


def _links(clause: Clause) -> Iterator[tuple[int, int, str]]:
    """Where a link truly leads, not what its words say."""
    marked = [(start, *_whole(clause, start, end, href)) for start, end, href in clause.links() if href.startswith("http")]
    yield from marked
    for match in _LINK.finditer(clause.text):
        if not any(start <= match.start() < end for start, end, _ in marked) and "@" not in clause.text[max(0, match.start() - 1) : match.end()]:
            value = match[0].rstrip(".,;:'’”")
            yield match.start(), match.start() + len(value), value if value.lower().startswith("http") else f"https://{value}"


def _whole(clause: Clause, start: int, end: int, href: str) -> tuple[int, str]:
    """An address that was broken at the end of a line goes on behind the part that was made a link."""
    match = _LINK.match(clause.text, start)
    is_more = match and match.end() > end and href.rstrip("/").endswith(clause.text[start:end].rstrip("/").removeprefix("www."))
    return (match.end(), href + clause.text[end : match.end()].rstrip(".,;")) if match and is_more else (end, href)


def _phone(text: Text) -> Address | None:
    for clause in text.clauses:
        match = PHONE.search(clause.text)
        if match and _FORMS.search(clause.text) and _FORM_BY_PHONE.search(clause.text):
            return Address(clause, match.start(), match.end(), " ".join(match[0].split()), 1)
    return None


def how_to_apply(text: Text) -> Iterator[Find]:
    known = applying(text)
    used = {"email": known.email, "post_or_email": known.email, "url": known.link, "phone_or_collect": known.phone}.get(known.method)
    if not used:
        return
    yield used.clause.find("apply_method", known.method, 0, len(used.clause.text))
    if known.email and known.method != "url":
        yield known.email.clause.find("apply_email", known.email.value, known.email.start, known.email.end)
    if known.link and known.method == "url":
        yield known.link.clause.find("apply_url", known.link.value, known.link.start, known.link.end)
    if known.phone and known.method == "phone_or_collect":
        yield known.phone.clause.find("apply_phone", known.phone.value, known.phone.start, known.phone.end)


def cv_accepted(text: Text) -> Iterator[Find]:
    for clause in text.clauses:
        if _NO_CV.search(clause.text):
            yield clause.find("cv_accepted", False, 0, len(clause.text))
            return
    for clause in text.clauses:
        if (match := _CV.search(clause.text)) and not re.search(r"\bnot\b", clause.text):
            yield clause.of_match("cv_accepted", True, match)
            return


# Whom to ask

_STYLE = r"(?:Mr|Mrs|Miss|Ms|Mx|Dr|Revd?|Rev|Sir|Dame|Canon|Prof(?:essor)?|Father|Sister)"
_LETTERS = r"[A-Z\u00c0-\u00de\u0100-\u017f][\w’'\u00c0-\u024f]*"
_PART = rf"{_LETTERS}(?:-{_LETTERS})*\.?"
_NAMED = re.compile(rf"\b{_STYLE}\.?(?: & Mrs)? (?P<name>{_PART}(?: {_PART}){{0,3}})")
_UNTITLED = re.compile(
    rf"\b(?i:contact|ring|telephone|phone|call|email|e-mail|speak to|speak with|talk to|ask for|questions to|questions\?|to|with|from)(?i: our| the)?[:\s,]\s*(?P<name>{_LETTERS}(?:-{_LETTERS})*(?: (?:[A-Z]\.|{_LETTERS}(?:-{_LETTERS})*)){{1,2}})(?=[\s,.:;(]|$)"
)
_NAMED_FIRST = re.compile(rf"{_LETTERS}(?:-{_LETTERS})*(?: {_LETTERS}(?:-{_LETTERS})*){{1,2}}(?=[,(:]|$)")
_ROLE = re.compile(rf"^(?:,\s*|\s*\()(?P<role>(?:the )?{_LETTERS}(?:[ /-](?:{_LETTERS}|of|to|the|and|&|for|in)){{0,5}})\)?(?=[,.:;)\n]|\s+(?:on|at|by|via|or|[a-z\d])|\s*$)")
_NO_NAME = re.compile(
    r"\b(?:School|Academy|Trust|College|Team|Office|Street|Road|Lane|Monday|Tuesday|Wednesday|Thursday|Friday|January|February|March|April|May|June|July|August|September|October|November|December|Key|Stage|Year|Human|Resources"
    r"|Head|Headteacher|Teacher|Primary|Portal|Department|Council|Application|Form|Forms|Local|Government|Early|Career|Children|Early|Disability|Confident|The|This|Pack|Website|Visits|Business|Manager|Admissions|DBS|KS\d)\b"
)
_CONTACT = re.compile(r"\bcontact|\bring\b|\btelephone|\bphone|\bcall\b|\bspeak|\binformal|\bquestions?\b|\bvisit|\bto\b|\bemail", re.IGNORECASE)
_NOT_A_CONTACT = re.compile(r"\bretir|\bline manage|\breport(?:s|ing)? to\b|\bfounded|\bled by\b|\bresponsible to|\bour head(?:teacher)?\b,", re.IGNORECASE)
_ASKED = re.compile(r"\bquestions?\b|\bquer(?:y|ies)\b|\binformal\b|\bdiscuss|\bdifficult|\bchat\b|\benquir|\bconversation\b|\bfind out more|\b(?:further|more) (?:information|details)\b|\bvisit", re.IGNORECASE)


@dataclass(frozen=True)
class Contact:
    clause: Clause
    start: int
    end: int
    value: str


def contact(text: Text) -> Contact | None:
    """The person named beside an address, a number, or the word contact; one whom to ask before one whom to write to."""
    found = [one for clause in text.clauses if (one := _person(clause))]
    asked = [one for one in found if _ASKED.search(one.clause.text) or one.clause.topic in {"contact", "visits"}]
    return next(iter([*asked, *found]), None)


def _person(clause: Clause) -> Contact | None:
    if _NOT_A_CONTACT.search(clause.text):
        return None
    for pattern in (_NAMED, _UNTITLED):
        for match in pattern.finditer(clause.text):
            if _NO_NAME.search(match["name"]) or not (_CONTACT.search(clause.text) or clause.topic in {"contact", "apply"}):
                continue
            start = match.start() if pattern is _NAMED else match.start("name")
            end = match.end("name") - (match["name"].endswith(".") and len(match["name"]) > 4)
            return _with_role(clause, start, end)
    is_named_first = clause.topic == "contact" or PHONE.search(clause.text) or EMAIL.search(clause.text)
    match = _NAMED_FIRST.match(clause.value) if is_named_first else None
    if match and not _NO_NAME.search(match[0]):
        return _with_role(clause, clause.value_from, clause.value_from + match.end())
    return None


def _with_role(clause: Clause, start: int, end: int) -> Contact:
    role = _ROLE.match(clause.text[end:])
    if role and not re.search(r"\d|@", role[0]) and not re.search(r"\b(?:School|Academy|College|Trust)\b(?! (?:Business|Secretary|Administrator|Office|Manager))", role["role"]):
        closes = role[0].strip().startswith("(") and clause.text[end + role.end() - 1 : end + role.end()] != ")"
        return Contact(clause, start, end + role.end(), (clause.text[start : end + role.end()] + (")" if closes else "")).strip(" ,.:"))
    return Contact(clause, start, end, clause.text[start:end].strip(" ,.:"))


def whom_to_ask(text: Text) -> Iterator[Find]:
    person, known = contact(text), applying(text)
    if person:
        yield person.clause.find("contact_name", person.value[:120], person.start, person.end)
    if phone := _contact_phone(text, person, known):
        yield phone
    address = next((one for one in sorted(emails(text), key=lambda one: one.score) if _is_asked(one, person)), None)
    if address and not (known.email and address.value == known.email.value and known.method != "url"):
        yield address.clause.find("contact_email", address.value, address.start, address.end)
    elif address and person and address.clause is person.clause and _ASKED.search(address.clause.text):
        yield address.clause.find("contact_email", address.value, address.start, address.end)


def _is_asked(address: Address, person: Contact | None) -> bool:
    is_of_person = person is not None and (address.clause is person.clause or _is_next_line(person.clause, address.clause))
    return is_of_person or address.score < 0 or bool(_ASKED.search(address.clause.text))


def _is_next_line(one: Clause, other: Clause) -> bool:
    return 0 <= other.start - (one.start + len(one.text)) <= 2


def _contact_phone(text: Text, person: Contact | None, known: Applying) -> Find | None:
    """The number beside the person; else the only one, unless it is where one asks for a form."""
    numbers = [(clause, match) for clause in text.clauses for match in PHONE.finditer(clause.text) if not re.search(r"\bfax\b", clause.text[: match.start()], re.IGNORECASE)]
    beside = [one for one in numbers if person and (one[0] is person.clause or _is_next_line(person.clause, one[0]))]
    others = [] if known.method == "phone_or_collect" else numbers
    for clause, match in [*beside, *others]:
        return clause.of_match("contact_phone", " ".join(match[0].split()), match)
    return None
