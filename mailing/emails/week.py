"""What the weekly email of one edition has to tell, read from the database once and then narrowed to each choice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db.models import Max
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime

from editions.models import Bulletin, Edition
from vacancies import wording
from vacancies.models import Authority, RoleType, StaffGroup, Vacancy, calendar
from vacancies.schedule import DAY, live_moment
from web.quantities import clock

from .. import rules
from ..models.choices import Choice


@dataclass(frozen=True)
class Post:
    """One advert in the words of ``vacancies.wording``."""

    title: str
    school: str
    where: str
    pay: str
    hours: str
    closing: str
    url: str
    authority_id: int
    authority: str
    role: str
    staff_group: str


@dataclass(frozen=True)
class Group:
    """The new posts of one staff group of one authority."""

    label: str
    posts: list[Post]


@dataclass(frozen=True)
class Area:
    """The new posts of one authority."""

    name: str
    url: str
    posts: list[Post]

    @property
    def groups(self) -> list[Group]:
        by_group = groupby(self.posts, key=lambda post: post.staff_group)
        return [Group(StaffGroup(name).label, list(posts)) for name, posts in by_group]


@dataclass(frozen=True)
class Document:
    """One bulletin's PDF."""

    title: str
    size: str
    url: str
    staff_group: str


@dataclass(frozen=True)
class Selection:
    """The week as one choice sees it."""

    areas: list[Area]
    closing: list[Post]
    documents: list[Document]

    @property
    def new(self) -> list[Post]:
        return [post for area in self.areas for post in area.posts]


@dataclass(frozen=True)
class Week:
    """The week of one edition: its new posts in the bulletin's order, and the older ones that close soon."""

    edition: Edition
    url: str
    new: list[Post]
    closing: list[Post]
    documents: list[Document]
    area_urls: dict[int, str]
    area_names: dict[int, str]
    next_on: date | None

    def narrowed(self, choice: Choice) -> Selection:
        wanted = [post for post in self.new if choice.covers(post)]
        return Selection(
            areas=[
                Area(name, self.area_urls[pk], list(posts))
                for (name, pk), posts in groupby(wanted, key=lambda post: (post.authority, post.authority_id))
            ],
            closing=[post for post in self.closing if choice.covers(post)],
            documents=[document for document in self.documents if document.staff_group in choice.groups],
        )


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def load(edition: Edition, at: datetime) -> Week:
    """Read the week: an advert is new if it appeared since the edition before, or is printed for the first time.

    Only adverts that are live at ``at`` are included; for an edition still to come, those that will be live when it goes out.
    """
    at = max(at, edition.send_at)
    live = _in_order(Vacancy.objects.live(at).for_list())
    new = _new_in(edition, live)
    areas = list(Authority.objects.all())
    return Week(
        edition=edition,
        url=absolute(edition.get_absolute_url()),
        new=[post_of(advert) for advert in live if advert.pk in new],
        closing=[post_of(advert) for advert in _closing_soon(edition, live) if advert.pk not in new],
        documents=[_document(bulletin) for bulletin in edition.bulletins.built().order_by("-staff_group")],
        area_urls={area.pk: absolute(area.get_absolute_url()) for area in areas},
        area_names={area.pk: area.name for area in areas},
        next_on=calendar().next_on(edition.on + DAY),
    )


def _new_in(edition: Edition, live: list[Vacancy]) -> set[int]:
    """The keys of those that readers have not been told of."""
    since = _edition_before(edition)
    return {advert.pk for advert in live if (advert.publish_on and advert.publish_on > since) or advert.print_from == edition.on}


def _closing_soon(edition: Edition, live: list[Vacancy]) -> list[Vacancy]:
    """The first to close first."""
    until = live_moment(edition.on) + rules.CLOSING_SOON
    closing = [(advert.closes_at, advert) for advert in live if advert.closes_at and advert.closes_at < until]
    return [advert for _, advert in sorted(closing, key=lambda pair: pair[0])]


def post_of(advert: Vacancy) -> Post:
    school = advert.school
    return Post(
        title=advert.title,
        school=school.name,
        where=school.name_and_place,
        pay=wording.headline_pay(advert),
        hours=wording.hours(advert),
        closing=_closing(advert),
        url=absolute(advert.get_absolute_url()),
        authority_id=school.authority_id,
        authority=school.authority.name,
        role=advert.role_type.name if advert.role_type else "",
        staff_group=advert.staff_group or "",
    )


def _closing(advert: Vacancy) -> str:
    """``Tuesday 12 May, noon``: in the week's own email the year would say nothing."""
    local = localtime(advert.closes_at)
    return f"{format_date(local, 'l j F')}, {clock(local.time())}"


def _in_order(adverts: Iterable[Vacancy]) -> list[Vacancy]:
    """By authority, then role, as the bulletins print them."""
    return sorted(
        adverts,
        key=lambda advert: (advert.school.authority.name, *_place_of(advert.role_type), advert.title, advert.pk),
    )


def _place_of(role: RoleType | None) -> tuple[bool, int, str]:
    return (role.staff_group != StaffGroup.TEACHING, role.position, role.name) if role else (True, 0, "")


def _edition_before(edition: Edition) -> date:
    """The Monday of the edition before this one; a week earlier where there is none."""
    before = Edition.objects.filter(on__lt=edition.on).aggregate(Max("on"))["on__max"]
    return before or edition.on - timedelta(days=7)


def _document(bulletin: Bulletin) -> Document:
    return Document(
        title=f"Bulletin for {StaffGroup(bulletin.staff_group).label.lower()}",
        size=f"PDF, {filesizeformat(bulletin.size)}".replace("\xa0", " "),
        url=absolute(reverse("editions:bulletin", args=[bulletin.edition.on.isoformat(), bulletin.staff_group])),
        staff_group=bulletin.staff_group,
    )
