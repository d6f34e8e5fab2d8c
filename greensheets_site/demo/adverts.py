"""The six adverts of ``adverts.json``, as schools sent them, mapped onto schools and adverts of ours.

Tests use them with their own dates (Monday 27 April 2026); the demo shifts them by whole weeks to its current edition.
"""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.html import format_html

from vacancies.models import ApplyMethod, PayUnit, Phase, RoleType, School, Start, Status, Subject, Vacancy, Weeks, WorkingPattern
from vacancies.schedule import at

from .data import FOLDER

FILE = FOLDER / "adverts.json"
MONDAY = date(2026, 4, 27)
# In the text of one of them, for whoever tests with it; it is no part of the school's advert.
REMARK = "Closing date falls on a bank holiday Monday on purpose (validation test)."
PHASES = {"primary": Phase.PRIMARY, "secondary": Phase.SECONDARY, "nursery_primary": Phase.PRIMARY, None: ""}
OWN_SAFEGUARDING = (
    "We are committed to safeguarding and to promoting the welfare of children, and expect all staff and volunteers "
    "to share this commitment. Online searches are made for shortlisted candidates."
)


def entries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(FILE.read_text())["adverts"]
    return found


def school_fields(entry: dict[str, Any]) -> dict[str, Any]:
    """The school of an advert without its authority: that is a row of ours, and the caller's to choose."""
    school = entry["school"]
    ages = [int(age) for age in school.get("age_range", "").split("-") if age]
    return {
        "name": school["name"],
        "kind": school["type"],
        "phase": PHASES[school["phase"]],
        "age_from": ages[0] if ages else None,
        "age_to": ages[1] if ages else None,
        "roll": school["roll"],
        "religious_character": school.get("religious_character") or "",
        "trust": school.get("trust") or "",
        "head": school.get("head", ""),
        "address": school["address"],
        "town": school["address"].rsplit(", ", 1)[-1] if school["phase"] else "Wessmoor",
        "postcode": school["postcode"],
        "website": school.get("website", ""),
        "safeguarding_text": OWN_SAFEGUARDING if entry["safeguarding"] == "custom" else "",
    }


def vacancy(entry: dict[str, Any], school: School, weeks_later: int = 0) -> Vacancy:
    """An approved advert, not yet saved, all its dates moved on by whole weeks."""
    later = timedelta(weeks=weeks_later)
    monday = MONDAY + later
    return Vacancy(
        school=school,
        title=entry["title"],
        role_type=RoleType.objects.get(slug=role_slug(entry)),
        key_stages=", ".join(stage.upper() for stage in entry["key_stages"]),
        posts=entry.get("posts", 1),
        workplaces=" and ".join(entry["school"].get("sites", [])),
        ect_suitable=entry.get("ect_suitable"),
        body=format_html("<p>{}</p>", entry["body"].replace(REMARK, "").strip()),
        status=Status.APPROVED,
        publish_on=monday,
        print_from=monday,
        print_until=monday,
        closes_at=_later(datetime.fromisoformat(entry["closing"]), later),
        may_close_early=entry.get("may_close_early", False),
        shortlisting=_shifted(entry.get("shortlisting"), weeks_later),
        interview=_shifted(entry.get("interview"), weeks_later),
        visits=_shifted(entry.get("visits"), weeks_later),
        dbs=entry["dbs"],
        **_work(entry, later),
        **_pay(entry),
        **_application(entry),
    )


def subjects(entry: dict[str, Any]) -> list[Subject]:
    return list(Subject.objects.filter(name__in=entry["subject"]))


def role_slug(entry: dict[str, Any]) -> str:
    """A midday supervisor is filed by its school under catering; ours has a role of its own."""
    if "Midday" in entry["title"]:
        return "midday-supervisor"
    return str(entry["role_type"]).replace("_", "-")


def _work(entry: dict[str, Any], later: timedelta) -> dict[str, Any]:
    weeks, start = entry.get("weeks") or {}, entry["start"]
    starts_on = date.fromisoformat(start["date"]) + later if "date" in start else None
    return {
        "contract": entry["contract"],
        "contract_detail": entry.get("contract_detail", ""),
        "working_pattern": WorkingPattern(entry["hours_pattern"]),
        "job_share": entry.get("job_share", False),
        "hours_per_week": _decimal(entry.get("hours_per_week")),
        "hours_detail": entry.get("hours_detail", ""),
        "weeks": Weeks(weeks["type"]) if weeks else "",
        "weeks_worked": _decimal(weeks.get("worked")),
        "weeks_paid": _decimal(weeks.get("paid")),
        "weeks_detail": weeks.get("detail", ""),
        "fte": _decimal(entry["fte"]),
        "start": Start(start["type"]),
        "starts_on": starts_on,
        "start_text": _start_text(start, later),
    }


def _start_text(start: dict[str, Any], later: timedelta) -> str:
    if later:
        return "Start of next term" if start["type"] == Start.TERM else ""
    return str(start.get("text", ""))


def _pay(entry: dict[str, Any]) -> dict[str, Any]:
    salary = entry["salary"]
    return {
        "pay_scale": salary["scale"],
        "pay_points": salary["points"],
        "pay_min": _decimal(salary["min"]),
        "pay_max": _decimal(salary["max"]),
        "pay_unit": PayUnit(salary["unit"]),
        "actual_pay_min": _decimal(salary.get("actual_min")),
        "actual_pay_max": _decimal(salary.get("actual_max")),
        "hourly_pay": _decimal(salary.get("hourly")),
        "pay_allowance": salary.get("allowance") or "",
        "pay_note": salary.get("note") or "",
    }


def _application(entry: dict[str, Any]) -> dict[str, Any]:
    apply, contact = entry["apply"], entry["contact"]
    return {
        "apply_method": ApplyMethod(apply["method"]),
        "apply_email": apply.get("email", ""),
        "apply_url": apply.get("url", ""),
        "apply_phone": apply.get("phone", ""),
        "cv_accepted": apply.get("cv_accepted"),
        "contact_name": contact["name"],
        "contact_phone": contact["phone"],
        "contact_email": contact["email"] or "",
    }


def _decimal(value: str | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _later(moment: datetime, later: timedelta) -> datetime:
    """The same clock time in London, weeks later: across a clock change that is not the same number of hours."""
    local = timezone.localtime(moment)
    return at(local.date() + later, local.time())


def _shifted(text: str | None, weeks_later: int) -> str:
    """A sentence that names a day is true only with its own dates."""
    return (text or "") if not weeks_later or not any(character.isdigit() for character in text or "") else ""
