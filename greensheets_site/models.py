from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string

from editions.models import Edition

from . import rules


class Heartbeat(models.Model):
    """The last sign of life of each worker process, one row each; ``/healthz`` and the desk read it."""

    worker = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()
    doing = models.CharField(max_length=200, blank=True)
    probe = models.CharField(max_length=100, blank=True, help_text="A small file that every machine must find in the storage.")
    probed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "worker"
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.worker

    def is_stale(self, at: datetime | None = None) -> bool:
        """Silent for too long, or written by a clock that was ahead, which says nothing about now."""
        return self.is_ahead(at) or (at or timezone.now()) - self.seen_at > rules.SILENT_AFTER

    def is_ahead(self, at: datetime | None = None) -> bool:
        return self.seen_at - (at or timezone.now()) > rules.CLOCKS_DIFFER_BY

    @classmethod
    def latest(cls, at: datetime) -> "Heartbeat | None":
        """The newest sign of life that counts; only if there is none, one from the future."""
        rows = list(cls.objects.order_by("-seen_at"))
        return next((row for row in rows if not row.is_ahead(at)), rows[0] if rows else None)


class LogIn(AbstractBaseSession):
    """A session, and whose it is; ``accounts/sessions.py`` says when it ends."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    place = models.CharField(max_length=60, blank=True, help_text="The network from which it began.")
    browser = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "log-in"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        return cast(type[SessionBase], import_string(f"{settings.SESSION_ENGINE}.SessionStore"))


class SecondStepDemand(models.Model):
    """A role whose holders must use two-step log-in; ``accounts/demands.py`` sees to it."""

    role = models.CharField(max_length=20, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.role


class ContentVersion(models.Model):
    """One row, whose number grows with every change of what readers may see; ``content.py`` says how."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class SecondStep(models.Model):
    """The two-step log-in of a member of staff who has switched it on; ``second_step.py`` says how it works."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_step")
    seed = models.CharField(max_length=40)
    since = models.DateTimeField()
    last_number = models.BigIntegerField(help_text="The half minute of the last code that was used: none works twice.")
    recovery = models.JSONField(default=list, help_text="Digests of the recovery codes that are left.")

    def __str__(self) -> str:
        return f"Second step {self.pk}"


class Fault(models.Model):
    """One kind of error and how often it came since the operator was last told; ``watching/faults.py`` says how."""

    kind = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    seen_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0, help_text="Since the last email.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "place"], name="fault_once_per_kind_and_place")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.place}"


class Promise(models.TextChoices):
    READY = "ready", "Ready at the copy deadline"
    OUT = "out", "Out at seven"
    SENT = "sent", "Sent by nine"


class Judgement(models.Model):
    """Whether a promise about an edition was kept, judged once; ``watching/monday.py`` judges and tells staff."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    promise = models.CharField(max_length=5, choices=Promise.choices)
    at = models.DateTimeField()
    told = models.CharField(max_length=500, blank=True, help_text="What staff were told; nothing where it was kept.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "promise"], name="judgement_once_per_edition_and_promise"),
            models.CheckConstraint(condition=models.Q(promise__in=Promise.values), name="judgement_promise_known"),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_promise_display()}"


class BackupRunQuerySet(models.QuerySet["BackupRun"]):
    def good(self, at: datetime | None = None) -> "BackupRunQuerySet":
        """Whole sets; what is dated later than now was dated by a clock that was ahead, and proves nothing."""
        return self.filter(finished_at__isnull=False, failure="", started_at__lte=at or timezone.now())


class BackupRun(models.Model):
    """One backup that was begun; ``backups/`` says how. The set itself, not this row, is what a restore believes."""

    name = models.CharField(max_length=40, unique=True)
    place = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="The last sign of life of whoever makes it.")
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the whole set.")
    copied = models.PositiveBigIntegerField(default=0, help_text="Bytes that no earlier set had.")
    files = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0, help_text="Files that rows name but nobody has.")
    rehearsed_at = models.DateTimeField(null=True, blank=True)
    rehearsal_fault = models.TextField(blank=True)

    objects = BackupRunQuerySet.as_manager()

    class Meta:
        verbose_name = "backup"
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint("place", condition=models.Q(finished_at=None), name="one_backup_at_a_time_in_a_place"),
            models.CheckConstraint(
                condition=models.Q(failure="") | models.Q(finished_at__isnull=False), name="a_failed_backup_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Begun(models.Model):
    """Something that a new site needs once and that has been done. Never done again, whatever became of it since."""

    what = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.what


class Look(models.Model):
    """What doctor found on one machine when its worker last looked; ``doctor/looking.py`` says how."""

    machine = models.CharField(max_length=120, unique=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="Staff want it to look now.")
    begun_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ["machine"]

    def __str__(self) -> str:
        return self.machine
