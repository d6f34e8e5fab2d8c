"""What was done to accounts and with people's data: a row and a line of the log each, chained, so that a missing row shows.

Each row's digest covers its words and the digest of the row before. Whoever changes or removes a row would have to write all that
follow anew, with the key of the site; the newest digest stands in the log as well.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from . import rules
from .models import Happening, TrailEntry
from .network import place_of

logger = logging.getLogger(__name__)

WORDS = ("what", "who", "about", "place", "browser", "said")
TRIES = 20
BROWSER, SAID = 200, 500  # letters that are kept


def record(
    what: Happening,
    request: HttpRequest | None = None,
    *,
    about: AbstractUser | AnonymousUser | None = None,
    said: str = "",
    at: datetime | None = None,
) -> TrailEntry:
    """Who did it is who is logged in; ``about`` is whose account it was done to, if not their own. ``said`` holds no secret."""
    who = request.user if request is not None and request.user.is_authenticated else None
    whose = about if about is not None and about.is_authenticated else who
    entry = TrailEntry(
        at=at or timezone.now(),
        what=what,
        who=who.get_username() if who else "",
        about=whose.get_username() if whose else "",
        place=place_of(request) if request is not None else "",
        browser=request.headers.get("User-Agent", "")[:BROWSER] if request is not None else "",
        said=said[:SAID],
    )
    append(entry)
    logger.info("%s", in_one_line(entry), extra={"trail": as_fields(entry)})
    return entry


def append(entry: TrailEntry) -> None:
    """No two rows follow the same one: of two that try at once, the later tries again."""
    for _ in range(TRIES):
        last = TrailEntry.objects.order_by("-pk").first()
        entry.pk, entry.before = None, last.digest if last else ""
        entry.digest = digest_of(entry)
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise IntegrityError("The trail could not be written.")


def as_fields(entry: TrailEntry) -> dict[str, str]:
    fields = {name: str(getattr(entry, name)) for name in (*WORDS, "before", "digest")}
    return {"at": entry.at.isoformat(), **fields}


def in_one_line(entry: TrailEntry) -> str:
    """For people who read logs; nobody's words can begin another line in it."""
    told = " ".join(f"{name}={value!r}" for name, value in as_fields(entry).items() if value and name not in {"at", "before"})
    return f"trail: {told}"


def digest_of(entry: TrailEntry) -> str:
    words = [entry.before, entry.at.timestamp(), *(str(getattr(entry, name)) for name in WORDS)]
    return hmac.new(settings.SECRET_KEY.encode(), json.dumps(words).encode(), hashlib.sha256).hexdigest()


def gaps(entries: Iterable[TrailEntry]) -> list[int]:
    """The rows, oldest first, that were changed or before which one is missing. The oldest that is kept follows those deleted."""
    found, before = [], None
    for entry in entries:
        if not hmac.compare_digest(entry.digest, digest_of(entry)) or (before is not None and entry.before != before):
            found.append(entry.pk)
        before = entry.digest
    return found


def delete_old(now: datetime) -> int:
    """From the oldest on, so that what stays is a chain; safe to run at any time."""
    return TrailEntry.objects.filter(at__lte=now - rules.TRAIL_KEPT_FOR).delete()[0]
