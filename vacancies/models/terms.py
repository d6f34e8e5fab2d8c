from django.core.exceptions import ValidationError
from django.db import models

from richtext.fields import LineField

from ..schedule import MONDAY, Calendar, Span


class Term(models.Model):
    name = LineField(max_length=80, help_text="Such as Autumn term 2026.")
    starts_on = models.DateField(help_text="The first day on which an edition may come out.")
    ends_on = models.DateField(help_text="The last day on which an edition may come out.")

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gt=models.F("starts_on")), name="term_ends_after_it_starts"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if not (self.starts_on and self.ends_on):
            return
        other = Term.objects.exclude(pk=self.pk).filter(starts_on__lte=self.ends_on, ends_on__gte=self.starts_on).first()
        if other:
            raise ValidationError(f"These dates overlap {other} ({other.starts_on} to {other.ends_on}). Change one of the two.")


class Break(models.Model):
    """A Monday in term without an edition."""

    on = models.DateField("Monday", unique=True)
    reason = LineField(max_length=80, help_text="Such as half-term; readers see it beside the next edition.")

    class Meta:
        ordering = ["on"]

    def __str__(self):
        return f"{self.on} ({self.reason})"

    def clean(self):
        if self.on and self.on.weekday() != MONDAY:
            raise ValidationError({"on": "Choose a Monday: editions come out on Mondays only."})


def calendar() -> Calendar:
    """The publication calendar as it is entered now, in two queries."""
    return Calendar(
        terms=tuple(Span(*days) for days in Term.objects.values_list("starts_on", "ends_on")),
        breaks=frozenset(Break.objects.values_list("on", flat=True)),
    )
