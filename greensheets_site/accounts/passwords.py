"""Which passwords are taken: long ones, of which enough is left once everything that a guesser tries first is taken out of them.

Common passwords and words count little wherever they stand and however they are dressed up (``Summer2026!``, ``Gr33nsheets1``):
as much as two letters each, the first time. A few words that have nothing to do with one another are a good password.
"""

import re
from collections.abc import Iterator
from functools import cache

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from .. import rules

TOO_EASY = "A guesser would find this password: it is made of common words, names, dates or rows of keys. Try four odd words."
HELP = "Use words that have nothing to do with one another, or let a password manager make one. Names and dates count for little."

OURS = """green sheets greensheets vacancies vacancy school schools teacher teaching support bulletin edition editor publisher
owner staff office admin desk spring summer autumn winter january february march april june july august september october
november december monday tuesday wednesday thursday friday saturday sunday password passwort welcome letmein changeme secret
login website"""
ROWS = (
    *("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp"),
    "1q2w3e4r5t6y7u8i9o0p",
)
DRESSED_UP = str.maketrans("013457@$!|", "oleastasil")
YEAR = re.compile(r"(19|20)\d\d")
SHORTEST_WORD, SHORTEST_ROW = 4, 3
WORTH_OF_A_WORD = 2


class HardToGuessValidator:
    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if strength(password, set(own_words(user))) < rules.LEAST_STRENGTH:
            raise ValidationError(TOO_EASY, code="password_too_easy")

    def get_help_text(self) -> str:
        return HELP


def strength(password: str, own: set[str]) -> int:
    """How many letters' worth a guesser has to find; of several ways to cut the password the guesser's best counts."""
    plain = password.casefold()
    least = [0] * (len(plain) + 1)
    for end in range(1, len(plain) + 1):
        least[end] = least[end - 1] + (plain[end - 1] not in " -_.,")
        for start in range(max(0, end - 24), end - SHORTEST_ROW + 1):
            piece = plain[start:end]
            if is_guessed(piece, own):
                worth = 0 if piece in plain[:start] else WORTH_OF_A_WORD
                least[end] = min(least[end], least[start] + worth)
    return least[-1]


def is_guessed(piece: str, own: set[str]) -> bool:
    if is_row(piece) or YEAR.fullmatch(piece):
        return True
    forms = {piece, piece.translate(DRESSED_UP)}
    return bool(forms & own) or (len(piece) >= SHORTEST_WORD and bool(forms & common()))


def is_row(piece: str) -> bool:
    """The same sign again and again, or keys that stand side by side, in either direction."""
    return len(set(piece)) == 1 or any(piece in row or piece[::-1] in row for row in ROWS)


@cache
def common() -> frozenset[str]:
    """Django's list of the 20,000 passwords that are stolen most often, and what belongs to this publication."""
    return frozenset({*CommonPasswordValidator().passwords, *OURS.split()})


def own_words(user: AbstractBaseUser | None) -> Iterator[str]:
    """Of somebody's name, log-in and address."""
    for field in ("username", "first_name", "last_name", "email"):
        for word in re.split(r"[\W_\d]+", str(getattr(user, field, "")).casefold()):
            if len(word) >= SHORTEST_ROW:
                yield word
