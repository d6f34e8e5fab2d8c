"""Readers, what they agreed to and who must not be written to again."""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from vacancies.models import Authority

from .. import rules
from .choices import Choice


def email_key(email: str) -> str:
    """The one spelling by which an address is recognised: NFC, case-folded local part, IDNA lower-case domain.

    Ours rather than the database's LOWER, which knows ASCII only on SQLite. Raises UnicodeError if the domain cannot exist.
    """
    local, _, domain = unicodedata.normalize("NFC", email.strip()).rpartition("@")
    return f"{local.casefold()}@{domain.encode('idna').decode('ascii').lower()}"


def mailbox_key(key: str) -> str:
    """One spelling for all addresses of one mailbox: what stands behind a plus and, at Gmail, dots make no difference."""
    local, _, domain = key.rpartition("@")
    local = local.partition("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def email_hash(key: str) -> str:
    """What a suppression keeps of an address: enough to recognise it, not enough to read it."""
    return hmac.new(settings.SUPPRESSION_KEY.encode(), key.encode(), hashlib.sha256).hexdigest()


def new_token() -> str:
    """128 random bits; never expires and does not depend on SECRET_KEY, so that old emails can always unsubscribe."""
    return secrets.token_urlsafe(16)


class SignUp(models.Model):
    """A request to join as the form took it in; the worker turns it into a reader or not, and deletes it.

    The page that takes it in never looks at the list of readers, so its answer cannot tell who is on it.
    """

    email = models.EmailField()
    email_key = models.CharField(max_length=254)
    choice = models.TextField()
    wording = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Sign-up {self.pk}"


def was_reading_at(at: datetime) -> Q:
    """The same rule as ``SubscriberQuerySet.active``, for a moment of the past."""
    moments = ("unsubscribed_at", "bounced_at", "complained_at", "erased_at")
    stayed = [Q(**{moment: None}) | Q(**{f"{moment}__gt": at}) for moment in moments]
    return Q(*stayed, confirmed_at__lte=at)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def active(self) -> "SubscriberQuerySet":
        """Confirmed, and neither left nor unreachable: whoever a mailout may write to, suppressions aside."""
        return self.filter(confirmed_at__isnull=False, unsubscribed_at=None, bounced_at=None, complained_at=None, erased_at=None)

    def reading_at(self, at: datetime) -> "SubscriberQuerySet":
        """Who was a reader at a moment of the past, as far as the rows tell: who left and came back counts from the return."""
        return self.filter(was_reading_at(at))

    def waiting(self) -> "SubscriberQuerySet":
        """Asked to join, and not confirmed yet."""
        return self.filter(confirmed_at=None, erased_at=None)

    def joined_since(self, at: datetime) -> "SubscriberQuerySet":
        return self.filter(confirmed_at__gte=at)

    def left_since(self, at: datetime) -> "SubscriberQuerySet":
        return self.filter(unsubscribed_at__gte=at)

    def unreachable_since(self, at: datetime) -> "SubscriberQuerySet":
        """Their address bounced, or they called an email spam."""
        return self.filter(Q(bounced_at__gte=at) | Q(complained_at__gte=at))

    def gone(self) -> "SubscriberQuerySet":
        """Whoever is on record and not written to, because they left, bounced or complained."""
        gone = Q(unsubscribed_at__isnull=False) | Q(bounced_at__isnull=False) | Q(complained_at__isnull=False)
        return self.filter(gone, erased_at=None)

    def overdue_unconfirmed(self, at: datetime | None = None) -> "SubscriberQuerySet":
        at = at or timezone.now()
        return self.filter(confirmed_at=None, erased_at=None, requested_at__lte=at - rules.UNCONFIRMED_KEPT_FOR)

    def overdue_unsubscribed(self, at: datetime | None = None) -> "SubscriberQuerySet":
        """Left, bounced or complained for so long that the address has no purpose any more."""
        limit = (at or timezone.now()) - rules.UNSUBSCRIBED_KEPT_FOR
        gone = Q(unsubscribed_at__lte=limit) | Q(bounced_at__lte=limit) | Q(complained_at__lte=limit)
        return self.filter(gone, erased_at=None)


class Subscriber(models.Model):
    """One reader. The timestamps tell the state; there is no flag beside them."""

    email = models.EmailField(blank=True, help_text="As given; empty once erased.")
    email_key = models.CharField(max_length=254, unique=True, null=True, editable=False)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    wants_teaching = models.BooleanField("posts for teaching staff", default=True)
    wants_support = models.BooleanField("posts for support staff", default=True)
    authorities = models.ManyToManyField(Authority, blank=True, help_text="None chosen means all of them.")
    requested_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    complained_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = "reader"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, email_key__isnull=False)
                | Q(erased_at__isnull=False, email_key__isnull=True, email=""),
                name="subscriber_erased_has_no_address",
            ),
            models.CheckConstraint(condition=Q(wants_teaching=True) | Q(wants_support=True), name="subscriber_wants_a_bulletin"),
        ]

    def __str__(self) -> str:
        """Never the address: this goes to logs and to the admin's history."""
        return f"Subscriber {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("mailing:preferences", args=[self.token])

    @property
    def is_active(self) -> bool:
        return bool(self.confirmed_at) and not (self.unsubscribed_at or self.bounced_at or self.complained_at or self.erased_at)

    @property
    def state(self) -> str:
        """The one word that the timestamps add up to."""
        moments = {
            "Erased": self.erased_at,
            "Complained": self.complained_at,
            "Bounced": self.bounced_at,
            "Left": self.unsubscribed_at,
            "Reading": self.confirmed_at,
        }
        return next((word for word, moment in moments.items() if moment), "Not confirmed")

    @property
    def has_complained(self) -> bool:
        """Now, or in a life before that was erased."""
        suppressed = Suppression.objects.of(self.email_key or "").filter(reason=SuppressionReason.COMPLAINED)
        return self.complained_at is not None or suppressed.exists()

    @property
    def choice(self) -> Choice:
        return Choice.of(self.wants_teaching, self.wants_support, (authority.pk for authority in self.authorities.all()))

    def choose(self, choice: Choice) -> None:
        self.wants_teaching, self.wants_support = choice.teaching, choice.support
        self.save(update_fields=["wants_teaching", "wants_support"])
        self.authorities.set(Authority.objects.filter(pk__in=choice.authorities))


