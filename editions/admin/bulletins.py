"""One bulletin for publishers: its state, its proof, what has changed since, and the buttons to act on it."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from .. import readiness
from ..building import bulletins, changes, estimating
from ..models import Bulletin
from ..readiness import PdfState
from .editions import proof_link
from .forms import RevisionForm

LOOK_AGAIN = 5  # seconds, while a PDF is being made

if TYPE_CHECKING:
    AdminOfBulletins = admin.ModelAdmin[Bulletin]
else:
    AdminOfBulletins = admin.ModelAdmin


@admin.register(Bulletin)
class BulletinAdmin(AdminOfBulletins):
    list_display = ["edition", "staff_group", "in_short", "proof", "pages", "posts", "built_at"]
    list_filter = ["staff_group"]
    list_select_related = ["edition"]
    date_hierarchy = "edition__on"
    fields = ["edition", "staff_group", ("pages", "posts"), ("built_at", "uploaded_at"), ("revision", "revision_note")]
    readonly_fields = ["edition", "staff_group", "pages", "posts", "built_at", "uploaded_at", "revision", "revision_note"]
    actions = ["build"]
    change_form_template = "admin/editions/bulletin/change_form.html"

    def view_on_site(self, bulletin: Bulletin) -> str | None:
        return bulletin.get_absolute_url() if bulletin.file else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Bulletin | None = None) -> bool:
        return False

    @admin.display(description="state")
    def in_short(self, bulletin: Bulletin) -> str:
        return readiness.in_short(bulletin, timezone.now())

    @admin.display(description="PDF")
    def proof(self, bulletin: Bulletin) -> str:
        return proof_link(bulletin)

    @admin.action(description="Build the selected PDFs now", permissions=["change"])
    def build(self, request: HttpRequest, queryset: QuerySet[Bulletin]) -> None:
        can = [bulletin for bulletin in queryset.select_related("edition") if may_build(bulletin)]
        for bulletin in can:
            bulletins.ask(bulletin)
            self.log_change(request, bulletin, "Asked for the PDF.")
        self.tell(request, can, len(queryset) - len(can))

    def tell(self, request: HttpRequest, asked: list[Bulletin], left: int) -> None:
        if asked:
            self.message_user(request, "The PDFs will be made in the next few minutes.", messages.SUCCESS)
        if left:
            self.message_user(request, f"{left} published or uploaded before: open and correct it there.", messages.WARNING)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/build/", view(self.build_one), name="editions_bulletin_build"),
            path("<int:pk>/print/", view(self.print_one), name="editions_bulletin_print"),
            path("<int:pk>/revise/", view(self.revise), name="editions_bulletin_revise"),
            *super().get_urls(),
        ]

    def render_change_form(  # noqa: PLR0917  as Django has it
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Bulletin | None = None,
    ) -> HttpResponse:
        context |= {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        if obj:
            context |= situation(obj, may_change=self.has_change_permission(request))
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if context.get("busy"):
            response["Refresh"] = str(LOOK_AGAIN)  # Nothing can be typed on this page, so a refresh loses nothing.
        return response

    def build_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        bulletin = self.asked_for(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not may_build(bulletin):
            raise PermissionDenied
        bulletins.ask(bulletin)
        return self.back(request, bulletin, "The PDF will be made in the next few minutes.")

    def print_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        bulletin = self.asked_for(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not may_print(bulletin):
            raise PermissionDenied
        if bulletin.held_back and not request.POST.get("without"):
            return self.page(request, "incomplete", bulletin, title="Print it without them?")
        bulletins.ask_for_print(bulletin)
        return self.back(request, bulletin, "The print shop's PDF will be made in the next few minutes.")

    def revise(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Corrects what readers already have, after confirmation and with a note for the cover."""
        bulletin = self.asked_for(request, pk)
        if not may_revise(bulletin):
            raise PermissionDenied
        form = RevisionForm(request.POST or None, held_back=bulletin.not_printed)
        if request.method == "POST" and form.is_valid():
            bulletins.ask(bulletin, note=form.cleaned_data["note"])
            return self.back(request, bulletin, "The corrected PDF will replace the published one in the next few minutes.")
        shown = {"form": form, "changes": changes.since_built(bulletin), "title": "Correct the published bulletin"}
        return self.page(request, "revise", bulletin, **shown)

    def page(self, request: HttpRequest, name: str, bulletin: Bulletin, **context: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": bulletin, **context}
        return TemplateResponse(request, f"admin/editions/bulletin/{name}.html", context)

    def asked_for(self, request: HttpRequest, pk: int) -> Bulletin:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Bulletin.objects.select_related("edition"), pk=pk)

    def back(self, request: HttpRequest, bulletin: Bulletin, message: str) -> HttpResponse:
        self.log_change(request, bulletin, message)
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:editions_bulletin_change", args=[bulletin.pk]))


def may_build(bulletin: Bulletin) -> bool:
    """Only a revision replaces what readers already have, and only another upload replaces an upload."""
    return not bulletin.uploaded_at and not bulletin.is_public


def may_revise(bulletin: Bulletin) -> bool:
    return bulletin.is_public and not bulletin.uploaded_at


def may_print(bulletin: Bulletin) -> bool:
    return not bulletin.uploaded_at


def situation(bulletin: Bulletin, may_change: bool) -> dict[str, Any]:
    """What the page of one bulletin says and offers."""
    board = readiness.bulletin_board(bulletin, timezone.now())
    busy = board.state == PdfState.BUILDING or bool(bulletin.asked_at or bulletin.print_asked_at)
    return {
        "board": board,
        "busy": busy,
        "estimate": estimating.estimate(bulletin),
        "changes": changes.since_built(bulletin),
        "may_build": may_change and may_build(bulletin),
        "may_revise": may_change and may_revise(bulletin),
        "may_print": may_change and may_print(bulletin),
        "print_is_old": bool(bulletin.print_file) and bulletin.print_fingerprint != bulletin.fingerprint,
    }
