from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

STALE_AFTER = timedelta(minutes=5)


class Heartbeat(models.Model):
    """The last sign of life of each worker process, one row a machine; ``/healthz`` and the desk read it."""

    worker = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()
    doing = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self):
        return self.worker

    def is_stale(self, at: datetime | None = None) -> bool:
        return (at or timezone.now()) - self.seen_at > STALE_AFTER


class ContentVersion(models.Model):
    """One row, whose number grows with every change of what readers may see; ``content.py`` says how."""

    number = models.BigIntegerField(default=0)

    def __str__(self):
        return str(self.number)
