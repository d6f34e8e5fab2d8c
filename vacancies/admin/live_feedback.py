"""What the form of an advert says while it is being filled in. It is all worked out here, by the rules that apply on saving."""

from collections.abc import Collection
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from .. import bank_holidays, wording
from ..editing import defaults, print_consequences, suggestions
from ..editing.forms import ACTUAL_PAY, VacancyForm
from ..editing.problems import Problem
from ..models import Vacancy
from ..reading.kinds import read_advert
from ..schedule import copy_deadline

# Boxes for which a typed text is read too; lists of rows and long statements are left to whoever types.
OFFERED = {
    *("closes_at", "hours_per_week", "hours_detail", "weeks_worked", "weeks_paid", "contract", "weeks", "working_pattern", "fte"),
    *("starts_on", "pay_min", "pay_max", "actual_pay_min", "actual_pay_max", "hourly_pay", "pay_points", "interview"),
    *("shortlisting", "apply_email", "apply_url", "apply_phone"),
}


def look(form: VacancyForm) -> dict[str, Any]:
    """The problems as a piece of HTML, a note beside each box that has one, and values for boxes that are still empty."""
    vacancy = form.instance
    return {
        "problems": render_to_string("admin/vacancies/vacancy/_problems.html", {"form": form}),
        "state": state(form.problems or []),
        "notes": {**pay_notes(form, vacancy), **date_notes(form, vacancy), **text_notes(form, vacancy)},
        "known": what_is_known(vacancy),
    }


def state(found: Collection[Problem]) -> str:
    """One line for the bar with the buttons."""
    missing = sum(problem.stops for problem in found)
    doubtful = len(found) - missing
    parts = [f"{missing} missing" if missing else "", f"{doubtful} to check" if doubtful else ""]
    return ", ".join(filter(None, parts)) or "Nothing missing"


def note(text: str, **values: str | list[str]) -> dict[str, Any]:
    """``values`` are what the note's button puts into the boxes of these names."""
    return {"text": text, "values": values}


def pay_notes(form: VacancyForm, vacancy: Vacancy) -> dict[str, Any]:
    if vacancy.is_term_time and vacancy.pay_min and not vacancy.weeks_paid:
        return {"weeks_paid": note("Enter the paid weeks to see the actual pay of this post.")}
    notes = {}
    for field, suggested in zip(ACTUAL_PAY, defaults.suggested_pay(vacancy), strict=True):
        typed, stored = form.cleaned_data.get(field), getattr(vacancy, field)
        if not suggested or not vacancy.is_reduced or stored is None:
            continue
        if typed is None:
            notes[field] = note(f"Left empty, this is stored: {suggested.sum}")
        elif typed == suggested.amount:
            notes[field] = note(suggested.sum)
        else:
            notes[field] = note(f"Hours and weeks make it {suggested.sum}", **{field: str(suggested.amount)})
    return notes


def date_notes(form: VacancyForm, vacancy: Vacancy) -> dict[str, Any]:
    notes = {}
    if printed := _printed(form, vacancy):
        notes["in_bulletin"] = note(printed)
    if vacancy.closes_at and vacancy.publish_on:
        notes["closes_at"] = note(_time_to_apply(vacancy))
    elif vacancy.publish_on:
        usual = timezone.localtime(form.usual_closing(vacancy.publish_on))
        values = {"closes_at_0": f"{usual:%d/%m/%Y}", "closes_at_1": f"{usual:%H:%M}"}
        notes["closes_at"] = note(f"Usual for this edition: {wording.moment_text(usual)}.", **values)
    return notes


def _printed(form: VacancyForm, vacancy: Vacancy) -> str:
    """What readers already hold, or else when the bulletin's copy deadline is."""
    if form.stored and (held := print_consequences.kept(print_consequences.run(form.stored, form.calendar, form.at))):
        return held
    if not vacancy.print_from:
        return ""
    deadline = copy_deadline(vacancy.print_from, bank_holidays.before(vacancy.print_from))
    when = wording.moment_text(deadline)
    passed = f"its usual copy deadline, {when}, has passed" if deadline <= form.at else f"its usual copy deadline is {when}"
    return f"Printed in the edition of {wording.long_day(vacancy.print_from)}; {passed}."


def text_notes(form: VacancyForm, vacancy: Vacancy) -> dict[str, Any]:
    """What the pasted text says about empty boxes, and about the closing time even where a different one was typed."""
    reading = read_advert(vacancy.body or "", vacancy.publish_on or timezone.localdate(form.at))
    found = suggestions.suggestions(reading)
    empty = {field: one for field, one in found.items() if field in OFFERED and form.cleaned_data.get(field) in (None, "")}
    notes = {field: note(f"The text says {one.shown}.", **one.boxes) for field, one in empty.items()}
    closing = found.get("closes_at")
    if closing and vacancy.closes_at and closing.boxes["closes_at_0"] != f"{timezone.localtime(vacancy.closes_at):%d/%m/%Y}":
        typed = _time_to_apply(vacancy) if vacancy.publish_on else f"{wording.closing(vacancy)}."
        notes["closes_at"] = note(f"{typed} But the text says {closing.shown}.")
    return notes


def _time_to_apply(vacancy: Vacancy) -> str:
    publish_on, closes_at = vacancy.dates
    days = (timezone.localdate(closes_at) - publish_on).days
    return f"{wording.closing(vacancy)}: {days} day{'' if days == 1 else 's'} after it appears."


def what_is_known(vacancy: Vacancy) -> dict[str, Any]:
    if not vacancy.school_id:
        return {}
    found = defaults.known(vacancy.school, vacancy.role_type, vacancy.pk)
    return {field: {"value": _typed(one.value), "source": one.source} for field, one in found.items()}


def _typed(value: Any) -> str:
    """As a box of the form holds it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return wording.number(value) if hasattr(value, "is_zero") else str(value)
