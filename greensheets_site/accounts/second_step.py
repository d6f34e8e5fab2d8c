"""The second step of logging in, for those who have switched it on: a code from an app (RFC 6238), or a recovery code.

What the app and the site share follows from ``SECRET_KEY`` and a random seed, and a recovery code is kept as a digest only:
with a copy of the database alone nobody gets in. A code works once; the step is on for whoever has a row.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from web.models import Limit
from web.network import place_of

from .. import rules
from ..models import SecondStep

ISSUER = "Greensheets"
SECONDS, DIGITS, SLACK = 30, 6, 1
GROUPS, GROUP = 4, 4
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another; sixteen of them are 79 bits

WAITS = "second_step"


def new_seed() -> str:
    return secrets.token_hex(20)


def shared_key(seed: str) -> bytes:
    return salted_hmac("greensheets.second_step", seed, algorithm="sha256").digest()[:20]


def typed_key(seed: str) -> str:
    """The shared key, to type in where the QR code cannot be scanned."""
    return base64.b32encode(shared_key(seed)).decode()


def address(user: User, seed: str) -> str:
    """What the QR code holds, and what a tap on the link opens on the phone itself."""
    label = quote(f"{ISSUER}:{user.get_username()}")
    return f"otpauth://totp/{label}?{urlencode({'secret': typed_key(seed), 'issuer': ISSUER})}"


def square(text: str) -> tuple[int, str]:
    """The QR code as an SVG's width and path, for a template that escapes whatever it is given."""
    rows = [list(row) for row in segno.make(text, error="m").matrix_iter(border=4)]
    dark = (f"M{x},{y}h1v1h-1z" for y, row in enumerate(rows) for x, bit in enumerate(row) if bit)
    return len(rows), "".join(dark)


def number_at(now: datetime) -> int:
    return int(now.timestamp()) // SECONDS


def code_for(key: bytes, number: int) -> str:
    """RFC 4226: the code of one half minute."""
    digest = hmac.new(key, number.to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}}"


def number_of(seed: str, code: str, now: datetime) -> int | None:
    """The number of the span whose code this is; a phone's clock may be one span slow or fast."""
    key, middle, typed = shared_key(seed), number_at(now), _letters(code)
    found = [
        number for number in range(middle - SLACK, middle + SLACK + 1) if constant_time_compare(code_for(key, number), typed)
    ]
    return found[0] if found else None


def is_on(user: User) -> bool:
    return SecondStep.objects.filter(user=user).exists()


def may_try_code(request: HttpRequest, user: User, now: datetime, is_known: bool = False) -> bool:
    """Whether a code may be tried once more; counts it if so. Only who knows the password comes this far.

    A stranger who knows it and tries from everywhere keeps no owner out of a browser that was in before, which is ``is_known``.
    """
    allow = Limit.objects.allow
    return allow(_from_here(request, user), rules.MOST_CODES_FROM_ONE_PLACE, rules.CODES_WITHIN, now) and (
        is_known or allow(f"code of {user.pk}", rules.MOST_CODES, rules.CODES_WITHIN, now)
    )


def _from_here(request: HttpRequest, user: User) -> str:
    return f"code of {user.pk} from {place_of(request)}"


def forget_tries(request: HttpRequest, user: User) -> None:
    Limit.objects.forget(_from_here(request, user))
    Limit.objects.forget(f"code of {user.pk}")


@transaction.atomic
def switch_on(user: User, seed: str, code: str, now: datetime) -> list[str]:
    """The recovery codes, to be shown this once; none if the code is wrong or the step is on already."""
    number = number_of(seed, code, now) if seed else None
    if number is None:
        return []
    row, is_new = SecondStep.objects.get_or_create(user=user, defaults={"seed": seed, "since": now, "last_number": number})
    return _give_codes(row) if is_new else []


@transaction.atomic
def new_codes(user: User) -> list[str]:
    """Ten new codes, which replace those issued before."""
    return _give_codes(SecondStep.objects.select_for_update().get(user=user))


def switch_off(user: User) -> bool:
    return bool(SecondStep.objects.filter(user=user).delete()[0])


def accept(user: User, code: str, now: datetime) -> bool:
    """Whether the code is good, from the app or on paper; uses it up if so."""
    row = SecondStep.objects.filter(user=user).first()
    number = number_of(row.seed, code, now) if row else None
    if row and number:
        return SecondStep.objects.filter(pk=row.pk, last_number__lt=number).update(last_number=number) == 1
    return _use_recovery_code(user, code)


@transaction.atomic
def _use_recovery_code(user: User, code: str) -> bool:
    row = SecondStep.objects.select_for_update().filter(user=user).first()
    digest = _digest(user, code)
    if row is None or digest not in row.recovery:
        return False
    row.recovery = [kept for kept in row.recovery if kept != digest]
    row.save(update_fields=["recovery"])
    return True


def _give_codes(row: SecondStep) -> list[str]:
    codes = [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
        for _ in range(rules.RECOVERY_CODES)
    ]
    row.recovery = [_digest(row.user, code) for code in codes]
    row.save(update_fields=["recovery"])
    return codes


def _digest(user: User, code: str) -> str:
    """A fast digest is enough for 79 random bits, and outlives a change of ``SECRET_KEY``, which the codes must."""
    return hashlib.sha256(f"{user.pk}:{_letters(code)}".encode()).hexdigest()


def _letters(code: str) -> str:
    """As it was meant: without the spaces and dashes with which codes are shown."""
    return "".join(letter for letter in code.lower() if letter.isascii() and letter.isalnum())


def wait(request: HttpRequest, user: User, now: datetime) -> None:
    """The password was right: remember for a few minutes who is logging in. This alone logs nobody in."""
    request.session.cycle_key()
    request.session[WAITS] = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": now.timestamp()}


def waiting(request: HttpRequest, now: datetime) -> User | None:
    """Who is logging in, unless the password was changed or the account closed in the meantime."""
    told = request.session.get(WAITS) or {}
    if now.timestamp() - told.get("at", 0) > rules.CODE_WAITS_FOR.total_seconds():
        return None
    user = User.objects.filter(pk=told["user"], is_active=True, is_staff=True).first()
    return user if user and constant_time_compare(user.get_session_auth_hash(), told["hash"]) else None
