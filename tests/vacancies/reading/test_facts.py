"""Single phrases, each as a school wrote it, and what is read in it."""

from datetime import date

import pytest

from vacancies.reading.kinds import read_advert

AFTER = date(2026, 12, 7)


def read(text: str, *names: str) -> dict[str, object]:
    facts = read_advert(f"Cook\nOak Hill School\n{text}", AFTER).facts
    return {name: facts[name].value for name in names if name in facts}


@pytest.mark.parametrize(
    ("line", "full", "actual"),
    [
        ("Salary: NJC points 5-6 (£25,583 to £25,989), actual £20,522 to £20,848", ("25583", "25989"), ("20522", "20848")),
        ("Salary: £28,142 - £29,540 (actual £24,702 - £25,929)", ("28142", "29540"), ("24702", "25929")),
        ("Salary: £28,142, actual salary £24,702", ("28142", None), ("24702", None)),
        ("Pay: SCP 14, £29,540 (FTE), £16,025 actual", ("29540", None), ("16025", None)),
        ("Pay: £16,025 actual, £29,540 FTE", ("29540", None), ("16025", None)),
    ],
)
def test_the_actual_pay_is_told_from_the_full_time_pay(line, full, actual):
    names = ("pay_min", "pay_max", "actual_pay_min", "actual_pay_max")
    assert tuple(read(line, *names).get(name) for name in names) == (*full, *actual)


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("44 weeks per year (term time and some of the holidays)", {"weeks": "term_time_plus", "weeks_worked": "44"}),
        (
            "37 hours per week, 42 weeks a year (term time, INSET days and three weeks in the holidays)",
            {"weeks": "term_time_plus", "weeks_worked": "42"},
        ),
        ("Weeks: Term time plus INSET plus one week", {"weeks": "term_time_plus"}),
        ("Weeks: Term time only plus two extra weeks", {"weeks": "term_time_plus"}),
        ("Weeks: Term time plus five INSET days", {"weeks": "term_time_plus_inset"}),
        ("Weeks - school days only (190 days a year)", {"weeks": "term_time_only"}),
        ("Weeks: 39, term time only. Annual leave is 5 weeks.", {"weeks": "term_time_only", "weeks_worked": "39"}),
    ],
)
def test_weeks_a_year(line, facts):
    assert read(line, "weeks", "weeks_worked") == facts


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        (
            "Hours - 20 a week: 7.15am to 9.15am and 2.45pm to 4.45pm, Monday to Friday",
            {"hours_per_week": "20", "hours_detail": "7.15am to 9.15am and 2.45pm to 4.45pm, Monday to Friday"},
        ),
        ("22.2 hours over 3 days per week", {"hours_per_week": "22.2", "hours_detail": "over 3 days per week"}),
        ("0.6 FTE (three days a week), permanent", {"hours_detail": "three days a week"}),
        (
            "Hours of work ........... 32½ per week, 8.30am to 3.30pm",
            {"hours_per_week": "32.5", "hours_detail": "8.30am to 3.30pm"},
        ),
    ],
)
def test_hours(line, facts):
    assert read(line, "hours_per_week", "hours_detail") == facts


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Grade ................... 6 (points 5 to 7)", "pay_scale", "Grade 6"),
        ("Grade _____ 6", "pay_scale", "Grade 6"),
        ("Last day for applications - Sunday 13th December, midnight", "closes_at", "2026-12-13T23:59"),
        ("To start ................ Monday 4 January 2027 or earlier", "start", "date_or_earlier"),
        ("Wanted from ........ 1 February 2027", "starts_on", "2027-02-01"),
        ("Temporary for two years, while our grant lasts", "contract", "temporary"),
        ("Temporary for two years, while our grant lasts", "contract_detail", "for two years"),
        ("Early career teachers are not suited to this post.", "ect_suitable", False),
        (
            "We shall shortlist on Tuesday 15th December and hold interviews on Monday 11th January.",
            "shortlisting",
            "Tuesday 15th December",
        ),
        (
            "Based at Marlow Vale School, with travel to our other schools",
            "workplaces",
            "Marlow Vale School, with travel to our other schools",
        ),
        (
            "To see us at work, come on Wednesday 9 December at 10am.",
            "visits",
            "To see us at work, come on Wednesday 9 December at 10am",
        ),
        ("Contract: Permanent; full time, or part time at 0.8 FTE", "working_pattern", "either"),
        ("Informal enquiries: Des Quill, Business Manager, dq@oak.example", "contact_name", "Des Quill, Business Manager"),
        ("From: 12 April 2027", "starts_on", "2027-04-12"),
        ("When can I start? As soon as pre-employment checks are complete", "start", "asap"),
        ("Contract - one year in the first instance", "contract", "fixed_term"),
        ("Length of contract: Until 23 July 2027", "contract", "fixed_term"),
        ("Interviewing: during the week beginning\n4th January", "interview", "during the week beginning 4th January"),
        ("Interviews and a short test drive - Thursday 17th December", "interview", "Thursday 17th December"),
        ("We will consider two people who want to share the job.", "job_share", True),
        ("This role could be shared, and the post can be shared.", "job_share", True),
        (
            "Salary: £31,022\nplus a call-out allowance of £1,200 a year",
            "pay_allowance",
            "call-out allowance of £1,200 a year",
        ),
        (
            "Come and see us! Tours on Tuesday 8th December at 1.45pm.",
            "visits",
            "Tours on Tuesday 8th December at 1.45pm",
        ),
        ("Questions about the post? Director of Arts, Tamsin Quick: tq@oak.example", "contact_name", "Tamsin Quick"),
        ("Questions about the post? Director of Arts, Tamsin Quick: tq@oak.example", "contact_email", "tq@oak.example"),
    ],
)
def test_a_phrase_is_read_into_its_box(line, field, value):
    assert read(line, field) == {field: value}


