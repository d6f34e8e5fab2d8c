"""The filters of a list, each declared once: its name in addresses, what readers call it, and what an advert has of it.

The form, the counts, the chips, the landing pages, the email of a search and the phrases that are understood are made from
this table. A new filter is a new row, and a test beside those of ``tests/vacancies/search/test_facets.py``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils import timezone

from ..models import Contract, Phase, StaffGroup, Vacancy, Weeks, WorkingPattern
from ..schedule import live_moment, week_of

Values = tuple[str, ...]
Week = tuple[date, datetime]
YES = ("1",)
TERM_TIME = "term_time"


@dataclass(frozen=True)
class Facet:
    """``of`` gives the values that an advert has in a week; one that leaves the choice to the applicant has several.

    ``names`` gives each fixed value its name, in the order of display; None where staff edit the values at the desk.
    ``phrases`` are what readers type for a value. ``landing`` is the view of the list that a value has to itself.
    ``implies`` is what a phrase of it means besides: an early career teacher is a teacher.
    A facet without a ``label`` is a single tick, called by the name of its only value.
    """

    name: str
    label: str
    of: Callable[[Vacancy, Week], Values]
    names: Mapping[str, str] | None = None
    phrases: Mapping[str, str] = field(default_factory=dict)
    landing: str = ""
    implies: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_tick(self) -> bool:
        return not self.label


def this_week(at: datetime) -> Week:
    """Its Monday, and the moment at which it is over."""
    monday, sunday = week_of(timezone.localdate(at))
    return monday, live_moment(sunday + timedelta(days=1))


def is_new_in(advert: Vacancy, week: Week) -> bool:
    """Published in this week, the one that began on Monday."""
    return advert.publish_on is not None and advert.publish_on >= week[0]


def closes_in(advert: Vacancy, week: Week) -> bool:
    return advert.closes_at is not None and advert.closes_at < week[1]


def _named(choices: Iterable[TextChoices]) -> dict[str, str]:
    return {choice.value: str(choice.label) for choice in choices}


def _chosen(value: str, several: Mapping[str, Values]) -> Values:
    return several.get(value, (value,) if value else ())


# What stands for more than one value: an advert that leaves the choice to the applicant is found under both.
_PHASES = {phase.value: tuple(covered.value for covered in phase.covers) for phase in Phase}
_PATTERNS = {WorkingPattern.EITHER.value: (WorkingPattern.FULL_TIME.value, WorkingPattern.PART_TIME.value)}
_CONTRACTS = {Contract.CASUAL_OR_PERMANENT.value: (Contract.PERMANENT.value, Contract.CASUAL.value)}
# Whoever looks for term time may take the training days too, or want to know exactly.
_WEEKS = {kind.value: (TERM_TIME, kind.value) for kind in Weeks if kind != Weeks.ALL_YEAR}

FACETS = (
    Facet(
        "group",
        "Staff group",
        lambda advert, week: (advert.role_type.staff_group,) if advert.role_type else (),
        names=_named(StaffGroup),
        phrases={
            **dict.fromkeys(("teaching", "teaching staff", "teaching jobs", "teaching posts"), StaffGroup.TEACHING.value),
            **dict.fromkeys(("support staff", "support jobs", "support posts", "non teaching"), StaffGroup.SUPPORT.value),
        },
        landing="group",
    ),
    Facet("authority", "Authority", lambda advert, week: (advert.school.authority.slug,), landing="authority"),
    Facet("role", "Type of post", lambda advert, week: (advert.role_type.slug,) if advert.role_type else (), landing="role_type"),
    Facet(
        "phase",
        "Phase",
        lambda advert, week: _PHASES.get(advert.school.phase, ()),
        names=_named((Phase.NURSERY, Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL, Phase.SIXTEEN_PLUS)),
        phrases={
            "primary": Phase.PRIMARY.value,
            "primary school": Phase.PRIMARY.value,
            "secondary": Phase.SECONDARY.value,
            "secondary school": Phase.SECONDARY.value,
            "primary education": Phase.PRIMARY.value,
            "special school": Phase.SPECIAL.value,
            "sen school": Phase.SPECIAL.value,
            "send school": Phase.SPECIAL.value,
            "nursery school": Phase.NURSERY.value,
            **dict.fromkeys(("further education", "fe", "fe college", "further education college"), Phase.SIXTEEN_PLUS.value),
        },
    ),
    Facet("subject", "Subject", lambda advert, week: tuple(subject.slug for subject in advert.subject_list)),
    Facet(
        "pattern",
        "Working pattern",
        lambda advert, week: _chosen(advert.working_pattern, _PATTERNS),
        names=_named((WorkingPattern.FULL_TIME, WorkingPattern.PART_TIME, WorkingPattern.CASUAL)),
        phrases={
            "part time": WorkingPattern.PART_TIME.value,
            "parttime": WorkingPattern.PART_TIME.value,
            "pt": WorkingPattern.PART_TIME.value,
            "full time": WorkingPattern.FULL_TIME.value,
            "fulltime": WorkingPattern.FULL_TIME.value,
            "ft": WorkingPattern.FULL_TIME.value,
        },
    ),
    Facet(
        "contract",
        "Contract",
        lambda advert, week: _chosen(advert.contract, _CONTRACTS),
        names=_named(choice for choice in Contract if choice != Contract.CASUAL_OR_PERMANENT),
        phrases={
            "permanent": Contract.PERMANENT.value,
            "fixed term": Contract.FIXED_TERM.value,
            "temporary": Contract.TEMPORARY.value,
            "casual": Contract.CASUAL.value,
        },
    ),
    Facet(
        "ect",
        "",
        lambda advert, week: YES if advert.ect_suitable else (),
        names={YES[0]: "Suitable for early career teachers"},
        phrases=dict.fromkeys(
            ("ect", "ects", "nqt", "nqts", "early career", "early career teacher", "newly qualified", "newly qualified teacher"),
            YES[0],
        ),
        implies={"role": "teacher"},
    ),
    Facet("new", "", lambda advert, week: YES if is_new_in(advert, week) else (), names={YES[0]: "New this week"}),
    Facet("closing", "", lambda advert, week: YES if closes_in(advert, week) else (), names={YES[0]: "Closing this week"}),
    Facet(
        "weeks",
        "Weeks of the year",
        lambda advert, week: _chosen(advert.weeks, _WEEKS),
        names={TERM_TIME: "Term time, with or without some weeks more", **_named(Weeks)},
        phrases=dict.fromkeys(
            ("term time only", "term time", "termtime", "tto", "school hours", "during school hours", "school hours only"),
            TERM_TIME,
        ),
    ),
)
NAMES = tuple(facet.name for facet in FACETS)
LANDINGS = {facet.name: facet.landing for facet in FACETS if facet.landing}
# Who wants no term time wants none of its kinds.
KINDS_OF = {TERM_TIME: frozenset(_WEEKS)}
# Filters of earlier addresses, which readers have kept.
MOVED = {"term_time": ("weeks", TERM_TIME)}
IMPLIED = {facet.name: facet.implies for facet in FACETS if facet.implies}
# Phrases that are filters whatever staff have called their authorities and role types.
PHRASES = {phrase: (facet.name, value) for facet in FACETS for phrase, value in facet.phrases.items()}
