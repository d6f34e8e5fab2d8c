"""What a page lists about a post and about its school, term by term. A fact that is not known is left out."""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.text import capfirst

from .. import rules, wording
from ..models import School, Vacancy
from ..paths import path_to

ASK = "Ask the school"
SUITABLE = {True: "Suitable", False: "Not suitable", None: ""}


class Line(NamedTuple):
    text: str
    href: str = ""
    rel: str = ""


class Fact(NamedTuple):
    term: str
    lines: list[Line]
    look: str = ""  # classes of site.css


class Deadline(NamedTuple):
    """When a post closes, how long that is from now, and whether a reader had better hurry."""

    text: str
    left: str
    is_soon: bool


def deadline(advert: Vacancy) -> Deadline:
    if not advert.closes_at:  # A draft, at the desk.
        return Deadline("no date yet", "", False)
    left = advert.days_left()
    return Deadline(wording.closing(advert), wording.countdown(left), 0 <= left <= rules.CLOSES_SOON)


def at_a_glance(advert: Vacancy, is_closed: bool = False) -> list[Fact]:
    """What decides, pay and closing, comes first."""
    subjects = ", ".join(subject.name for subject in advert.subject_list)
    return [
        _pay(advert),
        _closing(advert, is_closed),
        _hours(advert),
        *_known(
            _fact("Weeks", advert.weeks and capfirst(wording.weeks(advert) or "all year round")),
            _fact("Contract", wording.contract(advert)),
            _fact("Starts", wording.starts(advert)),
            _fact("Number of posts", str(advert.posts) if advert.posts > 1 else ""),
            _fact("Based at", advert.workplaces),
            _fact("Subject", subjects),
            _fact("Key stages", advert.key_stages),
            _fact("Early career teachers", SUITABLE[advert.ect_suitable]),
        ),
    ]


def _pay(advert: Vacancy) -> Fact:
    """The figure that one would get, then what explains it."""
    actual, full, scale = wording.actual_pay(advert), wording.full_time_pay(advert), wording.scale(advert)
    figure, kind = actual or full or scale, wording.kind_of_full_time_pay(advert)
    lines = [figure or advert.pay_note or ASK]
    if full and actual and not advert.is_paid_in_full:
        lines.append(f"{full} {kind}".rstrip())
    elif full and kind:
        lines.append(f"{kind}: {'part-time' if kind == wording.IF_FULL_TIME else 'part-time or term-time'} pay is less")
    if advert.hourly_pay is not None:
        lines.append(f"{wording.money(advert.hourly_pay)} an hour")
    allowance = f"plus {advert.pay_allowance}" if advert.pay_allowance else ""
    lines.append(f"{scale if actual or full else ''} {allowance}".strip())
    if figure:
        lines.append(advert.pay_note)
    return _fact("Actual pay" if actual and not advert.is_paid_in_full else "Pay", *lines, look="first")


def _closing(advert: Vacancy, is_closed: bool) -> Fact:
    closes = deadline(advert)
    if is_closed:
        return _fact("Closed", closes.text, look="first")
    early = "; may close early" if advert.may_close_early else ""
    return _fact("Closes", closes.text, f"{capfirst(closes.left)}{early}", look="first hurry" if closes.is_soon else "first")


def _hours(advert: Vacancy) -> Fact:
    shared = "job share welcome" if advert.job_share else ""
    known = _fact("Hours", ", ".join(filter(None, [wording.pattern(advert), shared])), advert.hours_detail)
    return known if known.lines else _fact("Hours", ASK)


def after_applying(advert: Vacancy, is_closed: bool = False) -> list[Fact]:
    """What follows an application, whom to ask, and what to quote; of a closed post only the last."""
    contact_email = advert.contact_email if advert.contact_email != advert.apply_email else ""
    questions = (advert.contact_name, telephone(advert.contact_phone), Line(contact_email, _mailto(contact_email)))
    still_open = [
        _fact("Visits", advert.visits),
        _fact("Shortlisting", advert.shortlisting),
        _fact("Interviews", advert.interview),
        _fact("Questions", *questions),
    ]
    since = wording.day_text(advert.publish_on) if advert.publish_on else ""
    about = [_fact("Reference", advert.reference), _fact("On this site from", since, look="no-print")]
    return _known(*([] if is_closed else still_open), *about)


def about_school(school: School) -> list[Fact]:
    town = school.town if school.town not in school.address else ""
    street = ", ".join(filter(None, [school.address, town]))
    trust = school.trust if school.trust != school.name else ""
    trust_list = f"{path_to('list')}?q={quote(trust)}&as_typed=1"
    website = school.website.removeprefix("https://").removeprefix("http://")
    authority = school.authority
    return _known(
        _fact("Kind", ", ".join(filter(None, [school.kind, school.get_phase_display()]))),
        _fact("Ages", school.age_range),
        _fact("On roll", str(school.roll or "")),
        _fact("Headteacher", school.head),
        _fact("Religious character", school.religious_character),
        _fact("Trust", Line(trust, trust_list, "nofollow")),
        _fact("Authority", Line(authority.name, authority.get_absolute_url())),
        _fact("Address", street, school.postcode),
        _fact("Telephone", telephone(school.phone)),
        _fact("Website", Line(website, school.website, "nofollow")),
    )


def application_by_email(advert: Vacancy) -> Line:
    """An email to the school with a subject that tells it which post is meant."""
    return Line(advert.apply_email, _mailto(advert.apply_email, subject=f"{advert.title} {advert.reference}"))


def shared_by_email(advert: Vacancy) -> str:
    """The address of a new email, to nobody yet, about this post."""
    page = settings.SITE_URL + advert.get_absolute_url()
    return _mailto("", subject=f"{advert.title}, {advert.school.name}", body=page)


def _mailto(to: str, **fields: str) -> str:
    """RFC 6068: spaces are %20, for mail programs show a plus as it is; an address may hold signs that would end it."""
    query = f"?{urlencode(fields, quote_via=quote)}" if fields else ""
    return f"mailto:{quote(to, safe='@+')}{query}"


def telephone(number: str) -> Line:
    return Line(number, f"tel:{number.replace(' ', '')}")


def _fact(term: str, *lines: str | Line, look: str = "") -> Fact:
    given = [line if isinstance(line, Line) else Line(line) for line in lines]
    return Fact(term, [line for line in given if line.text], look)


def _known(*facts: Fact) -> list[Fact]:
    return [fact for fact in facts if fact.lines]
