from datetime import date
from decimal import Decimal

import pytest

from tests.builders import MONDAY, a_role, a_school, a_vacancy, london
from vacancies.editing.problems import Problem, Severity, problems, stopping
from vacancies.models import School, Vacancy
from vacancies.schedule import Calendar, Span

pytestmark = pytest.mark.django_db

SUMMER = Calendar(terms=(Span(date(2026, 4, 13), date(2026, 7, 21)),), breaks=frozenset({date(2026, 5, 25)}))
BANK_HOLIDAYS = {date(2026, 5, 4), date(2026, 5, 25)}
THURSDAY = london(2026, 4, 23, 10)


def found(vacancy: Vacancy, at=THURSDAY, earlier=()) -> list[Problem]:
    return problems(vacancy, SUMMER, BANK_HOLIDAYS, at, earlier)


def said(vacancy: Vacancy, field: str, **options) -> list[str]:
    return [problem.sentence for problem in found(vacancy, **options) if problem.field == field]


def a_good_one(**fields) -> Vacancy:
    return a_vacancy(**{"pay_scale": "MPS", "dbs": "enhanced", **fields})


def an_empty_one(**fields) -> Vacancy:
    return Vacancy(title="Teacher", school=School(name="Fernhollow Primary School"), **fields)


def test_a_complete_advert_has_no_problem():
    assert found(a_good_one()) == []


def test_a_bare_draft_is_told_everything_that_stops_it_first():
    listed = found(an_empty_one())
    assert [(problem.field, problem.stops) for problem in listed] == [
        ("role_type", True),
        ("publish_on", True),
        ("closes_at", True),
        ("apply_email", True),
        ("body", False),
        ("working_pattern", False),
        ("pay_scale", False),
        ("safeguarding_text", False),
    ]
    assert [problem.field for problem in stopping(listed)] == ["role_type", "publish_on", "closes_at", "apply_email"]


def test_another_day_than_a_publication_monday_is_said_plainly():
    assert said(a_good_one(publish_on=date(2026, 4, 29), print_from=None, print_until=None), "publish_on") == [
        "Wednesday 29 April 2026 has no edition: the advert goes on the website that day. "
        "The next edition after it comes out on Monday 4 May 2026."
    ]


def test_an_advert_that_is_not_printed_is_said_to_be_on_the_website_only():
    assert said(a_good_one(print_from=None, print_until=None), "print_from") == [
        "The advert is not printed: it will be on the website only."
    ]


def test_printing_in_a_break_stops_approval():
    problem = Problem(
        "print_until",
        Severity.ERROR,
        "There is no edition on Monday 25 May 2026. The next edition after it comes out on Monday 1 June 2026.",
    )
    assert problem in found(a_good_one(print_until=date(2026, 5, 25)))


def test_after_the_last_term_no_next_edition_is_promised():
    assert said(a_good_one(print_until=date(2026, 8, 3)), "print_until") == [
        "There is no edition on Monday 3 August 2026. No later term has been added."
    ]


@pytest.mark.parametrize(
    ("closes_at", "sentences"),
    [
        (london(2026, 5, 12, 12), []),
        (london(2026, 4, 26, 23, 59), ["It closes before it appears on Monday 27 April 2026.", "weekend"]),
        (
            london(2026, 4, 27),
            ["It closes before it appears on Monday 27 April 2026.", "It closes as Monday 27 April 2026 begins"],
        ),
        (london(2026, 4, 27, 0, 1), ["It closes within 3 days of appearing: readers will have little time."]),
        (london(2026, 4, 29, 23, 59), ["It closes within 3 days of appearing: readers will have little time."]),
        (london(2026, 4, 30), ["It closes as Thursday 30 April 2026 begins"]),
        (london(2026, 4, 30, 0, 1), []),
        (london(2026, 5, 4, 12), ["Monday 4 May 2026 is a bank holiday."]),
        (london(2026, 5, 25, 12), ["Monday 25 May 2026 is a bank holiday."]),
        (london(2026, 5, 28, 12), ["Thursday 28 May 2026 is in a week without an edition: the school may be closed."]),
        (london(2026, 8, 4, 12), ["Tuesday 4 August 2026 is outside term: the school may be closed."]),
        (london(2026, 5, 9, 12), ["It closes at the weekend, on Saturday 9 May 2026."]),
    ],
)
def test_closing_times_are_weighed(closes_at, sentences):
    heard = said(a_good_one(closes_at=closes_at), "closes_at")
    assert len(heard) == len(sentences)
    assert all(expected in sentence for sentence, expected in zip(heard, sentences, strict=True))


def test_a_closing_time_that_has_passed_is_said():
    late = london(2026, 5, 13, 9)
    assert said(a_good_one(), "closes_at", at=late) == ["The closing time, Tuesday 12 May 2026, noon, has passed."]


