from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Value

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
    """The publication calendar as it is entered now, in one query: every page asks for it."""
    terms = Term.objects.order_by().values_list(Value(True), "starts_on", "ends_on")
    breaks = Break.objects.order_by().values_list(Value(False), "on", "on")
    rows = sorted(terms.union(breaks, all=True))
    return Calendar(
        terms=tuple(Span(first, last) for is_term, first, last in rows if is_term),
        breaks=frozenset(on for is_term, on, _ in rows if not is_term),
    )
