"""Reading a message that came back: which email it is about, and what it says of it.

Half of what servers send is no ``multipart/report``; those are known by who sent them, and read as far as our own email begins.
"""

import re
import uuid
from dataclasses import dataclass
from email.message import Message

from .parts import body_of, groups_of, header, key_of, parsed, sign, subject_of, text_of
from .table import Fault, Outcome, Ruling, rule_on, without_addresses

_SAYS_WHY = {"status", "diagnostic-code", "action", "x-supplementary-info", "x-notes", "x-reason"}
_NULL_SENDER = re.compile(r"\s*(<\s*>|<?mailer-daemon\S*)\s*", re.IGNORECASE)
CALLED_SPAM = "The reader reported it as spam."


@dataclass(frozen=True)
class Reading:
    """What a message came to, and why. ``understood`` is false for what only a person can make something of."""

    outcome: Outcome
    key: uuid.UUID | None
    why: str
    words: str = ""
    understood: bool = True


def read(content: bytes) -> Reading:
    """What a message says. It comes from outside, so it may be anything."""
    message = parsed(content)
    key = key_of(message)
    feedback = next((part for part in message.walk() if part.get_content_type() == "message/feedback-report"), None)
    if feedback is not None or message.get_param("report-type") == "feedback-report":
        return _of_feedback(feedback, key)
    if _is_microsoft_complaint(message):
        return Reading(Outcome.COMPLAINT, key, "Microsoft's Junk Mail Reporting Programme", CALLED_SPAM)
    text = text_of(message)
    if groups := groups_of(message):
        return _of_groups(groups, text, key)
    is_report = message.get_content_type() == "multipart/report" and not _is_receipt(message, text)
    if is_report or _comes_from_a_postman(message, text):
        return _of_text(message, text, key)
    return _of_something_else(message, text, key)


# Complaints


def _of_feedback(part: Message | None, key: uuid.UUID | None) -> Reading:
    """Only ``abuse`` is a complaint (RFC 5965 7.3), and ``opt-out`` is a wish to leave; the others are for a person to see."""
    found = re.search(r"^Feedback-Type:\s*([\w-]+)", body_of(part) if part else "", re.IGNORECASE | re.MULTILINE)
    kind = found[1].lower() if found else "none named"
    if kind == "abuse":
        return Reading(Outcome.COMPLAINT, key, "Feedback-Type: abuse", CALLED_SPAM)
    if kind in {"opt-out", "opt-out-list"}:
        return Reading(Outcome.LEFT, key, f"Feedback-Type: {kind}", "The reader asked their provider to be taken off.")
    return Reading(Outcome.NONE, key, f"Feedback-Type: {kind}", understood=False)


def _is_microsoft_complaint(message: Message) -> bool:
    """That programme sends our email back with a head of its own, and no report."""
    about = header(message, "Subject").lower().startswith("complaint about message from")
    named = any(part["X-HmXmrOriginalRecipient"] for part in message.walk())
    return "hotmail.com" in header(message, "From").lower() and (about or named)


# Reports for programs


def _of_groups(groups: list[Message], text: str, key: uuid.UUID | None) -> Reading:
    failed = [group for group in groups if _action(group) == "failed"]
    if not failed:
        return Reading(Outcome.NONE, key, f"Action: {_action(groups[0]) or 'none named'}")
    answers = [_answer(group) for group in failed]
    rulings = [rule_on(answer, given_up=True) for answer in answers]
    answer, ruling = next(
        ((answer, ruling) for answer, ruling in zip(answers, rulings, strict=True) if ruling and ruling.by_words),
        (answers[0], rulings[0]),
    )
    if ruling is None or not (ruling.by_words or ruling.fault is Fault.US):
        # The number says little; perhaps the sentences for people say more.
        told = _rule_on_text(text, besides=" ".join(answers))
        ruling = told if told and told.by_words else ruling
    return _ruled(ruling, key, answer)


def _action(group: Message) -> str:
    """The first word of the action, which some follow with a comment; where it is missing, the code says as much."""
    word = re.match(r"\s*([a-z]+)", header(group, "Action").lower())
    if word:
        return "failed" if word[1].startswith(("fail", "error", "expired")) else word[1]
    return "failed" if re.search(r"\b5\d\d\b|\b5\.\d\.\d", f"{group['Status']} {group['Diagnostic-Code']}") else ""


