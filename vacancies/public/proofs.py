"""Links by which a school looks at its advert before it appears: signed, good for a while, for one advert each.

A link carries how often links of its advert have been called back; once that is one more, it opens nothing.
"""

from datetime import datetime

from django.core import signing
from django.db.models import F
from django.utils import timezone

from .. import rules
from ..models import ProofRecall, Status, Vacancy

SALT = "vacancies.proof"


class NoProof(Exception):
    """The message is for the school; ``was_good`` tells a link that has run out from one that never was one."""

    def __init__(self, message: str, was_good: bool = True):
        super().__init__(message)
        self.was_good = was_good


def token(vacancy: Vacancy) -> str:
    return signing.dumps([vacancy.pk, _recalls(vacancy.pk)], salt=SALT)


def recall(vacancy: Vacancy) -> None:
    """From now on no link made before opens this advert. Links of other adverts, and those made from now on, do."""
    ProofRecall.objects.bulk_create([ProofRecall(vacancy=vacancy)], ignore_conflicts=True)
    ProofRecall.objects.filter(vacancy=vacancy).update(times=F("times") + 1)


def _recalls(pk: int) -> int:
    return ProofRecall.objects.filter(vacancy=pk).values_list("times", flat=True).first() or 0


def ends_at(at: datetime | None = None) -> datetime:
    """When a link that is made now runs out."""
    return (at or timezone.now()) + rules.PROOF_LINK_GOOD_FOR


def advert_of(link: str) -> Vacancy:
    """The advert as it is stored now. Raises ``NoProof`` with what to tell the school."""
    try:
        carried = signing.loads(link, salt=SALT, max_age=rules.PROOF_LINK_GOOD_FOR)
    except signing.SignatureExpired as error:
        raise NoProof("This link has expired. Ask us for a new one.") from error
    except signing.BadSignature as error:
        raise NoProof("This link is incomplete. Copy the whole link from our email.", was_good=False) from error
    pk, recalls = carried if isinstance(carried, list) else (carried, 0)  # before links could be called back
    if recalls != _recalls(pk):
        raise NoProof("This link has been called back. Ask us for a new one.")
    vacancy = Vacancy.objects.for_display().filter(pk=pk).first()
    if vacancy is None or vacancy.status == Status.WITHDRAWN:
        raise NoProof("This advert has been withdrawn.")
    return vacancy


def is_for(link: str, vacancy_id: int) -> bool:
    """Whether the link opens this advert, and its documents with it."""
    try:
        return bool(link) and advert_of(link).pk == vacancy_id
    except NoProof:
        return False
