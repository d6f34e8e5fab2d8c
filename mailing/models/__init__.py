"""What the mailing keeps: readers and what they agreed to, mailouts and their deliveries, messages to the office."""

from .contact import ContactMessage, Enquiry, MessageState
from .mailouts import Delivery, DeliveryKind, DeliveryState, Mailout
from .pacing import Pace
from .providers import ProviderHold
from .strays import StrayMessage
from .subscribers import (
    AskedMailbox,
    ConsentEvent,
    ConsentKind,
    ReaderImport,
    SignUp,
    Subscriber,
    Suppression,
    SuppressionLift,
    SuppressionReason,
    email_hash,
    email_key,
    mailbox_key,
    was_reading_at,
)

__all__ = [
    "AskedMailbox",
    "ConsentEvent",
    "ConsentKind",
    "ContactMessage",
    "Delivery",
    "DeliveryKind",
    "DeliveryState",
    "Enquiry",
    "Mailout",
    "MessageState",
    "Pace",
    "ProviderHold",
    "ReaderImport",
    "SignUp",
    "StrayMessage",
    "Subscriber",
    "Suppression",
    "SuppressionLift",
    "SuppressionReason",
    "email_hash",
    "email_key",
    "mailbox_key",
    "was_reading_at",
]
