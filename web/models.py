"""How often something may be done: one row a key, so that every process and machine counts the same."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction

from . import rules


def hashed(what: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), what.encode(), hashlib.sha256).hexdigest()


class LimitQuerySet(models.QuerySet["Limit"]):
    def allow(self, what: str, most: int, within: timedelta, at: datetime) -> bool:
        """Whether ``what`` may happen once more; counts it if so. At most ``most`` times in *any* span of ``within``."""
        key = hashed(what)
        with transaction.atomic():
            # The insert takes the write lock on SQLite, select_for_update the row on PostgreSQL: nobody counts at once.
            self.bulk_create([Limit(key=key, last_at=at)], ignore_conflicts=True)
            limit = self.select_for_update().get(key=key)
            recent = [moment for moment in limit.moments if moment > (at - within).timestamp()]
            allowed = len(recent) < most
            limit.moments = [*recent, at.timestamp()] if allowed else recent
            limit.last_at = at if allowed else limit.last_at
            limit.save()
        return allowed

    def free_after(self, what: str, most: int, within: timedelta, at: datetime) -> timedelta:
        """How long it takes until ``what`` may happen once more."""
        limit = self.filter(key=hashed(what)).first()
        moments = sorted(limit.moments)[-most:] if limit else []
        return max(timedelta(seconds=moments[0] - at.timestamp()) + within, timedelta(seconds=1)) if moments else within

    def forget(self, what: str) -> None:
        """Let the count of ``what`` begin afresh."""
        self.filter(key=hashed(what)).delete()

    def stale(self, at: datetime) -> "LimitQuerySet":
        return self.filter(last_at__lte=at - rules.LIMIT_KEPT_FOR)


class Limit(models.Model):
    key = models.CharField(max_length=64, unique=True, help_text="A keyed hash: no network address is kept.")
    moments = models.JSONField(default=list)
    last_at = models.DateTimeField()

    objects = LimitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Limit {self.pk}"


class Happening(models.TextChoices):
    LOGGED_IN = "log-in", "Logged in"
    FAILED = "failed", "Log-in failed"
    STOPPED = "stopped", "Log-ins stopped: too many attempts"
    ENDED = "ended", "Log-in ended"
    PASSWORD = "password", "Password set"
    STEP_ON = "step-on", "Two-step log-in switched on"
    STEP_OFF = "step-off", "Two-step log-in switched off"
    CODES = "codes", "New recovery codes"
    ACCOUNT = "account", "Account or role changed"
    EXPORTED = "export", "Personal data exported"
    LIFTED = "lifted", "Suppression lifted"
    ERASED = "erased", "Reader erased"


class TrailEntry(models.Model):
    """One line of the trail; ``trail.py`` writes it, and nothing changes it."""

    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=8, choices=Happening.choices)
    who = models.CharField(max_length=150, blank=True, help_text="Empty for a visitor and for the worker.")
    about = models.CharField("whose account", max_length=150, blank=True, db_index=True)
    place = models.CharField("from", max_length=60, blank=True)
    browser = models.CharField(max_length=200, blank=True)
    said = models.CharField("details", max_length=500, blank=True)
    before = models.CharField(max_length=64, unique=True, help_text="The digest of the row before.")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "entry of the trail"
        verbose_name_plural = "trail"

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.about or self.who or 'a visitor'}"
