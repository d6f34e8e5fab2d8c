"""Fills an empty site, step by step. Each step is one transaction and leaves a ``Begun`` row, so it is never done twice.

What is there already stays as it is: staff may have changed it. What staff have deleted since does not come back.
"""

import tomllib
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.text import slugify

from greensheets_site.accounts import roles
from greensheets_site.models import Begun
from vacancies.models import Authority, Break, RoleType, Subject, Term

from . import school_year

FOLDER = Path(__file__).parent
Say = Callable[[str], None]


def table(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())


def region_names() -> list[str]:
    return list(table("regions"))


def region_called(name: str) -> str:
    """As the list spells it; an empty string when there is none."""
    return next((known for known in region_names() if known.casefold() == " ".join(name.casefold().split())), "")


def begin(regions: Iterable[str], now: datetime, say: Say) -> None:
    """``regions`` as the list spells them."""
    roles.sync()
    say(f"Roles are in order: {', '.join(roles.ROLES)}.")
    say(f"Name of the site: {_name_the_site()}.")
    say(f"Role types: {RoleType.objects.count()}, which came with the database.")
    _once("subjects", _add_subjects, say)
    for url, page in table("pages").items():
        _once(f"page {url}", partial(_add_page, url, page), say)
    for region in regions:
        _once(f"authorities of {region}", partial(_add_authorities, region), say)
    first = school_year.year_of(timezone.localdate(now))
    for year in (first, first + 1):
        _once(f"terms of {year} to {year + 1}", partial(_propose_terms, year), say)


@transaction.atomic
def _once(what: str, step: Callable[[], str], say: Say) -> None:
    """The row comes first: of two machines that begin at the same moment, the second waits for the first and finds it."""
    _, is_new = Begun.objects.get_or_create(what=what)
    say(f"{what[0].upper()}{what[1:]}: {step() if is_new else 'done before; left as it is.'}")


def _name_the_site() -> str:
    domain = str(urlsplit(settings.SITE_URL).netloc)
    Site.objects.update_or_create(pk=settings.SITE_ID, defaults={"domain": domain, "name": "Greensheets: Vacancies in Schools"})
    return domain


def _add_subjects() -> str:
    if Subject.objects.exists():
        return "there are some already."
    names = table("subjects")["subjects"]
    Subject.objects.bulk_create(Subject(name=name, slug=slugify(name)) for name in names)
    return f"{len(names)} added."


def _add_page(url: str, page: dict[str, str]) -> str:
    words = {"title": page["title"], "content": page["content"].strip()}
    row, is_new = FlatPage.objects.get_or_create(url=url, defaults=words)
    row.sites.add(settings.SITE_ID)
    return "added, with words to start from." if is_new else "is there already."


def _add_authorities(region: str) -> str:
    rows = [Authority(name=name, slug=slugify(name), code=code) for code, name in table("regions")[region].items()]
    new = [row for row in rows if not Authority.objects.filter(Q(code=row.code) | Q(slug=row.slug) | Q(name=row.name)).exists()]
    Authority.objects.bulk_create(new)
    return f"{_names(new)}{' added.' if new else 'all there already.'}"


def _propose_terms(year: int) -> str:
    """A term over dates that staff have entered themselves is left out, and its half-term with it."""
    terms = [
        term
        for term in school_year.usual_terms(year)
        if not Term.objects.filter(starts_on__lte=term.ends_on, ends_on__gte=term.starts_on).exists()
    ]
    breaks = [
        row for row in school_year.usual_half_terms(year) if any(term.starts_on <= row.on <= term.ends_on for term in terms)
    ]
    Term.objects.bulk_create(terms)
    Break.objects.bulk_create([row for row in breaks if not Break.objects.filter(on=row.on).exists()])
    return f"{_names(terms)} proposed; they count when staff confirm them." if terms else "entered already."


def _names(rows: Iterable[Model]) -> str:
    return "; ".join(map(str, rows))
