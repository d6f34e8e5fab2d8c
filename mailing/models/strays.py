"""Messages that came to the address of bounces and say nothing that a program could read."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .. import rules


class StrayMessageQuerySet(models.QuerySet["StrayMessage"]):
    def overdue(self, at: datetime) -> "StrayMessageQuerySet":
        return self.filter(at__lte=at - rules.STRAY_KEPT_FOR)

    def naming(self, email: str) -> "StrayMessageQuerySet":
        """Those from an address, and those that name it."""
        return self.filter(Q(sender__icontains=email) | Q(subject__icontains=email) | Q(text__icontains=email))


class StrayMessage(models.Model):
    """Kept for a person to look at, and deleted after its time: it may be from anybody, about anything."""

    at = models.DateTimeField("came in", default=timezone.now)
    sender = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    why = models.CharField(max_length=100)

    objects = StrayMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message that came back and could not be read"
        verbose_name_plural = "messages that came back and could not be read"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        """Never who wrote it: this goes to logs and to the admin's history."""
        return f"Message {self.pk}"
