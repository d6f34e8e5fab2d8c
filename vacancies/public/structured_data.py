"""A live advert as search engines read it: schema.org's JobPosting.

Honest by rule: every figure is one that the page shows; a post that is paid less than full time states its actual pay or none.
"""

from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.html import linebreaks

from richtext.cleaning import made_safe

from .. import wording
from ..models import Contract, PayUnit, School, Vacancy, WorkingPattern
from ..schedule import LONDON

KINDS: dict[str, list[str]] = {
    WorkingPattern.FULL_TIME: ["FULL_TIME"],
    WorkingPattern.PART_TIME: ["PART_TIME"],
    WorkingPattern.EITHER: ["FULL_TIME", "PART_TIME"],
}
LASTING: dict[str, str] = {Contract.FIXED_TERM: "TEMPORARY", Contract.TEMPORARY: "TEMPORARY", Contract.CASUAL: "PER_DIEM"}


def job_posting(advert: Vacancy) -> dict[str, Any]:
    starts_on, (published_on, closes_at) = advert.starts_on, advert.dates
    data = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "description": made_safe(advert.body) or facts_as_html(advert),
        "identifier": {"@type": "PropertyValue", "name": "Greensheets", "value": advert.reference},
        "url": settings.SITE_URL + advert.get_absolute_url(),
        "datePosted": published_on.isoformat(),
        "validThrough": timezone.localtime(closes_at, LONDON).isoformat(),
        "employmentType": employment_type(advert),
        "hiringOrganization": organization(advert.school),
        "jobLocation": location(advert),
        "baseSalary": base_salary(advert),
        "workHours": wording.hours(advert),
        "jobStartDate": starts_on.isoformat() if starts_on and wording.day_text(starts_on) in wording.starts(advert) else None,
        "totalJobOpenings": advert.posts if advert.posts > 1 else None,  # as the page, which does not say one
        "directApply": False,
    }
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def facts_as_html(advert: Vacancy) -> str:
    """For an advert without a text of its own, what its page says in its place: the facts."""
    lines = [wording.headline_pay(advert), wording.hours(advert), wording.contract_and_start(advert)]
    return linebreaks("\n\n".join(filter(None, lines)), autoescape=True)


def employment_type(advert: Vacancy) -> list[str]:
    lasting = LASTING.get(advert.contract)
    return [*KINDS.get(advert.working_pattern, []), *([lasting] if lasting else [])]


def base_salary(advert: Vacancy) -> dict[str, Any] | None:
    """Actual pay where it is known, else what an hour pays; the full-time figure only for a post that is paid it."""
    low, high, unit = _paid(advert)
    amounts = [float(amount) for amount in (low, high) if amount is not None]
    if not amounts:
        return None
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": unit}
    value |= {"value": amounts[0]} if amounts[0] == amounts[-1] else {"minValue": amounts[0], "maxValue": amounts[-1]}
    return {"@type": "MonetaryAmount", "currency": "GBP", "value": value}


def _paid(advert: Vacancy) -> tuple[Decimal | None, Decimal | None, str]:
    figures = [(advert.actual_pay_min, advert.actual_pay_max, "YEAR")]
    if not wording.kind_of_full_time_pay(advert):
        figures.append((advert.pay_min, advert.pay_max, PayUnit(advert.pay_unit).name))
    figures.append((advert.hourly_pay, advert.hourly_pay, "HOUR"))
    return next((known for known in figures if known[:2] != (None, None)), (None, None, ""))


def organization(school: School) -> dict[str, Any]:
    data = {"@type": "Organization", "name": school.name}
    if school.website:
        data["sameAs"] = school.website
    if school.logo:
        data["logo"] = urljoin(settings.SITE_URL, school.logo.url)
    return data


def location(advert: Vacancy) -> dict[str, Any] | list[dict[str, Any]]:
    """The school; and where else the post is based, if it is, in the words of the advert."""
    school = {"@type": "Place", "address": postal_address(advert.school)}
    if not advert.workplaces:
        return school
    elsewhere = {"@type": "PostalAddress", "streetAddress": advert.workplaces, "addressCountry": "GB"}
    return [school, {"@type": "Place", "address": elsewhere}]


def postal_address(school: School) -> dict[str, Any]:
    data = {
        "@type": "PostalAddress",
        "streetAddress": school.address,
        "addressLocality": school.town,
        "addressRegion": school.authority.name,
        "postalCode": school.postcode,
        "addressCountry": "GB",
    }
    return {name: value for name, value in data.items() if value}
