"""An advert's reference, such as ``GS10427``: derived from its key, so it can neither collide nor be mistyped into being.

It is printed in the bulletin with its QR code, opens the advert at ``/GS10427``, and is understood by the search box.
"""

import re

FIRST = 10_000
_PATTERN = re.compile(r"\s*gs[\s-]*(\d{5,10})\s*", re.IGNORECASE)
_TYPED = re.compile(
    r"(?:(?:(?:job|post|vacancy|advert) )?(?:ref|reference)\b[.:]? ?(?:(?:no|number)\b[.:]? ?)?)?#? ?"
    r"(?:gs[ -]{0,3}(\d{1,10})|(\d{5,10}))",
    re.IGNORECASE,
)


def from_pk(pk: int) -> str:
    return f"GS{FIRST + pk}"


def to_pk(text: str) -> int | None:
    """The key that a typed reference stands for (``gs 10427`` is understood), or None if the text is not a reference."""
    match = _PATTERN.fullmatch(text)
    if not match:
        return None
    pk = int(match[1]) - FIRST
    return pk if pk > 0 else None


def typed_reference(text: str) -> str:
    """What a reader means as a reference, with "ref" or its letters or without, however short; empty for any other text."""
    match = _TYPED.fullmatch(" ".join(text.split()))
    return f"GS{match[1] or match[2]}" if match else ""


def no_such_advert(reference: str) -> str:
    return (
        f"There is no advert {reference} on the site now. It may have closed some time ago, or the number may have been mistyped."
    )
