from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

STALE_AFTER = timedelta(minutes=5)


class Heartbeat(models.Model):
    """The last sign of life of each worker process, one row a machine; ``/healthz`` and the desk read it."""

    worker = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()
    doing = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "worker"
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


class SecondStep(models.Model):
    """The two-step log-in of a member of staff who has switched it on; ``second_step.py`` says how it works."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_step")
    seed = models.CharField(max_length=40)
    since = models.DateTimeField()
    last_number = models.BigIntegerField(help_text="The half minute of the last code that was used: none works twice.")
    recovery = models.JSONField(default=list, help_text="Digests of the recovery codes that are left.")

    def __str__(self):
        return f"Second step {self.pk}"


class Look(models.Model):
    """What doctor found on one machine when its worker last looked; ``doctor/looking.py`` says how."""

    machine = models.CharField(max_length=120, unique=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="Staff want it to look now.")
    begun_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ["machine"]

    def __str__(self):
        return self.machine
