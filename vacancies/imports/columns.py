"""The columns of a table of adverts: what each is called, and which field of the advert it fills."""

from dataclasses import dataclass

from django.db import models

from ..editing.fields import ENTRIES, IN_BULLETIN
from ..models import Vacancy

URN, SCHOOL, TITLE, CLOSING_DATE, CLOSING_TIME, BULLETIN = (
    "School URN",
    "School",
    "Title",
    "Closing date",
    "Closing time",
    "In the bulletin",
)
YES_OR_NO = {"Yes": "true", "No": "false"}


@dataclass(frozen=True)
class Column:
    name: str
    field: str
    example: str = ""

    @property
    def choices(self) -> dict[str, str]:
        """What may stand in it, in words, with what the form makes of it; nothing if it takes any text."""
        field = Vacancy._meta.get_field("print_from" if self.field == IN_BULLETIN else self.field)
        if isinstance(field, models.BooleanField):
            return YES_OR_NO
        return {str(label): value for value, label in getattr(field, "choices", None) or ()}


COLUMNS = [Column(heading, entry.name, example) for entry in ENTRIES for heading, example in entry.columns.items()]
# By every name that a column goes by, in small letters and without hyphens: our own, and what others call it.
ALSO_CALLED = {
    "urn": URN,
    "school name": SCHOOL,
    "name of school": SCHOOL,
    "academy": SCHOOL,
    "job title": TITLE,
    "post": TITLE,
    "post title": TITLE,
    "position": TITLE,
    "vacancy": TITLE,
    "closes": CLOSING_DATE,
    "closing": CLOSING_DATE,
    "deadline": CLOSING_DATE,
    "hours per week": "Hours a week",
    "hours": "Hours a week",
    "weeks per year": "Weeks worked",
    "salary scale": "Pay scale",
    "grade": "Pay scale",
    "scp": "Pay points",
    "spine points": "Pay points",
    "salary from": "Full-time pay from",
    "salary to": "Full-time pay to",
    "hourly rate": "Hourly pay",
    "email": "Apply email",
    "apply by email": "Apply email",
    "website": "Apply address",
    "link": "Apply address",
    "interviews": "Interview",
    "interview date": "Interview",
    "start date": "Starts on",
    "location": "Place of work",
    "description": "Text",
    "advert text": "Text",
    "number of vacancies": "Number of posts",
    "role": "Role type",
    "category": "Role type",
    "fte": "Full-time equivalent",
}
KNOWN = ALSO_CALLED | {column.name.lower().replace("-", " "): column.name for column in COLUMNS}
BY_NAME = {column.name: column for column in COLUMNS}
NAME_OF = {column.field: column.name for column in reversed(COLUMNS)}
