"""Edition: one Monday. Bulletin: one PDF of one staff group of one edition; its row is also the queue of what is to be built."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from simple_history.models import HistoricalRecords

from vacancies.models import StaffGroup, Term, Vacancy, VacancyQuerySet
from vacancies.schedule import send_moment

from . import rules


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> "EditionQuerySet":
        return self.filter(published_at__isnull=False)

    def due(self, at: datetime | None = None) -> "EditionQuerySet":
        """Not yet published, though its moment has come."""
        at = at or timezone.now()
        today = timezone.localdate(at)
        due_today = Q(on=today) if at >= send_moment(today) else Q(pk=None)
        return self.filter(Q(on__lt=today) | due_today, published_at=None)

    def coming(self, at: datetime | None = None) -> "EditionQuerySet":
        """The editions of today and later, the next one first."""
        return self.filter(on__gte=timezone.localdate(at or timezone.now())).order_by("on")


class Edition(models.Model):
    on = models.DateField("Monday", unique=True)
    number = models.PositiveIntegerField("issue number", unique=True)
    copy_deadline_at = models.DateTimeField("copy deadline")
    note = models.CharField(max_length=200, blank=True, help_text="For staff; readers do not see it.")
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = EditionQuerySet.as_manager()

    # Put there by those who look them up for many editions at once: ``public.shelf`` and the list at the desk.
    planned: list["Bulletin"]
    pdfs: list["Bulletin"]
    awaited: list["Bulletin"]
    break_entered: str

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"Issue {self.number}, Monday {format_date(self.on, 'j F Y')}"

    def get_absolute_url(self) -> str:
        return reverse("editions:edition", args=[self.on.isoformat()])

    def vacancies(self, staff_group: str | None = None) -> VacancyQuerySet:
        return Vacancy.objects.printed_in(self.on, staff_group).for_list()

    @property
    def send_at(self) -> datetime:
        return send_moment(self.on)


def term_name(day: date, terms: Iterable[Term]) -> str:
    """The term that ``day`` falls in: as it was entered, or by its month for editions older than the terms that are entered."""
    for term in terms:
        if term.starts_on <= day <= term.ends_on:
            return term.name
    season = "Spring" if day.month <= 3 else "Summer" if day.month <= 8 else "Autumn"
    return f"{season} term {day.year}"


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def built(self) -> "BulletinQuerySet":
        return self.exclude(file="")

    def public(self) -> "BulletinQuerySet":
        """What a reader may download: built or uploaded, and its edition is published."""
        return self.built().filter(edition__published_at__isnull=False)

    def free(self, at: datetime) -> "BulletinQuerySet":
        """Claimed by nobody, or by a builder whose lease has run out without a sign of life."""
        return self.filter(Q(claimed_at=None) | Q(claimed_at__lte=at - rules.BUILD_LEASE))

    def waiting(self, at: datetime) -> "BulletinQuerySet":
        """Free, and not waiting after a failure."""
        return self.free(at).filter(Q(next_try_at=None) | Q(next_try_at__lte=at))

    def claim(self, bulletin: "Bulletin", at: datetime) -> bool:
        """Take the building of one bulletin; False if another worker has it. A claim lapses after its lease."""
        return self.free(at).filter(pk=bulletin.pk).update(claimed_at=at, progress="Starting") == 1

    def renew(self, bulletin: "Bulletin", since: datetime, at: datetime, progress: str) -> bool:
        """A sign of life; False if the claim was lost in the meantime, and then the builder must stop."""
        return self.filter(pk=bulletin.pk, claimed_at=since).update(claimed_at=at, progress=progress) == 1

    def finish(self, bulletin: "Bulletin", since: datetime, **values: Any) -> bool:
        """Give the claim back with its result; False, and nothing changed, if the claim was lost."""
        return self.filter(pk=bulletin.pk, claimed_at=since).update(claimed_at=None, progress="", **values) == 1


class Bulletin(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="bulletins")
    staff_group = models.CharField(max_length=8, choices=StaffGroup.choices)

    # The PDF that readers get, and what it was made from
    file = models.FileField(upload_to="bulletins/%Y/", blank=True, editable=False)
    cover = models.FileField(upload_to="covers/%Y/", blank=True, editable=False)
    size = models.PositiveIntegerField("size in bytes", default=0, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False, help_text="SHA-256 of the file; its ETag.")
    pages = models.PositiveSmallIntegerField("number of pages", default=0, editable=False)
    posts = models.PositiveSmallIntegerField("number of adverts", default=0, editable=False)
    page_of = models.JSONField(default=dict, editable=False, help_text="Reference to page number.")
    named = models.JSONField(default=list, editable=False, help_text="Keys of the adverts whose named contact it prints.")
    remarks = models.JSONField(
        default=list, editable=False, help_text="Sentences about adverts that could not be set as they are."
    )
    held_back = models.JSONField(
        default=dict, editable=False, help_text="Reference of an approved advert that is not printed to the reason."
    )
    fingerprint = models.CharField(max_length=64, blank=True, editable=False, help_text="Of what the PDF was made from.")
    made_from = models.JSONField(default=dict, editable=False, help_text="Reference to the digest of what its advert said.")
    built_at = models.DateTimeField(null=True, blank=True, editable=False)
    uploaded_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="Set when the PDF was not made here.")
    revision = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How often it was corrected since publication."
    )
    revision_note = models.CharField(max_length=200, blank=True, editable=False)
    notes = models.JSONField(default=list, editable=False, help_text="Of each revision that was made: number, day and note.")
    galley = models.FileField(
        upload_to="galleys/%Y/", blank=True, editable=False, help_text="What was set, every piece in its place."
    )

    # For the print shop
    print_file = models.FileField(upload_to="print/%Y/", blank=True, editable=False)
    print_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    print_named = models.JSONField(default=list, editable=False, help_text="Keys of the adverts whose contact it names.")
    print_pages = models.PositiveSmallIntegerField(default=0, editable=False)
    print_built_at = models.DateTimeField(null=True, blank=True, editable=False)
    print_problem = models.TextField(blank=True, editable=False, help_text="Why it could not be made, in words for staff.")

    # The queue: who builds it, what was asked for, what went wrong
    asked_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When staff asked for it to be built.")
    print_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="Last sign of life of its builder.")
    progress = models.CharField(max_length=120, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False, help_text="Failed builds since the last good one.")
    next_try_at = models.DateTimeField(null=True, blank=True, editable=False)
    problem = models.TextField(blank=True, editable=False, help_text="Why the last build failed, in words for staff.")

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["-edition__on", "-staff_group"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "staff_group"], name="bulletin_once_per_edition_and_group"),
            models.CheckConstraint(condition=Q(staff_group__in=StaffGroup.values), name="bulletin_staff_group_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_staff_group_display()}, {format_date(self.edition.on, 'j F Y')}"

    def get_absolute_url(self) -> str:
        return reverse("editions:bulletin", args=[self.edition.on.isoformat(), self.staff_group])

    def get_print_url(self) -> str:
        return reverse("editions:for_print", args=[self.edition.on.isoformat(), self.staff_group])

    def get_cover_url(self) -> str:
        return reverse("editions:cover", args=[self.edition.on.isoformat(), self.staff_group])

    @property
    def is_public(self) -> bool:
        return bool(self.file) and self.edition.published_at is not None

    @property
    def not_printed(self) -> list[str]:
        """A sentence for each approved advert that the PDF lacks."""
        return [str(sentence) for sentence in self.held_back.values()]

    def vacancies(self) -> VacancyQuerySet:
        return self.edition.vacancies(self.staff_group)


class Measured(models.Model):
    """The heights of one advert's pieces, as the press measured them for what the advert's row said then."""

    digest = models.CharField(max_length=64, unique=True, editable=False, help_text="Of what was to be printed.")
    key = models.CharField(max_length=32, editable=False, help_text="Of the pieces, the stylesheet and the typesetter.")
    heights = models.JSONField(editable=False)
    used_on = models.DateField(db_index=True, editable=False)

    def __str__(self) -> str:
        return self.key