class ConsentKind(models.TextChoices):
    REQUESTED = "requested", "Asked to join"
    CONFIRMED = "confirmed", "Confirmed"
    CHANGED = "changed", "Changed choices"
    UNSUBSCRIBED = "unsubscribed", "Left"
    IMPORTED = "imported", "Imported"
    ERASED = "erased", "Erased"
    RESTORED = "restored", "Written to again"


class ConsentEvent(models.Model):
    """Append-only evidence: what happened, when, how, and the exact wording that the reader was shown."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consent_events")
    kind = models.CharField(max_length=12, choices=ConsentKind.choices)
    at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=120, help_text="Form, one-click, staff, or import with the file's hash.")
    wording = models.TextField(blank=True)
    choice = models.TextField(blank=True, help_text="The bulletins and authorities asked for, where the event is about them.")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.how}"


class SuppressionReason(models.TextChoices):
    LEFT = "left", "Left the list"
    BOUNCED = "bounced", "Address does not exist"
    COMPLAINED = "complained", "Reported spam"
    ASKED = "asked", "Asked us never to write"

    @property
    def is_final(self) -> bool:
        """A later sign-up of one's own lifts the other two; these it does not."""
        return self in (SuppressionReason.COMPLAINED, SuppressionReason.ASKED)


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def of(self, key: str) -> "SuppressionQuerySet":
        return self.filter(email_hash=email_hash(key))

    def final(self) -> "SuppressionQuerySet":
        return self.filter(reason__in=[reason for reason in SuppressionReason if reason.is_final])

    def add(self, key: str, reason: SuppressionReason, at: datetime) -> None:
        """Remember an address; a final reason replaces one that a sign-up could lift."""
        row, created = self.get_or_create(email_hash=email_hash(key), defaults={"reason": reason, "at": at})
        if not created and reason.is_final and row.reason != reason:
            row.reason, row.at = reason, at
            row.save()


class Suppression(models.Model):
    """An address that must not be written to again, kept as a keyed hash; survives erasure."""

    email_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=12, choices=SuppressionReason.choices)
    at = models.DateTimeField(default=timezone.now)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = "address never to write to"
        verbose_name_plural = "never write to"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"Suppression {self.pk}: {self.get_reason_display()}"


class SuppressionLift(models.Model):
    """Append-only: which suppression staff lifted, who, when and why."""

    email_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=12, choices=SuppressionReason.choices)
    suppressed_at = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)
    who = models.CharField(max_length=150)
    why = models.CharField(max_length=500)

    class Meta:
        verbose_name = "address written to again"
        verbose_name_plural = "written to again"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"Lift {self.pk}: {self.get_reason_display()}"


class ReaderImport(models.Model):
    """A file of readers that staff brought in; its addresses are those of the readers, who have the evidence."""

    at = models.DateTimeField(default=timezone.now)
    staff = models.PositiveIntegerField(help_text="The number of the member of staff.")
    digest = models.CharField(max_length=64)
    statement = models.TextField()
    added = models.PositiveIntegerField(default=0)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "import of readers"
        verbose_name_plural = "imports of readers"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Import {self.pk}"


class AskedMailboxQuerySet(models.QuerySet["AskedMailbox"]):
    def of(self, key: str) -> "AskedMailboxQuerySet":
        return self.filter(mailbox_hash=email_hash(mailbox_key(key)))

    def may_be_asked(self, key: str) -> bool:
        return not self.of(key).filter(times__gte=rules.MOST_CONFIRMATIONS_EVER).exists()

    def add(self, key: str, at: datetime, times: int = 1) -> None:
        row, _ = self.get_or_create(mailbox_hash=email_hash(mailbox_key(key)))
        self.filter(pk=row.pk, times__lt=1000).update(times=F("times") + times, last_at=at)

    def overdue(self, at: datetime) -> "AskedMailboxQuerySet":
        return self.filter(last_at__lte=at - rules.ASKED_KEPT_FOR)


class AskedMailbox(models.Model):
    """How often a mailbox has been asked to confirm and has not: kept as a keyed hash, forgotten once it confirms."""

    mailbox_hash = models.CharField(max_length=64, unique=True)
    times = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    objects = AskedMailboxQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Mailbox {self.pk}"
