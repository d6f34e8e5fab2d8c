"""What the board of an edition says: what is ready, what is not, and what will happen on its Monday without anybody's help."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from vacancies import wording
from vacancies.models import Break, StaffGroup, Status, Vacancy
from web.quantities import clock

from . import rules
from .building import bulletins
from .models import Bulletin, Edition


class PdfState(StrEnum):
    NO_ADVERTS = "no adverts"
    MISSING = "missing"
    BUILDING = "building"
    FAILED = "failed"
    OUT_OF_DATE = "out of date"
    INCOMPLETE = "incomplete"
    PROOF = "proof"
    PUBLISHED = "published"
    UPLOADED = "uploaded"


@dataclass(frozen=True)
class BulletinBoard:
    """One bulletin of one edition, as staff see it."""

    bulletin: Bulletin
    label: str
    ready: int
    drafts: int
    state: PdfState
    sentence: str


@dataclass(frozen=True)
class EditionBoard:
    edition: Edition
    bulletins: list[BulletinBoard]
    sentence: str
    warning: str


def board(edition: Edition, now: datetime) -> EditionBoard:
    boards = [bulletin_board(bulletin, now) for bulletin in edition.bulletins.select_related("edition").order_by("-staff_group")]
    warnings = [break_warning(edition), *(f"{row.label}: {row.sentence}" for row in boards if row.state == PdfState.INCOMPLETE)]
    return EditionBoard(edition, boards, what_will_happen(edition, now), " ".join(filter(None, warnings)))


def next_board(now: datetime) -> EditionBoard | None:
    """Of the edition that staff are working on: the earliest one that is not published."""
    edition = Edition.objects.filter(published_at=None).coming(now).first()
    return board(edition, now) if edition else None


def bulletin_board(bulletin: Bulletin, now: datetime) -> BulletinBoard:
    state = pdf_state(bulletin, now)
    drafts = Vacancy.objects.in_span_of_print(bulletin.edition.on).in_group(bulletin.staff_group).filter(status=Status.DRAFT)
    return BulletinBoard(
        bulletin=bulletin,
        label=StaffGroup(bulletin.staff_group).label,
        ready=bulletin.vacancies().count(),
        drafts=drafts.count(),
        state=state,
        sentence=state_sentence(bulletin, state),
    )


def pdf_state(bulletin: Bulletin, now: datetime) -> PdfState:
    if bulletin.uploaded_at:
        return PdfState.UPLOADED
    if not Bulletin.objects.free(now).filter(pk=bulletin.pk).exists():
        return PdfState.BUILDING
    if bulletin.problem:
        return PdfState.FAILED
    if not bulletin.file:
        return PdfState.MISSING if bulletin.vacancies().exists() else PdfState.NO_ADVERTS
    return state_of_a_whole_pdf(bulletin)


def state_of_a_whole_pdf(bulletin: Bulletin) -> PdfState:
    if bulletins.is_out_of_date(bulletin):
        return PdfState.OUT_OF_DATE
    if bulletin.held_back:
        return PdfState.INCOMPLETE
    return PdfState.PUBLISHED if bulletin.edition.published_at else PdfState.PROOF


def state_sentence(bulletin: Bulletin, state: PdfState) -> str:
    built = wording.moment_text(bulletin.built_at) if bulletin.built_at else ""
    again = f"It will be tried again on {wording.moment_text(bulletin.next_try_at)}." if bulletin.next_try_at else ""
    return {
        PdfState.NO_ADVERTS: "No adverts are approved for it, so no PDF will be made.",
        PdfState.MISSING: "The PDF has not been made yet. It will be made automatically before the edition.",
        PdfState.BUILDING: f"The PDF is being made. {bulletin.progress}".strip(),
        PdfState.FAILED: f"The PDF could not be made: {bulletin.problem} {again}".strip(),
        PdfState.OUT_OF_DATE: f"Adverts have changed since the PDF was made on {built}.",
        PdfState.INCOMPLETE: lacking(bulletin),
        PdfState.PROOF: f"The proof of {built} is up to date: {bulletin.pages} pages.",
        PdfState.PUBLISHED: f"Published: {bulletin.pages} pages.",
        PdfState.UPLOADED: f"An uploaded PDF of {bulletin.pages} pages.",
    }[state]


def lacking(bulletin: Bulletin) -> str:
    number = len(bulletin.held_back)
    lead, them = ("An approved advert is", "it") if number == 1 else (f"{number} approved adverts are", "them")
    return f"{lead} not in the PDF, because the press cannot set {them}. {' '.join(bulletin.not_printed)}"


def in_short(bulletin: Bulletin, now: datetime) -> str:
    """What the row alone tells of the PDF, for lists: whether adverts have changed since is asked on the page of the bulletin."""
    if bulletin.uploaded_at:
        return "Uploaded"
    if bulletin.claimed_at and bulletin.claimed_at > now - rules.BUILD_LEASE:
        return "Being made"
    if bulletin.problem:
        return "Could not be made"
    if not bulletin.file:
        return "Not made yet"
    if bulletin.held_back:
        return "Lacks an approved advert"
    return "Published" if bulletin.edition.published_at else "Proof"


def what_will_happen(edition: Edition, now: datetime) -> str:
    if edition.published_at:
        return f"Published on {wording.moment_text(edition.published_at)}."
    day = wording.long_day(edition.on)
    if now >= edition.send_at:
        return "It is due: the worker publishes it at its next round."
    if timezone.localdate(now) == edition.on:
        return f"Its adverts are on the website; PDFs and email go out today at {clock(edition.send_at.time())}."
    return f"Goes live {day} at midnight; PDFs and email at {clock(edition.send_at.time())}."


def break_warning(edition: Edition) -> str:
    reason = Break.objects.confirmed().filter(on=edition.on).values_list("reason", flat=True).first()
    if edition.published_at or reason is None:
        return ""
    fate = "so this edition will not come out. Remove the break, or move its adverts."
    return f"A break ({reason}) is entered for this Monday, {fate}"
