"""How fast weekly emails go, agreed between all senders by one row."""

from django.db import models
from django.utils import timezone


class Pace(models.Model):
    """The one row that says when the next weekly email may go, and how often in a row the mail server has put us off."""

    next_at = models.DateTimeField(default=timezone.now)
    put_off_in_row = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"Pace {self.pk}"
