"""An advert's reference, such as ``GS10427``: derived from its key, so it can neither collide nor be mistyped into being.

It is printed in the bulletin with its QR code, opens the advert at ``/GS10427``, and is understood by the search box.
"""

import re

FIRST = 10_000
_PATTERN = re.compile(r"\s*gs[\s-]*(\d{5,10})\s*", re.IGNORECASE)


def from_pk(pk: int) -> str:
    return f"GS{FIRST + pk}"


def to_pk(text: str) -> int | None:
    """The key that a typed reference stands for (``gs 10427`` is understood), or None if the text is not a reference."""
    match = _PATTERN.fullmatch(text)
    if not match:
        return None
    pk = int(match[1]) - FIRST
    return pk if pk > 0 else None
