from datetime import datetime

from django.db import models
from django.utils import timezone

from .. import rules


class Enquiry(models.TextChoices):
    ADVERTISE = "advertise", "Advertising a post"
    CORRECTION = "correction", "A correction to an advert"
    MAILING_LIST = "mailing_list", "The mailing list"
    OTHER = "other", "Something else"


class MessageState(models.TextChoices):
    NEW = "new", "New"
    ANSWERED = "answered", "Answered"
    SPAM = "spam", "Spam"


class ContactMessageQuerySet(models.QuerySet["ContactMessage"]):
    def overdue(self, at: datetime | None = None) -> "ContactMessageQuerySet":
        return self.filter(received_at__lte=(at or timezone.now()) - rules.MESSAGE_KEPT_FOR)


class ContactMessage(models.Model):
    """What a visitor wrote: stored first, emailed to staff second, deleted in the end."""

    enquiry = models.CharField(max_length=12, choices=Enquiry.choices)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    telephone = models.CharField(max_length=30, blank=True)
    message = models.TextField(max_length=5000)
    received_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.NEW)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        """Never the visitor's name: this goes to logs and to the admin's history."""
        return f"Contact message {self.pk}"
