from datetime import datetime
from typing import Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Value
from django.utils import timezone

from richtext.fields import LineField

from ..schedule import MONDAY, Calendar, Span

_Row = TypeVar("_Row", bound=models.Model)


class ProposedOrConfirmed(models.QuerySet[_Row]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def proposed(self) -> Self:
        return self.filter(confirmed_at=None)


def _confirmed_at() -> "models.DateTimeField[datetime | None, datetime | None]":
    """What staff enter counts at once; what ``manage.py begin`` works out is a proposal until they say that it is right."""
    return models.DateTimeField(null=True, default=timezone.now, editable=False, help_text="Empty: a proposal")


class Term(models.Model):
    name = LineField(max_length=80, help_text="Such as Autumn term 2026.")
    starts_on = models.DateField(help_text="The first day on which an edition may come out.")
    ends_on = models.DateField(help_text="The last day on which an edition may come out.")
    confirmed_at = _confirmed_at()

    objects = ProposedOrConfirmed.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gt=models.F("starts_on")), name="term_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not (self.starts_on and self.ends_on):
            return
        other = Term.objects.exclude(pk=self.pk).filter(starts_on__lte=self.ends_on, ends_on__gte=self.starts_on).first()
        if other:
            raise ValidationError(f"These dates overlap {other} ({other.starts_on} to {other.ends_on}). Change one of the two.")


class Break(models.Model):
    """A Monday in term without an edition."""

    on = models.DateField("Monday", unique=True)
    reason = LineField(max_length=80, help_text="Such as half-term; readers see it beside the next edition.")
    confirmed_at = _confirmed_at()

    objects = ProposedOrConfirmed.as_manager()

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} ({self.reason})"

    def clean(self) -> None:
        if self.on and self.on.weekday() != MONDAY:
            raise ValidationError({"on": "Choose a Monday: editions come out on Mondays only."})


@transaction.atomic
def confirm(terms: ProposedOrConfirmed[Term], now: datetime) -> int:
    """Count these terms from now on, each with the Mondays without an edition proposed in it; how many were proposals."""
    proposals = list(terms.proposed())
    for term in proposals:
        Break.objects.proposed().filter(on__range=(term.starts_on, term.ends_on)).update(confirmed_at=now)
    Term.objects.filter(pk__in=[term.pk for term in proposals]).update(confirmed_at=now)
    return len(proposals)


def calendar() -> Calendar:
    """The publication calendar as it is confirmed now, in one query: every page asks for it."""
    terms = Term.objects.confirmed().order_by().values_list(Value(True), "starts_on", "ends_on")
    breaks = Break.objects.confirmed().order_by().values_list(Value(False), "on", "on")
    rows = sorted(terms.union(breaks, all=True))
    return Calendar(
        terms=tuple(Span(first, last) for is_term, first, last in rows if is_term),
        breaks=frozenset(on for is_term, on, _ in rows if not is_term),
    )
