"""More of everything than a small database swallows in one statement: 2,500 schools, each with an advert that is live, and as
many readers who all chose differently. Made in a few bulk inserts, so that a test may have its own."""

from datetime import date, timedelta
from itertools import combinations

from editions.models import Bulletin, Edition
from mailing.models import ContactMessage, Subscriber
from vacancies.models import Authority, RoleType, School, Status, Subject, Vacancy, VacancyDocument
from vacancies.schedule import copy_deadline

from .builders import MONDAY, a_term, london

MANY = 2500
# Whatever is done on this day finds the adverts live; all of them close a fortnight later at the same moment.
NOW = london(2026, 4, 28, 9)
CLOSES_AT = london(2026, 5, 12, 12)
ASKED_AT, CONFIRMED_AT = london(2026, 1, 5, 9), london(2026, 1, 5, 10)


def authorities(count: int = 73) -> list[Authority]:
    """Enough of them for ``MANY`` pairs: as many different choices."""
    return Authority.objects.bulk_create(
        Authority(name=f"Area {number:02}", slug=f"area-{number:02}", code=f"{number:03}") for number in range(100, 100 + count)
    )


def schools(areas: list[Authority], count: int = MANY) -> list[School]:
    return School.objects.bulk_create(
        School(
            urn=100_000 + number,
            name=f"School {number:04}",
            authority=areas[number % len(areas)],
            phase="primary",
            town=f"Town {number % 400}",
            postcode=f"ZZ{number % 90 + 10} 1AA",
            latitude=51 + number / 5000,
            longitude=-2 + number / 5000,
            copies=1,
        )
        for number in range(count)
    )


def adverts(at: list[School], publish_on: date = MONDAY, **fields) -> list[Vacancy]:
    """One for each school; each carries a subject, names a contact, and is printed in the edition of ``publish_on``."""
    roles = {role.staff_group: role for role in RoleType.objects.all()}
    subject = Subject.objects.create(name=f"Subject of {publish_on}", slug=f"subject-{publish_on}")
    defaults = {
        "status": Status.APPROVED,
        "publish_on": publish_on,
        "print_from": publish_on,
        "print_until": publish_on,
        "closes_at": CLOSES_AT,
        "body": "<p>The governors wish to appoint a colleague.</p>",
        "contact_name": "Mrs A. Clerk",
        "pay_min": 30_000,
    }
    rows = Vacancy.objects.bulk_create(
        Vacancy(
            title=f"Post {number}",
            school=school,
            role_type=roles["teaching" if number % 2 else "support"],
            **{**defaults, **fields},
        )
        for number, school in enumerate(at)
    )
    linked = Vacancy.subjects.through
    linked.objects.bulk_create(linked(vacancy=row, subject=subject) for row in rows)
    return rows


def documents(of: list[Vacancy]) -> list[VacancyDocument]:
    return VacancyDocument.objects.bulk_create(
        VacancyDocument(vacancy=row, title="Job description", file=f"documents/{row.pk}.pdf", kind="pdf", size=1) for row in of
    )


def readers(areas: list[Authority], count: int = MANY, **fields) -> list[Subscriber]:
    """Confirmed, each with another pair of areas."""
    rows = Subscriber.objects.bulk_create(
        Subscriber(
            email=f"reader{number}@readers.example",
            email_key=f"reader{number}@readers.example",
            **{"requested_at": ASKED_AT, "confirmed_at": CONFIRMED_AT, **fields},
        )
        for number in range(count)
    )
    chosen = Subscriber.authorities.through
    pairs = zip(rows, combinations(areas, 2), strict=False)
    chosen.objects.bulk_create(chosen(subscriber=row, authority=area) for row, pair in pairs for area in pair)
    return rows


def editions(count: int = 300) -> list[Edition]:
    """Published, one a week, the latest on ``MONDAY``; each with its two bulletins."""
    rows = Edition.objects.bulk_create(
        Edition(on=on, number=2000 - back, copy_deadline_at=copy_deadline(on), published_at=london(on.year, on.month, on.day, 7))
        for back in range(count)
        for on in [MONDAY - timedelta(days=7 * back)]
    )
    Bulletin.objects.bulk_create(Bulletin(edition=row, staff_group=group) for row in rows for group in ("teaching", "support"))
    return rows


def messages(count: int = MANY, **fields) -> list[ContactMessage]:
    return ContactMessage.objects.bulk_create(
        ContactMessage(enquiry="other", name="May", email=f"may{number}@b.example", message="Good day", **fields)
        for number in range(count)
    )


def county() -> tuple[list[School], list[Vacancy]]:
    """The whole of it, with a calendar that reaches over it."""
    a_term()
    places = schools(authorities())
    posts = adverts(places)
    documents(posts)
    return places, posts
