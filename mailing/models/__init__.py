from .contact import ContactMessage, Enquiry, MessageState
from .limits import Limit
from .mailouts import FAILURES_BEFORE_PAUSE, Delivery, DeliveryKind, DeliveryState, Mailout
from .subscribers import (
    UNCONFIRMED_KEPT_FOR,
    UNSUBSCRIBED_KEPT_FOR,
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
    "Limit",
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
