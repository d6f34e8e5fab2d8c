"""Log-ins as rows that say whose they are: each ends by itself after hours of rest and after days at the latest, or when told to.

Django's sessions in the database, with a few columns beside them; ``SESSION_ENGINE`` names this module.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from web.network import place_of

from .. import rules
from ..models import LogIn

BEGUN, PLACE, BROWSER = "_begun", "_place", "_browser"


class SessionStore(DatabaseStore):
    row: LogIn | None = None

    @classmethod
    def get_model_class(cls) -> type[LogIn]:
        return LogIn

    def _get_session_from_db(self) -> LogIn | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]  # Django's types leave it out
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> LogIn:
        now = timezone.now()
        whose = data.get(SESSION_KEY)
        if whose is not None:
            data.setdefault(BEGUN, now.timestamp())
        row = cast(LogIn, super().create_model_instance(data))
        begun = datetime.fromtimestamp(data[BEGUN], tz=now.tzinfo) if BEGUN in data else now
        row.user_id, row.begun_at, row.seen_at = whose and int(whose), begun, now
        row.expire_date = ends_at(begun, now)
        row.place, row.browser = data.get(PLACE, ""), data.get(BROWSER, "")
        return row

    def get_expiry_age(self, **_kwargs: Any) -> int:
        """Of the cookie; the row knows better and is what counts."""
        return int(rules.SESSION_LASTS.total_seconds())


def ends_at(begun: datetime, seen: datetime) -> datetime:
    return min(seen + rules.SESSION_IDLES_FOR, begun + rules.SESSION_LASTS)


class SeenMiddleware:
    """Notes now and then that somebody is still there, so that a log-in in use does not idle out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        row = getattr(request.session, "row", None)
        if row is not None and row.user_id and timezone.now() - row.seen_at >= rules.SEEN_EVERY:
            touch(row, timezone.now())
        return response


def touch(row: LogIn, now: datetime) -> None:
    LogIn.objects.filter(pk=row.pk).update(seen_at=now, expire_date=ends_at(row.begun_at, now))


def note_place(request: HttpRequest) -> None:
    """Where somebody has just logged in from, so that they can tell their own log-ins from a stranger's."""
    request.session[PLACE], request.session[BROWSER] = place_of(request), request.headers.get("User-Agent", "")[:200]


def of(user: User, now: datetime) -> list[LogIn]:
    return list(LogIn.objects.filter(user=user, expire_date__gt=now).order_by("-seen_at"))


def end_all(user: User, but: str | None = None) -> int:
    """Log the user out everywhere, or everywhere else."""
    return LogIn.objects.filter(user=user).exclude(pk=but or "").delete()[0]


def clear_ended(now: datetime) -> int:
    """What has ended; safe to run at any time."""
    return LogIn.objects.filter(expire_date__lte=now).delete()[0]
