"""Bringing in addresses of people who agreed to be written to elsewhere, with the evidence that they did.

Nobody is brought in who has left, bounced, complained or is suppressed, and nothing changes for who is on the list already.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.db import transaction

from ..models import ConsentEvent, ConsentKind, DeliveryKind, ReaderImport, Subscriber, Suppression, email_hash, email_key
from ..models.choices import Choice
from . import joining
from .addresses import problem_of
from .lists import Entry, entries

BATCH = 500


class Fate(Enum):
    ADDED = "is added"
    KNOWN = "is on the list already"
    LEFT_OUT = "is left out, because we must not write to them"
    TWICE = "stands in the file before"
    WRONG = "is no usable address"


@dataclass(frozen=True)
class Judged:
    """What becomes, or would become, of one address of a file."""

    entry: Entry
    fate: Fate
    why: str = ""


@dataclass
class Imported:
    """What became, or would become, of a file."""

    lines: list[Judged] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        return sum(line.fate is fate for line in self.lines)

    @property
    def added(self) -> int:
        return self.count(Fate.ADDED)

    @property
    def wrong(self) -> list[int]:
        """The numbers of the lines that hold no usable address."""
        return list(dict.fromkeys(line.entry.line for line in self.lines if line.fate is Fate.WRONG))

    def bad(self) -> list[Judged]:
        return [line for line in self.lines if line.fate is Fate.WRONG]

    def __str__(self) -> str:
        parts = [
            f"{self.added} added",
            f"{self.count(Fate.KNOWN)} already known",
            f"{self.count(Fate.LEFT_OUT)} left out because we must not write to them",
            f"{self.count(Fate.TWICE)} twice in the file",
            f"{self.count(Fate.WRONG)} without a usable address" + (f" (lines {_listed(self.wrong)})" if self.wrong else ""),
        ]
        return f"{', '.join(parts)}."


def look_through(content: bytes) -> Imported:
    """What would become of every line of a file, before anything is written."""
    suppressed = set(Suppression.objects.values_list("email_hash", flat=True))
    outcome, fresh = Imported(), dict[str, int]()
    for entry in entries(content):
        why = problem_of(entry.text)
        key = "" if why else email_key(entry.text)
        if why:
            line = Judged(entry, Fate.WRONG, why)
        elif key in fresh:
            line = Judged(entry, Fate.TWICE)
        else:
            fresh[key] = len(outcome.lines)
            line = Judged(entry, Fate.LEFT_OUT if email_hash(key) in suppressed else Fate.ADDED)
        outcome.lines.append(line)
    for key, is_welcome in _known(list(fresh)).items():
        line = outcome.lines[fresh[key]]
        if line.fate is Fate.ADDED:
            outcome.lines[fresh[key]] = Judged(line.entry, Fate.KNOWN if is_welcome else Fate.LEFT_OUT)
    return outcome


@transaction.atomic
def import_readers(content: bytes, choice: Choice, statement: str, staff: int, now: datetime) -> Imported:
    """Add who may be added as confirmed readers, and keep on record that it was done, so that it can be taken back."""
    outcome = look_through(content)
    new = {email_key(line.entry.text): line.entry.text for line in outcome.lines if line.fate is Fate.ADDED}
    done = ReaderImport.objects.create(
        at=now, staff=staff, digest=hashlib.sha256(content).hexdigest(), statement=statement, added=len(new)
    )
    _add(new, choice, _how(done), statement, now)
    return outcome


def _how(done: ReaderImport) -> str:
    return f"import by member of staff {done.staff}, SHA-256 {done.digest}"


@transaction.atomic
def take_back(done: ReaderImport, staff: int, now: datetime) -> int:
    """Undo an import: whoever has had no email of it yet is forgotten, the others leave. Who has acted since stays."""
    if not ReaderImport.objects.filter(pk=done.pk, taken_back_at=None).update(taken_back_at=now):
        return 0
    brought = Subscriber.objects.active().filter(
        consent_events__kind=ConsentKind.IMPORTED, consent_events__at=done.at, consent_events__how=_how(done)
    )
    readers = [reader for reader in brought if reader.consent_events.count() == 1]
    for reader in readers:
        if reader.deliveries.filter(kind=DeliveryKind.BULLETIN).exists():
            joining.leave(reader, f"member of staff {staff} took the import back", now)
        else:
            reader.delete()
    return len(readers)


def _add(new: dict[str, str], choice: Choice, how: str, statement: str, now: datetime) -> None:
    readers = Subscriber.objects.bulk_create(
        (
            Subscriber(
                email=address,
                email_key=key,
                requested_at=now,
                confirmed_at=now,
                wants_teaching=choice.teaching,
                wants_support=choice.support,
            )
            for key, address in new.items()
        ),
        batch_size=BATCH,
    )
    areas = Subscriber.authorities.through
    areas.objects.bulk_create(
        (areas(subscriber_id=reader.pk, authority_id=area) for reader in readers for area in choice.authorities), batch_size=BATCH
    )
    ConsentEvent.objects.bulk_create(
        (
            ConsentEvent(
                subscriber=reader, kind=ConsentKind.IMPORTED, at=now, how=how[:120], wording=statement, choice=choice.key
            )
            for reader in readers
        ),
        batch_size=BATCH,
    )


def _known(keys: list[str]) -> dict[str, bool]:
    """Of the addresses that there is a row of already: whether it may be written to, or waits to be confirmed."""
    known = {}
    for start in range(0, len(keys), BATCH):
        for reader in Subscriber.objects.filter(email_key__in=keys[start : start + BATCH]):
            known[reader.email_key or ""] = reader.is_active or reader.state == "Not confirmed"
    return known


def _listed(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:10]))
    return f"{shown} and {len(lines) - 10} more" if len(lines) > 10 else shown
