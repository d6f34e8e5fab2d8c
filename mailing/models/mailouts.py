"""Mailout: the weekly email of one edition. Delivery: one email to one person; its rows are the outbox of the whole site."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from editions.models import Edition

from .. import rules
from ..verdicts.table import Outcome
from .contact import ContactMessage
from .providers import ProviderHold
from .subscribers import Subscriber


class MailoutQuerySet(models.QuerySet["Mailout"]):
    def running(self) -> "MailoutQuerySet":
        """Free to send: neither paused nor cancelled."""
        return self.filter(paused_at=None, cancelled_at=None)

    def unfinished(self) -> "MailoutQuerySet":
        return self.filter(frozen_at__isnull=False, finished_at=None, cancelled_at=None)


class Mailout(models.Model):
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="mailout")
    planned_at = models.DateTimeField(default=timezone.now)
    frozen_at = models.DateTimeField(null=True, blank=True, help_text="When its readers were written down, one delivery each.")
    held_at = models.DateTimeField(null=True, blank=True, help_text="When it was held back for being very late; once only.")
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True, help_text="Set while the mail server cannot be reached.")
    failures_in_row = models.PositiveSmallIntegerField(default=0)
    candidates = models.PositiveIntegerField(default=0, help_text="Confirmed readers at the moment of freezing.")
    excluded = models.PositiveIntegerField(default=0, help_text="Of those, the ones whose address is suppressed.")
    faults_told_at = models.DateTimeField(null=True, blank=True, help_text="When staff were told that servers refuse us.")

    objects = MailoutQuerySet.as_manager()

    counts: dict[str, int]  # put there by ``count_progress``

    class Meta:
        verbose_name = "weekly email"
        ordering = ["-edition__on"]

    def __str__(self) -> str:
        return f"Weekly email of {self.edition}"

    @property
    def state(self) -> str:
        moments = {
            "Cancelled": self.cancelled_at,
            "Finished": self.finished_at,
            "Paused": self.paused_at,
            "Sending": self.frozen_at,
        }
        return next((word for word, moment in moments.items() if moment), "Too old" if self.is_too_old() else "Planned")

    def is_too_old(self, at: datetime | None = None) -> bool:
        """News of another week, of which nothing has gone: nobody would want it any more."""
        return self.frozen_at is None and self.edition.on <= timezone.localdate(at) - rules.FORGOTTEN_AFTER

    def progress(self) -> dict[str, int]:
        """How many deliveries are in each state, every state named; together with ``excluded`` they are the candidates."""
        Mailout.count_progress([self])
        return self.counts

    @staticmethod
    def count_progress(mailouts: Iterable["Mailout"]) -> None:
        """Give each mailout its ``progress`` as ``counts``, with one query for all."""
        weekly = Delivery.objects.weekly().filter(mailout__in=[mailout.pk for mailout in mailouts])
        rows = weekly.order_by().values_list("mailout", "state").annotate(Count("pk"))
        counted = {(mailout, state): count for mailout, state, count in rows}
        for mailout in mailouts:
            mailout.counts = {state.value: counted.get((mailout.pk, state.value), 0) for state in DeliveryState}


class DeliveryKind(models.TextChoices):
    BULLETIN = "bulletin", "Weekly email"
    TEST = "test", "Test of a weekly email"
    CONFIRMATION = "confirmation", "Confirm your sign-up"
    OWN_LINK = "own-link", "Link to one's data"
    CONTACT = "contact", "Contact message to staff"
    RECEIPT = "receipt", "Receipt for a contact message"
    WARNING = "warning", "Warning to staff"


class DeliveryState(models.TextChoices):
    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    SKIPPED = "skipped", "Skipped"
    UNCERTAIN = "uncertain", "Uncertain"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """The outbox's rules. Whatever changes a state does it by an UPDATE that names the state it expects to find."""

    def weekly(self) -> "DeliveryQuerySet":
        return self.filter(kind=DeliveryKind.BULLETIN)

    def due(self, at: datetime | None = None) -> "DeliveryQuerySet":
        """Waiting, and not told to wait longer; a paused or cancelled mailout holds its own back."""
        at = at or timezone.now()
        may_go = ~Q(kind=DeliveryKind.BULLETIN) | Q(self._mailout_runs(at), ~self._provider_held())
        return self.filter(Q(next_try_at=None) | Q(next_try_at__lte=at), may_go, state=DeliveryState.QUEUED)

    def claim(self, delivery: "Delivery", at: datetime) -> bool:
        """Take one delivery; False if another sender was quicker, or its reader has left, or its mailout was paused.

        All conditions stand in the one UPDATE, so nothing can change between looking and taking. They are EXISTS clauses, not
        joins: Django turns a joined UPDATE into ``pk IN (SELECT ...)``, which PostgreSQL does not check again after waiting for
        another sender's row lock, and then two senders would both win. select_for_update would be a no-op on SQLite.
        """
        free = self.filter(pk=delivery.pk, state=DeliveryState.QUEUED)
        if delivery.kind == DeliveryKind.BULLETIN:
            free = free.filter(self._mailout_runs(at), self._reader_stays(), ~self._provider_held())
        return free.update(state=DeliveryState.SENDING, claimed_at=at) == 1

    def mark_sent(self, delivery: "Delivery", claimed_at: datetime, at: datetime) -> None:
        """Write down that it went, if the claim of that moment still stands."""
        claimed = self.filter(pk=delivery.pk, state=DeliveryState.SENDING, claimed_at=claimed_at)
        claimed.update(state=DeliveryState.SENT, sent_at=at, attempts=F("attempts") + 1, smtp_reply="")

    def skip_departed(self) -> int:
        """Weekly emails whose reader has left since they were queued are not sent."""
        gone = self.weekly().filter(~self._reader_stays(), state=DeliveryState.QUEUED)
        return gone.update(state=DeliveryState.SKIPPED, smtp_reply="The reader has left.")

    def abandoned(self, at: datetime | None = None) -> "DeliveryQuerySet":
        """Claimed so long ago that its sender must have died: whether the email went is not known."""
        at, lease = at or timezone.now(), timedelta(seconds=settings.MAILING_LEASE)
        # A claim from the future was made under a clock that has been set back since.
        over = Q(claimed_at__lte=at - lease) | Q(claimed_at__gt=at + rules.CLOCKS_DIFFER_BY)
        return self.filter(over, state=DeliveryState.SENDING)

    @staticmethod
    @cache
    def _reader_stays() -> Exists:
        """Made once: it is part of every claim, and making it takes longer than the database takes to answer it."""
        return Exists(Subscriber.objects.active().filter(pk=OuterRef("subscriber_id")))

    @staticmethod
    @cache
    def _provider_held() -> Exists:
        return Exists(ProviderHold.objects.filter(provider=OuterRef("provider")))

    @staticmethod
    def _mailout_runs(at: datetime) -> Exists:
        reachable = Q(retry_at=None) | Q(retry_at__lte=at)
        return Exists(Mailout.objects.running().filter(reachable, pk=OuterRef("mailout_id")))


