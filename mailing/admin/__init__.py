"""The mailing list at the desk. One module for each noun; the history keeps row numbers, never an address."""

from .contact import ContactMessageAdmin
from .mailouts import MailoutAdmin
from .outbox import DeliveryAdmin
from .readers import SubscriberAdmin, SuppressionAdmin, SuppressionLiftAdmin
from .strays import StrayMessageAdmin

__all__ = [
    "ContactMessageAdmin",
    "DeliveryAdmin",
    "MailoutAdmin",
    "StrayMessageAdmin",
    "SubscriberAdmin",
    "SuppressionAdmin",
    "SuppressionLiftAdmin",
]
