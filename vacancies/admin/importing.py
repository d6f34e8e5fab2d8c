"""Imports at the desk: send a file, read what it would do, confirm, watch it being done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from files import leftovers
from files.outages import StorageAway

from .. import rules
from ..imports import adverts, schools, template
from ..imports.tables import Unreadable

FOLDER = "imports"
SPLIT = "<!-- progress -->"
EVERY = 10
AWAY = "The file cannot be fetched from the file storage."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Import:
    title: str
    explanation: str
    accepts: str
    steps: Callable[..., Iterator[Any]]
    permission: str
    has_template: bool = False


SCHOOLS = Import(
    "Import schools",
    "Download “Establishment fields CSV” from get-information-schools.service.gov.uk and send it as it is. New, changed and "
    "closed schools of our authorities are taken; email addresses, crests, copies and safeguarding texts stay as they are.",
    ".csv,.zip",
    lambda file, **options: schools.schools_in_steps(file, timezone.localdate(), **options),
    # The register decides for whole authorities, so it is for those who also look after these: Publishers and Owners.
    permission="vacancies.change_authority",
)
ADVERTS = Import(
    "Import adverts",
    "Fill in the template, one line an advert, and send it as CSV or as an Excel workbook. Adverts come in as drafts.",
    ".csv,.xlsx,.txt",
    adverts.adverts_in_steps,
    permission="vacancies.add_vacancy",
    has_template=True,
)


class ImportForm(forms.Form):
    file = forms.FileField(label="File", max_length=200)


class ImportsFiles(admin.ModelAdmin):
    """Adds the pages of one import to an admin class, which it stands before."""

    what: Import

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        wrap = self.admin_site.admin_view
        own = [path("import/", wrap(self.import_view), name=name)]
        if self.what.has_template:
            own.append(path("import/template.<slug:kind>", wrap(self.template_view), name=f"{name}_template"))
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"may_import": may_import(self, request), **(extra_context or {})})

    def template_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        if not may_import(self, request):
            raise PermissionDenied
        content, content_type = (template.as_xlsx(), XLSX) if kind == "xlsx" else (template.as_csv(), "text/csv; charset=utf-8")
        name = f"adverts.{'xlsx' if kind == 'xlsx' else 'csv'}"
        return HttpResponse(content, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    def import_view(self, request: HttpRequest) -> HttpResponseBase:
        if not may_import(self, request):
            raise PermissionDenied
        if "confirm" in request.POST:
            return self._done(request)
        form = ImportForm(request.POST or None, request.FILES or None)
        context = {"form": form}
        if request.method == "POST" and form.is_valid():
            context |= self._looked_at(request, form)
        return TemplateResponse(request, "admin/vacancies/import.html", self._context(request, **context))

    def _looked_at(self, request: HttpRequest, form: ImportForm) -> dict[str, Any]:
        """What the file would do; kept for the confirmation if it may be done."""
        _forget(request, self.what)
        _sweep()
        file = form.cleaned_data["file"]
        try:
            *_, report = self.what.steps(file, dry_run=True)
        except Unreadable as error:
            form.add_error("file", str(error))
            return {}
        may_go_on = bool(report.named) and not (self.what is ADVERTS and report.problems)
        if may_go_on:
            file.seek(0)
            suffix = PurePath(file.name).suffix.lower()[:5]
            request.session[_key(self.what)] = default_storage.save(f"{FOLDER}/{uuid4().hex}{suffix}", file)
        return {"report": report, "may_go_on": may_go_on, "file_name": file.name}

    def _done(self, request: HttpRequest) -> HttpResponseBase:
        stored = _claim(request, self.what)
        if not stored or not default_storage.exists(stored):
            form = ImportForm({})
            form.errors["file"] = form.error_class(["The file is no longer here. Upload it again."])
            return TemplateResponse(request, "admin/vacancies/import.html", self._context(request, form=form))
        page = render_to_string("admin/vacancies/import.html", self._context(request, running=True), request)
        return StreamingHttpResponse(self._told(page, stored, request.user), headers={"X-Accel-Buffering": "no"})

    def _told(self, page: str, stored: str, user: Any) -> Iterator[str]:
        """The page as the import goes on. If the reader leaves part-way, the whole import is undone."""
        before, after = page.split(SPLIT)
        yield before
        try:
            with default_storage.open(stored, "rb") as file:
                for number, report in enumerate(self.what.steps(file, user=user), 1):
                    if number % EVERY == 0:
                        yield _line(report.so_far)
            yield _line(str(report), "Done.")
        except Unreadable as error:
            yield _line("", f"{error} Nothing was imported.")
        except StorageAway:
            yield _line("", f"{AWAY} Nothing was imported. Upload it again in a few minutes.")
        finally:
            leftovers.discard(stored)
        yield after

    def _context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        info = self.opts.app_label, self.opts.model_name
        return {
            **self.admin_site.each_context(request),
            "title": self.what.title,
            "opts": self.opts,
            "what": self.what,
            "list_url": reverse("admin:{}_{}_changelist".format(*info)),
            **more,
        }


def may_import(model_admin: "ImportsFiles", request: HttpRequest) -> bool:
    return model_admin.has_add_permission(request) and request.user.has_perm(model_admin.what.permission)


def _line(text: str, outcome: str = "") -> str:
    return render_to_string("admin/vacancies/_import_line.html", {"text": text, "outcome": outcome})


def _key(what: Import) -> str:
    return f"import:{what.title}"


def _claim(request: HttpRequest, what: Import) -> str:
    """The file that was checked, for one confirmation only: of two simultaneous clicks, one finds it and the other does not."""
    with transaction.atomic():
        session = type(request.session)(request.session.session_key)
        list(Session.objects.select_for_update().filter(session_key=session.session_key))
        stored = session.pop(_key(what), "")
        session.save()
    request.session.pop(_key(what), "")
    return str(stored)


def _sweep() -> None:
    """Removes files that somebody checked but never confirmed."""
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    leftovers.sweep(names, [], timezone.now() - rules.IMPORT_KEPT_FOR)


def _forget(request: HttpRequest, what: Import) -> None:
    if stored := request.session.pop(_key(what), ""):
        leftovers.discard(stored)
