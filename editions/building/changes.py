"""What staff changed since a PDF was made, advert by advert."""

from dataclasses import dataclass
from enum import StrEnum

from vacancies import reference
from vacancies.models import Vacancy

from ..models import Bulletin
from . import composing


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    LEFT_OUT = "no longer in it"
    COVER = "cover"


@dataclass(frozen=True)
class Change:
    kind: Kind
    name: str
    vacancy: Vacancy | None = None


def since_built(bulletin: Bulletin) -> list[Change]:
    """In the order of print, what is left out last; empty if the PDF says what the adverts say, or was not made here."""
    if not bulletin.file or bulletin.uploaded_at:
        return []
    now, before = composing.digests(bulletin), bulletin.made_from
    kinds = {
        name: Kind.LEFT_OUT if name not in now else Kind.CHANGED if name in before else Kind.NEW
        for name in composing.differing(bulletin, now)
    }
    adverts = Vacancy.objects.in_bulk([reference.to_pk(name) for name in kinds])
    changes = [Change(kind, name, adverts.get(reference.to_pk(name))) for name, kind in kinds.items()]
    if not changes and not bulletin.is_public and composing.fingerprint(bulletin, now) != bulletin.fingerprint:
        return [Change(Kind.COVER, "The cover: its dates, its note or the order of the adverts")]
    return changes
