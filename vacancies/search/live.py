"""The adverts that are live now, read whole: lists, searches, feeds and the page of each are made of these.

Only a few hundred are live at a time. Reading them all takes about as long as making ten pages, and it is done once after
each change of content instead of for each page.
"""

from collections import defaultdict
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from web.remembered import remember

from ..models import Authority, PayUnit, RoleType, School, Vacancy, VacancyDocument, VacancyQuerySet
from .documents import document_of
from .facets import FACETS, Week, this_week
from .filtering import Row
from .index import Index


class LiveAdverts:
    """In order of appearance, newest first."""

    def __init__(self, at: datetime | None = None):
        at = at or timezone.now()
        adverts = _whole(Vacancy.objects.live(at))
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

    @cached_property
    def index(self) -> Index:
        """Made when words are first searched for."""
        return Index({pk: document_of(advert) for pk, advert in self.by_pk.items()})

    def of_role(self, pk: int | None) -> list[Vacancy]:
        return self._by_role.get(pk, [])

    def in_authority(self, pk: int) -> list[Vacancy]:
        return self._by_authority.get(pk, [])

    def at_school(self, pk: int) -> list[Vacancy]:
        """Soonest to close first."""
        return sorted(self._by_school.get(pk, []), key=lambda advert: (advert.closes_at, advert.pk))


def _whole(asked: VacancyQuerySet) -> list[Vacancy]:
    """With all that is shown of them, in one query for each table.

    Not joined: posts of one school share it, which is quicker to make and smaller to keep. Not prefetched: SQLite refuses that
    for more than a thousand schools.
    """
    adverts = list(asked)
    # What is pointed to is read after what points to it: staff may be adding both at this moment.
    schools = {one.pk: one for one in School.objects.filter(pk__among={advert.school_id for advert in adverts})}
    authorities = Authority.objects.in_bulk()
    roles = RoleType.objects.in_bulk()
    keys = [advert.pk for advert in adverts]
    links = Vacancy.subjects.through.objects.filter(vacancy__pk__among=keys).select_related("subject").order_by("subject__name")
    subjects, documents = defaultdict(list), defaultdict(list)
    for link in links:
        subjects[link.vacancy_id].append(link.subject)
    for document in VacancyDocument.objects.shown().filter(vacancy__pk__among=keys):
        documents[document.vacancy_id].append(document)
    for school in schools.values():
        school.authority = authorities[school.authority_id]
    for advert in adverts:
        advert.school, advert.role_type = schools[advert.school_id], roles[advert.role_type_id]
        advert.subject_list, advert.documents = subjects[advert.pk], documents[advert.pk]
    return adverts


def live_adverts() -> LiveAdverts:
    return remember("live adverts", LiveAdverts)


def row_of(advert: Vacancy, week: Week) -> Row:
    """``week`` as ``this_week`` gives it; asking the calendar for each advert is expensive."""
    school = advert.school
    values = {facet.name: facet.of(advert, week) for facet in FACETS}
    latitude, longitude = school.latitude, school.longitude
    point = (latitude, longitude) if latitude is not None and longitude is not None else None
    hours = float(advert.hours_per_week) if advert.hours_per_week is not None else None
    return Row(advert.pk, values, *advert.dates, point, school.postcode, hours, _pay(advert))


def _pay(advert: Vacancy) -> tuple[float, float]:
    """What somebody in the post gets: never the full-time figure of a post for fewer hours, which would stand too high."""
    if advert.actual_pay_min is not None or advert.actual_pay_max is not None:
        return float(advert.actual_pay_max or advert.actual_pay_min or 0), 0
    full = advert.pay_max if advert.pay_max is not None else advert.pay_min
    if full is not None and advert.pay_unit == PayUnit.YEAR and advert.is_paid_in_full:
        return float(full), 0
    hourly = full if full is not None and advert.pay_unit == PayUnit.HOUR else advert.hourly_pay
    return 0, float(hourly or 0)
