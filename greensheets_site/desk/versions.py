"""The versions of a row: what changed, by whom, and bringing an earlier one back. One way for every model with a history.

To bring a version back is an ordinary save of the row as it now is: the form of the row is filled with what it held then, checked
like any other, and saved as a new version by whoever may change the row. What no form holds stays: whether an advert is approved
or an edition published is never undone from here.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from vacancies import wording

from .. import rules
from .differences import changes, preload


def page_for(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Our page in place of one of the history's library; any other view as it is. The library's lets whoever may look revert."""
    owner = getattr(view, "__self__", None)
    pages: dict[str, Callable[..., HttpResponse]] = {"history_view": show_all, "history_form_view": show_one}
    page = pages.get(getattr(view, "__name__", ""))
    return partial(page, owner) if page and isinstance(owner, SimpleHistoryAdmin) else view


def show_all(
    model_admin: "ModelAdmin[Any]", request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
) -> HttpResponse:
    row = _row(model_admin, request, object_id)
    records = row.history.select_related("history_user").order_by("-history_date", "-history_id")
    page = Paginator(records, rules.VERSIONS_ON_A_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "versions": _with_changes(list(records[max(page.start_index() - 1, 0) : page.end_index() + 1]), len(page)),
        "newest": page.number == 1 and page.object_list and page.object_list[0],
    }
    return _answer(model_admin, request, row, "admin/versions.html", {"title": f"History: {row}", **context})


def show_one(
    model_admin: "ModelAdmin[Any]",
    request: HttpRequest,
    object_id: str,
    version_id: str,
    extra_context: dict[str, Any] | None = None,
) -> HttpResponse:
    row = _row(model_admin, request, object_id)
    record = get_object_or_404(row.history.select_related("history_user"), pk=unquote(version_id))
    form_class = model_admin.get_form(request, row, change=True)
    may_bring_back = model_admin.has_change_permission(request, row)
    if request.method == "POST":
        if not may_bring_back:
            raise PermissionDenied
        form = form_class(request.POST, request.FILES, instance=row)
        if form.is_valid():
            return _bring_back(model_admin, request, form, record)
        row = _row(model_admin, request, object_id)
    else:
        form = form_class(instance=record.instance, initial=_subjects_and_such(record))
    preload([record])
    context = {
        "record": record,
        "form": form,
        "changes": [change for change in changes(record, row) if change.name in form.fields or not may_bring_back],
        "may_bring_back": may_bring_back,
    }
    return _answer(model_admin, request, row, "admin/version.html", {"title": f"An earlier version: {row}", **context})


def _row(model_admin: "ModelAdmin[Any]", request: HttpRequest, object_id: str) -> Any:
    row = model_admin.get_object(request, unquote(object_id))
    if row is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, row):
        raise PermissionDenied
    return row


def _with_changes(records: Sequence[Any], shown: int) -> list[tuple[Any, list[Any]]]:
    """Each version with what it changed in the one before it; one record more than is shown comes along for that."""
    preload(records)
    before = [*records[1:], None]
    return [
        (record, changes(record, earlier) if earlier else []) for record, earlier in zip(records[:shown], before, strict=False)
    ]


def _subjects_and_such(record: Any) -> dict[str, list[int]]:
    """What a version held in many-to-many fields, which its ``instance`` cannot hold."""
    return {
        field.name: [getattr(row, f"{field.m2m_reverse_field_name()}_id") for row in getattr(record, field.name).all()]
        for field in record._history_m2m_fields
    }


def _bring_back(model_admin: "ModelAdmin[Any]", request: HttpRequest, form: "ModelForm[Any]", record: Any) -> HttpResponse:
    row = model_admin.save_form(request, form, change=True)
    when = wording.moment_text(record.history_date, long=False)
    row._change_reason = f"Brought back the version of {when}"
    model_admin.save_model(request, row, form, change=True)
    form.save_m2m()
    model_admin.log_change(request, row, row._change_reason)
    messages.success(request, f"{row} is as it was on {when}. What it was before is kept as a version too.")
    return redirect(_address(model_admin, "change", row))


def _answer(
    model_admin: "ModelAdmin[Any]", request: HttpRequest, row: Any, template: str, context: dict[str, Any]
) -> HttpResponse:
    request.current_app = model_admin.admin_site.name
    common = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "row": row,
        "change_url": _address(model_admin, "change", row),
        "history_url": _address(model_admin, "history", row),
    }
    return TemplateResponse(request, template, {**common, **context})


def _address(model_admin: "ModelAdmin[Any]", page: str, row: Any) -> str:
    return reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_{page}", args=[row.pk])
