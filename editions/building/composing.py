"""From the database to the press: which adverts a bulletin prints, in which order, and the facts of its cover.

The fingerprint tells whether a PDF still says what the database says; it does not cover the looks, so that a new stylesheet
never makes the archive outdated.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from vacancies import bank_holidays, reference, wording
from vacancies.models import Authority, Vacancy, VacancyQuerySet, calendar
from vacancies.schedule import copy_deadline

from ..models import Bulletin, Edition
from ..press.galley import PROFILE, Advert, Cover, Galley
from . import crests, glyphs, pieces

# What an advert's row holds and its bulletin does not show.
UNPRINTED = {"status", "publish_on", "print_from", "print_until", "created_at", "updated_at", "subjects"}
ADVERT_FIELDS = [field.attname for field in Vacancy._meta.concrete_fields if field.name not in UNPRINTED]
SCHOOL_FIELDS = [
    f"school__{name}"
    for name in ("name", "authority__name", "phase", "roll", "head", "address", "town", "logo", "safeguarding_text")
]
ROLE_FIELDS = ["role_type__name", "role_type__position"]


def adverts(bulletin: Bulletin, as_printed: bool = False) -> VacancyQuerySet:
    """The bulletin's adverts in the order of print. ``as_printed``: those that it printed last time, whatever became of them."""
    if not as_printed:
        return bulletin.vacancies()
    keys = [reference.to_pk(name) for name in bulletin.page_of]
    return Vacancy.objects.filter(pk__among=keys).for_list().in_order_of_print()


def digests(bulletin: Bulletin, as_printed: bool = False) -> dict[str, str]:
    """By reference, in the order of print: a digest of everything that the bulletin says of an advert. One query."""
    rows = adverts(bulletin, as_printed).values_list("pk", *ADVERT_FIELDS, *SCHOOL_FIELDS, *ROLE_FIELDS)
    return {reference.from_pk(row[0]): digest(row) for row in rows}


def differing(bulletin: Bulletin, now: dict[str, str] | None = None) -> list[str]:
    """The adverts of which a bulletin does not say what their rows say now, what is left out last.

    What was published no longer changes with adverts that closed so long ago that their contacts had to go.
    """
    now, before = now or digests(bulletin), bulletin.made_from
    names = [*(name for name in now if before.get(name) != now[name]), *(name for name in before if name not in now)]
    if not bulletin.is_public or not names:
        return names
    past = set(
        Vacancy.objects.overdue_for_contacts()
        .filter(pk__among=[reference.to_pk(name) for name in names])
        .values_list("pk", flat=True)
    )
    return [name for name in names if reference.to_pk(name) not in past]


def fingerprint(bulletin: Bulletin, made_from: dict[str, str]) -> str:
    """Covers everything that the bulletin says. Cheap enough for every round of the worker."""
    return digest([list(made_from.items()), asdict(cover_of(bulletin))])


def digest(of: object) -> str:
    return hashlib.sha256(json.dumps(of, default=str).encode()).hexdigest()


def compose(bulletin: Bulletin, folder: Path, as_printed: bool = False) -> tuple[Galley, list[str]]:
    """The galley, its crests laid out in ``folder``, and remarks for staff about adverts that are not set as they were typed."""
    set_adverts: list[Advert] = []
    remarks: list[str] = []
    for vacancy in adverts(bulletin, as_printed):
        advert, said = advert_of(vacancy, folder)
        set_adverts.append(advert)
        remarks += said
    galley = Galley(
        cover=cover_of(bulletin),
        created=bulletin.edition.send_at.isoformat(),
        address=settings.SITE_URL,
        adverts=tuple(set_adverts),
        house=pieces.house(bulletin.staff_group, site()),
        static_root=str(settings.BASE_DIR / "static"),
    )
    return galley, remarks


def advert_of(vacancy: Vacancy, folder: Path) -> tuple[Advert, list[str]]:
    return pieces.advert(vacancy, lay_out_crest(vacancy, folder), site())


def with_print_shop(galley: Galley, folder: Path) -> Galley:
    """What the print shop asks for: crop marks and inks, its colour profile, whole sheets of four pages."""
    if settings.PRINT_ICC_PROFILE:
        shutil.copyfile(settings.PRINT_ICC_PROFILE, folder / PROFILE)
    sheets = pieces.house_pages(galley.cover) if settings.PRINT_MULTIPLE_OF_FOUR else ()
    return replace(galley, for_print=True, profile=PROFILE if settings.PRINT_ICC_PROFILE else "", house_pages=sheets)


def lay_out_crest(vacancy: Vacancy, folder: Path) -> str:
    """The name of the school's crest in ``folder``, prepared once per logo; empty without one that can be printed."""
    logo = vacancy.school.logo
    if not logo.name:
        return ""
    name = hashlib.sha256(logo.name.encode()).hexdigest()[:20]
    path = folder / name
    if not path.exists():
        path.write_bytes(crests.prepare(logo))
    return name if path.stat().st_size else ""


def site() -> str:
    """The website as print shows it, without the scheme."""
    return str(settings.SITE_URL).split("://", 1)[-1]


def cover_of(bulletin: Bulletin) -> Cover:
    edition = bulletin.edition
    day = wording.long_day(edition.on)
    authorities = Authority.objects.count()
    next_issue, deadline = next_issue_and_deadline(edition)
    return Cover(
        title=f"Greensheets, {bulletin.get_staff_group_display().lower()}, {day}",
        staff_group=bulletin.get_staff_group_display(),
        day=day,
        issue=f"Issue {edition.number}",
        strapline=f"Vacancies in schools across {authorities} education authorit{'y' if authorities == 1 else 'ies'}",
        next_issue=next_issue,
        deadline=deadline,
        telephone=settings.PUBLISHER["telephone"],
        email=settings.PUBLISHER["email"],
        website=site(),
        **told_of(bulletin.notes),
    )


def told_of(notes: Sequence[dict[str, Any]]) -> dict[str, str]:
    """What the cover says of revisions: the number and day of the last, and every note, the latest first."""
    if not notes:
        return {}
    days = [f"Revision {one['revision']}, {wording.day_text(date.fromisoformat(one['on']))}" for one in notes]
    told = [f"{day}: {one['note']}" for day, one in zip(days, notes, strict=True)]
    return {"revision": days[-1], "note": glyphs.printable(" ".join(reversed(told)))[0]}


def next_issue_and_deadline(edition: Edition) -> tuple[str, str]:
    """``Monday 29 April`` and ``noon, Wednesday 24 April``; empty when no term on record extends that far."""
    after = calendar().next_on(edition.on + timedelta(days=1))
    if not after:
        return "", ""
    row = Edition.objects.filter(on=after).first()
    deadline = row.copy_deadline_at if row else copy_deadline(after, bank_holidays.before(after))
    return wording.long_day(after).rsplit(" ", 1)[0], wording.moment_text(deadline).replace(f" {after.year}", "")
