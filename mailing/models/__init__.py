"""What the mailing keeps: readers and what they agreed to, mailouts and their deliveries, messages to the office."""

from .contact import ContactMessage, Enquiry, MessageState
from .mailouts import Delivery, DeliveryKind, DeliveryState, Mailout
from .subscribers import (
    ConsentEvent,
    ConsentKind,
    SignUp,
    Subscriber,
    Suppression,
    SuppressionReason,
    email_hash,
    email_key,
    was_reading_at,
)

__all__ = [
    "FAILURES_BEFORE_PAUSE",
    "UNCONFIRMED_KEPT_FOR",
    "UNSUBSCRIBED_KEPT_FOR",
    "ConsentEvent",
    "ConsentKind",
    "ContactMessage",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "Enquiry",
    "Mailout",
    "MessageState",
    "SignUp",
    "Subscriber",
    "Suppression",
    "SuppressionReason",
    "email_hash",
    "email_key",
    "was_reading_at",
]
