"""What belongs to no room: users, flat pages, the workers' signs of life."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.contrib.flatpages.admin import FlatPageAdmin
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.db import models
from django.db.models import Field, QuerySet
from django.forms import Field as FormField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat, pluralize

from mailing.admin.readonly import ReadOnly, Row
from richtext.admin import TellsWhatWasLeftOut
from richtext.cleaning import ARTICLE
from richtext.forms import HtmlFormField
from web import trail
from web.models import Happening, TrailEntry

from .accounts import arrivals, second_step, sessions
from .beginning import gaps
from .models import BackupRun, Heartbeat

# The address of the site is a setting; a second truth in the database would be wrong one day.
admin.site.unregister(Site)
admin.site.unregister(User)
admin.site.unregister(FlatPage)

if TYPE_CHECKING:
    AdminOfUsers = UserAdmin[User]
else:
    AdminOfUsers = UserAdmin


# Label and help of fields that Django describes in its own terms.
STAFF_WORDS = {
    "groups": ("Role", ""),
    "is_active": ("Active", "Only active colleagues can log in."),
    "username": ("Username", "Letters, digits and @ . + - _ only."),
}


@admin.register(User)
class StaffAdmin(AdminOfUsers):
    """People are made inactive, never deleted: the history of adverts names them."""

    list_display = ["username", "first_name", "last_name", "email", "roles", "two_steps", "is_active", "last_login"]
    list_select_related = ["second_step"]
    actions = ["switch_off_second_step", "end_log_ins"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = []
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": [("first_name", "last_name"), "email"]}),
        (
            "Role",
            {
                "fields": ["is_active", "groups"],
                "description": "Editors enter and approve adverts. Publishers also look after editions, readers and pages. "
                "Owners also look after staff. Untick “active” when somebody leaves.",
            },
        ),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["username", "usable_password", "password1", "password2"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Django's own words are those of people who program."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in STAFF_WORDS:
            field.label, field.help_text = STAFF_WORDS[db_field.name]
        return field

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join(["Superuser", *names] if user.is_superuser else names)

    @admin.display(description="two-step log-in", boolean=True)
    def two_steps(self, user: User) -> bool:
        return hasattr(user, "second_step")

    @admin.action(description="Switch off two-step log-in (for a lost phone)", permissions=["change"])
    def switch_off_second_step(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """A colleague's; one's own asks for a code, on the page of its own."""
        others = [user for user in queryset.exclude(pk=cast(User, request.user).pk) if self.has_change_permission(request, user)]
        reset = [user for user in others if second_step.switch_off(user)]
        for user in reset:
            sessions.end_all(user)
            self.log_change(request, user, "Switched off two-step log-in")
            arrivals.tell_of_second_step(request, user, Happening.STEP_OFF)
        level = messages.SUCCESS if reset else messages.WARNING
        self.message_user(request, f"Switched off for {len(reset)} colleague{pluralize(len(reset))}.", level)

    @admin.action(description="End all log-ins (for a lost computer)", permissions=["change"])
    def end_log_ins(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        count = 0
        for user in [user for user in queryset if self.has_change_permission(request, user)]:
            ended = sessions.end_all(user, but=request.session.session_key)
            count += ended
            trail.record(Happening.ENDED, request, about=user, said=f"{ended} of them")
        self.message_user(request, f"Ended {count} log-in{pluralize(count)}.", messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: User, form: "ModelForm[User]", change: bool) -> None:
        """Every user is staff: nobody else logs in here."""
        obj.is_staff = True
        form.account_before = standing(User.objects.filter(pk=obj.pk).first())  # type: ignore[attr-defined]  # for save_related
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: "ModelForm[User]", formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        before, after = form.account_before, standing(form.instance)  # type: ignore[attr-defined]
        if before != after:
            trail.record(Happening.ACCOUNT, request, about=form.instance, said=f"{before} → {after}")

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            trail.record(Happening.PASSWORD, request, about=self.get_object(request, id))
        return response

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever may change a superuser can become one."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


def standing(user: User | None) -> str:
    """Who somebody is here and what they may do, for the trail; an address is told by its domain only."""
    if user is None:
        return "no account"
    roles = ", ".join(sorted(group.name for group in user.groups.all())) or "no role"
    domain = user.email.rpartition("@")[2]
    return f"{user.username}, {roles}, {'active' if user.is_active else 'not active'}, email at {domain or 'nobody'}"


class PageForm(forms.ModelForm):
    """Not Django's own, which asks for the address and the site: a form must not need what its page does not show."""

    content = HtmlFormField(grammar=ARTICLE)

    class Meta:
        model = FlatPage
        fields = ["title", "content"]


@admin.register(FlatPage)
class PageAdmin(TellsWhatWasLeftOut, FlatPageAdmin):
    """The pages have fixed addresses that the footer links to; staff change their words."""

    form = PageForm
    fieldsets = [(None, {"fields": ["title", "content"]})]
    list_display = ["title", "url", "to_complete"]
    list_filter = []

    @admin.display(description="to be completed")
    def to_complete(self, page: FlatPage) -> str:
        return "; ".join(gaps.in_words(page.content)) or "–"

    def save_model(self, request: HttpRequest, obj: FlatPage, form: "ModelForm[FlatPage]", change: bool) -> None:
        super().save_model(request, obj, form, change)
        if found := gaps.in_words(obj.content):
            said = "; ".join(found)
            messages.warning(request, f"Still to be completed: {said}. Paragraphs with square brackets are not shown to readers.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: FlatPage | None = None) -> bool:
        return False


class OnlyLook(ReadOnly[Row]):
    """The machines write these rows; staff look."""


@admin.register(Heartbeat)
class HeartbeatAdmin(OnlyLook[Heartbeat]):
    list_display = ["worker", "seen_at", "doing", "alive"]

    @admin.display(description="alive", boolean=True)
    def alive(self, heartbeat: Heartbeat) -> bool:
        return not heartbeat.is_stale()


@admin.register(TrailEntry)
class TrailAdmin(OnlyLook[TrailEntry]):
    list_display = ["at", "what", "who", "about", "place", "said"]
    list_filter = ["what"]
    search_fields = ["who", "about", "place"]
    date_hierarchy = "at"


@admin.register(BackupRun)
class BackupRunAdmin(OnlyLook[BackupRun]):
    list_display = ["started_at", "outcome", "whole_size", "new", "files", "missing", "place", "rehearsed_at"]
    list_filter = ["place"]

    @admin.display(description="outcome")
    def outcome(self, run: BackupRun) -> str:
        if run.rehearsal_fault:
            return f"Faulty, as a rehearsal found: {run.rehearsal_fault}"
        return run.failure or ("Good" if run.finished_at else "Being made")

    @admin.display(description="size", ordering="size")
    def whole_size(self, run: BackupRun) -> str:
        return filesizeformat(run.size)

    @admin.display(description="of which new", ordering="copied")
    def new(self, run: BackupRun) -> str:
        return filesizeformat(run.copied)
