"""What a page lists about a post and its school: each fact in its place and words, and nothing about what is not known."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from tests.builders import london
from vacancies.models import Authority, School, Subject, Vacancy
from vacancies.public import facts
from vacancies.public.facts import Deadline, Fact, Line

CLOSES = london(2026, 5, 12, 12)
YEARLY = {"pay_min": Decimal(25185), "pay_max": Decimal(25989)}
ACTUAL = {"actual_pay_min": Decimal(16025), "actual_pay_max": Decimal(16537)}
PART_TIME = {"working_pattern": "part_time"}
AVONMERE = Authority(name="Avonmere", slug="avonmere")


@pytest.fixture(autouse=True)
def _on_a_tuesday():
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        yield


def a_post(subjects=(), **fields) -> Vacancy:
    """An unsaved advert: facts ask nothing of the database."""
    post = Vacancy(
        **{"pk": 7, "title": "Teacher of art & design", "closes_at": CLOSES, "publish_on": date(2026, 4, 27), **fields}
    )
    post.subject_list = [Subject(name=name) for name in subjects]
    return post


def a_place(**fields) -> School:
    return School(**{"pk": 3, "name": "Hill School", "authority": AVONMERE, **fields})


def listed(known) -> list[tuple[str, ...]]:
    return [(fact.term, *(line.text for line in fact.lines)) for fact in known]


def test_of_a_bare_advert_a_page_says_what_to_ask_and_when_it_closes():
    assert facts.at_a_glance(a_post()) == [
        Fact("Pay", [Line("Ask the school")], "first"),
        Fact("Closes", [Line("Tuesday 12 May 2026, noon"), Line("14 days left")], "first"),
        Fact("Hours", [Line("Ask the school")]),
    ]


def test_all_facts_of_a_post_at_a_glance():
    post = a_post(
        ["Art", "Design"],
        **PART_TIME,
        hours_per_week=Decimal("27.50"),
        hours_detail="Mornings",
        job_share=True,
        weeks="term_time_only",
        weeks_worked=Decimal(39),
        contract="fixed_term",
        contract_detail="until 31 August 2027",
        start="date",
        starts_on=date(2026, 9, 1),
        posts=2,
        workplaces="Both sites",
        key_stages="KS3 and KS4",
        ect_suitable=True,
        may_close_early=True,
    )
    assert listed(facts.at_a_glance(post)) == [
        ("Pay", "Ask the school"),
        ("Closes", "Tuesday 12 May 2026, noon", "14 days left; may close early"),
        ("Hours", "Part time, 27.5 hours a week, job share welcome", "Mornings"),
        ("Weeks", "Term time only (39 weeks a year)"),
        ("Contract", "Fixed term, until 31 August 2027"),
        ("Starts", "1 September 2026"),
        ("Number of posts", "2"),
        ("Based at", "Both sites"),
        ("Subject", "Art, Design"),
        ("Key stages", "KS3 and KS4"),
        ("Early career teachers", "Suitable"),
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"pay_note": "By agreement"}, ("Pay", "By agreement")),
        ({"pay_scale": "MPS", "pay_points": "1-6"}, ("Pay", "MPS 1-6")),
        ({"pay_scale": "MPS", "pay_note": "plus SEN 1"}, ("Pay", "MPS", "plus SEN 1")),
        (YEARLY, ("Pay", "£25,185 to £25,989 a year")),
        (
            {
                **YEARLY,
                "pay_scale": "NJC",
                "pay_points": "4-6",
                "pay_allowance": "SEN 1",
                "pay_note": "Pay award pending",
            },
            ("Pay", "£25,185 to £25,989 a year", "NJC 4-6 plus SEN 1", "Pay award pending"),
        ),
        ({**YEARLY, "pay_allowance": "a TLR 2"}, ("Pay", "£25,185 to £25,989 a year", "plus a TLR 2")),
        ({"pay_allowance": "a TLR 2"}, ("Pay", "Ask the school", "plus a TLR 2")),
        (
            {**YEARLY, **PART_TIME},
            ("Pay", "£25,185 to £25,989 a year", "full-time equivalent: part-time or term-time pay is less"),
        ),
        (
            {**YEARLY, **ACTUAL, **PART_TIME, "pay_scale": "NJC"},
            ("Actual pay", "£16,025 to £16,537 a year", "£25,185 to £25,989 a year full-time equivalent", "NJC"),
        ),
        ({**ACTUAL, **PART_TIME}, ("Actual pay", "£16,025 to £16,537 a year")),
        (
            {**YEARLY, "working_pattern": "either"},
            ("Pay", "£25,185 to £25,989 a year", "if full time: part-time pay is less"),
        ),
        (
            {**YEARLY, **ACTUAL, "working_pattern": "either"},
            ("Actual pay", "£16,025 to £16,537 a year", "£25,185 to £25,989 a year if full time"),
        ),
        (
            {**ACTUAL, **PART_TIME, "pay_min": Decimal(14), "pay_unit": "hour"},
            ("Actual pay", "£16,025 to £16,537 a year", "£14 an hour"),
        ),
        (ACTUAL, ("Pay", "£16,025 to £16,537 a year")),
        (
            {"pay_min": Decimal(14), "pay_unit": "hour", **PART_TIME},
            ("Pay", "£14 an hour"),
        ),
        ({**YEARLY, "hourly_pay": Decimal("13.05")}, ("Pay", "£25,185 to £25,989 a year", "£13.05 an hour")),
        ({"hourly_pay": Decimal("13.05")}, ("Pay", "Ask the school", "£13.05 an hour")),
    ],
)
def test_the_figure_that_one_would_get_comes_before_what_explains_it(fields, told):
    assert listed(facts.at_a_glance(a_post(**fields)))[0] == told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"hours_detail": "Evenings"}, ("Hours", "Evenings")),
        ({"job_share": True}, ("Hours", "job share welcome")),
        ({"hours_per_week": Decimal(30)}, ("Hours", "30 hours a week")),
        ({**PART_TIME, "fte": Decimal("0.6000"), "job_share": True}, ("Hours", "Part time, 0.6 of full time, job share welcome")),
        ({"working_pattern": "full_time", "hours_detail": "8am-4pm"}, ("Hours", "Full time", "8am-4pm")),
    ],
)
def test_hours_are_asked_of_the_school_only_if_nothing_is_known_of_them(fields, told):
    assert listed(facts.at_a_glance(a_post(**fields)))[2] == told


def test_a_post_all_year_says_so_and_one_without_weeks_says_nothing():
    assert ("Weeks", "All year round") in listed(facts.at_a_glance(a_post(weeks="all_year")))
    assert "Weeks" not in {fact.term for fact in facts.at_a_glance(a_post())}


@pytest.mark.parametrize(("suitable", "told"), [(True, ["Suitable"]), (False, ["Not suitable"]), (None, [])])
def test_early_career_teachers_are_told_what_is_known(suitable, told):
    rows = listed(facts.at_a_glance(a_post(ect_suitable=suitable)))
    assert [row[1] for row in rows if row[0] == "Early career teachers"] == told


def test_a_closed_post_says_when_it_closed_and_hurries_nobody():
    with time_machine.travel(london(2026, 5, 12, 13), tick=False):
        assert facts.at_a_glance(a_post(may_close_early=True), is_closed=True)[1] == Fact(
            "Closed", [Line("Tuesday 12 May 2026, noon")], "first"
        )


@pytest.mark.parametrize(
    ("now", "left", "soon"),
    [
        (london(2026, 5, 9, 23, 59), "3 days left", False),
        (london(2026, 5, 10), "2 days left", True),
        (london(2026, 5, 11), "closes tomorrow", True),
        (london(2026, 5, 12, 13), "closes today", True),
        (london(2026, 5, 13), "closed", False),
    ],
)
def test_a_reader_is_hurried_from_two_days_before_the_day_of_closing_to_the_end_of_it(now, left, soon):
    with time_machine.travel(now, tick=False):
        assert facts.deadline(a_post()) == Deadline("Tuesday 12 May 2026, noon", left, soon)
        assert facts.at_a_glance(a_post())[1].look == ("first hurry" if soon else "first")


def test_a_draft_without_a_closing_date_is_shown_at_the_desk_without_one():
    assert facts.at_a_glance(a_post(closes_at=None))[1] == Fact("Closes", [Line("no date yet")], "first")


def test_what_follows_an_application_and_whom_to_ask():
    post = a_post(
        visits="Welcome on 5 May",
        shortlisting="14 May",
        interview="w/c 18 May",
        contact_name="Ms Penhaligon",
        contact_phone="0117 496 0000",
        contact_email="office@hill.example",
        apply_email="jobs@hill.example",
    )
    assert facts.after_applying(post) == [
        Fact("Visits", [Line("Welcome on 5 May")]),
        Fact("Shortlisting", [Line("14 May")]),
        Fact("Interviews", [Line("w/c 18 May")]),
        Fact(
            "Questions",
            [
                Line("Ms Penhaligon"),
                Line("0117 496 0000", "tel:01174960000"),
                Line("office@hill.example", "mailto:office@hill.example"),
            ],
        ),
        Fact("Reference", [Line("GS10007")]),
        Fact("On this site from", [Line("27 April 2026")], "no-print"),
    ]
    assert listed(facts.after_applying(post, is_closed=True)) == [
        ("Reference", "GS10007"),
        ("On this site from", "27 April 2026"),
    ]


def test_the_address_that_applications_go_to_is_not_given_a_second_time():
    post = a_post(contact_email="jobs@hill.example", apply_email="jobs@hill.example", publish_on=None)
    assert listed(facts.after_applying(post)) == [("Reference", "GS10007")]


def test_an_address_with_signs_that_mean_something_in_a_link_stays_whole():
    to = "heads+jobs&a?b%c@hill.example"
    in_link = "mailto:heads+jobs%26a%3Fb%25c@hill.example"
    asked = {fact.term: fact.lines for fact in facts.after_applying(a_post(contact_email=to))}
    assert asked["Questions"] == [Line(to, in_link)]
    assert facts.application_by_email(a_post(apply_email=to)).href.startswith(f"{in_link}?subject=")


def test_all_that_is_known_of_a_school():
    school = a_place(
        kind="Academy",
        phase="secondary",
        age_from=11,
        age_to=18,
        roll=1040,
        head="Mr Okafor",
        religious_character="Church of England",
        trust="Severn & Vale Trust",
        address="Hill Road",
        town="Avonmere",
        postcode="ZZ99 1AB",
        phone="0117 496 0000",
        website="https://www.hill.example/",
    )
    assert facts.about_school(school) == [
        Fact("Kind", [Line("Academy, Secondary")]),
        Fact("Ages", [Line("11 to 18")]),
        Fact("On roll", [Line("1040")]),
        Fact("Headteacher", [Line("Mr Okafor")]),
        Fact("Religious character", [Line("Church of England")]),
        Fact("Trust", [Line("Severn & Vale Trust", "/vacancies/?q=Severn%20%26%20Vale%20Trust&as_typed=1", "nofollow")]),
        Fact("Authority", [Line("Avonmere", "/vacancies/in/avonmere/")]),
        Fact("Address", [Line("Hill Road, Avonmere"), Line("ZZ99 1AB")]),
        Fact("Telephone", [Line("0117 496 0000", "tel:01174960000")]),
        Fact("Website", [Line("www.hill.example/", "https://www.hill.example/", "nofollow")]),
    ]


def test_of_a_trust_office_only_its_authority_need_be_known():
    assert listed(facts.about_school(a_place(trust="Hill School"))) == [("Authority", "Avonmere")]


def test_a_town_is_not_said_twice():
    rows = listed(facts.about_school(a_place(address="Hill Road, Avonmere", town="Avonmere")))
    assert ("Address", "Hill Road, Avonmere") in rows


def test_emails_about_a_post_name_it_and_arrive_without_plus_signs(settings):
    settings.SITE_URL = "https://greensheets.example"
    post = a_post(apply_email="jobs@hill.example", school=a_place())
    assert facts.application_by_email(post) == Line(
        "jobs@hill.example", "mailto:jobs@hill.example?subject=Teacher%20of%20art%20%26%20design%20GS10007"
    )
    assert facts.shared_by_email(post) == (
        "mailto:?subject=Teacher%20of%20art%20%26%20design%2C%20Hill%20School"
        "&body=https%3A%2F%2Fgreensheets.example%2Fvacancies%2F7-teacher-of-art-design%2F"
    )
