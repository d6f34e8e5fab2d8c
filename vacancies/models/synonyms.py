from django.db import models
from simple_history.models import HistoricalRecords

from richtext.fields import LineField


class Synonym(models.Model):
    """What readers call a thing in other words than adverts do. Phrases stand in a line, with commas between them."""

    same = LineField(
        "these mean the same",
        max_length=500,
        help_text="With commas between: teaching assistant, TA, classroom assistant. Whichever is typed finds all of them.",
    )
    typed = LineField(
        "readers also type",
        max_length=500,
        blank=True,
        help_text="What is typed for them though it says something else in an advert, such as: site (for a site manager).",
    )
    after = LineField(
        "found after them",
        max_length=500,
        blank=True,
        help_text="What else is worth showing, further down: for languages, French, Spanish, German.",
    )
    in_text = models.BooleanField(
        "look in the text of adverts too",
        default=False,
        help_text="For what a post is about, such as autism. Leave unticked for names of posts, which many texts mention.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["same"]
        verbose_name = "search word"

    def __str__(self) -> str:
        return self.same.split(",")[0].strip()
