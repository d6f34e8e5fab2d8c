"""Which addresses can be written to: one judgement for the forms and for lists that are brought in."""

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from richtext.plain import one_line

from ..models import email_key

LONGEST_ADDRESS, LONGEST_LOCAL_PART = 254, 64


def problem_of(email: str) -> str:
    """What is wrong with an address, in a sentence for whoever typed it; nothing if it can be written to."""
    local, _, domain = email.rpartition("@")
    if '"' in email or one_line(email) != email:
        return "Enter the address without quotation marks, like name@example.com."
    if not local.isascii():
        return "Check the part before the @: use the letters a to z without accents."
    if len(local) > LONGEST_LOCAL_PART:
        return f"Check the part before the @: it has at most {LONGEST_LOCAL_PART} letters."
    if "." not in domain or domain.startswith("["):
        return "Check the part after the @: it should look like example.com."
    if meant := _meant().get(domain.casefold()):
        return f"Did you mean {local}@{meant}?"
    try:
        validate_email(email)
        key = email_key(email)
    except (ValidationError, UnicodeError):
        key = ""
    return "" if 0 < len(key) <= LONGEST_ADDRESS else "Check the part after the @: there is no such address."


def cleaned(email: str) -> str:
    """An address without what programs and spreadsheets leave around it: invisible signs, brackets, ``mailto:``."""
    visible = "".join(sign for sign in email if unicodedata.category(sign) not in {"Cf", "Cc"})
    return visible.replace("\N{NO-BREAK SPACE}", " ").strip(" <>'\"()[],;:.").removeprefix("mailto:").strip()


@cache
def _meant() -> dict[str, str]:
    """Domains that are slips of the hand, and what was meant."""
    table = tomllib.loads((Path(__file__).parent / "slips.toml").read_text(encoding="utf-8"))["meant"]
    return {slip: domain for domain, slips in table.items() for slip in slips}
