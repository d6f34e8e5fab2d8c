from django.contrib import admin, messages
from django.db import models
from simple_history.admin import SimpleHistoryAdmin

from richtext.editor import HtmlWidget
from richtext.fields import HtmlField

from .. import documents, reference, wording
from ..admin_forms import VacancyForm
from ..models import Status, Vacancy
from .documents import DocumentInline
from .filters import AttentionFilter, ClosingFilter, EditionFilter, GroupFilter, PrintedFilter, StateFilter, state_of

FIELDSETS = [
    (
        "The post",
        {
            "fields": [
                "version",
                "school",
                "title",
                ("role_type", "posts"),
                "subjects",
                ("key_stages", "ect_suitable"),
                "workplaces",
                "body",
            ],
            "description": "A draft needs a school and a title only.",
        },
    ),
    ("Dates", {"fields": ["publish_on", "in_bulletin", ("print_from", "print_until"), "closes_at", "may_close_early"]}),
    (
        "Contract and hours",
        {
            "fields": [
                ("contract", "contract_detail"),
                ("working_pattern", "job_share"),
                ("hours_per_week", "hours_detail"),
                ("weeks", "weeks_detail"),
                ("weeks_worked", "weeks_paid", "fte"),
                ("start", "starts_on", "start_text"),
            ]
        },
    ),
    (
        "Pay",
        {
            "fields": [
                ("pay_scale", "pay_points"),
                ("pay_min", "pay_max", "pay_unit"),
                "full_time_hours",
                ("actual_pay_min", "actual_pay_max"),
                ("hourly_pay", "pay_allowance"),
                "pay_note",
            ],
            "description": "Readers look for actual pay first. The form works it out; the figure that you type wins.",
        },
    ),
    (
        "Applying",
        {
            "fields": [
                ("apply_method", "cv_accepted"),
                "apply_email",
                "apply_url",
                "apply_phone",
                ("shortlisting", "interview"),
                "visits",
                ("contact_name", "contact_phone", "contact_email"),
            ]
        },
    ),
    ("Safeguarding", {"fields": ["dbs", "safeguarding_text"]}),
]


@admin.register(Vacancy)
class VacancyAdmin(SimpleHistoryAdmin):
    form = VacancyForm
    # The admin would put its plain textarea in place of the editor: it goes by the nearest class that it knows.
    formfield_overrides = {HtmlField: {"widget": HtmlWidget}, models.URLField: {"assume_scheme": "https"}}
    fieldsets = FIELDSETS
    inlines = [DocumentInline]
    autocomplete_fields = ["school", "role_type", "subjects"]
    list_display = ["number", "title", "school", "role_type", "state", "publish_on", "printed", "closing"]
    list_display_links = ["number", "title"]
    list_filter = [
        EditionFilter,
        StateFilter,
        AttentionFilter,
        ClosingFilter,
        GroupFilter,
        PrintedFilter,
        "school__authority",
        "role_type",
    ]
    list_select_related = ["school", "role_type"]
    list_per_page = 50
    date_hierarchy = "publish_on"
    search_fields = ["title", "school__name", "school__town"]
    search_help_text = "Title, school, town, or a reference such as GS10427"
    ordering = ["-publish_on", "-pk"]

    @admin.display(description="reference", ordering="pk")
    def number(self, vacancy):
        return vacancy.reference

    @admin.display(description="state")
    def state(self, vacancy):
        return state_of(vacancy)

    @admin.display(description="printed", ordering="print_from")
    def printed(self, vacancy):
        if not vacancy.print_from:
            return "website only"
        if vacancy.print_from == vacancy.print_until:
            return f"{vacancy.print_from:%d/%m/%Y}"
        return f"{vacancy.print_from:%d/%m/%Y} to {vacancy.print_until:%d/%m/%Y}"

    @admin.display(description="closes", ordering="closes_at")
    def closing(self, vacancy):
        return wording.closing(vacancy, long=False)

    def get_search_results(self, request, queryset, search_term):
        """The search box understands a reference."""
        pk = reference.to_pk(search_term)
        if pk is not None:
            return queryset.filter(pk=pk), False
        return super().get_search_results(request, queryset, search_term)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if request.resolver_match and request.resolver_match.url_name == "vacancies_vacancy_simple_history":
            return type(form.__name__, (form,), {"reverting": True})
        return form

    def get_queryset(self, request):
        """A save holds its row until it is done, so that of two at the same moment the second sees the first."""
        rows = super().get_queryset(request)
        return rows.select_for_update(of=("self",)) if request.method == "POST" and _is_change(request) else rows

    def has_delete_permission(self, request, obj=None):
        """Nothing that was approved is deleted: it is withdrawn (rule 10)."""
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.status != Status.DRAFT)

    def get_view_on_site_url(self, obj=None):
        has_page = obj is not None and Vacancy.objects.with_page().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if has_page else None

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        documents.remove_files([document.file.name for document in formset.deleted_objects])

    def delete_model(self, request, obj):
        documents.remove_files(list(obj.attachments.values_list("file", flat=True)))
        super().delete_model(request, obj)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        for problem in form.found or []:
            if obj.status == Status.APPROVED and not problem.stops:
                self.message_user(request, f"Please check: {problem.sentence}", messages.WARNING)
        if "_approve" in request.POST:
            self.message_user(request, f"{obj} is approved. {_when(obj)}")


def _is_change(request) -> bool:
    return bool(request.resolver_match) and request.resolver_match.url_name == "vacancies_vacancy_change"


def _when(vacancy: Vacancy) -> str:
    if vacancy.is_closed():
        return "It is closed."
    if vacancy.is_published():
        return "It is on the website now."
    return f"It goes on the website on {wording.long_day(vacancy.publish_on)}."
