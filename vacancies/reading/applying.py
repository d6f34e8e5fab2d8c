"""How to apply, where to, and whether with a CV."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .finds import Advert, Find, Sentence

EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
PHONE = re.compile(
    r"(?<![\d£.,/])(?:\+44\s?\(?0?\)?\s?|\(?0(?=\d{2,4}\))|0)\d[\d\s()-]{7,14}\d(?:\s?(?:ext|x)\.?\s?\d{1,5})?(?![\d/])",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"()]+|(?<![@\w.])(?:[\w-]+\.)+(?:example|uk|com|org|net|ac|sch|gov)(?:\.uk)?/[^\s<>\"()]+",
    re.IGNORECASE,
)
# What a sentence says of the address in it: that applications go there, that one may ask there, or neither.
_RETURN = re.compile(
    r"\b(?:return(?:ed|ing)?|completed|submit\w*|e-?mailed|sent|send|forward\w*|posted)\b|\bapply\b"
    r"|\bapplications? (?:to|by|should|must|forms? to|via|can be)|\bletters? of application"
    r"|\bform and letter|\bexpressions? of interest|\bCVs?\b|\bto:\s*$"
    r"|\b(?:post|e-?mail|scan|hand|bring|return) (?:it|them|this|these|yours)\b|\bscanned to\b",
    re.IGNORECASE,
)
_FORMS = re.compile(r"\bapplication (?:forms?|packs?|details)|\bforms?\b|\bapplications?\b|\bpacks?\b|\bdownload", re.IGNORECASE)
_ASKING = re.compile(
    r"\bquestions?\b|\bquer(?:y|ies)\b|\binformal\b|\bdiscuss|\bdifficult|\bchat\b|\benquir"
    r"|\bfind out more|\bhelp with\b|\bneed help\b|\bproblems?\b|\bconversation\b|\b(?:further"
    r"|more) (?:information|details)\b",
    re.IGNORECASE,
)
_NEAR = 75  # signs before an address, in which it is said what it is for
_VISIT = re.compile(r"\bvisit|\btour\b|\blook round", re.IGNORECASE)
_BY_POST = re.compile(
    r"\bby post\b|\bor posted\b|\bposted to\b|\bpost or\b|\bor post\b"
    r"|\bor to [A-Z][^.]{5,80}\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\bby (?:e-?mail|email) or post\b"
    r"|\b[Pp]ost (?:it|them|this|yours|(?:the|your) (?:completed )?(?:form|application))\b"
    # Send it to the Head, Oak School, High Street, Town TA1 2AB, or scan it to ...
    r"|\b(?:[Ss]end|[Ss]ent|[Rr]eturn|[Rr]eturned|[Ff]orms?|[Aa]pplications?|[Ll]etters?)\b(?:[^.]|(?<=[A-Z])\.){5,160}"
    r"\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b,? or (?:by e-?mail|e-?mail|scan|send)\b",
    re.DOTALL,
)
_BY_EMAIL = re.compile(
    r"\bby e-?mail\b|\bto this (?:e-?mail )?address\b|\bto (?:the )?(?:above|same) (?:e-?mail )?address\b"
    r"|\bto the clerk\b|\be-?mailed\b",
    re.IGNORECASE,
)
_FORM_BY_PHONE = re.compile(r"\b(?:ring|telephone|tele?phone|call|phone|collect)\b", re.IGNORECASE)
_NOT_TO_APPLY = re.compile(
    r"\.(?:docx?|pdf|xlsx?|odt)\b|twitter|facebook|instagram|linkedin|youtube|\bpolicy|gov\.uk/|google\.|privacy", re.IGNORECASE
)
_ONLINE = re.compile(
    r"apply|application|online|on-?line|vacanc|portal|recruit|careers?|jobs?\b|website|form|link|download|pack", re.IGNORECASE
)
_REFUSED = re.compile(r"\bnot\b|\bcannot\b|\bunable\b|\bno longer\b", re.IGNORECASE)
# The form is on the Vacancies page of www...: it is fetched there, and goes elsewhere.
_FETCHED = re.compile(
    r"\b(?:forms?|packs?|details)\b[^.]{0,40}\b(?:is|are|on|at|from|found|available|download\w*)\b|\bdownload", re.IGNORECASE
)
_MADE_THERE = re.compile(r"\bonline\b|\bapply (?:at|via|through|on|using)\b|\b(?:made|complete\w*|submit\w*)\b", re.IGNORECASE)
_NO_CV = re.compile(
    r"\bCVs?\b[^.]{0,40}\b(?:not|cannot|can’t|un\w+)|\b(?:not|cannot|no|unable to)\b[^.]{0,40}\bCVs?\b"
    r"|\bnot by CV|\bCVs?:\s*no\b",
    re.IGNORECASE,
)
_CV = re.compile(
    r"\b(?:send|submit|email|with|your|a|by|current|full)\s+(?:your |a |an )?(?:up[- ]to[- ]date |current "
    r"|full )?CVs?\b|\bCVs? (?:and|with|plus|or|are (?:accepted|welcome)|accepted|welcome)|\bCVs?:\s*yes\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Address:
    clause: Sentence
    start: int
    end: int
    value: str
    score: int


def emails(advert: Advert) -> list[Address]:
    """Each address once for each place where it stands, those to which applications go first."""
    found = []
    for index, clause in enumerate(advert.clauses):
        places = [(match.start(), match.end(), match[0]) for match in EMAIL.finditer(clause.text)]
        places += [
            (start, end, href[7:].split("?")[0])
            for start, end, href in clause.links()
            if href.startswith("mailto:") and not EMAIL.search(clause.text[start:end])
        ]
        for start, end, value in places:
            found.append(Address(clause, start, end, value.strip(".'").lower(), _score(advert.clauses, index, start)))
    return sorted(found, key=lambda address: -address.score)


def _score(clauses: list[Sentence], index: int, start: int) -> int:
    clause = clauses[index]
    words = clause.text
    score = (
        3 * bool(_RETURN.search(words)) + bool(_FORMS.search(words)) + 2 * (clause.topic == "apply") + (clause.topic == "closing")
    )
    is_for_questions = _ASKING.search(words) or clause.topic in {"contact", "visits"}
    if is_for_questions and not is_sent_to(words, start):
        score -= 4
    elif _VISIT.search(words) and not _FORMS.search(words):
        score -= 2
    following = clauses[index + 1].text if index + 1 < len(clauses) else ""
    if _BY_EMAIL.search(following) and _RETURN.search(following) and not EMAIL.search(following):
        score += 5
    return score


def is_sent_to(words: str, start: int) -> bool:
    """Whether the words just before an address say that applications go there, whatever the sentence began with."""
    near = words[max(0, start - _NEAR) : start]
    return _RETURN.search(near) is not None and not _ASKING.search(near)


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


def applying(advert: Advert) -> Applying:
    best = next((address for address in emails(advert) if address.score > 0), None) or _named_elsewhere(advert)
    return Applying(best, _link(advert), _phone(advert), any(_BY_POST.search(clause.text) for clause in advert.clauses))


def _named_elsewhere(advert: Advert) -> Address | None:
    """``Completed forms to the Clerk by email please``: the address stands in another sentence, and is the only one."""
    if any(
        _RETURN.search(clause.text) and _BY_EMAIL.search(clause.text) and not _REFUSED.search(clause.text)
        for clause in advert.clauses
    ):
        found = emails(advert)
        if len({address.value for address in found}) == 1:
            return Address(found[0].clause, found[0].start, found[0].end, found[0].value, 5)
    return None


def _link(advert: Advert) -> Address | None:
    found = []
    for index, clause in enumerate(advert.clauses):
        before = advert.clauses[index - 1].text if index else ""
        for start, end, value in _links(clause):
            if _NOT_TO_APPLY.search(value):
                continue
            near = f"{before[-80:] if len(clause.text) < 90 else ''} {clause.text}"
            score = (
                3
                * bool(
                    re.search(
                        r"\bapply\b|\bapplications? (?:are|is|can|should|must|made|online|via)|\bonline\b", near, re.IGNORECASE
                    )
                )
                + bool(_ONLINE.search(near))
                + 2 * (clause.topic == "apply")
            )
            score -= 4 * bool(
                _ASKING.search(clause.text) and not re.search(r"\bapply\b|\bapplication", clause.text, re.IGNORECASE)
            )
            if _FETCHED.search(clause.text) and not _MADE_THERE.search(clause.text):
                score = min(score, 2)
            score -= bool(score > 2) * 2 * bool(re.fullmatch(r"(?:https?://)?(?:www\.)?[^/]+/?", value))
            if score > 0:
                found.append(Address(clause, start, end, value, score))
    return max(found, key=lambda address: address.score, default=None)


def _links(clause: Sentence) -> Iterator[tuple[int, int, str]]:
    """Where a link truly leads, not what its words say."""
    marked = [(start, *_whole(clause, start, end, href)) for start, end, href in clause.links() if href.startswith("http")]
    yield from marked
    for match in _LINK.finditer(clause.text):
        if (
            not any(start <= match.start() < end for start, end, _ in marked)
            and "@" not in clause.text[max(0, match.start() - 1) : match.end()]
        ):
            value = match[0].rstrip(".,;:'’”")
            yield match.start(), match.start() + len(value), value if value.lower().startswith("http") else f"https://{value}"


def _whole(clause: Sentence, start: int, end: int, href: str) -> tuple[int, str]:
    """An address that was broken at the end of a line goes on behind the part that was made a link."""
    match = _LINK.match(clause.text, start)
    is_more = match and match.end() > end and href.rstrip("/").endswith(clause.text[start:end].rstrip("/").removeprefix("www."))
    return (match.end(), href + clause.text[end : match.end()].rstrip(".,;")) if match and is_more else (end, href)


def _phone(advert: Advert) -> Address | None:
    for clause in advert.clauses:
        match = PHONE.search(clause.text)
        if match and _FORMS.search(clause.text) and _FORM_BY_PHONE.search(clause.text):
            return Address(clause, match.start(), match.end(), " ".join(match[0].split()), 1)
    return None


def how_to_apply(advert: Advert) -> Iterator[Find]:
    known = applying(advert)
    used = {"email": known.email, "post_or_email": known.email, "url": known.link, "phone_or_collect": known.phone}.get(
        known.method
    )
    if not used:
        return
    yield used.clause.find("apply_method", known.method, 0, len(used.clause.text))
    if known.email and known.method != "url":
        yield known.email.clause.find("apply_email", known.email.value, known.email.start, known.email.end)
    if known.link and known.method == "url":
        yield known.link.clause.find("apply_url", known.link.value, known.link.start, known.link.end)
    if known.phone and known.method == "phone_or_collect":
        yield known.phone.clause.find("apply_phone", known.phone.value, known.phone.start, known.phone.end)


def cv_accepted(advert: Advert) -> Iterator[Find]:
    for clause in advert.clauses:
        if _NO_CV.search(clause.text):
            yield clause.find("cv_accepted", False, 0, len(clause.text))
            return
    for clause in advert.clauses:
        if (match := _CV.search(clause.text)) and not re.search(r"\bnot\b", clause.text):
            yield clause.of_match("cv_accepted", True, match)
            return
