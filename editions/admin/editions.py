"""Editions for publishers: what happens to each, the archive's old ones, the posting list."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from vacancies.models import Authority, Break
from web.cells import list_cell

from .. import posting, readiness
from ..building import bulletins, estimating
from ..models import Bulletin, Edition
from .forms import EditionForm, OldEditionForm

if TYPE_CHECKING:
    BulletinsOfEdition = admin.TabularInline[Bulletin, Edition]
    AdminOfEditions = admin.ModelAdmin[Edition]
else:
    BulletinsOfEdition = admin.TabularInline
    AdminOfEditions = SimpleHistoryAdmin


class BulletinInline(BulletinsOfEdition):
    model = Bulletin
    readonly_fields = ["look", "state", "proof", "estimate"]
    fields = [*readonly_fields]
    extra = 0
    can_delete = False
    ordering = ["-staff_group"]
    verbose_name_plural = "bulletins"
    view_on_site = False

    def has_add_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    @admin.display(description="bulletin")
    def look(self, bulletin: Bulletin) -> str:
        url = reverse("admin:editions_bulletin_change", args=[bulletin.pk])
        return list_cell(bulletin.get_staff_group_display(), href=url)

    @admin.display(description="state")
    def state(self, bulletin: Bulletin) -> str:
        return readiness.bulletin_board(bulletin, timezone.now()).sentence

    @admin.display(description="PDF")
    def proof(self, bulletin: Bulletin) -> str:
        return proof_link(bulletin)

    @admin.display(description="room")
    def estimate(self, bulletin: Bulletin) -> str:
        return "–" if bulletin.edition.published_at else str(estimating.estimate(bulletin))


def proof_link(bulletin: Bulletin) -> str:
    if not bulletin.file:
        return "–"
    label = "PDF" if bulletin.edition.published_at else "Proof"
    return list_cell(label, href=bulletin.get_absolute_url())


class WithBreaks(ChangeList):
    """Looks up the breaks of all listed editions at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        reasons = dict(
            Break.objects.confirmed().filter(on__in=[edition.on for edition in self.result_list]).values_list("on", "reason")
        )
        for edition in self.result_list:
            edition.break_entered = reasons.get(edition.on, "")


@admin.register(Edition)
class EditionAdmin(AdminOfEditions):
    form = EditionForm
    list_display = ["on", "number", "copy_deadline_at", "published_at", "in_short"]
    list_per_page = 50
    date_hierarchy = "on"
    fields = ["on", "number", "copy_deadline_at", "note", "published_at", "what_happens"]
    readonly_fields = ["published_at", "what_happens"]
    inlines = [BulletinInline]
    actions = ["build"]
    change_list_template = "admin/editions/edition/change_list.html"

    def view_on_site(self, obj: Edition) -> str | None:
        return obj.get_absolute_url() if obj.published_at else None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithBreaks

    @admin.display(description="what happens")
    def in_short(self, edition: Edition) -> str:
        if edition.break_entered and not edition.published_at:
            return f"Will not come out: a break ({edition.break_entered}) is entered for this Monday."
        return readiness.what_will_happen(edition, timezone.now())

    @admin.display(description="what happens")
    def what_happens(self, edition: Edition) -> str:
        return render_to_string("admin/editions/edition/what_happens.html", {"board": readiness.board(edition, timezone.now())})

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> list[str] | tuple[str, ...]:
        return [*self.readonly_fields, "on", "number"] if obj and obj.published_at else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: EditionForm, formsets: "list[BaseFormSet[Any]]", change: bool) -> None:
        super().save_related(request, form, formsets, change)
        bulletins.plan(form.instance)

    @admin.action(description="Build the PDFs of the selected editions", permissions=["change"])
    def build(self, request: HttpRequest, queryset: QuerySet[Edition]) -> None:
        """Those of editions to come; what readers already have is corrected one by one, with a note."""
        coming = queryset.filter(published_at=None)
        for edition in coming:
            bulletins.plan(edition)
            for bulletin in edition.bulletins.select_related("edition"):
                bulletins.ask(bulletin)
            self.log_change(request, edition, "Asked for the PDFs.")
        left = len(queryset) - len(coming)
        if coming:
            self.message_user(request, "The PDFs will be made in the next few minutes.", messages.SUCCESS)
        if left:
            self.message_user(request, f"{left} published before: open the bulletin and correct it there.", messages.WARNING)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("upload/", view(self.upload), name="editions_edition_upload"),
            path("posting/", view(self.posting), name="editions_edition_posting"),
            path("posting.csv", view(self.posting_table), name="editions_edition_posting_table"),
            path("labels.pdf", view(self.labels), name="editions_edition_labels"),
            *super().get_urls(),
        ]

    def page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/editions/edition/{name}.html", context)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Old bulletins for the archive."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = OldEditionForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            edition = form.save(timezone.now())
            self.log_change(request, edition, f"Uploaded: {', '.join(form.pdfs)}.")
            self.message_user(request, f"{edition} is in the archive.", messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:editions_edition_change", args=[edition.pk]))
        return self.page(request, "upload", form=form, title="Upload an old edition")

    def posting(self, request: HttpRequest) -> HttpResponse:
        self.must_see(request)
        totals = posting.totals()
        sums = {"schools": sum(row.schools for row in totals), "copies": sum(row.copies for row in totals)}
        return self.page(request, "posting", totals=totals, sums=sums, title="Posting list")

    def posting_table(self, request: HttpRequest) -> HttpResponse:
        self.must_see(request)
        response = HttpResponse(posting.table(posting.schools(wanted(request))), content_type="text/csv; charset=utf-8")
        return attached(response, "greensheets-posting-list.csv")

    def labels(self, request: HttpRequest) -> HttpResponse:
        self.must_see(request)
        response = HttpResponse(posting.labels(posting.schools(wanted(request))), content_type="application/pdf")
        return attached(response, "greensheets-labels.pdf")

    def must_see(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def wanted(request: HttpRequest) -> Authority | None:
    slug = request.GET.get("authority")
    return get_object_or_404(Authority, slug=slug) if slug else None


def attached(response: HttpResponse, filename: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response
