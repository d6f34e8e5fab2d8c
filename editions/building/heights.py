"""Measurements are remembered in a table: neither a restart nor another machine measures again.

A row belongs to what an advert's row said when it was measured, so the desk can also tell how much room adverts will take
without setting a single line of type.
"""

from collections.abc import Iterable
from datetime import date

from .. import rules
from ..models import Measured
from ..press.galley import Sized, sized


def by_key(digests: Iterable[str]) -> dict[str, list[Sized]]:
    """For the press, which looks heights up by what it sets."""
    return sized(dict(Measured.objects.filter(digest__among=list(digests)).values_list("key", "heights")))


def by_digest(digests: Iterable[str]) -> dict[str, list[Sized]]:
    """For the desk, which knows adverts by what their rows say."""
    return sized(dict(Measured.objects.filter(digest__among=list(digests)).values_list("digest", "heights")))


def remember(keys: dict[str, str], heights: dict[str, list[Sized]], today: date) -> None:
    """``keys``: the key of what was measured by the digest that it will be looked up by."""
    rows = [
        Measured(digest=digest, key=key, heights=heights[key], used_on=today) for digest, key in keys.items() if key in heights
    ]
    Measured.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["digest"], update_fields=["key", "heights", "used_on"]
    )
    Measured.objects.filter(used_on__lt=today - rules.HEIGHTS_KEPT_FOR).delete()
