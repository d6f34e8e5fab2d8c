"""Who may see more than good or bad: whoever sends WATCH_TOKEN, as Prometheus and every monitor can."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare


def holds_token(request: HttpRequest) -> bool:
    """``Authorization: Bearer <token>``. Without the setting nobody does."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return (
        bool(settings.WATCH_TOKEN) and scheme.lower() == "bearer" and constant_time_compare(given.strip(), settings.WATCH_TOKEN)
    )
