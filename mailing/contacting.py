"""A visitor writes to the office: stored first, mailed to staff second, and never the one without the other."""

from django.conf import settings
from django.db import transaction

from .models import ContactMessage, Delivery, DeliveryKind, MessageState


@transaction.atomic
def take_message(message: ContactMessage) -> None:
    """Keep a message, and queue the email that tells staff of it; one that a robot sent is only kept."""
    message.save()
    if message.state != MessageState.SPAM:
        _tell_staff(message)


@transaction.atomic
def take_for_genuine(message: ContactMessage) -> None:
    """Staff found that it is not spam after all; anybody who was not told about it is told now."""
    ContactMessage.objects.filter(pk=message.pk).update(state=MessageState.NEW)
    _tell_staff(message)


def _tell_staff(message: ContactMessage) -> None:
    Delivery.objects.bulk_create(
        (
            Delivery(kind=DeliveryKind.CONTACT, contact_message=message, staff_email=address, created_at=message.received_at)
            for address in dict.fromkeys(settings.STAFF_EMAILS)
        ),
        ignore_conflicts=True,
    )
