from django.contrib import admin

from ..models import StrayMessage
from .readonly import ReadOnly


@admin.register(StrayMessage)
class StrayMessageAdmin(ReadOnly[StrayMessage]):
    list_display = ["subject", "sender", "why", "at"]
    list_display_links = ["subject", "why"]
    fields = ["at", "sender", "subject", "why", "text"]
