"""The fields of an advert in the order in which schools write them: where each stands on the form, and its columns in an import.

One row a field. The form, its sections and labels, the kinds of box and the table to import are made from it; how a fact is
worded for readers is in ``wording`` and ``public.facts``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from django.db import models

from ..models import Vacancy
from .pasted_fields import MomentField, PastedDateField, PastedNumberField

IN_BULLETIN = "in_bulletin"  # a tick of the form, not a column of the database: it decides print_from and print_until


@dataclass(frozen=True)
class Entry:
    """``columns`` are the headings of an import, each with an example; ``beside`` puts it on the line of the one before."""

    name: str
    section: str
    columns: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    beside: bool = False


POST, DATES, HOURS, PAY, APPLYING, SAFEGUARDING = (
    "The post",
    "Dates",
    "Contract and hours",
    "Pay",
    "Applying",
    "Safeguarding",
)
ADVICE = {
    POST: "A draft needs only a school and a title.",
    PAY: "Readers look for actual pay first. The form works it out, but any figure you type wins.",
}
TEXT = "We want a kind and patient colleague.\n- Experience in Key Stage 1\n- A Level 2 qualification"
ENTRIES = (
    Entry("version", POST),
    Entry("school", POST, {"School URN": "100001", "School": "Fernhollow Primary School"}),
    Entry("title", POST, {"Title": "Teaching Assistant"}),
    Entry("role_type", POST, {"Role type": "Teaching assistant"}),
    Entry("posts", POST, {"Number of posts": "1"}, beside=True),
    Entry("subjects", POST, {"Subjects": ""}),
    Entry("key_stages", POST, {"Key stages": "KS1, KS2"}),
    Entry("ect_suitable", POST, {"Suitable for ECTs": ""}, beside=True),
    Entry("workplaces", POST, {"Place of work": ""}, "Place of work"),
    Entry("body", POST, {"Text": TEXT}),
    Entry("publish_on", DATES, {"On the website from": "27/04/2026"}),
    Entry(IN_BULLETIN, DATES, {"In the bulletin": "Yes"}),
    Entry("print_from", DATES, {"Printed from": ""}),
    Entry("print_until", DATES, {"Printed until": ""}, beside=True),
    Entry("closes_at", DATES, {"Closing date": "12/05/2026", "Closing time": "noon"}),
    Entry("may_close_early", DATES, {"May close early": "No"}),
    Entry("contract", HOURS, {"Contract": "Permanent"}),
    Entry("contract_detail", HOURS, {"Contract detail": ""}, beside=True),
    Entry("working_pattern", HOURS, {"Working pattern": "Part time"}),
    Entry("job_share", HOURS, {"Job share": "No"}, beside=True),
    Entry("hours_per_week", HOURS, {"Hours a week": "25"}),
    Entry("hours_detail", HOURS, {"Hours detail": "Mon-Fri 8.45am-2.15pm"}, beside=True),
    Entry("weeks", HOURS, {"Weeks": "Term time only"}),
    Entry("weeks_detail", HOURS, {"Weeks detail": ""}, beside=True),
    Entry("weeks_worked", HOURS, {"Weeks worked": "39"}, "Weeks worked in a year"),
    Entry("weeks_paid", HOURS, {"Weeks paid": "44.2"}, "Weeks paid for in a year", beside=True),
    Entry("fte", HOURS, {"Full-time equivalent": ""}, beside=True),
    Entry("start", HOURS, {"Start is": ""}),
    Entry("starts_on", HOURS, {"Starts on": ""}, beside=True),
    Entry("start_text", HOURS, {"Start": "September 2026"}, "or start, in words", beside=True),
    Entry("pay_scale", PAY, {"Pay scale": "NJC Grade 3"}),
    Entry("pay_points", PAY, {"Pay points": "SCP 4-6"}, beside=True),
    Entry("pay_min", PAY, {"Full-time pay from": "£23,893"}),
    Entry("pay_max", PAY, {"Full-time pay to": "£24,702"}, beside=True),
    Entry("pay_unit", PAY, {"Pay is": "a year"}, "Full-time pay is", beside=True),
    Entry("full_time_hours", PAY, {"Full-time hours": "37"}, "Full-time hours"),
    Entry("actual_pay_min", PAY, {"Actual pay from": "£13,900"}),
    Entry("actual_pay_max", PAY, {"Actual pay to": "£14,370"}, beside=True),
    Entry("hourly_pay", PAY, {"Hourly pay": ""}),
    Entry("pay_allowance", PAY, {"Allowance": ""}, beside=True),
    Entry("pay_note", PAY, {"Pay note": ""}),
    Entry("apply_method", APPLYING, {"Apply": "By email"}, "How to apply"),
    Entry("cv_accepted", APPLYING, {"CVs accepted": "No"}, beside=True),
    Entry("apply_email", APPLYING, {"Apply email": "office@fernhollow.example"}, "Email"),
    Entry("apply_phone", APPLYING, {"Apply telephone": ""}, "Telephone", beside=True),
    Entry("apply_url", APPLYING, {"Apply address": ""}, "Web address"),
    Entry("shortlisting", APPLYING, {"Shortlisting": ""}),
    Entry("interview", APPLYING, {"Interview": "19 May"}, beside=True),
    Entry("visits", APPLYING, {"Visits": ""}),
    Entry("contact_name", APPLYING, {"Contact name": ""}, beside=True),
    Entry("contact_phone", APPLYING, {"Contact telephone": ""}),
    Entry("contact_email", APPLYING, {"Contact email": ""}, beside=True),
    Entry("dbs", SAFEGUARDING, {"DBS check": "Enhanced DBS check"}),
    Entry("safeguarding_text", SAFEGUARDING, {"Safeguarding": ""}),
)
LABELS = {entry.name: entry.label for entry in ENTRIES if entry.label}
BOXES: dict[type, type[forms.Field]] = {
    models.DateTimeField: MomentField,
    models.DateField: PastedDateField,
    models.DecimalField: PastedNumberField,
}
TYPED = [column for column in Vacancy._meta.fields if column.name in {entry.name for entry in ENTRIES}]
BOX_OF = {column.name: BOXES[type(column)] for column in TYPED if type(column) in BOXES}
# A share above nought is asked for by a constraint of its own.
NEVER_NEGATIVE = [column.name for column in TYPED if isinstance(column, models.DecimalField) and column.name != "fte"]


def refused_numbers(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields with impossible numbers, each with what to do."""
    for name in NEVER_NEGATIVE:
        if (data.get(name) or 0) < 0:
            yield name, "Enter 0 or more."
    fte = data.get("fte")
    if fte is not None and not 0 < fte <= 1:
        yield "fte", "Enter a number above 0 and up to 1: full time is 1, half time is 0.5."


def fieldsets() -> tuple[tuple[str, Any], ...]:
    """The sections of the form, as Django's admin wants them."""
    found = []
    for section, entries in groupby(ENTRIES, key=lambda entry: entry.section):
        lines: list[list[str]] = []
        for entry in entries:
            if entry.beside:
                lines[-1].append(entry.name)
            else:
                lines.append([entry.name])
        options = {"fields": [line[0] if len(line) == 1 else tuple(line) for line in lines]}
        found.append((section, options | ({"description": ADVICE[section]} if section in ADVICE else {})))
    return tuple(found)