@pytest.mark.parametrize(
    ("text", "seen"),
    [("Interview TBC", "TBC"), ("Ring XXX", "XXX"), ("Lorem ipsum dolor", "Lorem ipsum"), ("[name of head]", "[name of head]"),
     ("Start ??", "??"), ("insert text here", "insert text here")],
)  # fmt: skip
def test_placeholder_text_is_noticed(text, seen):
    assert said(a_good_one(body=f"<p>{text}</p>"), "body") == [f"“{seen}” looks like placeholder text in the text of the advert."]


def test_ordinary_words_are_no_placeholders():
    assert said(a_good_one(body="<p>Is this you? A £1m building, XXI century, TBCH.</p>"), "body") == []


@pytest.mark.parametrize("way", ["apply_email", "apply_url", "apply_phone", "contact_email", "contact_phone"])
def test_one_way_to_apply_is_enough(way):
    value = "https://apply.example/form" if way == "apply_url" else "office@x.example" if "email" in way else "01632 960101"
    assert said(a_good_one(**{"apply_email": "", way: value}), "apply_email") == []


@pytest.mark.parametrize("url", ["http://school", "ftp://school.example/form", "https://intranet.local/x", "http://[bad"])
def test_a_link_that_cannot_work_stops_approval(url):
    listed = [problem for problem in found(an_empty_one(apply_url=url)) if problem.field == "apply_url"]
    assert [problem.stops for problem in listed] == [True]
    assert url in listed[0].sentence


def test_a_post_of_which_nobody_knows_whether_it_is_full_time_is_doubted():
    doubt = "No working pattern is chosen: readers want to know whether they are full time."
    assert Problem("working_pattern", Severity.WARNING, doubt) in found(a_good_one(working_pattern=""))
    assert said(a_good_one(working_pattern="either"), "working_pattern") == []


def test_a_term_time_post_wants_its_actual_pay():
    post = a_good_one(weeks="term_time_only", pay_min=25185)
    assert said(post, "actual_pay_min") == ["This is a part-time or term-time post without its actual pay."]
    post.hourly_pay = Decimal("12.65")
    assert said(post, "actual_pay_min") == []


def test_actual_pay_that_does_not_follow_from_hours_and_weeks_is_doubted():
    post = a_good_one(
        working_pattern="part_time",
        weeks="term_time_only",
        weeks_paid=Decimal("44.429"),
        pay_min=Decimal(25185),
        hours_per_week=Decimal("27.5"),
        full_time_hours=Decimal(37),
        actual_pay_min=Decimal(18719),
    )
    assert said(post, "actual_pay_min") == ["Actual pay from is £18,719; hours and weeks make it £15,949."]
    post.actual_pay_min = Decimal(16000)
    assert said(post, "actual_pay_min") == []


@pytest.mark.parametrize(("typed", "is_doubted"), [(10_500, False), (10_501, True), (9_500, False), (9_499, True)])
def test_actual_pay_may_differ_by_five_in_a_hundred_from_what_hours_and_weeks_make_it(typed, is_doubted):
    half = {"hours_per_week": Decimal("18.5"), "full_time_hours": Decimal(37), "working_pattern": "part_time"}
    post = a_good_one(pay_min=Decimal(20_000), actual_pay_min=Decimal(typed), **half)
    assert bool(said(post, "actual_pay_min")) == is_doubted


@pytest.mark.parametrize(("fte", "is_doubted"), [("0.53", False), ("0.531", True), ("0.47", False), ("0.469", True)])
def test_a_share_may_differ_by_three_hundredths_from_the_share_of_hours(fte, is_doubted):
    half = {"hours_per_week": Decimal("18.5"), "full_time_hours": Decimal(37), "working_pattern": "part_time"}
    assert bool(said(a_good_one(fte=Decimal(fte), **half), "fte")) == is_doubted


@pytest.mark.parametrize(("day", "is_a_repeat"), [(date(2026, 5, 25), True), (date(2026, 5, 26), False)])
def test_four_weeks_apart_the_same_post_may_be_a_repeat_and_a_day_later_it_is_another_one(day, is_a_repeat):
    school = a_school()
    first = a_good_one(school=school)
    again = a_good_one(school=school, publish_on=day, closes_at=london(2026, 6, 9, 12))
    assert bool(said(again, "title", earlier=[first])) == is_a_repeat


def test_a_share_of_full_time_that_is_not_the_share_of_hours_is_doubted():
    post = a_good_one(
        hours_per_week=Decimal("18.5"), full_time_hours=Decimal(37), fte=Decimal("0.8"), working_pattern="part_time"
    )
    assert said(post, "fte") == ["18.5 of 37 hours is 0.50 of full time, not 0.8."]


