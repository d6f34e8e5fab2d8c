"""The invented adverts of one edition: real shapes of pay, hours and dates, some of them still drafts with things missing."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils.timezone import localdate

from vacancies import wording
from vacancies.models import ApplyMethod, Contract, Dbs, Phase, RoleType, School, Start, Status, Subject, Vacancy, WorkingPattern
from vacancies.schedule import at

from . import names, pay, texts
from .posts import SUPPORT, TEACHING, SupportPost, TeachingPost
from .seed import dice

KEY_STAGES = {"Key Stage 1": "KS1", "Key Stage 2": "KS2", "Years 3 and 4": "KS2", "Years 5 and 6": "KS2"}
CLOSING_TIMES = (time(12), time(12), time(9), time(15, 30), time(23, 59), time(17))
DRAFT_SHARE = 0.07
# The share of those that close late enough for a second week of print.
PRINTED_AGAIN = 0.7


class Press:
    """Makes adverts for one Monday after another from the same schools, roles and subjects. Some run for a second week."""

    def __init__(self, schools: list[School]):
        self.by_phase = {phase: [school for school in schools if school.phase == phase] for phase in Phase}
        self.offices = [school for school in schools if not school.phase]
        self.roles = {role.slug: role for role in RoleType.objects.all()}
        self.subjects = {subject.name: subject for subject in Subject.objects.all()}
        self.printed_again: Counter[type] = Counter()

    def edition(
        self, monday: date, each: int, following: date | None, with_drafts: bool = False
    ) -> Iterator[tuple[Vacancy, list[Subject]]]:
        """What is new in a bulletin of ``each`` adverts for teaching and one of as many for support staff, with its subjects.

        ``following`` is the next Monday with adverts, on which some of these are printed again.
        """
        chance = dice(f"edition {monday}")
        teaching = chance.choices(TEACHING, [post.share for post in TEACHING], k=each - self.printed_again[TeachingPost])
        support = chance.choices(SUPPORT, [post.share for post in SUPPORT], k=each - self.printed_again[SupportPost])
        self.printed_again.clear()
        wanted: list[TeachingPost | SupportPost] = [*teaching, *support]
        for number, post in enumerate(wanted):
            school = self._school(chance, post)
            vacancy, subjects = (
                self._teaching(chance, post, school)
                if isinstance(post, TeachingPost)
                else self._support(chance, post, school, number)
            )
            _add_dates(chance, vacancy, monday)
            if following and _has_time_for(following, vacancy) and chance.random() < PRINTED_AGAIN:
                vacancy.print_until = following
                self.printed_again[type(post)] += 1
            _add_ways_to_apply(chance, vacancy, school)
            if with_drafts and chance.random() < DRAFT_SHARE:
                _leave_unfinished(chance, vacancy)
            yield vacancy, subjects

    def _school(self, chance: Random, post: TeachingPost | SupportPost) -> School:
        if post.family == "office" and self.offices and chance.random() < 0.15:
            return chance.choice(self.offices)
        phases = [phase for phase in post.phases if self.by_phase[phase]]
        return chance.choice(self.by_phase[chance.choices(phases, [len(self.by_phase[phase]) for phase in phases])[0]])

    def _teaching(self, chance: Random, post: TeachingPost, school: School) -> tuple[Vacancy, list[Subject]]:
        subject = self.subjects[chance.choice(list(self.subjects))]
        stage = chance.choice(list(KEY_STAGES))
        title = post.title.format(subject=subject.name, key_stage=stage, year=chance.randint(7, 11))
        part = (
            Decimal("1")
            if post.leadership_from or chance.random() < 0.8
            else Decimal(chance.choice(["0.4", "0.5", "0.6", "0.8"]))
        )
        vacancy = Vacancy(
            school=school,
            title=title,
            role_type=self.roles[post.role],
            key_stages=KEY_STAGES[stage] if "key_stage" in post.title else "",
            working_pattern=WorkingPattern.FULL_TIME if part == 1 else WorkingPattern.PART_TIME,
            fte=part,
            ect_suitable=None if post.leadership_from else chance.choice([True, True, False]),
            dbs=Dbs.ENHANCED_WITH_BARRED_LIST,
            body=_text(chance, post, title, school, "teaching"),
            **_contract(chance),
            **(
                pay.leadership(chance, school.roll or 0, post.leadership_from)
                if post.leadership_from
                else pay.teacher(chance, part, post.allowance)
            ),
        )
        return vacancy, [subject] if "{subject}" in post.title else []

    def _support(self, chance: Random, post: SupportPost, school: School, number: int) -> tuple[Vacancy, list[Subject]]:
        hours, weeks = post.hours_a_week(number), chance.choice(post.weeks)
        posts = chance.choice([1, 1, 1, 2, 3]) if post.family in {"midday", "ta", "casual"} else 1
        if post.casual:
            money = pay.by_the_hour(post.points)
            contract: dict[str, Any] = {"contract": Contract.CASUAL}
        else:
            money, contract = pay.njc(post.grade, post.points, hours, weeks), _contract(chance)
        vacancy = Vacancy(
            school=school,
            title=post.title,
            role_type=self.roles[post.role],
            posts=posts,
            working_pattern=_pattern(post, hours),
            job_share=chance.random() < 0.08 and not post.casual,
            hours_detail=post.times,
            dbs=chance.choice([Dbs.ENHANCED, Dbs.ENHANCED_WITH_BARRED_LIST]),
            body=_text(chance, post, post.title, school, "support"),
            **contract,
            **money,
        )
        return vacancy, []


def _pattern(post: SupportPost, hours: Decimal) -> str:
    if post.casual:
        return WorkingPattern.CASUAL
    return WorkingPattern.FULL_TIME if hours == pay.FULL_WEEK else WorkingPattern.PART_TIME


def _text(chance: Random, post: TeachingPost | SupportPost, title: str, school: School, staff_group: str) -> str:
    return texts.body(
        chance, title=title, school=school.name, place=school.town, roll=school.roll, family=post.family, staff_group=staff_group
    )


def _contract(chance: Random) -> dict[str, Any]:
    kind = chance.choices([Contract.PERMANENT, Contract.FIXED_TERM, Contract.TEMPORARY], [70, 24, 6])[0]
    detail = {
        Contract.PERMANENT: [""],
        Contract.FIXED_TERM: [
            "maternity cover, one year in the first instance",
            "one year",
            "linked to the funding of a named pupil",
        ],
        Contract.TEMPORARY: ["two terms", "until the end of the school year"],
    }[kind]
    return {"contract": kind, "contract_detail": chance.choice(detail)}


def _add_dates(chance: Random, vacancy: Vacancy, monday: date) -> None:
    """On the web and printed on this Monday; closing on a weekday one to three weeks later."""
    closing_day = monday + timedelta(days=chance.choice([8, 9, 10, 11, 11, 14, 15, 16, 17, 18, 21, 22]))
    vacancy.status = Status.APPROVED
    vacancy.publish_on = vacancy.print_from = vacancy.print_until = monday
    vacancy.closes_at = at(closing_day, chance.choice(CLOSING_TIMES))
    vacancy.may_close_early = chance.random() < 0.1
    vacancy.shortlisting = wording.day_text(closing_day + timedelta(days=1)) if chance.random() < 0.3 else ""
    interview = closing_day + timedelta(days=chance.choice([5, 6, 7]))
    interview += timedelta(days=2 if interview.weekday() > 4 else 0)
    vacancy.interview = chance.choice(
        [wording.long_day(interview), f"Week beginning {wording.day_text(monday + timedelta(weeks=4))}", ""]
    )
    vacancy.visits = chance.choice(
        [
            "Visits are warmly welcomed; please ring the school office to arrange one.",
            f"Tours on {wording.long_day(monday + timedelta(days=3))} at 4pm.",
            "Please telephone for an informal conversation with the headteacher.",
            "",
        ]
    )
    start = chance.choice([Start.ASAP, Start.DATE, Start.TERM])
    vacancy.start = start
    vacancy.starts_on = monday + timedelta(weeks=6) if start == Start.DATE else None
    vacancy.start_text = "Start of next term" if start == Start.TERM else ""


def _has_time_for(monday: date, vacancy: Vacancy) -> bool:
    """Whether readers of that Monday's paper could still apply."""
    return localdate(vacancy.closes_at) >= monday + timedelta(days=3)


