"""Bringing in addresses of people who agreed to be written to elsewhere, with the evidence that they did.

Nobody is brought in who has left, bounced, complained or is suppressed, and nothing changes for who is on the list already.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ..models import ConsentEvent, ConsentKind, Subscriber, Suppression, email_hash, email_key
from ..models.choices import Choice

BATCH = 500


class Unreadable(Exception):
    """Why a file cannot be read, in a sentence for staff."""


@dataclass
class Imported:
    """What became of a file, in numbers; ``wrong`` are the lines that hold no address."""

    added: int = 0
    known: int = 0
    left_out: int = 0
    twice: int = 0
    wrong: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [
            f"{self.added} added",
            f"{self.known} already known",
            f"{self.left_out} left out because we must not write to them",
            f"{self.twice} twice in the file",
            f"{len(self.wrong)} without a usable address" + (f" (lines {_listed(self.wrong)})" if self.wrong else ""),
        ]
        return f"{', '.join(parts)}."


@transaction.atomic
def import_readers(content: bytes, choice: Choice, statement: str, staff: int, now: datetime) -> Imported:
    """Read a file with one address a line (or a column called email) and add who may be added as confirmed readers."""
    outcome = Imported()
    fresh: dict[str, str] = {}
    suppressed = set(Suppression.objects.values_list("email_hash", flat=True))
    for line, address in _addresses(content.decode("utf-8-sig", errors="replace")):
        key = _key(address)
        if key is None:
            outcome.wrong.append(line)
        elif key in fresh:
            outcome.twice += 1
        elif email_hash(key) in suppressed:
            outcome.left_out += 1
        else:
            fresh[key] = address
    known = _known(list(fresh))
    outcome.known = sum(reading for reading in known.values())
    outcome.left_out += len(known) - outcome.known
    new = {key: address for key, address in fresh.items() if key not in known}
    how = f"import by member of staff {staff}, SHA-256 {hashlib.sha256(content).hexdigest()}"
    _add(new, choice, how, statement, now)
    outcome.added = len(new)
    return outcome


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


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    rows = csv.reader(text.splitlines(), delimiter=";" if text.partition("\n")[0].count(";") else ",")
    column = 0
    for number, row in enumerate(_whole(rows), start=1):
        names = [cell.strip().lower() for cell in row]
        if number == 1 and {"email", "e-mail", "email address"} & set(names):
            column = next(place for place, name in enumerate(names) if name in {"email", "e-mail", "email address"})
        elif any(names):
            yield number, row[column].strip() if column < len(row) else ""


def _whole(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error as error:  # a quotation mark that opens and never closes, for instance
        raise Unreadable("This is not a CSV table: a quoted text in it never ends. Save it again as CSV.") from error


def _key(address: str) -> str | None:
    try:
        validate_email(address)
        key = email_key(address)
    except (ValidationError, UnicodeError):
        return None
    return None if '"' in address or len(key) > 254 else key


def _listed(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:10]))
    return f"{shown} and {len(lines) - 10} more" if len(lines) > 10 else shown
