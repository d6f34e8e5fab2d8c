"""Editions and their bulletins for publishers: state, proof, build now, what changed."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html
from simple_history.admin import SimpleHistoryAdmin

from . import bulletins, readiness
from .models import Bulletin, Edition


class BulletinInline(admin.TabularInline):
    model = Bulletin
    fields = readonly_fields = ["staff_group", "state", "proof", "pages", "posts"]
    extra = 0
    can_delete = False
    ordering = ["-staff_group"]
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description="state")
    def state(self, bulletin):
        return readiness.bulletin_board(bulletin, timezone.now()).sentence

    @admin.display(description="PDF")
    def proof(self, bulletin):
        return proof_link(bulletin)


def proof_link(bulletin: Bulletin) -> str:
    if not bulletin.file:
        return "–"
    label = "PDF" if bulletin.edition.published_at else "Proof"
    return format_html('<a href="{}">{}</a>', bulletin.get_absolute_url(), label)


@admin.register(Edition)
class EditionAdmin(SimpleHistoryAdmin):
    list_display = ["on", "number", "copy_deadline_at", "published_at", "what_happens"]
    date_hierarchy = "on"
    fields = ["on", "number", "copy_deadline_at", "note", "published_at", "what_happens"]
    readonly_fields = ["published_at", "what_happens"]
    inlines = [BulletinInline]
    actions = ["build"]

    @admin.display(description="what happens")
    def what_happens(self, edition):
        board = readiness.board(edition, timezone.now())
        return f"{board.sentence} {board.warning}".strip()

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "on", "number"] if obj and obj.published_at else self.readonly_fields

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        bulletins.plan(form.instance)

    @admin.action(description="Build the PDFs of the selected editions", permissions=["change"])
    def build(self, request, queryset):
        for edition in queryset:
            bulletins.plan(edition)
            for bulletin in edition.bulletins.all():
                bulletins.ask(bulletin)
        self.message_user(request, "The PDFs will be made in the next minutes.", messages.SUCCESS)


@admin.register(Bulletin)
class BulletinAdmin(admin.ModelAdmin):
    list_display = ["edition", "staff_group", "state", "proof", "pages", "posts", "built_at"]
    list_filter = ["staff_group"]
    list_select_related = ["edition"]
    fields = readonly_fields = [
        "edition",
        "staff_group",
        "state",
        "proof",
        "pages",
        "posts",
        "remarks",
        "built_at",
        "uploaded_at",
        "revision",
        "revision_note",
    ]
    actions = ["build"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="state")
    def state(self, bulletin):
        return readiness.bulletin_board(bulletin, timezone.now()).sentence

    @admin.display(description="PDF")
    def proof(self, bulletin):
        return proof_link(bulletin)

    @admin.action(description="Build the selected PDFs now", permissions=["change"])
    def build(self, request, queryset):
        for bulletin in queryset.select_related("edition"):
            bulletins.ask(bulletin)
        self.message_user(request, "The PDFs will be made in the next minutes.", messages.SUCCESS)
