"""Adverts from a table. They come in as drafts: approving each is still somebody's decision, with the problems panel beside it.

Every line is looked at before the first is stored. One bad line, and nothing is imported; the report names all of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from richtext.fields import LineField

from .. import rules
from ..editing import defaults
from ..editing.fields import BOX_OF, IN_BULLETIN, refused_numbers
from ..editing.suggestions import schools_named
from ..models import PayUnit, RoleType, School, Subject, Vacancy, calendar
from . import excel
from .columns import BULLETIN, BY_NAME, CLOSING_DATE, CLOSING_TIME, COLUMNS, KNOWN, NAME_OF, SCHOOL, TITLE, URN
from .tables import LineProblem, Row, Unreadable, rows
from .understood import UnderstoodLine, understood

REASON = "Import of adverts"
MOST_SHOWN = 50
TEXTS = {column.name for column in Vacancy._meta.fields if isinstance(column, LineField) and not column.choices}
IN_ORDER = [("print_from", "print_until"), ("pay_min", "pay_max"), ("actual_pay_min", "actual_pay_max")]


@dataclass
class AdvertsReport:
    """What an import did, or would do."""

    lines: int = 0
    named: list[str] = field(default_factory=list)
    """The adverts, each with its school."""
    understood: list[UnderstoodLine] = field(default_factory=list)
    """The first few adverts as they were read, those in which most was reshaped first."""
    problems: list[LineProblem] = field(default_factory=list)
    done: int = 0

    @property
    def so_far(self) -> str:
        return f"{self.done:,} of {_counted(len(self.named), 'advert')}"

    def __str__(self) -> str:
        if self.problems:
            found = f"{_counted(self.lines, 'line')}, {_counted(len(self.problems), 'problem')}"
            return f"{found}: nothing will be imported until everything is right."
        return f"{_counted(len(self.named), 'advert')}, as drafts."


class LineForm(forms.ModelForm):
    """A line, with the same words for what is wrong as the form at the desk."""

    instance: Vacancy

    apply_url = forms.URLField(required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = Vacancy
        fields = list(dict.fromkeys(column.field for column in COLUMNS if column.field != IN_BULLETIN))
        field_classes = BOX_OF

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("posts", "pay_unit", "full_time_hours"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        for name, sentence in refused_numbers(data):
            self.add_error(name, sentence)
        for low, high in IN_ORDER:
            if data.get(low) and data.get(high) and data[high] < data[low]:
                self.add_error(high, f"This is before or below “{NAME_OF[low]}”.")
        return data

    def clean_posts(self) -> int:
        return self.cleaned_data["posts"] or 1

    def clean_pay_unit(self) -> str:
        return self.cleaned_data["pay_unit"] or PayUnit.YEAR

    def clean_full_time_hours(self) -> Decimal:
        role = self.cleaned_data.get("role_type")
        return self.cleaned_data["full_time_hours"] or defaults.full_time_hours(role)

    def _get_validation_exclusions(self) -> set[str]:
        """Constraints speak of tables; ``clean`` has said the same in words already."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's types leave it out
        return excluded | {name for pair in IN_ORDER for name in pair if self.has_error(pair[1])}


def import_adverts(
    file: BinaryIO, progress: Callable[[AdvertsReport], None] = lambda report: None, **options: Any
) -> AdvertsReport:
    """As ``steps``, to the end."""
    for report in adverts_in_steps(file, **options):
        progress(report)
    return report


def adverts_in_steps(file: BinaryIO, *, dry_run: bool = False, user: AbstractBaseUser | None = None) -> Iterator[AdvertsReport]:
    """The report as it grows. All or nothing: whoever stops listening half-way has imported nothing."""
    report = AdvertsReport()
    good = _looked_at(file, report)
    if report.problems or dry_run:
        yield report
        return
    with transaction.atomic():
        for form in good:
            form.instance._history_user, form.instance._change_reason = user, REASON
            form.save()
            report.done += 1
            yield report


def _looked_at(file: BinaryIO, report: AdvertsReport) -> list[LineForm]:
    book = _Book()
    good = []
    for number, row in rows(file, [TITLE], KNOWN):
        report.lines += 1
        if report.lines > rules.MOST_IMPORTED_ADVERTS:
            raise Unreadable(f"This table has more than {rules.MOST_IMPORTED_ADVERTS:,} adverts. Split it.")
        form, problems = book.read(number, row)
        report.problems += problems
        if not problems:
            report.named.append(f"{form.instance.title}, {form.instance.school}")
            report.understood.append(understood(number, row, form.instance, form.cleaned_data))
            good.append(form)
    report.understood = sorted(report.understood, key=lambda line: -line.reshaped)[:MOST_SHOWN]
    if not report.lines:
        raise Unreadable("This table has no adverts, only the first line that names the columns.")
    return good


