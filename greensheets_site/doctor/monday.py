"""A dry run of next Monday: its edition, adverts, PDFs, readers and email."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

from editions import readiness
from editions.building import making
from editions.building.rendering import PressFailed
from editions.models import Bulletin, Edition
from editions.readiness import PdfState
from mailing import rules as mailing_rules
from mailing.emails import letters, week
from mailing.models import Subscriber
from mailing.models.choices import Choice
from vacancies.editing import review
from vacancies.models import Status, Term, Vacancy, calendar

from ..watching.findings import Finding
from .findings import doubtful, fine, together, wrong

TERMS_AHEAD = timedelta(weeks=8)
# From so many days before its Monday the worker should have made the PDFs.
PDFS_FROM = timedelta(days=3)


def _day(on: Any) -> str:
    return str(format_date(on, "l j F Y"))


def edition_ahead(now: datetime) -> Edition | None:
    found: Edition | None = Edition.objects.filter(published_at=None).coming(now).first()
    return found


def terms(now: datetime) -> Finding:
    today = timezone.localdate(now)
    advice = "Enter the terms of the next school year at the desk, under Terms."
    if not calendar().next_on(today):
        return wrong("No term that is entered has a Monday to come.", f"{advice} Without them nothing is published.")
    last = Term.objects.order_by("-ends_on").values_list("ends_on", flat=True)[0]
    if last < today + TERMS_AHEAD:
        return doubtful(f"The terms that are entered end on {_day(last)}.", advice)
    return fine(f"Entered until {_day(last)}.")


def edition(now: datetime) -> Finding:
    today = timezone.localdate(now)
    late = Edition.objects.due(now).order_by("on").first()
    if late:
        return wrong(f"The edition of {_day(late.on)} is due and not published.", "Look at the worker: it publishes what is due.")
    found, expected = edition_ahead(now), calendar().next_on(today)
    if found is None or (expected and found.on > expected and not Edition.objects.filter(on=expected).exists()):
        return wrong("The next edition is not planned.", "Look at the terms and at the worker, which plans editions by itself.")
    if warning := readiness.break_warning(found):
        return doubtful(f"{_day(found.on)}: {warning}", "Decide before the copy deadline.")
    return fine(f"{_day(found.on)}, number {found.number}.")


def adverts(now: datetime) -> Finding:
    found = edition_ahead(now)
    if found is None:
        return doubtful("There is no edition that they could be in.", "See the edition above.")
    booked = list(Vacancy.objects.booked_for(found.on).select_related("school", "role_type"))
    approved = [advert for advert in booked if advert.status == Status.APPROVED]
    drafts, problems = len(booked) - len(approved), review.review(approved, now)
    says = f"{len(approved)} approved, {len(problems)} of them with something to check, {drafts} still drafts."
    if not approved or problems or drafts:
        return doubtful(says, "The desk lists them under the next edition.")
    return fine(says)


def pdfs_checked(now: datetime) -> Finding:
    found = edition_ahead(now)
    if found is None:
        return doubtful("There is no edition that they could be of.", "See the edition above.")
    is_near = found.on - timezone.localdate(now) <= PDFS_FROM
    boards = [readiness.bulletin_board(bulletin, now) for bulletin in found.bulletins.select_related("edition")]
    if not boards:
        return wrong("The edition has no bulletins.", "Look at the worker, which plans them.")
    judged = [_judged(board, is_near) for board in boards]
    return together(judged, fine(" ".join(one.sentence for one in judged)))


def _judged(board: readiness.BulletinBoard, is_near: bool) -> Finding:
    says = f"{board.label}: {board.sentence}"
    if board.state == PdfState.FAILED:
        return wrong(says, "Correct the advert that is named, and ask for the PDF again on the page of the bulletin.")
    if board.state == PdfState.INCOMPLETE:
        return wrong(says, "Correct the advert that is named; the PDF is then made again by itself.")
    if board.state == PdfState.NO_ADVERTS or (is_near and board.state in {PdfState.MISSING, PdfState.OUT_OF_DATE}):
        return doubtful(says, "Look at the page of the bulletin; the worker makes PDFs by itself. doctor --build tries it now.")
    return fine(says)


class TypeRehearsal(making.Claim):
    """Permission to typeset a bulletin without having claimed its row, because nothing of it is kept."""

    def renew(self, progress: str) -> bool:
        return True


def build_tried(now: datetime) -> Finding:
    """Both bulletins set in the press as they stand, and thrown away; what is proofed or published stays as it is."""
    found = edition_ahead(now)
    bulletins = list(found.bulletins.select_related("edition").order_by("-staff_group")) if found else []
    tried = [_rehearsed(bulletin, now) for bulletin in bulletins if bulletin.vacancies().exists()]
    if not tried:
        return doubtful("No bulletin has adverts to set.", "Approve adverts for the next edition.")
    return together(tried, fine(" ".join(one.sentence for one in tried)))


def _rehearsed(bulletin: Bulletin, now: datetime) -> Finding:
    label = bulletin.get_staff_group_display()
    try:
        made = making.set_type(bulletin, TypeRehearsal(bulletin, now), as_printed=False)
    except (PressFailed, OSError) as error:
        return wrong(f"{label}: the press failed. {error}", "Correct what it names, or look into the log of this command.")
    size = len(made.pdf) / 1_000_000
    return fine(f"{label}: {made.outcome.pages} pages, {size:.1f} MB, {len(made.outcome.page_of)} adverts.")


def readers_checked(now: datetime) -> Finding:
    count = Subscriber.objects.active().count()
    if not count:
        return doubtful("Nobody reads the weekly email yet.", "Import readers, or sign up to try it.")
    return fine(f"{count:,} {'reader' if count == 1 else 'readers'} of the weekly email.")


def weekly_email(now: datetime) -> Finding:
    """As a reader gets it who has chosen everything, which is the longest it can be."""
    found = edition_ahead(now)
    if found is None:
        return doubtful("There is no edition that it could tell of.", "See the edition above.")
    letter = letters.weekly(week.load(found, now), Choice())
    size = len(letter.html.encode())
    says = f"“{letter.subject}”, {size:,} bytes of the {mailing_rules.LARGEST_HTML:,} that mailboxes show whole."
    if size > mailing_rules.LARGEST_HTML:
        return wrong(says, "Too long even in its shortest form; tell whoever looks after the software.")
    return fine(says)
