"""The adverts that are live now, read whole: lists, searches, feeds and the page of each are made of these.

Only a few hundred are live at a time. Reading them all takes about as long as making ten pages, and it is done once after
each change of content instead of for each page.
"""

from datetime import date, datetime, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from web.remembered import remember

from ..models import Contract, Phase, Vacancy, VacancyDocument, Weeks, WorkingPattern
from ..schedule import live_moment, week_of
from .filtering import YES, Row

# An advert that leaves the choice to the applicant is found under both.
PHASES = {phase.value: tuple(covered.value for covered in phase.covers) for phase in Phase}
PATTERNS = {WorkingPattern.EITHER.value: (WorkingPattern.FULL_TIME.value, WorkingPattern.PART_TIME.value)}
CONTRACTS = {Contract.CASUAL_OR_PERMANENT.value: (Contract.PERMANENT.value, Contract.CASUAL.value)}


class LiveAdverts:
    """In the order of appearance, the newest first."""

    def __init__(self, at: datetime | None = None):
        at = at or timezone.now()
        # Prefetched, not joined: posts of one school share it, which is quicker to make and smaller to keep.
        subjects = Prefetch("subjects", to_attr="subject_list")
        documents = Prefetch("attachments", VacancyDocument.objects.shown(), to_attr="documents")
        adverts = Vacancy.objects.live(at).prefetch_related("school__authority", "role_type", subjects, documents)
        self.by_pk: dict[int, Vacancy] = {advert.pk: advert for advert in adverts}
        self._by_role: dict[int | None, list[Vacancy]] = {}
        self._by_authority: dict[int, list[Vacancy]] = {}
        self._by_school: dict[int, list[Vacancy]] = {}
        for advert in adverts:
            self._by_role.setdefault(advert.role_type_id, []).append(advert)
            self._by_authority.setdefault(advert.school.authority_id, []).append(advert)
            self._by_school.setdefault(advert.school_id, []).append(advert)
        week = this_week(at)
        self.rows: list[Row] = [row_of(advert, week) for advert in self.by_pk.values()]

    def of_role(self, pk: int | None) -> list[Vacancy]:
        return self._by_role.get(pk, [])

    def in_authority(self, pk: int) -> list[Vacancy]:
        return self._by_authority.get(pk, [])

    def at_school(self, pk: int) -> list[Vacancy]:
        """Those that close first come first."""
        return sorted(self._by_school.get(pk, []), key=lambda advert: (advert.closes_at, advert.pk))


def live_adverts() -> LiveAdverts:
    return remember("live adverts", LiveAdverts)


def this_week(at: datetime) -> tuple[date, datetime]:
    """Its Monday, and the moment at which it is over."""
    monday, sunday = week_of(timezone.localdate(at))
    return monday, live_moment(sunday + timedelta(days=1))


def is_new(advert: Vacancy, week: tuple[date, datetime]) -> bool:
    """Published in this week, the one that began on Monday."""
    return advert.publish_on >= week[0]


def row_of(advert: Vacancy, week: tuple[date, datetime]) -> Row:
    """``week`` as ``this_week`` gives it; asking the calendar for each advert is dear."""
    school, role, subjects = advert.school, advert.role_type, advert.subject_list
    values = {
        "group": (role.staff_group,),
        "authority": (school.authority.slug,),
        "role": (role.slug,),
        "phase": PHASES.get(school.phase, ()),
        "subject": tuple(subject.slug for subject in subjects),
        "pattern": PATTERNS.get(advert.working_pattern, (advert.working_pattern,) if advert.working_pattern else ()),
        "contract": CONTRACTS.get(advert.contract, (advert.contract,) if advert.contract else ()),
        "term_time": YES if advert.weeks and advert.weeks != Weeks.ALL_YEAR else (),
        "new": YES if is_new(advert, week) else (),
        "closing": YES if advert.closes_at < week[1] else (),
    }
    words = (
        advert.title,
        school.name,
        school.town,
        school.trust,
        school.authority.name,
        role.name,
        advert.key_stages,
        advert.workplaces,
        "job share" if advert.job_share else "",
        "ECT" if advert.ect_suitable else "",
        *(subject.name for subject in subjects),
    )
    point = (school.latitude, school.longitude) if school.latitude is not None else None
    text = ". ".join([advert.reference, *filter(None, words)])
    return Row(advert.pk, values, advert.publish_on, advert.closes_at, point, school.postcode, text)
