"""The promises of each edition: ready at its copy deadline, out at seven, sent by nine. Staff are told of one that is not kept.

Each is judged once, and the judgement is a row: neither a second worker nor one that was killed and started again tells twice.
What is judged late, because no worker was running, is judged by how things stand then; what nobody can act on is not told.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from editions import readiness
from editions.building import bulletins
from editions.models import Edition
from editions.readiness import PdfState
from mailing.models import DeliveryState, Mailout
from mailing.sending.steering import warn_staff
from vacancies import wording
from vacancies.models import StaffGroup, Status, Vacancy, calendar
from vacancies.schedule import at as moment_at
from web.quantities import clock

from .. import rules
from ..models import Judgement, Promise

LONGEST = 500  # letters of a warning


class NotYet(Exception):
    """Too early to judge."""


def judge(now: datetime) -> list[str]:
    """Judge every promise whose moment has come; what was told to staff."""
    told = [_settle(edition, promise, now) for edition, promise in _due(now)]
    return [note for note in told if note]


def _due(now: datetime) -> Iterator[tuple[Edition, Promise]]:
    """Breaks have no edition, and an edition of which every PDF was uploaded was never ours to bring out."""
    near = Edition.objects.filter(on__gte=timezone.localdate(now - rules.TOLD_FOR), copy_deadline_at__lte=now)
    judged = set(Judgement.objects.filter(edition__in=near).values_list("edition", "promise"))
    for edition in near.exclude(on__in=calendar().breaks).order_by("on"):
        if not edition.bulletins.exists() or edition.bulletins.filter(uploaded_at=None).exists():
            yield from ((edition, promise) for promise in _open(edition, now) if (edition.pk, promise) not in judged)


def _open(edition: Edition, now: datetime) -> Iterator[Promise]:
    if edition.copy_deadline_at <= now < edition.send_at:
        yield Promise.READY
    if edition.send_at + rules.OUT_BY <= now < edition.send_at + rules.TOLD_FOR:
        yield Promise.OUT
    if moment_at(edition.on, rules.SENT_BY) <= now < edition.send_at + rules.TOLD_FOR:
        yield Promise.SENT


def _settle(edition: Edition, promise: Promise, now: datetime) -> str:
    """Judgement and emails in one transaction; nothing if another worker was quicker."""
    try:
        note = JUDGES[promise](edition, now)[:LONGEST]
        with transaction.atomic():
            Judgement.objects.create(edition=edition, promise=promise, at=now, told=note)
            if note:
                warn_staff(note, now)
    except (NotYet, IntegrityError):
        return ""
    return note


def not_ready(edition: Edition, now: datetime) -> str:
    """What is holding up an edition whose copy deadline has passed."""
    board = readiness.board(edition, now)
    drafts = Vacancy.objects.booked_for(edition.on).filter(status=Status.DRAFT).count()
    reasons = [f"{drafts} advert{' is still a draft' if drafts == 1 else 's are still drafts'}"] if drafts else []
    for pdf in board.bulletins:
        if pdf.state in (PdfState.FAILED, PdfState.MISSING):
            reasons.append(f"{_pdf(pdf.bulletin.staff_group)} could not be made")
        if pdf.state == PdfState.INCOMPLETE:
            reasons.append(f"{_pdf(pdf.bulletin.staff_group)} lacks {', '.join(pdf.bulletin.held_back)}")
    if not any(pdf.ready for pdf in board.bulletins):
        reasons.append("no advert is approved for it")
    if not reasons:
        return ""
    return (
        f"The edition of {_day(edition)} is not ready, and its copy deadline has passed: {_listed(reasons)}. "
        "Approve the drafts or move them to a later Monday; the page of a PDF says what holds it up. "
        f"On Monday at {clock(edition.send_at.time())} the edition goes out as it then is."
    )


def not_out(edition: Edition, now: datetime) -> str:
    if edition.published_at is None:
        return (
            f"The edition of {_day(edition)} is not out yet, though it is past {clock(edition.send_at.time())}. "
            "Its adverts are on the website; the PDFs and the email are late. It comes out by itself once nothing holds it up. "
            "Look at its page at the desk, and tell whoever keeps the site running."
        )
    rows = edition.bulletins.select_related("edition").order_by("-staff_group")
    missing = [row.staff_group for row in rows if row.problem or (not row.file and bulletins.is_out_of_date(row))]
    if missing:
        return (
            f"The edition of {_day(edition)} is out, but {_listed([_pdf(group) for group in missing])} could not be made. "
            "The page of the bulletin at the desk names what holds it up: put it right, then ask for the PDF again. "
            "The website and the email do not wait for it."
        )
    if edition.published_at > edition.send_at + rules.OUT_BY and edition.bulletins.exclude(file="").exists():
        return (
            f"The edition of {_day(edition)} came out late, on {wording.moment_text(edition.published_at)}. "
            "There is nothing left to do for it. Ask whoever keeps the site running why, so that the next one is on time."
        )
    return ""


def not_sent(edition: Edition, now: datetime) -> str:
    mailout = Mailout.objects.filter(edition=edition).first()
    if mailout and (mailout.finished_at or mailout.cancelled_at):
        return ""
    start = f"The weekly email of {_day(edition)} had not been sent by {clock(rules.SENT_BY)}"
    if mailout and mailout.paused_at:
        if now - mailout.paused_at < rules.PAUSE_IS_KNOWN_FOR:
            raise NotYet
        reason = f" {mailout.pause_reason}" if mailout.pause_reason else ""
        return f"{start}, because it is paused.{reason} Press Resume on its page at the desk, or Cancel for good."
    if mailout and mailout.frozen_at:
        sent, left = (mailout.progress()[state] for state in (DeliveryState.SENT, DeliveryState.QUEUED))
        return (
            f"The weekly email of {_day(edition)} had not gone to everybody by {clock(rules.SENT_BY)}: "
            f"{sent} sent, {left} waiting. "
            "If the first number keeps growing on its page at the desk, there is nothing to do. "
            "If it does not, tell whoever keeps the site running."
        )
    if edition.published_at is None:
        return f"{start}: it is waiting for the edition, which is not out yet, and goes by itself after it."
    return f"{start}, though the edition is out. Tell whoever keeps the site running; nobody will get it twice when it goes."


def _day(edition: Edition) -> str:
    return wording.long_day(edition.on)


def _pdf(group: str) -> str:
    return f"the PDF for {StaffGroup(group).label.lower()}"


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


JUDGES: dict[Promise, Callable[[Edition, datetime], str]] = {
    Promise.READY: not_ready,
    Promise.OUT: not_out,
    Promise.SENT: not_sent,
}
