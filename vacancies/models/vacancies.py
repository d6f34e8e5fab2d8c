"""Vacancy: one advert, typed once. Its dates decide where it appears; nothing stores whether it is live or closed."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from richtext.fields import HtmlField, LineField

from .. import reference, rules
from ..paths import path_to, slug
from ..schedule import LONDON
from .roles import RoleType, StaffGroup, Subject
from .schools import School

STANDARD_SAFEGUARDING = (
    "This school is committed to safeguarding and promoting the welfare of children and young people and expects all staff "
    "and volunteers to share this commitment."
)


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Contract(models.TextChoices):
    PERMANENT = "permanent", "Permanent"
    FIXED_TERM = "fixed_term", "Fixed term"
    TEMPORARY = "temporary", "Temporary"
    CASUAL = "casual", "Casual"
    CASUAL_OR_PERMANENT = "casual_or_permanent", "Permanent or casual"
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"


class WorkingPattern(models.TextChoices):
    FULL_TIME = "full_time", "Full time"
    PART_TIME = "part_time", "Part time"
    EITHER = "either", "Full or part time"
    CASUAL = "casual", "As and when needed"


class Weeks(models.TextChoices):
    ALL_YEAR = "all_year", "All year round"
    TERM_TIME_ONLY = "term_time_only", "Term time only"
    TERM_TIME_PLUS_INSET = "term_time_plus_inset", "Term time and training days"
    TERM_TIME_PLUS = "term_time_plus", "Term time and some weeks more"


class PayUnit(models.TextChoices):
    YEAR = "year", "a year"
    HOUR = "hour", "an hour"


class Start(models.TextChoices):
    ASAP = "asap", "As soon as possible"
    DATE = "date", "On a date"
    DATE_OR_EARLIER = "date_or_earlier", "On a date or sooner"
    TERM = "term", "At the start of a term"


class ApplyMethod(models.TextChoices):
    EMAIL = "email", "By email"
    URL = "url", "Online"
    POST_OR_EMAIL = "post_or_email", "By post or email"
    PHONE_OR_COLLECT = "phone_or_collect", "Telephone for a form, or collect one"


class Dbs(models.TextChoices):
    ENHANCED = "enhanced", "Enhanced DBS check"
    ENHANCED_WITH_BARRED_LIST = "enhanced_with_barred_list", "Enhanced DBS check with barred list"


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    """The only place that knows what live, upcoming, closed and printed mean."""

    def published(self, at: datetime | None = None) -> "VacancyQuerySet":
        """Approved and past its publication day, live or closed."""
        at = at or timezone.now()
        return self.filter(status=Status.APPROVED, publish_on__lte=timezone.localdate(at))

    def live(self, at: datetime | None = None) -> "VacancyQuerySet":
        at = at or timezone.now()
        return self.published(at).filter(closes_at__gt=at)

    def with_page(self, at: datetime | None = None) -> "VacancyQuerySet":
        """Live, or closed so lately that its page still stands (rule 8)."""
        at = at or timezone.now()
        return self.published(at).filter(closes_at__gt=at - rules.PAGE_KEPT_FOR)

    def gone(self, at: datetime | None = None) -> "VacancyQuerySet":
        """Once published, and now withdrawn, or closed for so long that its address answers 410."""
        at = at or timezone.now()
        was_published = self.filter(publish_on__lte=timezone.localdate(at))
        return was_published.filter(
            Q(status=Status.WITHDRAWN) | Q(status=Status.APPROVED, closes_at__lte=at - rules.PAGE_KEPT_FOR)
        )

    def closing_after(self, moment: datetime, at: datetime | None = None) -> "VacancyQuerySet":
        """In order of closing, whatever has begun, drafts too: for a moment that is wanted from one row of an index."""
        return self.filter(publish_on__lte=timezone.localdate(at), closes_at__gt=moment).order_by("closes_at")

    def closed(self, at: datetime | None = None) -> "VacancyQuerySet":
        at = at or timezone.now()
        return self.published(at).filter(closes_at__lte=at)

    def upcoming(self, at: datetime | None = None) -> "VacancyQuerySet":
        at = at or timezone.now()
        return self.filter(status=Status.APPROVED, publish_on__gt=timezone.localdate(at))

    def printed_in(self, monday: date, staff_group: str | None = None) -> "VacancyQuerySet":
        """The adverts of one edition (of one bulletin, if a staff group is named), in the order in which it prints them."""
        adverts = self.printed_between(monday, monday)
        return (adverts.in_group(staff_group) if staff_group else adverts).in_order_of_print()

    def in_order_of_print(self) -> "VacancyQuerySet":
        return self.order_by("school__authority__name", "role_type__position", "role_type__name", "title", "pk")

    def in_span_of_print(self, monday: date) -> "VacancyQuerySet":
        """Whatever names this Monday among those on which it is to be printed, drafts included."""
        return self.filter(print_from__lte=monday, print_until__gte=monday)

    def booked_for(self, monday: date) -> "VacancyQuerySet":
        """Whatever is meant for one edition, drafts included: printed in it, or appearing on its Monday."""
        return self.exclude(status=Status.WITHDRAWN) & (self.in_span_of_print(monday) | self.filter(publish_on=monday))

    def on_the_website_only(self) -> "VacancyQuerySet":
        return self.filter(status=Status.APPROVED, print_from=None)

    def for_no_edition(self) -> "VacancyQuerySet":
        """Drafts that nobody has given a date yet."""
        return self.filter(status=Status.DRAFT, publish_on=None, print_from=None)

    def printed_between(self, first: date, last: date) -> "VacancyQuerySet":
        """Whatever at least one edition of these days prints."""
        return self.filter(status=Status.APPROVED, print_from__lte=last, print_until__gte=first)

    def appearing_between(self, first: date, last: date) -> "VacancyQuerySet":
        return self.filter(publish_on__range=(first, last))

    def closing_between(self, first: datetime, last: datetime) -> "VacancyQuerySet":
        return self.filter(closes_at__gte=first, closes_at__lt=last)

    def types_by_area(self, at: datetime | None = None) -> list[tuple[str, str, date]]:
        """Authority and type of post, as in addresses, that have lately had enough posts, with the latest day of one."""
        since = timezone.localdate(at) - rules.LISTED_WITHIN
        lately = self.published(at).filter(publish_on__gt=since).order_by()
        counted = lately.values_list("school__authority__slug", "role_type__slug").annotate(
            models.Count("pk"), models.Max("publish_on")
        )
        return sorted((area, role, latest) for area, role, posts, latest in counted if posts >= rules.POSTS_OF_AN_AREA)

    def in_group(self, staff_group: str) -> "VacancyQuerySet":
        return self.filter(role_type__staff_group=staff_group)

    def with_overdue_contact(self, at: datetime | None = None) -> "VacancyQuerySet":
        """Closed for so long that its contact must go, and still naming one (rule 7)."""
        return self.naming_a_contact().overdue_for_contacts(at)

    def overdue_for_contacts(self, at: datetime | None = None) -> "VacancyQuerySet":
        """Closed for so long that neither the advert nor its history may name a contact."""
        return self.filter(closes_at__lte=(at or timezone.now()) - rules.CONTACT_KEPT_FOR)

    def naming_a_contact(self) -> "VacancyQuerySet":
        return self.exclude(contact_name="", contact_phone="", contact_email="")

    def for_list(self) -> "VacancyQuerySet":
        return self.select_related("school__authority", "role_type")

    def for_display(self) -> "VacancyQuerySet":
        return self.for_list().prefetch_related("subjects")


class Vacancy(models.Model):
    # The post
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="vacancies")
    title = LineField(max_length=150)
    role_type = models.ForeignKey(RoleType, on_delete=models.PROTECT, null=True, blank=True, related_name="vacancies")
    subjects = models.ManyToManyField(Subject, blank=True, related_name="vacancies")
    key_stages = LineField(max_length=60, blank=True, help_text="Such as KS1, KS2.")
    posts = models.PositiveSmallIntegerField("number of posts", default=1, validators=[MinValueValidator(1)])
    workplaces = LineField(max_length=200, blank=True, help_text="Where the post is based, when not only at the school above.")
    ect_suitable = models.BooleanField("suitable for early career teachers", null=True, blank=True)
    body = HtmlField("text of the advert", blank=True)

    # Contract, hours, weeks
    contract = models.CharField(max_length=20, choices=Contract.choices, blank=True)
    contract_detail = LineField(max_length=200, blank=True, help_text="Such as maternity cover, one year.")
    working_pattern = models.CharField(max_length=10, choices=WorkingPattern.choices, blank=True)
    job_share = models.BooleanField("job share welcome", default=False)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    hours_detail = LineField(max_length=200, blank=True, help_text="Such as Mon-Fri 8.45am-3.15pm.")
    weeks = models.CharField(max_length=22, choices=Weeks.choices, blank=True)
    weeks_worked = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True, help_text="Weeks a year at work.")
    weeks_paid = models.DecimalField(
        max_digits=5, decimal_places=3, null=True, blank=True, help_text="Weeks a year with holiday pay."
    )
    weeks_detail = LineField(max_length=200, blank=True)
    fte = models.DecimalField(
        "full-time equivalent", max_digits=5, decimal_places=4, null=True, blank=True, help_text="1 is full time."
    )
    start = models.CharField(max_length=16, choices=Start.choices, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    start_text = LineField(max_length=120, blank=True, help_text="Such as Autumn term 2026; shown instead of the date.")

    # Pay: numbers plus words (rule 6)
    pay_scale = LineField(max_length=80, blank=True, help_text="Such as MPS/UPS or NJC Grade 3.")
    pay_points = LineField(max_length=40, blank=True, help_text="Such as M1-U3 or SCP 4-6.")
    pay_min = models.DecimalField("full-time pay from", max_digits=9, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField("full-time pay to", max_digits=9, decimal_places=2, null=True, blank=True)
    pay_unit = models.CharField(max_length=4, choices=PayUnit.choices, default=PayUnit.YEAR)
    actual_pay_min = models.DecimalField("actual pay from", max_digits=9, decimal_places=2, null=True, blank=True)
    actual_pay_max = models.DecimalField("actual pay to", max_digits=9, decimal_places=2, null=True, blank=True)
    hourly_pay = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    full_time_hours = models.DecimalField(
        max_digits=4, decimal_places=2, default=37, help_text="Hours a week that count as full time here."
    )
    pay_allowance = LineField(max_length=120, blank=True, help_text="Such as TLR 1b.")
    pay_note = LineField(max_length=200, blank=True)

    # Dates that decide
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    publish_on = models.DateField("on the website from", null=True, blank=True)
    print_from = models.DateField("printed from", null=True, blank=True, help_text="A publication Monday.")
    print_until = models.DateField(
        "printed until", null=True, blank=True, help_text="A publication Monday; the same Monday for a single week."
    )
    closes_at = models.DateTimeField("closing date and time", null=True, blank=True)
    may_close_early = models.BooleanField(default=False)

    # Applying
    shortlisting = LineField(max_length=120, blank=True)
    interview = LineField(max_length=120, blank=True)
    visits = LineField(max_length=250, blank=True)
    apply_method = models.CharField(max_length=16, choices=ApplyMethod.choices, blank=True)
    apply_email = models.EmailField(blank=True)
    apply_url = models.URLField("apply at", max_length=500, blank=True)
    apply_phone = LineField(max_length=30, blank=True)
    cv_accepted = models.BooleanField("CVs accepted", null=True, blank=True)
    contact_name = LineField(max_length=120, blank=True)
    contact_phone = LineField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    safeguarding_text = models.TextField(blank=True, help_text="Leave empty for the school's own statement or the standard one.")
    dbs = models.CharField("DBS check", max_length=26, choices=Dbs.choices, blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords(m2m_fields=[subjects])
    _change_reason: str  # of the next entry in its history
    _history_user: AbstractBaseUser | None
    objects = VacancyQuerySet.as_manager()

    class Meta:
        ordering = ["-publish_on", "-pk"]
        verbose_name = "advert"
        indexes = [
            models.Index(fields=["closes_at"], name="vacancy_closes_at"),
            models.Index(fields=["status", "publish_on"], name="vacancy_status_publish_on"),
            models.Index(fields=["print_from", "print_until"], name="vacancy_printed"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="vacancy_status_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.APPROVED)
                | Q(role_type__isnull=False, publish_on__isnull=False, closes_at__isnull=False),
                name="vacancy_approved_has_role_and_dates",
            ),
            models.CheckConstraint(
                condition=Q(print_from__isnull=True, print_until__isnull=True)
                | Q(print_from__isnull=False, print_until__isnull=False, print_until__gte=F("print_from")),
                name="vacancy_print_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(pay_min=None) | Q(pay_max=None) | Q(pay_max__gte=F("pay_min")), name="vacancy_pay_in_order"
            ),
            models.CheckConstraint(
                condition=Q(actual_pay_min=None) | Q(actual_pay_max=None) | Q(actual_pay_max__gte=F("actual_pay_min")),
                name="vacancy_actual_pay_in_order",
            ),
            models.CheckConstraint(condition=Q(fte=None) | Q(fte__gt=0, fte__lte=1), name="vacancy_fte_is_a_share"),
            models.CheckConstraint(condition=Q(posts__gte=1), name="vacancy_has_a_post"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}" if self.pk else self.title

    def get_absolute_url(self) -> str:
        return path_to("vacancy", self.pk, self.slug)

    def get_card_url(self) -> str:
        return f"{self.get_absolute_url()}card.png"

    def get_calendar_url(self) -> str:
        return f"{self.get_absolute_url()}closing-date.ics"

    @property
    def dates(self) -> tuple[date, datetime]:
        """The day on which it appears and the moment of closing; a constraint promises both of whatever is approved."""
        if self.publish_on is None or self.closes_at is None:
            raise ValueError(f"{self} has no dates yet.")
        return self.publish_on, self.closes_at

    @property
    def reference(self) -> str:
        return reference.from_pk(self.pk)

    @property
    def slug(self) -> str:
        return slug(self.title) or "post"

    @property
    def staff_group(self) -> StaffGroup | None:
        return StaffGroup(self.role_type.staff_group) if self.role_type else None

    def is_live(self, at: datetime | None = None) -> bool:
        """The same rule as ``VacancyQuerySet.live``, for a row in hand."""
        at = at or timezone.now()
        return self.is_published(at) and self.closes_at is not None and self.closes_at > at

    def is_published(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        has_begun = self.publish_on is not None and self.publish_on <= timezone.localdate(at, LONDON)
        return self.status == Status.APPROVED and has_begun

    def is_closed(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return self.is_published(at) and self.closes_at is not None and self.closes_at <= at

    def days_left(self, at: datetime | None = None) -> int:
        """Whole days in London until the day of closing: 0 is today, negative is past."""
        return (timezone.localdate(self.closes_at, LONDON) - timezone.localdate(at, LONDON)).days

    @cached_property
    def documents(self) -> list[Any]:
        """What readers may open while the advert is live, and staff at any time. (``VacancyDocument`` points here.)"""
        return list(self.attachments.shown())

    @cached_property
    def subject_list(self) -> list[Subject]:
        return list(self.subjects.all())

    @property
    def safeguarding(self) -> str:
        """The statement that readers see: the advert's own, else the school's, else the standard one."""
        return self.own_safeguarding or STANDARD_SAFEGUARDING

    @property
    def own_safeguarding(self) -> str:
        return self.safeguarding_text or self.school.safeguarding_text

    def is_in_span_of_print(self, monday: date) -> bool:
        """The same rule as ``VacancyQuerySet.in_span_of_print``, for a row in hand."""
        return bool(self.print_from and self.print_until and self.print_from <= monday <= self.print_until)

    @property
    def is_term_time(self) -> bool:
        """Not at work all year round: term time alone, or with training days or some weeks more."""
        return bool(self.weeks) and self.weeks != Weeks.ALL_YEAR

    @property
    def is_reduced(self) -> bool:
        """Paid less than the full-time figure, so that readers want the actual pay: in words, or by a number that says so."""
        if self.working_pattern == WorkingPattern.PART_TIME or self.is_term_time:
            return True
        has_fewer_weeks = not self.weeks and self.weeks_paid is not None and self.weeks_paid < rules.WEEKS_OF_A_YEAR
        return has_fewer_weeks or (self.fte is not None and self.fte < 1)

    @property
    def is_paid_in_full(self) -> bool:
        """Whoever takes the post is paid the full-time figure: not where it may be part time, or is casual.

        Fewer hours than a full week count only where no pattern is chosen: the hours of full time may be the default.
        """
        if self.is_reduced or self.working_pattern in {WorkingPattern.EITHER, WorkingPattern.CASUAL}:
            return False
        return bool(self.working_pattern) or self.hours_per_week is None or self.hours_per_week >= (self.full_time_hours or 0)