class _Book:
    """What is known before the first line: schools, types, subjects, the calendar, and then the lines already read."""

    def __init__(self) -> None:
        self.calendar = calendar()
        self.roles = {name.lower(): pk for pk, name in RoleType.objects.values_list("pk", "name")}
        self.subjects = {name.lower(): pk for pk, name in Subject.objects.values_list("pk", "name")}
        self.seen: dict[tuple[int, str, Any], int] = {}

    def read(self, number: int, row: Row) -> tuple[LineForm, list[LineProblem]]:
        said = [self._value(number, name, text) for name, text in row.items() if text and name in BY_NAME]
        problems = [value for _, value in said if isinstance(value, LineProblem)]
        data = {name: value for name, value in said if not isinstance(value, LineProblem)}
        school = self._school(number, row)
        problems += [school] if isinstance(school, LineProblem) else []
        data["school"] = school
        form = LineForm(data)
        problems += [
            LineProblem(number, NAME_OF.get(name, ""), str(sentence))
            for name, sentences in form.errors.items()
            for sentence in sentences
            if not problems or name not in {"school", *(BY_NAME[one.column].field for one in problems if one.column in BY_NAME)}
        ]
        return form, problems or self._fitting(number, row, form)

    def _value(self, number: int, name: str, text: str) -> tuple[str, Any]:
        column = BY_NAME[name]
        if wrong := excel.error_in(text):
            return name, LineProblem(number, name, wrong)
        if name in {CLOSING_DATE, CLOSING_TIME}:
            return ("closes_at_0", text) if name == CLOSING_DATE else ("closes_at_1", excel.as_time(text))
        if name in {URN, SCHOOL, BULLETIN}:
            return name, text
        tables: dict[str, dict[str, Any]] = {"role_type": self.roles, "subjects": self.subjects}
        known = tables.get(column.field) or {label.lower(): value for label, value in column.choices.items()}
        if not known:
            meant, wrong = excel.as_text(text, column.field) if column.field in TEXTS else (text, "")
            return (name, LineProblem(number, name, wrong)) if wrong else (column.field, meant)
        found = [known.get(part.strip().lower()) for part in (text.split(",") if column.field == "subjects" else [text])]
        if None in found:
            return name, LineProblem(number, name, f"“{text[:40]}” is not known. Choose one of these: {_listed(known)}.")
        return column.field, found if column.field == "subjects" else found[0]

    def _school(self, number: int, row: Row) -> int | LineProblem:
        """By its number if there is one, else by a name that only one open school has."""
        urn, name = row.get(URN, ""), row.get(SCHOOL, "")
        if urn:
            found = list(School.objects.filter(urn=urn).values_list("pk", flat=True)) if urn.isdecimal() and len(urn) < 10 else []
            return found[0] if found else LineProblem(number, URN, f"No school has the URN {urn[:20]}.")
        if not name:
            return LineProblem(number, SCHOOL, "The school is missing: give its URN or its name.")
        found = [school.pk for school in schools_named(name)]
        if len(found) == 1:
            return found[0]
        more = "More than one school is called" if found else "No school is called"
        return LineProblem(number, SCHOOL, f"{more} “{name[:60]}”. Give its URN.")

    def _fitting(self, number: int, row: Row, form: LineForm) -> list[LineProblem]:
        """The days of print that the desk would propose; and no advert a second time."""
        advert = form.instance
        answer = row.get(BULLETIN, "").lower()
        if answer not in {"", "yes", "y", "no", "n", "true", "false"}:
            return [LineProblem(number, BULLETIN, "Write Yes or No.")]
        if answer in {"no", "n", "false"}:
            advert.print_from = advert.print_until = None
        elif advert.publish_on and not advert.print_from:
            advert.print_from, advert.print_until = defaults.print_days(advert.publish_on, self.calendar) or (None, None)
        advert.print_until = advert.print_until or advert.print_from
        if advert.print_until and not advert.print_from:
            advert.print_from = advert.print_until
        return self._twice(number, advert)

    def _twice(self, number: int, advert: Vacancy) -> list[LineProblem]:
        key = advert.school_id, advert.title.lower(), advert.publish_on
        if key in self.seen:
            return [LineProblem(number, TITLE, f"This is the same advert as on line {self.seen[key]}.")]
        self.seen[key] = number
        there = Vacancy.objects.filter(school=advert.school_id, title__iexact=advert.title, publish_on=advert.publish_on).first()
        return [LineProblem(number, TITLE, f"This advert already exists: {there.reference}.")] if there else []


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _listed(known: dict[str, Any]) -> str:
    return ", ".join(sorted(known)[:12]) + (", …" if len(known) > 12 else "")