class Delivery(models.Model):
    kind = models.CharField(max_length=12, choices=DeliveryKind.choices)
    mailout = models.ForeignKey(Mailout, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries")
    contact_message = models.ForeignKey(
        ContactMessage, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    staff_email = models.EmailField(blank=True, help_text="Who gets it, where it is not for a reader.")
    note = models.CharField(max_length=500, blank=True, help_text="What a warning says.")
    choice = models.TextField(blank=True, help_text="What the reader had chosen when the mailout was frozen.")
    state = models.CharField(max_length=9, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    message_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True, help_text="When a report said that it did not arrive after all.")
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0, help_text="How often its sender died or was cut off while sending it.")
    next_try_at = models.DateTimeField(null=True, blank=True)
    smtp_reply = models.CharField(max_length=300, blank=True)
    provider = models.CharField(max_length=253, blank=True, help_text="Who keeps the mailbox, or its domain.")
    outcome = models.CharField(
        max_length=15,
        blank=True,
        choices=[(outcome.value, outcome.label) for outcome in Outcome],
        help_text="What a server's last word about it came to.",
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "email"
        indexes = [
            models.Index(fields=["state", "kind", "id"], name="delivery_state_kind"),
            models.Index(fields=["mailout", "provider", "outcome"], name="delivery_mailout_provider"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mailout", "subscriber"], condition=Q(kind="bulletin"), name="delivery_once_per_mailout_and_subscriber"
            ),
            models.UniqueConstraint(
                fields=["contact_message", "staff_email"], name="delivery_once_per_contact_message_and_address"
            ),
            models.CheckConstraint(
                condition=Q(kind="bulletin", mailout__isnull=False, subscriber__isnull=False, contact_message=None)
                | Q(kind="test", mailout__isnull=False, subscriber=None, contact_message=None)
                | Q(kind__in=["confirmation", "own-link"], mailout=None, subscriber__isnull=False, contact_message=None)
                | Q(kind__in=["contact", "receipt"], mailout=None, subscriber=None, contact_message__isnull=False)
                | Q(kind="warning", mailout=None, subscriber=None, contact_message=None),
                name="delivery_kind_has_its_own_parts",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["bulletin", "confirmation", "own-link"], staff_email="")
                | (Q(kind__in=["test", "contact", "receipt", "warning"]) & ~Q(staff_email="")),
                name="delivery_has_one_addressee",
            ),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"

    @property
    def message_id(self) -> str:
        """The Message-ID header, the same on every attempt, so that a mailbox can tell a repeat."""
        return f"<{self.message_key.hex}@{settings.MAIL_DOMAIN}>"

    @property
    def envelope_sender(self) -> str:
        """Where a mail server reports that this one email did not arrive; the address alone says which it was."""
        return f"bounces+{self.message_key.hex}@{settings.MAIL_DOMAIN}"
