from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize
from django.utils.text import Truncator

from web.cells import list_cell

from .. import contacting
from ..models import ContactMessage, MessageState

LONGEST_NAME_SHOWN = 40

if TYPE_CHECKING:
    AdminOfMessages = admin.ModelAdmin[ContactMessage]
else:
    AdminOfMessages = admin.ModelAdmin


@admin.register(ContactMessage)
class ContactMessageAdmin(AdminOfMessages):
    """The inbox. What a visitor wrote is read, never changed; staff say what became of it."""

    list_display = ["number", "received_at", "who", "beginning", "state"]
    list_filter = ["state", "enquiry"]
    search_fields = ["name", "email", "message"]
    date_hierarchy = "received_at"
    fields = ["state", "received_at", "enquiry", "name", "reply", "telephone", "message"]
    readonly_fields = ["received_at", "enquiry", "name", "reply", "telephone", "message"]
    actions = ["mark_answered", "mark_spam", "mark_new"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="number", ordering="pk")
    def number(self, message: ContactMessage) -> int:
        """The one that its sender was told."""
        return message.pk

    @admin.display(description="from", ordering="name")
    def who(self, message: ContactMessage) -> str:
        return list_cell(Truncator(message.name).chars(LONGEST_NAME_SHOWN), message.get_enquiry_display())

    @admin.display(description="message")
    def beginning(self, message: ContactMessage) -> str:
        return Truncator(" ".join(message.message.split())).chars(140)

    @admin.display(description="email")
    def reply(self, message: ContactMessage) -> str:
        """An address may hold ``?`` and ``&``, by which a visitor could address the answer to others."""
        to = quote(message.email, safe="@")
        return list_cell(message.email, href=f"mailto:{to}?subject=Your%20message%20to%20Greensheets")

    @admin.action(description="Mark as answered", permissions=["change"])
    def mark_answered(self, request: HttpRequest, queryset: QuerySet[ContactMessage]) -> None:
        self._tell(request, queryset.update(state=MessageState.ANSWERED), "marked as answered")

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_spam(self, request: HttpRequest, queryset: QuerySet[ContactMessage]) -> None:
        self._tell(request, queryset.update(state=MessageState.SPAM), "marked as spam")

    @admin.action(description="Mark as new; what was taken for spam is then emailed to the office", permissions=["change"])
    def mark_new(self, request: HttpRequest, queryset: QuerySet[ContactMessage]) -> None:
        for message in queryset:
            contacting.take_for_genuine(message)
        self._tell(request, len(queryset), "marked as new")

    def _tell(self, request: HttpRequest, count: int, what: str) -> None:
        self.message_user(request, f"{count} message{pluralize(count)} {what}.", messages.SUCCESS)
