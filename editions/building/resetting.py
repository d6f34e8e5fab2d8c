"""A bulletin that readers have is set again from what was set: without contacts that had to go, or corrected in its place."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from vacancies import reference, wording
from vacancies.models import Vacancy

from ..models import Bulletin
from ..press.galley import Advert, Galley
from . import composing, pieces


def to_be_unnamed(bulletin: Bulletin, now: datetime) -> list[str]:
    """Of the adverts whose contact a bulletin names, those that have closed: it is set again once, not for each closing date."""
    named = Vacancy.objects.filter(pk__among=bulletin.named)
    gone = set(named.filter(closes_at__lte=now).values_list("pk", flat=True))
    gone |= set(named.exclude(pk__among=list(named.naming_a_contact().values_list("pk", flat=True))).values_list("pk", flat=True))
    return [reference.from_pk(pk) for pk in bulletin.named if pk in gone]


def without_contacts(galley: Galley, names: Collection[str]) -> Galley:
    """The same, less whom these adverts named. A paragraph that named somebody takes as much room as it did."""
    adverts = [unnamed(advert) if advert.reference in names else advert for advert in galley.adverts]
    return replace(galley, adverts=tuple(adverts))


def unnamed(advert: Advert) -> Advert:
    if not advert.contact:
        return advert
    body = list(advert.body)
    body[advert.contact - 1] = advert.unnamed
    return replace(advert, body=tuple(body), held=advert.contact, contact=0, unnamed="")


def corrected(galley: Galley, bulletin: Bulletin, now: dict[str, str], folder: Path, at: datetime) -> Galley | None:
    """With what became of its adverts since; ``None`` if one is new or belongs elsewhere, so that everything has to move."""
    set_before = {advert.reference: advert for advert in galley.adverts}
    changed = [name for name, digest in now.items() if bulletin.made_from.get(name) != digest]
    rows = Vacancy.objects.for_display().filter(pk__among=[reference.to_pk(name) for name in changed])
    fresh = {vacancy.reference: composing.advert_of(vacancy, folder)[0] for vacancy in rows}
    if any(not stays(set_before.get(name), advert) for name, advert in fresh.items()):
        return None
    day = wording.day_text(timezone.localdate(at))
    gone = {
        name: pieces.withdrawn(advert, day) for name, advert in set_before.items() if name not in now and not advert.withdrawn
    }
    adverts = tuple(fresh.get(name) or gone.get(name) or advert for name, advert in set_before.items())
    return replace(galley, adverts=adverts)


def stays(before: Advert | None, after: Advert) -> bool:
    """Whether it stands below the same headings."""
    return before is not None and (before.authority, before.group) == (after.authority, after.group)


def with_notes(galley: Galley, notes: list[dict[str, Any]]) -> Galley:
    """The cover as it was, but for what it tells of revisions."""
    return replace(galley, cover=replace(galley.cover, **composing.told_of(notes)))


def notes_of(bulletin: Bulletin, at: datetime) -> list[dict[str, Any]]:
    """With the note of the revision that is being made."""
    told = bulletin.notes
    if not bulletin.revision or (told and told[-1]["revision"] == bulletin.revision):
        return [*told]
    today = timezone.localdate(at).isoformat()
    return [*told, {"revision": bulletin.revision, "on": today, "note": bulletin.revision_note}]
