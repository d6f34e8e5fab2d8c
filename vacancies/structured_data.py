"""A live advert as search engines read it: schema.org's JobPosting.

Honest by rule: every figure is one that the page shows; a post that is paid less than full time states its actual pay or none.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone

from richtext.cleaning import clean

from . import wording
from .models import Contract, PayUnit, School, Vacancy, WorkingPattern

KINDS = {
    WorkingPattern.FULL_TIME: ["FULL_TIME"],
    WorkingPattern.PART_TIME: ["PART_TIME"],
    WorkingPattern.EITHER: ["FULL_TIME", "PART_TIME"],
}
LASTING = {Contract.FIXED_TERM: "TEMPORARY", Contract.TEMPORARY: "TEMPORARY", Contract.CASUAL: "PER_DIEM"}


def job_posting(advert: Vacancy) -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "description": clean(advert.body),
        "identifier": {"@type": "PropertyValue", "name": "Greensheets", "value": advert.reference},
        "url": settings.SITE_URL + advert.get_absolute_url(),
        "datePosted": advert.publish_on.isoformat(),
        "validThrough": timezone.localtime(advert.closes_at).isoformat(),
        "employmentType": employment_type(advert),
        "hiringOrganization": organization(advert.school),
        "jobLocation": {"@type": "Place", "address": address(advert.school)},
        "baseSalary": base_salary(advert),
        "workHours": wording.hours(advert),
        "jobStartDate": advert.starts_on.isoformat() if advert.starts_on else None,
        "totalJobOpenings": advert.posts,
        "directApply": False,
    }
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def employment_type(advert: Vacancy) -> list[str]:
    lasting = LASTING.get(advert.contract)
    return [*KINDS.get(advert.working_pattern, []), *([lasting] if lasting else [])]


def base_salary(advert: Vacancy) -> dict[str, Any] | None:
    """Actual pay where it is known; the full-time figure only for a post that is paid it."""
    low, high, unit = advert.actual_pay_min, advert.actual_pay_max, "YEAR"
    if low is None and high is None and (not advert.is_reduced or advert.pay_unit == PayUnit.HOUR):
        low, high, unit = advert.pay_min, advert.pay_max, PayUnit(advert.pay_unit).name
    amounts = [float(amount) for amount in (low, high) if amount is not None]
    if not amounts:
        return None
    value = {"@type": "QuantitativeValue", "unitText": unit}
    value |= {"value": amounts[0]} if amounts[0] == amounts[-1] else {"minValue": amounts[0], "maxValue": amounts[-1]}
    return {"@type": "MonetaryAmount", "currency": "GBP", "value": value}


def organization(school: School) -> dict[str, Any]:
    data = {"@type": "Organization", "name": school.name}
    if school.website:
        data["sameAs"] = school.website
    if school.logo:
        data["logo"] = settings.SITE_URL + school.logo.url
    return data


def address(school: School) -> dict[str, Any]:
    data = {
        "@type": "PostalAddress",
        "streetAddress": school.address,
        "addressLocality": school.town,
        "addressRegion": school.authority.name,
        "postalCode": school.postcode,
        "addressCountry": "GB",
    }
    return {name: value for name, value in data.items() if value}
