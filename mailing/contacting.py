"""A visitor writes to the office: stored first, mailed to staff second, and never the one without the other."""

from django.conf import settings
from django.db import transaction

from web.models import Limit

from . import rules
from .models import ContactMessage, Delivery, DeliveryKind, MessageState, email_key, mailbox_key


@transaction.atomic
def take_message(message: ContactMessage) -> None:
    """Keep a message, and queue the emails that tell staff and its sender of it; one that a robot sent is only kept.

    The same message sent twice, by a button pressed twice or a page loaded anew, is one.
    """
    at = message.received_at
    same = f"message {message.enquiry} {message.email} {message.name} {message.message}"
    if not Limit.objects.allow(same, 1, rules.SAME_MESSAGE_WITHIN, at):
        return
    message.save()
    if message.state != MessageState.SPAM:
        _tell_staff(message)
        _tell_sender(message)


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


def _tell_sender(message: ContactMessage) -> None:
    """Once in a day, so that nobody is flooded by way of our form; and nobody whose address is the office's own."""
    try:
        mailbox = mailbox_key(email_key(message.email))
    except UnicodeError:
        return
    is_ours = message.email in settings.STAFF_EMAILS
    if not is_ours and Limit.objects.allow(f"receipt {mailbox}", 1, rules.RECEIPT_WITHIN, message.received_at):
        Delivery.objects.create(
            kind=DeliveryKind.RECEIPT,
            contact_message=message,
            staff_email=message.email,
            created_at=message.received_at,
        )