@pytest.mark.parametrize("line", ["Leaders............", "We wrote … and then more", "Room 6 ..... 7"])
def test_dots_that_lead_from_no_label_are_no_colon(line):
    assert "pay_scale" not in read(line, "pay_scale")


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Please apply online at www.oak.example/jobs/cook. CVs sent by email cannot be accepted.\n"
            "For questions, please contact his PA, Ms Keziah Hanham, kh@oak.example.",
            {"apply_method": "url", "apply_url": "https://www.oak.example/jobs/cook", "contact_email": "kh@oak.example"},
        ),
        (
            "To apply: the form is on the Vacancies page of www.oak.example. Please post it to Mrs A. Penrose, "
            "Oak Hill School, Sea Road, Boscombe ZZ99 5SC or email it to ap@oak.example.",
            {"apply_method": "post_or_email", "apply_email": "ap@oak.example"},
        ),
        (
            "Return the form to Mrs Daphne Ogilvie-Rusk, Office Manager, Oak Hill School, Crewkerne\n"
            "Road, Chard ZZ99 8CS, or by email to jobs@oak.example. Forms are available from\nthe same address.",
            {"apply_method": "post_or_email", "apply_email": "jobs@oak.example"},
        ),
        (
            "Forms are on our website. Send yours to the Premises Manager, Oak Hill\n"
            "School, Hungerford Row, Bristol ZZ99 4MS or scan it to\npremises@oak.example.",
            {"apply_method": "post_or_email", "apply_email": "premises@oak.example"},
        ),
        (
            "Apply at www.oak.example/careers, or download the form.",
            {"apply_method": "url", "apply_url": "https://www.oak.example/careers"},
        ),
    ],
)
def test_where_to_apply_is_told_from_where_to_ask(text, facts):
    assert read(text, "apply_method", "apply_url", "apply_email", "contact_email") == facts


@pytest.mark.parametrize(
    ("line", "school"),
    [
        ("St. Sidwell’s Catholic School, Burnham-on-Sea", "St. Sidwell’s Catholic School"),
        ("St. Petroc’s C of E (VA) Primary School, Wellington", "St. Petroc’s C of E (VA) Primary School"),
        ("Clovercroft School November 2026", "Clovercroft School"),
    ],
)
def test_the_name_of_a_school_is_whole_and_nothing_more(line, school):
    text = f"Cook\n{line}\nWe need a cook.\nPermanent\nClosing date: 8 January 2027\n30 hours per week"
    assert read_advert(text, AFTER).facts["school"].value == school


def test_hours_that_somebody_teaches_are_not_the_hours_of_the_post():
    assert read("You will lead the heads of year and teach for 14 hours a week.", "hours_per_week") == {}


@pytest.mark.parametrize(
    ("text", "title", "role"),
    [
        ("Vacancies\nCaretaker\nElm School", "Caretaker", "catering-cleaning-and-site-management"),
        ("Nursery Nurse, full time, needed from February\nElm School", "Nursery Nurse", "other-support"),
        ("Examinations Assistant\nElm School", "Examinations Assistant", "administration-hr-data-and-finance"),
        ("Assistant Headteacher (Pastoral)\nElm School", "Assistant Headteacher (Pastoral)", "assistant-headteacher"),
        ("PA to the Assistant Headteacher\nElm School", "PA to the Assistant Headteacher", "administration-hr-data-and-finance"),
    ],
)
def test_the_title_and_what_sort_of_post_it_is(text, title, role):
    facts = read_advert(text, AFTER).facts
    assert (facts["title"].value, facts["role_type"].value) == (title, role)


def test_words_that_a_pdf_broke_are_whole():
    page = read_advert("We have a swim-\nming pool. The form is at www.oak.exam-\nple/careers to fetch.", AFTER).page
    assert page.text == "We have a swimming pool. The form is at www.oak.example/careers to fetch."