def test_full_time_with_a_share_below_one_is_doubted():
    assert said(a_good_one(fte=Decimal("0.6")), "fte") == ["It is marked as full time, but has a full-time equivalent of 0.6."]


def test_the_same_school_and_title_within_four_weeks_is_pointed_out():
    school = a_school()
    first = a_good_one(school=school)
    again = a_good_one(school=school, title="class teacher", publish_on=date(2026, 5, 18), closes_at=london(2026, 6, 9, 12))
    assert said(again, "title", earlier=[first, again]) == [
        f"{first.reference} has the same school and title, published on Monday 27 April 2026."
    ]


@pytest.mark.parametrize(
    ("title", "posts", "doubts"),
    [
        ("Cleaner (2 posts)", 1, ["The title says 2 posts, but the number of posts is 1."]),
        ("Midday Supervisor, Three Positions", 2, ["The title says three positions, but the number of posts is 2."]),
        ("Cleaner (2 posts)", 2, []),
        ("Cook, two posts", 2, []),
        ("Cleaner (12 Vacancies)", 12, []),
        ("Teacher of Years 5 and 6", 1, []),
        ("Cleaner", 3, []),
    ],
)
def test_a_title_that_says_another_number_of_posts_is_doubted(title, posts, doubts):
    assert said(a_good_one(title=title, posts=posts), "posts") == doubts


def test_an_advert_is_not_doubted_because_of_one_that_was_entered_after_it():
    first = a_good_one(school=a_school())
    again = a_good_one(school=first.school, publish_on=date(2026, 5, 18), closes_at=london(2026, 6, 9, 12))
    assert said(first, "title", earlier=[first, again]) == []


def test_an_advert_that_is_not_saved_yet_is_compared_too():
    first = a_good_one()
    assert len(said(Vacancy(title=first.title, school=first.school, publish_on=MONDAY), "title", earlier=[first])) == 1


@pytest.mark.parametrize(("status", "day", "count"), [("draft", 26, 0), ("draft", 27, 1), ("approved", 27, 0)])
def test_an_edition_that_is_out_has_no_draft_in_it(status, day, count):
    assert said(a_good_one(status=status), "print_from", at=london(2026, 4, day, 9)) == count * [
        "The edition of Monday 27 April 2026 is already out, and the advert is not in it: choose a later one."
    ]


def test_an_older_advert_or_another_school_is_no_repeat():
    school = a_school()
    older = a_good_one(school=school, publish_on=date(2026, 3, 23))
    elsewhere = a_good_one(school=a_school("Castle Down Academy"))
    assert said(a_good_one(school=school), "title", earlier=[older, elsewhere]) == []


def test_no_safeguarding_words_at_all_are_pointed_out():
    assert said(a_good_one(dbs=""), "safeguarding_text") == [
        "There is no safeguarding text or DBS check: the standard statement will be printed."
    ]
    assert said(a_good_one(dbs="", school=a_school(safeguarding_text="We keep children safe.")), "safeguarding_text") == []


def test_the_role_is_read_from_the_key_without_a_query(django_assert_num_queries):
    post = a_good_one(role=a_role("teacher"))
    with django_assert_num_queries(0):
        assert found(post, at=london(MONDAY.year, MONDAY.month, MONDAY.day)) == []


def test_closing_as_a_day_begins_is_doubted_since_readers_think_of_its_end():
    assert said(a_good_one(closes_at=london(2026, 5, 12, 0)), "closes_at") == [
        "It closes as Tuesday 12 May 2026 begins: who applies on that day is too late. "
        "Enter 11.59pm, on Monday 11 May 2026 or on that day."
    ]


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (
            "<p>Closing date: Friday 15 May at noon</p>",
            ["The text says that it closes on Friday 15 May 2026, the box Tuesday 12 May 2026."],
        ),
        ("<p>Closing date: Tuesday 12 May at 9am</p>", []),
        ("<p>Interviews: Friday 15 May</p>", []),
    ],
)
def test_another_closing_date_in_the_text_is_pointed_out(body, sentences):
    assert said(a_good_one(body=body, closes_at=london(2026, 5, 12, 12)), "closes_at") == sentences


def test_what_is_left_of_an_email_in_the_text_is_pointed_out():
    body = "<p>Hi Sue</p><p>We want a kind cook.</p><p>Many thanks<br>Jo</p>"
    assert said(a_good_one(body=body), "body") == ["“Hi Sue” looks like part of an email, not of the advert."]


def test_an_hourly_post_has_pay():
    assert said(a_good_one(pay_scale="", pay_points="", pay_min=None, pay_max=None, hourly_pay=13), "pay_scale") == []


def test_a_text_with_a_safeguarding_statement_needs_no_standard_one():
    advert = a_good_one(dbs="", safeguarding_text="", body="<p>We are committed to safeguarding children.</p>")
    assert said(advert, "safeguarding_text") == []
