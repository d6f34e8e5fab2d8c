"""All kinds of fact that are read, in one table, and what becomes of several answers to one question."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from . import (
    applying,
    appointments,
    closing,
    contacts,
    contracts,
    hours,
    names,
    pay,
    roles,
    safeguarding,
    scales,
    several,
    starting,
    titles,
    weeks,
)
from .correspondence import correspondence
from .finds import Advert, Find, settled
from .pages import Page, read
from .repeated import repeated

Rule = Callable[[Advert], Iterator[Find]]
WithTitle = Callable[[Advert, Find | None], Iterator[Find]]

# Each row is a rule, and what it finds. Those of the second table read the title too.
RULES: tuple[Rule, ...] = (
    names.school_named,
    titles.workplaces,
    contracts.kind_of_contract,
    contracts.contract_detail,
    contracts.working_pattern,
    contracts.job_share,
    contracts.fte,
    hours.hours_per_week,
    hours.hours_detail,
    weeks.weeks_a_year,
    weeks.weeks_worked,
    weeks.weeks_paid,
    starting.start,
    scales.pay_scale,
    scales.pay_points,
    pay.annual_pay,
    pay.hourly_pay,
    scales.pay_allowance,
    closing.closes_at,
    closing.may_close_early,
    appointments.shortlisting,
    appointments.interview,
    appointments.visits,
    applying.how_to_apply,
    applying.cv_accepted,
    contacts.whom_to_ask,
    safeguarding.dbs,
    safeguarding.safeguarding_text,
)
OF_TITLE: tuple[WithTitle, ...] = (titles.number_of_posts, roles.role, roles.subjects, roles.key_stages, roles.ect_suitable)


@dataclass(frozen=True)
class Reading:
    """``facts`` are what the form may offer; where the text says two things, ``choices`` has both and ``facts`` neither."""

    page: Page
    facts: dict[str, Find]
    choices: dict[str, tuple[Find, ...]]
    left_out: frozenset[int]
    repeated: frozenset[int]
    separate_posts: tuple[str, ...] = field(default=())


def read_advert(source: str, after: date) -> Reading:
    """``source`` is a text or a piece of HTML; a day without a year falls on or after ``after``."""
    whole = read(source, after)
    page = whole.without(correspondence(whole.lines))
    found = several.together(page, _found(Advert(page)), _facts_of)
    if "school" not in found.facts and (school := _school_beside(whole)):
        found.facts["school"] = school
    of_all = {name: find for name, find in found.facts.items() if not (found.posts and name in several.OF_A_POST)}
    return Reading(page, found.facts, found.choices, page.left_out, repeated(page, of_all), found.posts)


def remarks_in(source: str) -> list[str]:
    """The lines of a text that are no advert."""
    page = read(source, date.min)
    return [page.lines[number].text for number in sorted(correspondence(page.lines))]


def closing_in(source: str, after: date) -> date | None:
    """The day on which a text says that it closes; none where it says two, or is doubtful."""
    page = read(source, after)
    found = list(closing.closes_at(Advert(page.without(correspondence(page.lines)))))
    days = {str(find.value)[:10] for find in found}
    return date.fromisoformat(days.pop()) if len(days) == 1 and all(find.certain for find in found) else None


def _school_beside(whole: Page) -> Find | None:
    """The head or the signature of the message may name the school that the advert does not."""
    found = next(names.school_named(Advert(whole)), None)
    return replace(found, why="It stands in the head or the signature of the message.") if found else None


def _facts_of(page: Page) -> dict[str, Find]:
    return settled(_found(Advert(page)))[0]


def _found(advert: Advert) -> list[Find]:
    title = next(titles.title(advert), None)
    found = [find for rule in RULES for find in rule(advert)]
    found += [find for rule in OF_TITLE for find in rule(advert, title)]
    return [title, *found] if title else found
