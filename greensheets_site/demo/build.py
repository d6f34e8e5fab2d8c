"""Puts the demo together: every row has its key given, so that two runs into empty databases are alike to the byte."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.text import slugify

from editions.models import Bulletin, Edition
from mailing.models import ConsentEvent, ContactMessage, Delivery, Mailout, Subscriber
from news.models import Article
from vacancies.models import Authority, Break, School, StaffGroup, Subject, Term, Vacancy
from vacancies.schedule import send_moment

from . import adverts, articles, calendar, crests, pages, people, posts, schools, weekly
from .places import PLACES

ADVERTS_EACH = (120, 130)
FIRST_ISSUE = 1_040
# So many of the latest editions, the coming one among them, have PDFs (made by the worker), a mailout and the first versions
# of their adverts; older ones have none, as for a site that has just moved.
RECENT = 4
SIX_AUTHORITIES = {"Saltmere": "North Somerset", "North Wessmoor": "Wiltshire", "Haverleigh": "Gloucestershire"}


class AlreadyThere(Exception):
    """The database holds adverts or schools; demo content is never added to what exists."""


@transaction.atomic
def build(now: datetime, size: float = 1.0, say: Callable[[str], None] = lambda line: None) -> None:
    """Fill an empty site. ``size`` makes fewer schools, adverts and readers, for tests."""
    if School.objects.exists() or Vacancy.objects.exists():
        raise AlreadyThere
    today = timezone.localdate(now)
    issues = calendar.issues_around(today)
    _name_the_site()
    all_schools = _build_schools(size)
    say(f"{len(all_schools)} schools in {len(PLACES)} authorities")
    editions = _build_editions(today, now, issues)
    count = _build_adverts(all_schools, issues, size, now)
    say(f"{count} adverts in {len(editions)} editions")
    _build_words(today)
    say(f"{_build_people(now, size, editions)} subscribers")
    reset_sequences()


def _name_the_site() -> None:
    Site.objects.update_or_create(
        pk=settings.SITE_ID, defaults={"domain": urlsplit(settings.SITE_URL).netloc, "name": "Greensheets: Vacancies in Schools"}
    )


def _build_schools(size: float) -> list[School]:
    authorities = Authority.objects.bulk_create(schools.authorities())
    rows = schools.schools(authorities, size)
    six = _schools_of_the_six(len(rows) + 1, {authority.name: authority for authority in authorities})
    crests.draw_for(rows)
    return School.objects.bulk_create([*rows, *six], batch_size=500)


def _schools_of_the_six(first_pk: int, authorities: dict[str, Authority]) -> list[School]:
    """The schools of adverts.json, moved to real authorities; coordinates and postcode are borrowed from a town there."""
    towns = {place.name: place.towns[0] for place in PLACES}
    rows = []
    for pk, entry in enumerate(adverts.entries(), start=first_pk):
        authority = authorities[SIX_AUTHORITIES[entry["school"]["authority"]]]
        town = towns[authority.name]
        fields = adverts.school_fields(entry) | {"postcode": f"{town.outward} {entry['school']['postcode'][-3:]}"}
        rows.append(School(pk=pk, authority=authority, latitude=town.latitude, longitude=town.longitude, **fields))
    return rows


def _build_editions(today: date, now: datetime, issues: calendar.Issues) -> list[Edition]:
    terms, breaks = calendar.terms_around(today)
    Term.objects.bulk_create(terms)
    Break.objects.bulk_create(breaks)
    editions = [
        Edition(pk=number, on=monday, number=FIRST_ISSUE + number, copy_deadline_at=calendar.demo_deadline(monday))
        for number, monday in enumerate(issues.all, start=1)
    ]
    for edition in editions:
        edition.published_at = edition.send_at + timedelta(minutes=2) if edition.send_at + timedelta(minutes=2) <= now else None
    Edition.objects.bulk_create(editions)
    recent = _recent(editions)
    Bulletin.objects.bulk_create(
        Bulletin(pk=pk, edition=edition, staff_group=group)
        for pk, (edition, group) in enumerate(((edition, group) for edition in recent for group in StaffGroup.values), start=1)
    )
    return editions


def _recent(editions: list[Edition]) -> list[Edition]:
    return editions[-RECENT:]


def _build_adverts(all_schools: list[School], issues: calendar.Issues, size: float, now: datetime) -> int:
    Subject.objects.bulk_create(Subject(pk=pk, name=name, slug=slugify(name)) for pk, name in enumerate(posts.SUBJECTS, start=1))
    press = weekly.Press(all_schools[: -len(adverts.entries())])
    rows: list[Vacancy] = []
    links: list[Any] = []  # rows of the table between, whose class Django makes
    for number, (monday, following) in enumerate(zip_longest(issues.all, issues.all[1:])):
        each = max(6, round((ADVERTS_EACH[0] + number * 7 % (ADVERTS_EACH[1] - ADVERTS_EACH[0])) * size))
        made = list(press.edition(monday, each, following, with_drafts=monday == issues.coming))
        if monday == issues.current:
            made += _the_six(all_schools[-len(adverts.entries()) :], monday)
        for vacancy, subjects in made:
            vacancy.pk = len(rows) + 1
            rows.append(vacancy)
            links += [Vacancy.subjects.through(vacancy_id=vacancy.pk, subject_id=subject.pk) for subject in subjects]
    Vacancy.objects.bulk_create(rows, batch_size=200)
    for pk, link in enumerate(links, start=1):
        link.pk = pk
    Vacancy.subjects.through.objects.bulk_create(links)
    for monday in issues.all:
        touched = min(weekly.updated_at(monday), now)
        Vacancy.objects.filter(print_from=monday).update(created_at=touched, updated_at=touched)
    recent = [row for row in rows if row.print_from and row.print_from >= issues.all[-RECENT]]
    _build_first_versions({row.pk: row.body for row in recent}, links)
    return len(rows)


def _build_first_versions(bodies: dict[int, str], links: list[Any]) -> None:
    """What each recent advert was when it came in, as a save by hand keeps it: without it no step could be undone.

    ``bodies`` by the keys of the adverts. The texts are those of the rows in hand, which are known to be clean.
    """
    version = Vacancy.history.model
    names = [field.attname for field in version.tracked_fields]
    rows = Vacancy.objects.filter(pk__in=bodies).order_by("pk").values(*names).iterator(chunk_size=200)
    versions = (
        version(history_id=row["id"], history_type="+", history_date=row["updated_at"], **row | {"body": bodies[row["id"]]})
        for row in rows
    )
    version.objects.bulk_create(versions, batch_size=200)
    subjects = apps.get_model("vacancies", "HistoricalVacancy_subjects")
    subjects.objects.bulk_create(
        subjects(
            m2m_history_id=link.pk, history_id=link.vacancy_id, id=link.pk, vacancy_id=link.vacancy_id, subject_id=link.subject_id
        )
        for link in links
        if link.vacancy_id in bodies
    )


def _the_six(their_schools: list[School], monday: date) -> Iterable[tuple[Vacancy, list[Subject]]]:
    weeks_later = (monday - adverts.MONDAY).days // 7
    for entry, school in zip(adverts.entries(), their_schools, strict=True):
        yield adverts.vacancy(entry, school, weeks_later), adverts.subjects(entry)


def _build_words(today: date) -> None:
    rows = articles.articles(today)
    Article.objects.bulk_create(rows)
    for article in rows:
        Article.objects.filter(pk=article.pk).update(updated_at=article.published_at)
    flat_pages = FlatPage.objects.bulk_create(pages.flat_pages())
    through = FlatPage.sites.through
    through.objects.bulk_create(through(pk=page.pk, flatpage_id=page.pk, site_id=settings.SITE_ID) for page in flat_pages)


def _build_people(now: datetime, size: float, editions: list[Edition]) -> int:
    subscribers, events = people.subscribers(now, round(people.SUBSCRIBERS * size))
    Subscriber.objects.bulk_create(subscribers, batch_size=500)
    ConsentEvent.objects.bulk_create(events, batch_size=500)
    Subscriber.authorities.through.objects.bulk_create(people.choices(subscribers, list(Authority.objects.order_by("pk"))))
    ContactMessage.objects.bulk_create(people.messages(now))
    people.staff()
    _build_mailouts(subscribers, [edition for edition in _recent(editions) if edition.published_at])
    return len(subscribers)


def _build_mailouts(subscribers: list[Subscriber], published: list[Edition]) -> None:
    """What went out with these editions, all of it sent."""
    deliveries: list[Delivery] = []
    for pk, edition in enumerate(published, start=1):
        sent_at = send_moment(edition.on) + timedelta(minutes=9)
        readers = [row for row in subscribers if row.confirmed_at and row.confirmed_at < sent_at and not _gone(row, sent_at)]
        Mailout.objects.create(
            pk=pk,
            edition=edition,
            planned_at=edition.published_at or sent_at,
            frozen_at=edition.published_at,
            finished_at=sent_at,
            candidates=len(readers),
        )
        deliveries += people.deliveries(len(deliveries) + 1, pk, readers, sent_at)
    Delivery.objects.bulk_create(deliveries, batch_size=1_000)


def _gone(row: Subscriber, moment: datetime) -> bool:
    return any(left and left < moment for left in (row.unsubscribed_at, row.bounced_at))


def reset_sequences() -> None:
    """PostgreSQL's sequences do not notice keys that were given; SQLite's do."""
    ours: list[type[models.Model]] = list(apps.get_models(include_auto_created=True))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), ours):
            cursor.execute(statement)
