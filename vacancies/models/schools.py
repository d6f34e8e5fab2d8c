import re

from django.db import models
from simple_history.models import HistoricalRecords

from pictures.fields import PictureField
from richtext.fields import LineField

from ..paths import path_to, slug


class Authority(models.Model):
    name = LineField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True, help_text="Used in the web address of this authority's list.")
    code = LineField("DfE code", max_length=3, unique=True, help_text="The three-digit local authority code, such as 802.")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("authority", self.slug)


class Phase(models.TextChoices):
    """The phase that a school says it is; ``covers`` tells the phases that readers look for."""

    NURSERY = "nursery", "Nursery"
    PRIMARY = "primary", "Primary"
    MIDDLE = "middle", "Middle"
    SECONDARY = "secondary", "Secondary"
    ALL_THROUGH = "all_through", "All-through"
    SPECIAL = "special", "Special and alternative"
    SIXTEEN_PLUS = "sixteen_plus", "16 plus"

    @property
    def covers(self) -> tuple["Phase", ...]:
        """Middle and all-through schools count under both primary and secondary (design/product.md)."""
        if self in (Phase.MIDDLE, Phase.ALL_THROUGH):
            return (Phase.PRIMARY, Phase.SECONDARY)
        return (self,)


class SchoolQuerySet(models.QuerySet["School"]):
    def open(self) -> "SchoolQuerySet":
        return self.filter(closed_on__isnull=True)


class School(models.Model):
    """A school, or a trust or authority office that places adverts (then without a phase)."""

    urn = models.PositiveIntegerField(
        "URN", unique=True, null=True, blank=True, help_text="The DfE's unique reference number. Leave empty for a trust office."
    )
    name = LineField(max_length=150)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="schools")
    kind = LineField(max_length=80, blank=True, help_text="Such as Community school, Academy, Voluntary aided school.")
    phase = models.CharField(max_length=12, choices=Phase.choices, blank=True, help_text="Leave empty for a trust office.")
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    roll = models.PositiveIntegerField("number on roll", null=True, blank=True)
    religious_character = LineField(max_length=80, blank=True)
    trust = LineField(max_length=150, blank=True)
    head = LineField("headteacher", max_length=120, blank=True)
    address = LineField(max_length=200, blank=True)
    town = LineField(max_length=80, blank=True)
    postcode = LineField(max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees north (WGS 84).")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees east (WGS 84).")
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    phone = LineField(max_length=30, blank=True)
    logo = PictureField(upload_to="logos/", blank=True)
    safeguarding_text = models.TextField(blank=True, help_text="The school's own statement; used for its adverts by default.")
    copies = models.PositiveSmallIntegerField(default=1, help_text="How many of each bulletin are posted to this school.")
    closed_on = models.DateField(null=True, blank=True, help_text="Set when the school itself has closed.")

    history = HistoricalRecords()
    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_to__gte=models.F("age_from")) | models.Q(age_from=None) | models.Q(age_to=None),
                name="school_ages_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="school_has_both_coordinates_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}" if self.town else self.name

    def get_absolute_url(self) -> str:
        return path_to("school", self.pk, self.slug)

    @property
    def slug(self) -> str:
        return slug(self.name) or "school"

    @property
    def place(self) -> str:
        """Where it is, in as few words as tell a reader: the town, else the last part of the address."""
        return self.town or self.address.rsplit(",", 1)[-1].strip()

    @property
    def name_and_place(self) -> str:
        """With the place only where the name does not say it."""
        is_said = not self.place or re.search(rf"\b{re.escape(self.place)}\b", self.name)
        return self.name if is_said else f"{self.name}, {self.place}"

    @property
    def age_range(self) -> str:
        return f"{self.age_from} to {self.age_to}" if self.age_from is not None and self.age_to is not None else ""
