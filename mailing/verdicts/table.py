"""The table of rules: of a server's words and codes, whose fault they name, whether that is final, and what follows."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_ADDRESS = re.compile(r"[^\s<>@\"(),:;]+@[^\s<>@\"(),:;]+")
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
# The names of hosts would be read as words: mx.mailspamprotection.example said nothing about spam.
_HOST_SAID = re.compile(r"\bhost [\w-]+(?:\.[\w-]+)+\.?(?: ?[\[(][\da-f.:]+[\])])?:?(?: said:)?", re.IGNORECASE)
# IronPort puts this before whatever the other server answered; neither the code nor the words are that server's.
_IRONPORT = re.compile(r"5\.1\.0 - unknown address error", re.IGNORECASE)
# The code that begins each line of an answer of several lines, and would stand in the middle of a sentence.
_CODE_OF_LINE = re.compile(r"(?<=\s)[45]\d\d-(?:[45]\.\d{1,3}\.\d{1,3}\s)?")
# A dot within a name or a number ends no sentence, which is as far as most rules look.
_INNER_DOT = re.compile(r"\.(?=\w)")


class Fault(StrEnum):
    ADDRESS = "address"
    MAILBOX = "mailbox"
    US = "us"
    NETWORK = "network"


class Outcome(StrEnum):
    """What a report comes to, in the words of ``manage.py classify_bounces``."""

    NONE = "none"
    NO_SUCH_ADDRESS = "no-such-address"
    REFUSED = "refused"
    OUR_FAULT = "our-fault"
    COMPLAINT = "complaint"
    LEFT = "left"

    @property
    def label(self) -> str:
        return {
            Outcome.NONE: "Nothing",
            Outcome.NO_SUCH_ADDRESS: "Address does not exist",
            Outcome.REFUSED: "Refused by the mailbox",
            Outcome.OUR_FAULT: "Refused because of us",
            Outcome.COMPLAINT: "Called spam",
            Outcome.LEFT: "Asked to leave",
        }[self]


FOLLOWS = {
    Fault.ADDRESS: Outcome.NO_SUCH_ADDRESS,
    Fault.MAILBOX: Outcome.REFUSED,
    Fault.US: Outcome.OUR_FAULT,
    Fault.NETWORK: Outcome.REFUSED,
}


@dataclass(frozen=True)
class Rule:
    fault: Fault
    source: str
    final: bool = True
    words: re.Pattern[str] | None = None
    status: re.Pattern[str] | None = None

    def fits(self, words: str, statuses: list[str]) -> bool:
        by_words = self.words is None or self.words.search(words)
        return bool(by_words) and (self.status is None or any(map(self.status.fullmatch, statuses)))


@dataclass(frozen=True)
class Ruling:
    """What the table says of an answer; ``by_words`` if it was understood and not only its number looked up."""

    fault: Fault
    final: bool
    by_words: bool
    source: str

    @property
    def outcome(self) -> Outcome:
        return FOLLOWS[self.fault] if self.final else Outcome.NONE


@cache
def rules() -> list[Rule]:
    table = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))
    return [_rule(row, table["names"]) for row in table["rule"]]


def _rule(row: dict[str, Any], names: dict[str, str]) -> Rule:
    """A row as it is asked: its words are one pattern, in which what stands in braces is written out."""
    words = "|".join(f"(?:{one})" for one in row.get("words", []))
    for name, pattern in names.items():
        words = words.replace(f"{{{name}}}", pattern)
    return Rule(
        fault=Fault(row["fault"]),
        source=row["source"],
        final=row.get("final", True),
        words=re.compile(words) if words else None,
        status=re.compile("|".join(row["status"])) if "status" in row else None,
    )


def rule_on(answer: str, *, given_up: bool = False) -> Ruling | None:
    """What the first rule that fits says of an answer, or None where none does.

    Who has given up (a report with ``Action: failed``) tries no more, whatever the words say of going on.
    """
    words, statuses = plain(answer), statuses_in(answer)
    for rule in rules():
        if rule.fits(words, statuses) and not (given_up and not rule.final):
            return Ruling(rule.fault, rule.final, rule.words is not None, rule.source)
    return None


def statuses_in(answer: str) -> list[str]:
    return _STATUS.findall(_IRONPORT.sub("", answer))


def plain(answer: str) -> str:
    """The words of an answer in one line and lower case, without addresses, names of hosts and the codes of its lines."""
    text = _CODE_OF_LINE.sub(" ", f" {' '.join(_IRONPORT.sub(' ', answer).split())}")
    text = _HOST_SAID.sub(" ", _ADDRESS.sub("(address)", text)).strip().lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return _INNER_DOT.sub("\N{MIDDLE DOT}", text)


def without_addresses(reply: str) -> str:
    """Servers repeat the address in their answers; nothing about a delivery may keep it once the reader is erased."""
    return " ".join(_ADDRESS.sub("(address)", reply).split())[:300]
