from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from itertools import chain
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse_lazy
from django.utils import timezone

from mailing.models import Subscriber
from vacancies.models import Vacancy
from web import trail
from web.limits import slowed
from web.models import Happening

from .. import rules
from ..accounts import arrivals, demands, log_in, log_in_views, roles, second_step_views
from ..apps import APP_NAMES, MODEL_NAMES
from ..beginning import checks, trying_mail
from ..doctor import views as doctor
from . import board, charts, trends, versions

AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])


class Desk(admin.AdminSite):
    """The back office: Django's admin, whose first page answers what staff ask on arriving."""

    site_header = "Greensheets"
    site_title = "Greensheets"
    index_title = "The desk"
    index_template = "admin/desk.html"
    login_form = log_in.LogInForm

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # It would delete whole pages of rows past each row's own protection (rule 10).
        self.disable_action("delete_selected")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            trail.record(Happening.PASSWORD, request)
        return response

    def admin_view(self, view: AnyView, cacheable: bool = False) -> AnyView:
        return cast(AnyView, without_nul(super().admin_view(demands.once_switched_on(versions.page_for(view)), cacheable)))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        here = self.admin_view
        return [
            path("r/<int:content_type_id>/<path:object_id>/", here(self.on_the_site), name="view_on_site"),
            path("login/code/", second_step_views.Door.as_view(), name="login_code"),
            path("second-step/", here(second_step_views.settings_page), name="second_step"),
            path("second-step/demands/", here(demands.demands_page), name="second_step_demands"),
            path("log-ins/", here(log_in_views.log_ins_page), name="log_ins"),
            path("test-email/", here(trying_mail.test_email_page), name="test_email"),
            path("test-email/<str:token>/", here(trying_mail.test_email_arrived), name="test_email_arrived"),
            path("password/<uidb64>/<token>/", FirstPassword.as_view(), name="first_password"),
            path("doctor/", here(doctor.doctor_page), name="doctor"),
            *super().get_urls(),
        ]

    def on_the_site(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponse:
        """The public page of a row, for whoever may see the row. Django's own asks for no right, and knows readers' pages."""
        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        model_admin = self._registry.get(model) if model else None
        row = model_admin.get_object(request, object_id) if model_admin else None
        if model_admin is None or row is None:
            raise Http404
        if not model_admin.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if not model_admin.get_view_on_site_url(row):
            raise Http404
        return redirect(row.get_absolute_url())

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps, order = super().get_app_list(request, app_label), list(APP_NAMES)
        for model in chain.from_iterable(app["models"] for app in apps):
            model["name"] = MODEL_NAMES.get(model["object_name"], model["name"])
        return sorted(apps, key=lambda app: order.index(app["app_label"]) if app["app_label"] in order else len(order))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            arrivals.arrived(request)
            log_in.remember(request, response, request.user.get_username())
        elif request.method == "POST" and isinstance(response, TemplateResponse) and _wants_code(response):
            return second_step_views.to_the_door(request)
        elif request.method == "POST" and isinstance(response, TemplateResponse) and _was_stopped(response):
            return slowed(response, rules.GUESSES_WITHIN)
        return response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        now, user = timezone.now(), cast(User, request.user)  # nobody else comes past ``admin_view``
        context = {
            "board": board.look(user, now),
            "may_build": user.has_perm("editions.change_bulletin"),
            "charts": _charts(user, now),
            "beginning": checks.left_for(user),
            "roleless": _is_roleless(user),
            "owners": ", ".join(owner.get_full_name() or owner.username for owner in _owners()),
        }
        return super().index(request, {**context, **(extra_context or {})})


class FirstPassword(PasswordResetConfirmView):
    """Where the link of ``manage.py begin --owner`` leads."""

    template_name = "admin/first_password.html"
    success_url = reverse_lazy("admin:login")
    title = "Set your password"
    extra_context = {"site_header": Desk.site_header, "site_title": Desk.site_title}

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        response = super().form_valid(form)
        trail.record(Happening.PASSWORD, self.request, about=form.user, said="By the link that was sent")
        return response


def _is_roleless(user: User) -> bool:
    return not user.get_all_permissions()


def _owners() -> QuerySet[User]:
    """Whom somebody without a role can ask."""
    return User.objects.filter(is_active=True, groups__name=roles.OWNER).order_by("first_name", "username")


def _wants_code(response: TemplateResponse) -> bool:
    form = (response.context_data or {}).get("form")
    return isinstance(form, log_in.LogInForm) and form.wants_code


def _was_stopped(response: TemplateResponse) -> bool:
    form = (response.context_data or {}).get("form")
    return isinstance(form, log_in.LogInForm) and form.has_error(NON_FIELD_ERRORS, log_in.STOPPED)


def without_nul(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Leads to the same address without it: PostgreSQL takes no NUL, and stock lists ask it for whatever the address says."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            return redirect(f"{request.path}?{query.replace('%00', '')}")
        return view(request, *args, **kwargs)

    return wrapped


def _charts(user: User, now: datetime) -> dict[str, Any] | None:
    """The last year's editions with the charts that this user may see; nothing before the first edition is out."""
    if not board.may_see(user, Vacancy):
        return None
    may_see_readers = board.may_see(user, Subscriber)
    weeks = trends.weeks(now, with_readers=may_see_readers)
    if not weeks:
        return None
    days = [week.on for week in weeks]
    adverts = {"teaching": [week.teaching for week in weeks], "support": [week.support for week in weeks]}
    return {
        "rows": [(week, *_addresses(week.on)) for week in reversed(weeks)],
        "adverts": charts.stacked(days, adverts),
        "readers": charts.line(days, [week.readers for week in weeks]) if may_see_readers else None,
        "first": weeks[0],
        "last": weeks[-1],
    }


def _addresses(monday: date) -> tuple[str, str, str]:
    """The lists behind one row of the tables: teaching posts, support posts, readers."""
    teaching, support = (board.listing(Vacancy, printed=monday, group=group) for group in ("teaching", "support"))
    return teaching, support, board.listing(Subscriber, reading_on=monday)
