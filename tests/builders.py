"""Rows for tests, complete and valid unless a test says otherwise. Dates are chosen around Monday 27 April 2026."""

from datetime import date, datetime
from itertools import count

from editions.models import Edition
from mailing.models import Subscriber, email_key
from news.models import Article
from vacancies.models import Authority, Break, RoleType, School, Status, Term, Vacancy
from vacancies.schedule import LONDON, copy_deadline

MONDAY = date(2026, 4, 27)
_numbers = count(1)


def london(*parts: int) -> datetime:
    """``london(2026, 4, 27, 7)`` is 07:00 on that day in London."""
    return datetime(*parts, tzinfo=LONDON)


def an_authority(name: str = "Saltmere", **fields) -> Authority:
    number = next(_numbers)
    slug = name.lower().replace(" ", "-")
    return Authority.objects.get_or_create(name=name, defaults={"slug": slug, "code": f"{number % 1000:03}", **fields})[0]


def a_school(name: str = "Fernhollow Primary School", **fields) -> School:
    authority = fields.pop("authority", None) or an_authority()
    return School.objects.create(
        **{"name": name, "authority": authority, "phase": "primary", "town": "Fernhollow", "postcode": "ZZ99 1AA", **fields}
    )


def a_role(slug: str = "teacher") -> RoleType:
    return RoleType.objects.get(slug=slug)


def a_term(starts_on: date = date(2026, 4, 13), ends_on: date = date(2026, 7, 21), name: str = "Summer term 2026") -> Term:
    return Term.objects.create(name=name, starts_on=starts_on, ends_on=ends_on)


def a_break(on: date = date(2026, 5, 25), reason: str = "half-term") -> Break:
    return Break.objects.create(on=on, reason=reason)


def a_vacancy(title: str = "Class Teacher", **fields) -> Vacancy:
    """An approved advert that is live from ``MONDAY`` and closes a fortnight later."""
    role = fields.pop("role", "teacher")
    school = fields.pop("school", None) or a_school()
    publish_on = fields.get("publish_on", MONDAY)
    defaults = {
        "title": title,
        "school": school,
        "role_type": a_role(role) if isinstance(role, str) else role,
        "status": Status.APPROVED,
        "publish_on": publish_on,
        "print_from": publish_on,
        "print_until": publish_on,
        "closes_at": london(2026, 5, 12, 12),
        "contract": "permanent",
        "working_pattern": "full_time",
        "body": "<p>The governors wish to appoint a colleague.</p>",
        "apply_email": "office@fernhollow.example",
    }
    return Vacancy.objects.create(**{**defaults, **fields})


def an_edition(on: date = MONDAY, **fields) -> Edition:
    defaults = {"on": on, "number": 1000 + next(_numbers), "copy_deadline_at": copy_deadline(on)}
    return Edition.objects.create(**{**defaults, **fields})


def a_subscriber(email: str | None = None, **fields) -> Subscriber:
    """A confirmed reader of everything."""
    email = email or f"reader{next(_numbers)}@readers.example"
    defaults = {
        "email": email,
        "email_key": email_key(email),
        "requested_at": london(2026, 1, 5, 9),
        "confirmed_at": london(2026, 1, 5, 10),
    }
    return Subscriber.objects.create(**{**defaults, **fields})


def an_article(title: str = "News of schools", **fields) -> Article:
    defaults = {"title": title, "body": "<p>Something happened.</p>", "published_at": london(2026, 4, 20, 9)}
    return Article.objects.create(**{**defaults, **fields})
