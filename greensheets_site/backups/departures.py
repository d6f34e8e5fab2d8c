"""Who has left, bounced, complained or been erased: keyed hashes beside the backups, so that no restore brings anybody back.

A set may be very old. The list is not part of any set: it is always current, and a restore reads it after the set.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction

from mailing.models import SignUp, Subscriber, Suppression, SuppressionReason, email_hash
from mailing.readers.joining import erase_reader, leave

from .. import rules

LIST = "departures.json"
COLUMNS = {SuppressionReason.COMPLAINED.value: "complained_at", SuppressionReason.BOUNCED.value: "bounced_at"}
HOW = "restored from a backup"


@dataclass(frozen=True)
class Departure:
    """``reason`` is that of a suppression, if there is one."""

    at: str
    how: str = SuppressionReason.LEFT.value
    reason: str = ""
    is_erased: bool = False

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


Departures = dict[str, Departure]


def known_here() -> Departures:
    """What the current rows say."""
    found = {
        row.email_hash: Departure(row.at.isoformat(), row.reason, row.reason, is_erased=True) for row in Suppression.objects.all()
    }
    for reader in Subscriber.objects.exclude(email_key=None).iterator(chunk_size=1000):
        key, gone = email_hash(reader.email_key or ""), _gone(reader)
        suppressed = found.pop(key, None)
        reason = suppressed.reason if suppressed else ""
        if gone:
            how, at = gone
            found[key] = Departure(at.isoformat(), how, reason)
        elif suppressed:
            found[key] = Departure(suppressed.at, reason, reason)
    return found


def _gone(reader: Subscriber) -> tuple[str, datetime] | None:
    moments = [
        (SuppressionReason.COMPLAINED, reader.complained_at),
        (SuppressionReason.LEFT, reader.unsubscribed_at),
        (SuppressionReason.BOUNCED, reader.bounced_at),
    ]
    return next(((reason.value, at) for reason, at in moments if at), None)


def read_list(store: Storage) -> Departures:
    if not store.exists(LIST):
        return {}
    with store.open(LIST) as file:
        return {key: Departure(**found) for key, found in json.loads(file.read()).items()}


def record(store: Storage, now: datetime) -> int:
    """Bring the list up to date; returns how many entries are new or different. Whoever came back is taken off."""
    written, here = read_list(store), known_here()
    returned = _readers_since()
    kept = {
        key: departure
        for key, departure in {**written, **_newer(here, written)}.items()
        if (key in here or departure.moment > now - rules.DEPARTURES_KEPT_FOR)
        and not (key in returned and returned[key] > departure.moment)
    }
    if kept != written:
        text = json.dumps({key: asdict(kept[key]) for key in sorted(kept)}, indent=0)
        store.save(LIST, ContentFile(text.encode()))
    return sum(written.get(key) != departure for key, departure in kept.items())


def _newer(here: Departures, written: Departures) -> Departures:
    """An older database must not overwrite what the list knows better."""
    return {key: found for key, found in here.items() if key not in written or found.moment >= written[key].moment}


def _readers_since() -> dict[str, datetime]:
    readers = Subscriber.objects.active().values_list("email_key", "confirmed_at")
    suppressed = set(Suppression.objects.values_list("email_hash", flat=True))
    found = {email_hash(key): at for key, at in readers if key and at}
    return {key: at for key, at in found.items() if key not in suppressed}


def replay(store: Storage) -> int:
    """Remove again all readers who have left since the set was made; returns how many. A second run changes nothing."""
    departures = read_list(store)
    again = 0
    for reader in list(Subscriber.objects.exclude(email_key=None)):
        departure = departures.get(email_hash(reader.email_key or ""))
        if departure and not (reader.confirmed_at and reader.confirmed_at > departure.moment):
            again += _let_go(reader, departure)
    erased = {key for key, departure in departures.items() if departure.is_erased}
    waiting = [request.pk for request in SignUp.objects.all() if email_hash(request.email_key) in erased]
    SignUp.objects.filter(pk__in=waiting).delete()
    for key, departure in departures.items():
        if departure.reason:
            _suppress(key, departure)
    return again


@transaction.atomic
def _let_go(reader: Subscriber, departure: Departure) -> bool:
    if departure.is_erased:
        _mark(reader, departure)
        erase_reader(reader, departure.moment, how=HOW)
        return True
    if _gone(reader):
        return False
    if departure.how in (SuppressionReason.LEFT, SuppressionReason.ASKED):
        leave(reader, HOW, departure.moment)
    else:
        _mark(reader, departure)
        reader.deliveries.weekly().skip_departed()
    return True


def _mark(reader: Subscriber, departure: Departure) -> None:
    column = COLUMNS.get(departure.how)
    if column:
        Subscriber.objects.filter(pk=reader.pk, **{column: None}).update(**{column: departure.moment})


def _suppress(key: str, departure: Departure) -> None:
    row, is_new = Suppression.objects.get_or_create(email_hash=key, defaults={"reason": departure.reason, "at": departure.moment})
    if not is_new and SuppressionReason(departure.reason).is_final and row.reason != departure.reason:
        Suppression.objects.filter(pk=row.pk).update(reason=departure.reason, at=departure.moment)
