from django.contrib import admin

from ..filters import MailoutFilter
from ..models import Delivery
from .readonly import ReadOnly


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly[Delivery]):
    list_display = ["pk", "kind", "state", "attempts", "doubts", "sent_at", "next_try_at", "bounced_at", "smtp_reply"]
    list_filter = ["state", "kind", MailoutFilter]
    fields = [
        "kind",
        "mailout",
        "state",
        "created_at",
        "claimed_at",
        "sent_at",
        "bounced_at",
        "attempts",
        "doubts",
        "next_try_at",
        "smtp_reply",
        "message_id",
    ]
