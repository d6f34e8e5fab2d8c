"""The mailing list at the desk. Readers are looked at, not typed in; the history keeps row numbers, never an address."""

from django.contrib import admin, messages
from django.utils import timezone

from . import steering
from .filters import LatelyFilter, MailoutFilter, ReaderFilter, ReadingOnFilter
from .models import ContactMessage, Delivery, DeliveryState, Mailout, MessageState, Subscriber, Suppression


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Subscriber)
class SubscriberAdmin(ReadOnly):
    list_display = ["email", "state", "wants_teaching", "wants_support", "requested_at", "confirmed_at"]
    search_fields = ["email"]
    list_filter = [ReaderFilter, LatelyFilter, ReadingOnFilter, "wants_teaching", "wants_support", "authorities"]
    exclude = ["token", "email_key"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    list_display = ["pk", "kind", "state", "attempts", "doubts", "sent_at", "next_try_at", "smtp_reply"]
    list_filter = ["state", "kind", MailoutFilter]
    list_select_related = True


@admin.register(Suppression)
class SuppressionAdmin(ReadOnly):
    list_display = ["pk", "reason", "at"]


@admin.register(Mailout)
class MailoutAdmin(ReadOnly):
    list_display = ["edition", "state", "candidates", "excluded", *DeliveryState.values, "pause_reason"]
    actions = ["pause", "resume", "cancel", "retry_failed"]

    @admin.action(description="Pause", permissions=["steer"])
    def pause(self, request, queryset):
        self._tell(request, "paused", [steering.pause(m, "Paused at the desk.", timezone.now()) for m in queryset])

    @admin.action(description="Resume", permissions=["steer"])
    def resume(self, request, queryset):
        self._tell(request, "resumed", [steering.resume(m, timezone.now()) for m in queryset])

    @admin.action(description="Cancel for good", permissions=["steer"])
    def cancel(self, request, queryset):
        self._tell(request, "cancelled", [steering.cancel(m, timezone.now()) for m in queryset])

    @admin.action(description="Try the failed emails again", permissions=["steer"])
    def retry_failed(self, request, queryset):
        count = sum(steering.retry_failed(mailout, timezone.now()) for mailout in queryset)
        self.message_user(request, f"{count} emails are queued again.", messages.SUCCESS)

    def has_steer_permission(self, request):
        return request.user.has_perm("mailing.change_mailout")

    def _tell(self, request, what, done):
        self.message_user(request, f"{sum(done)} of {len(done)} {what}.", messages.SUCCESS)


def _column(state):
    @admin.display(description=DeliveryState(state).label)
    def column(self, mailout):
        return mailout.progress()[state]

    return column


for _state in DeliveryState.values:
    setattr(MailoutAdmin, _state, _column(_state))


@admin.register(ContactMessage)
class ContactMessageAdmin(admin.ModelAdmin):
    list_display = ["received_at", "enquiry", "name", "email", "state"]
    list_filter = ["state", "enquiry"]
    search_fields = ["name", "email", "message"]
    readonly_fields = ["received_at", "enquiry", "name", "email", "telephone", "message"]
    actions = ["mark_answered", "mark_spam"]

    def has_add_permission(self, request):
        return False

    @admin.action(description="Mark as answered", permissions=["change"])
    def mark_answered(self, request, queryset):
        queryset.update(state=MessageState.ANSWERED)

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_spam(self, request, queryset):
        queryset.update(state=MessageState.SPAM)