def _add_ways_to_apply(chance: Random, vacancy: Vacancy, school: School) -> None:
    method = chance.choices(list(ApplyMethod), [45, 35, 12, 8])[0]
    vacancy.apply_method = method
    vacancy.apply_url = f"{school.website}/vacancies" if method == ApplyMethod.URL else ""
    vacancy.apply_email = school.email if method in {ApplyMethod.EMAIL, ApplyMethod.POST_OR_EMAIL} else ""
    vacancy.apply_phone = school.phone if method == ApplyMethod.PHONE_OR_COLLECT else ""
    vacancy.cv_accepted = chance.choice([False, False, None])
    first, last = names.person(chance)
    vacancy.contact_name = (
        f"{first} {last}, {chance.choice(['School Business Manager', 'School office', 'Clerk to the Governors'])}"
    )
    vacancy.contact_phone, vacancy.contact_email = school.phone, school.email


def _leave_unfinished(chance: Random, vacancy: Vacancy) -> None:
    """A draft as it stands on a Tuesday: something has still to be asked of the school."""
    vacancy.status = Status.DRAFT
    missing = chance.choice(["closing", "apply", "pay", "text"])
    if missing == "closing":
        vacancy.closes_at, vacancy.interview = None, "TBC"
    elif missing == "apply":
        vacancy.apply_method = vacancy.apply_email = vacancy.apply_url = vacancy.apply_phone = ""
    elif missing == "pay":
        vacancy.actual_pay_min = vacancy.actual_pay_max = vacancy.pay_min = vacancy.pay_max = None
    else:
        vacancy.body = "<p>[text to come from the school]</p>"


def updated_at(monday: date) -> datetime:
    """When the adverts of a Monday were last touched: on the Thursday before."""
    return at(monday - timedelta(days=4), time(11, 30))