def _answer(group: Message) -> str:
    fields = [str(value) for name, value in group.items() if name.lower() in _SAYS_WHY]
    return " ".join(" ".join(re.sub(r"^\s*[\w-]+;\s*|^failed\b", "", field) for field in fields).split())


# Reports for people


def _of_text(message: Message, text: str, key: uuid.UUID | None) -> Reading:
    """A failure that is told in sentences. A delay is told in much the same sentences, and is nothing."""
    subject = subject_of(message)
    if delay := _delay(subject, text):
        return Reading(Outcome.NONE, key, delay)
    ruling = _rule_on_text(text)
    if ruling is None and sign("telling").search(subject):
        ruling = rule_on(subject, given_up=True)
    said = sign("said").search(text)
    return _ruled(ruling, key, said[0] if said else " ".join(text.split())[:200])


def _delay(subject: str, text: str) -> str:
    ruling = rule_on(f"{subject} . {text}")
    if ruling and not ruling.final:
        return f"{ruling.fault}: {ruling.source}"
    return "a delay, by its subject" if "delay" in subject.lower() else ""


def _rule_on_text(text: str, besides: str = "") -> Ruling | None:
    """What the other server said counts before what the one that writes makes of it."""
    heard = " ; ".join(line for line in text.splitlines() if "<<<" in line)
    ruling = rule_on(heard, given_up=True) if heard else None
    if ruling and (ruling.by_words or ruling.fault is Fault.US):
        return ruling  # Sendmail goes on to say "User unknown" after whatever it heard.
    said = " ; ".join(found[0] for found in sign("said").finditer(text))
    ruling = rule_on(f"{besides} {said}", given_up=True) if said else None
    if ruling and ruling.by_words:
        return ruling
    whole = rule_on(f"{besides} {text}", given_up=True)
    return whole if whole and whole.by_words else ruling or whole


def _ruled(ruling: Ruling | None, key: uuid.UUID | None, answer: str) -> Reading:
    words = without_addresses(answer)
    if ruling is None:
        return Reading(Outcome.REFUSED, key, "mailbox: a final refusal in words that no rule knows", words)
    return Reading(ruling.outcome, key, f"{ruling.fault}: {ruling.source}", words)


# Whether it is a report at all


def _is_receipt(message: Message, text: str) -> bool:
    """A notice that it was read or deleted; some servers send refusals in the same form."""
    is_one = message.get_param("report-type") == "disposition-notification"
    return is_one and not sign("rejected").search(f"{subject_of(message)} {text}")


def _comes_from_a_postman(message: Message, text: str) -> bool:
    """Whether it is from a mail system or has the null sender, and tells of something that failed."""
    if message["X-Failed-Recipients"]:
        return True
    subject, sender = subject_of(message), f"{header(message, 'From')} {header(message, 'Sender')}"
    null = _NULL_SENDER.fullmatch(header(message, "Return-Path")) is not None
    titled = sign("returned").search(subject) is not None
    failed = titled or sign("failed").search(text) is not None
    if sign("postman").search(sender):
        return failed or null or "mailer-daemon" in sender.lower() or sign("said").search(text) is not None
    return failed and (null or titled) and not (_is_answer(message, subject) or sign("challenge").search(f"{subject} {text}"))


def _is_answer(message: Message, subject: str) -> bool:
    answered = "auto" in header(message, "Auto-Submitted").lower() or message["X-Autoreply"] or message["X-Autorespond"]
    return bool(answered) or sign("away").search(subject) is not None


def _of_something_else(message: Message, text: str, key: uuid.UUID | None) -> Reading:
    """Answers that nobody wrote are nothing; what is left may be from a person, for whom one should look."""
    subject = subject_of(message)
    if sign("postman").search(header(message, "From")) and (delay := _delay(subject, text)):
        return Reading(Outcome.NONE, key, delay)
    if _is_answer(message, subject):
        return Reading(Outcome.NONE, key, "an automatic answer")
    if sign("challenge").search(f"{subject} {text}"):
        return Reading(Outcome.NONE, key, "a question whether we are human")
    if message.get_content_type() == "multipart/report":
        return Reading(Outcome.NONE, key, "a notice of having been read")
    return Reading(Outcome.NONE, key, "no report that a program can read", understood=False)
