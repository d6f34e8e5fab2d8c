"""Next Monday, tried dry: its edition, adverts, PDFs, readers and email."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date

from editions import making, readiness
from editions.models import Bulletin, Edition
from editions.readiness import PdfState
from editions.rendering import PressFailed
from mailing import emails, week
from mailing.choices import Choice
from mailing.models import Subscriber
from vacancies import review
from vacancies.models import Status, Term, Vacancy, calendar

from .findings import Found, bad, good, look, together

TERMS_AHEAD = timedelta(weeks=8)
# From so many days before its Monday the worker should have made the PDFs.
PDFS_FROM = timedelta(days=3)


def _day(on: Any) -> str:
    return str(format_date(on, "l j F Y"))


def coming(now: datetime) -> Edition | None:
    found: Edition | None = Edition.objects.filter(published_at=None).coming(now).first()
    return found


def terms(now: datetime) -> Found:
    today = timezone.localdate(now)
    advice = "Enter the terms of the next school year at the desk, under Terms."
    if not calendar().next_on(today):
        return bad("No term that is entered has a Monday to come.", f"{advice} Without them nothing is published.")
    last = Term.objects.order_by("-ends_on").values_list("ends_on", flat=True)[0]
    if last < today + TERMS_AHEAD:
        return look(f"The terms that are entered end on {_day(last)}.", advice)
    return good(f"Entered until {_day(last)}.")


def edition(now: datetime) -> Found:
    today = timezone.localdate(now)
    late = Edition.objects.due(now).order_by("on").first()
    if late:
        return bad(f"The edition of {_day(late.on)} is due and not published.", "Look at the worker: it publishes what is due.")
    found, expected = coming(now), calendar().next_on(today)
    if found is None or (expected and found.on > expected and not Edition.objects.filter(on=expected).exists()):
        return bad("The next edition is not planned.", "Look at the terms and at the worker, which plans editions by itself.")
    if warning := readiness.break_warning(found):
        return look(f"{_day(found.on)}: {warning}", "Decide before the copy deadline.")
    return good(f"{_day(found.on)}, number {found.number}.")


def adverts(now: datetime) -> Found:
    found = coming(now)
    if found is None:
        return look("There is no edition that they could be in.", "See the edition above.")
    booked = list(Vacancy.objects.booked_for(found.on).select_related("school", "role_type"))
    approved = [advert for advert in booked if advert.status == Status.APPROVED]
    drafts, problems = len(booked) - len(approved), review.review(approved, now)
    says = f"{len(approved)} approved, {len(problems)} of them with something to check, {drafts} still drafts."
    if not approved or problems or drafts:
        return look(says, "The desk lists them under the next edition.")
    return good(says)


def pdfs(now: datetime) -> Found:
    found = coming(now)
    if found is None:
        return look("There is no edition that they could be of.", "See the edition above.")
    is_near = found.on - timezone.localdate(now) <= PDFS_FROM
    boards = [readiness.bulletin_board(bulletin, now) for bulletin in found.bulletins.select_related("edition")]
    if not boards:
        return bad("The edition has no bulletins.", "Look at the worker, which plans them.")
    judged = [_judged(board, is_near) for board in boards]
    return together(judged, good(" ".join(one.says for one in judged)))


def _judged(board: readiness.BulletinBoard, is_near: bool) -> Found:
    says = f"{board.label}: {board.sentence}"
    if board.state == PdfState.FAILED:
        return bad(says, "Correct the advert that is named, and ask for the PDF again on the page of the bulletin.")
    if board.state == PdfState.NO_ADVERTS or (is_near and board.state in {PdfState.MISSING, PdfState.OUT_OF_DATE}):
        return look(says, "Look at the page of the bulletin; the worker makes PDFs by itself. doctor --build tries it now.")
    return good(says)


class Rehearsal(making.Claim):
    """Leave to set a bulletin's type without having claimed its row, for nothing of it is kept."""

    def renew(self, progress: str) -> bool:
        return True


def build(now: datetime) -> Found:
    """Both bulletins set in the press as they stand, and thrown away; what is proofed or published stays as it is."""
    found = coming(now)
    bulletins = list(found.bulletins.select_related("edition").order_by("-staff_group")) if found else []
    tried = [_rehearsed(bulletin, now) for bulletin in bulletins if bulletin.vacancies().exists()]
    if not tried:
        return look("No bulletin has adverts to set.", "Approve adverts for the next edition.")
    return together(tried, good(" ".join(one.says for one in tried)))


def _rehearsed(bulletin: Bulletin, now: datetime) -> Found:
    label = bulletin.get_staff_group_display()
    try:
        made = making.set_type(bulletin, Rehearsal(bulletin, now), as_printed=False)
    except (PressFailed, OSError) as error:
        return bad(f"{label}: the press failed. {error}", "Correct what it names, or look into the log of this command.")
    size = len(made.pdf) / 1_000_000
    return good(f"{label}: {made.outcome.pages} pages, {size:.1f} MB, {len(made.outcome.page_of)} adverts.")


def readers(now: datetime) -> Found:
    count = Subscriber.objects.active().count()
    if not count:
        return look("Nobody reads the weekly email yet.", "Import readers, or sign up to try it.")
    return good(f"{count:,} {'reader' if count == 1 else 'readers'} of the weekly email.")


def weekly_email(now: datetime) -> Found:
    """As somebody gets it who has chosen everything, which is the longest."""
    found = coming(now)
    if found is None:
        return look("There is no edition that it could tell of.", "See the edition above.")
    letter = emails.weekly(week.load(found, now), Choice())
    size = len(letter.html.encode())
    says = f"“{letter.subject}”, {size:,} bytes of the {emails.LARGEST_HTML:,} that mailboxes show whole."
    if size > emails.LARGEST_HTML:
        return bad(says, "Too long even in its shortest form; tell whoever looks after the software.")
    return good(says)
