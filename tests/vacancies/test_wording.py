"""One wording of an advert's facts, for the web page, the bulletin and the email."""

from datetime import date, time
from decimal import Decimal

import pytest

from tests.builders import london
from vacancies import wording
from vacancies.models import School, Vacancy
from web.quantities import clock


def advert(**fields) -> Vacancy:
    """An unsaved advert: wording asks nothing of the database."""
    return Vacancy(**{key: Decimal(value) if key in NUMBERS else value for key, value in fields.items()})


NUMBERS = {"pay_min", "pay_max", "actual_pay_min", "actual_pay_max", "hourly_pay", "hours_per_week", "weeks_worked", "fte"}
TEACHING_ASSISTANT = {
    "working_pattern": "part_time",
    "weeks": "term_time_only",
    "weeks_worked": "39",
    "hours_per_week": "27.50",
    "hours_detail": "Mon-Fri 8.45am-3.15pm",
    "pay_scale": "NJC Grade 3",
    "pay_points": "SCP 4-6",
    "pay_min": "25185.00",
    "pay_max": "25989.00",
    "actual_pay_min": "16025",
    "actual_pay_max": "16537",
}
WITHOUT_ACTUAL_PAY = {key: value for key, value in TEACHING_ASSISTANT.items() if not key.startswith("actual")}


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (None, None, ""),
        (Decimal("25185.00"), None, "£25,185"),
        (None, Decimal("25989"), "£25,989"),
        (Decimal("25185"), Decimal("25989"), "£25,185 to £25,989"),
        (Decimal("12.65"), Decimal("12.65"), "£12.65"),
        (Decimal(0), Decimal("9.5"), "£0 to £9.50"),
    ],
)
def test_money_is_written_in_pounds_with_pence_only_where_there_are_any(low, high, text):
    assert wording.money_range(low, high) == text


@pytest.mark.parametrize(
    ("fields", "headline"),
    [
        (TEACHING_ASSISTANT, "£16,025 to £16,537 a year (actual pay)"),
        (WITHOUT_ACTUAL_PAY, "£25,185 to £25,989 a year (full-time equivalent)"),
        ({"pay_min": "32916", "pay_max": "51048", "working_pattern": "full_time"}, "£32,916 to £51,048 a year"),
        ({"pay_min": "12.65", "pay_max": "12.65", "pay_unit": "hour", "working_pattern": "part_time"}, "£12.65 an hour"),
        ({**WITHOUT_ACTUAL_PAY, "hourly_pay": "12.65"}, "£12.65 an hour"),
        ({"hourly_pay": "12.65", "working_pattern": "casual"}, "£12.65 an hour"),
        ({"pay_scale": "Leadership", "pay_points": "L5-L9"}, "Leadership L5-L9"),
        ({}, "Pay: ask the school"),
    ],
)
def test_the_headline_is_the_pay_that_one_would_get_and_says_when_it_is_not(fields, headline):
    assert wording.headline_pay(advert(**fields)) == headline


def test_the_bulletin_states_all_of_the_pay_on_one_line():
    assert wording.pay_in_full(advert(**TEACHING_ASSISTANT)) == (
        "NJC Grade 3 SCP 4-6 (£25,185 to £25,989 a year full-time equivalent); actual pay £16,025 to £16,537 a year"
    )
    leader = advert(pay_scale="MPS/UPS", pay_points="M1-U3", pay_allowance="TLR 1b", pay_note="Group 3")
    assert wording.pay_in_full(leader) == "MPS/UPS M1-U3 plus TLR 1b; Group 3"


@pytest.mark.parametrize(
    ("pay", "hours", "weeks", "actual"),
    [
        ("25185", "27.5", "44.64", 16025),
        ("25989", "27.5", "44.64", 16537),
        ("26403", "30", "45.2", 18557),
        ("24413", "6.25", "43.89", 3471),
    ],
)
def test_the_suggested_actual_pay_agrees_with_the_sums_of_real_adverts(pay, hours, weeks, actual):
    assert wording.suggested_actual_pay(Decimal(pay), Decimal(hours), Decimal(37), Decimal(weeks)) == actual


def test_hours_name_pattern_hours_detail_and_weeks():
    assert wording.hours(advert(**TEACHING_ASSISTANT, job_share=True)) == (
        "Part time, 27.5 hours a week, Mon-Fri 8.45am-3.15pm, term time only (39 weeks a year), job share welcome"
    )


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"start": "asap"}, "As soon as possible"),
        ({"start": "date", "starts_on": date(2026, 9, 1)}, "1 September 2026"),
        ({"start": "date_or_earlier", "starts_on": date(2026, 9, 1)}, "1 September 2026 or sooner"),
        ({"start": "term", "start_text": "Autumn term 2026"}, "Autumn term 2026"),
        ({}, ""),
    ],
)
def test_a_start_is_stated_in_words(fields, text):
    assert wording.starts(advert(**fields)) == text


def test_contract_and_start_make_one_line():
    post = advert(contract="fixed_term", contract_detail="maternity cover", start="asap")
    assert wording.contract_and_start(post) == "Fixed term, maternity cover, from as soon as possible"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (time(12), "noon"),
        (time(0), "midnight"),
        (time(9), "9am"),
        (time(15, 15), "3.15pm"),
        (time(0, 5), "12.05am"),
        (time(23, 59), "11.59pm"),
    ],
)
def test_times_are_written_as_people_say_them(moment, text):
    assert clock(moment) == text


def test_closing_is_said_in_london_time():
    assert wording.closing(advert(closes_at=london(2026, 5, 12, 12))) == "Tuesday 12 May 2026, noon"
    assert wording.closing(advert(closes_at=london(2026, 5, 12, 12)), long=False) == "12 May 2026, noon"


@pytest.mark.parametrize(
    ("left", "text"), [(4, "4 days left"), (2, "2 days left"), (1, "closes tomorrow"), (0, "closes today"), (-1, "closed")]
)
def test_days_left_are_counted_down(left, text):
    assert wording.countdown(left) == text


def test_how_to_apply_is_said_without_links():
    post = advert(apply_email="office@school.example", apply_phone="01632 960101", cv_accepted=False)
    assert wording.apply_lines(post) == ["Email office@school.example", "Telephone 01632 960101", "CVs are not accepted"]


def test_the_headline_keeps_the_figure_and_its_kind_apart():
    assert wording.headline(advert(**TEACHING_ASSISTANT)) == ("£16,025 to £16,537 a year", "actual pay")
    assert wording.headline(advert(pay_min="32916", working_pattern="full_time")) == ("£32,916 a year", "")


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"working_pattern": "part_time", "fte": "0.5000"}, "Part time, 0.5 of full time"),
        ({"working_pattern": "part_time", "fte": "0.6363"}, "Part time, 0.6363 of full time"),
        ({"working_pattern": "either", "fte": "0.8"}, "Full or part time, 0.8 of full time"),
        ({"fte": "0.4"}, "0.4 of full time"),
        ({"working_pattern": "part_time", "fte": "0.5", "hours_per_week": "16.25"}, "Part time, 16.25 hours a week"),
        ({"working_pattern": "part_time", "fte": "1.0000"}, "Part time"),
        ({"working_pattern": "part_time"}, "Part time"),
        ({"working_pattern": "full_time", "fte": "1"}, "Full time"),
        ({"working_pattern": "full_time", "fte": "0.8559", "weeks": "term_time_only"}, "Full time"),
        ({}, ""),
    ],
)
def test_a_part_time_post_says_how_much_of_a_week_it_is_in_hours_where_they_are_known(fields, text):
    assert wording.pattern(advert(**fields)) == text


def test_the_share_of_full_time_stands_where_the_hours_would():
    post = advert(working_pattern="part_time", fte="0.5", hours_detail="Monday to Wednesday lunchtime", job_share=True)
    assert wording.hours(post) == "Part time, 0.5 of full time, Monday to Wednesday lunchtime, job share welcome"


def test_hours_are_also_said_in_two_parts():
    post = advert(**TEACHING_ASSISTANT)
    assert wording.pattern(post) == "Part time, 27.5 hours a week"
    assert wording.days_and_weeks(post) == "Mon-Fri 8.45am-3.15pm, term time only (39 weeks a year)"
    assert wording.days_and_weeks(advert(working_pattern="full_time")) == ""


@pytest.mark.parametrize(
    ("closes_at", "text"),
    [
        (london(2026, 5, 12, 12), "Tue 12 May, noon"),
        (london(2026, 10, 26, 23, 59), "Mon 26 Oct, 11.59pm"),
        (london(2027, 5, 11, 9), "Tue 11 May 2027, 9am"),
    ],
)
def test_a_list_says_closing_briefly_with_the_year_where_it_is_far(closes_at, text):
    assert wording.brief_closing(advert(closes_at=closes_at), london(2026, 4, 28)) == text


@pytest.mark.parametrize(
    ("fields", "headline"),
    [
        ({"pay_min": "32916", "hourly_pay": "17", "working_pattern": "full_time"}, "£32,916 a year"),
        ({"pay_min": "12.65", "hourly_pay": "13", "pay_unit": "hour", "working_pattern": "part_time"}, "£12.65 an hour"),
        ({"actual_pay_min": "32916", "working_pattern": "full_time"}, "£32,916 a year"),
        ({"actual_pay_min": "21000", "working_pattern": "full_time", "weeks": "term_time_only"}, "£21,000 a year (actual pay)"),
        ({"pay_min": "25185", "weeks": "term_time_plus"}, "£25,185 a year (full-time equivalent)"),
        ({"pay_min": "25185", "weeks": "all_year"}, "£25,185 a year"),
        ({"pay_min": "30000", "working_pattern": "full_time", "fte": "0.6"}, "£30,000 a year (full-time equivalent)"),
        ({"pay_min": "30000", "fte": "0.5"}, "£30,000 a year (full-time equivalent)"),
        ({"pay_min": "30000", "hours_per_week": "18.5"}, "£30,000 a year (full-time equivalent)"),
        ({"pay_min": "30000", "hours_per_week": "37"}, "£30,000 a year"),
        ({"pay_min": "30000", "working_pattern": "full_time", "hours_per_week": "32.5", "fte": "1"}, "£30,000 a year"),
        ({"pay_min": "30000", "working_pattern": "either"}, "£30,000 a year (if full time)"),
        ({"pay_min": "30000", "working_pattern": "either", "weeks": "term_time_only"}, "£30,000 a year (full-time equivalent)"),
        ({"pay_min": "30000", "hourly_pay": "15.50", "working_pattern": "either"}, "£15.50 an hour"),
        ({"pay_min": "30000", "actual_pay_min": "15000", "working_pattern": "either"}, "£15,000 a year (actual pay)"),
        ({"pay_min": "12.65", "pay_unit": "hour", "working_pattern": "either"}, "£12.65 an hour"),
        ({"pay_min": "24000", "working_pattern": "casual"}, "£24,000 a year (full-time equivalent)"),
        ({"pay_scale": "Leadership", "pay_note": "Group 3"}, "Leadership"),
        ({"pay_points": "L5-L9"}, "L5-L9"),
        ({"pay_note": "Competitive"}, "Competitive"),
    ],
)
def test_the_kind_of_pay_is_named_only_where_a_reader_could_take_it_for_another(fields, headline):
    assert wording.headline_pay(advert(**fields)) == headline


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, ""),
        ({"pay_min": "25185", "working_pattern": "full_time"}, "£25,185 a year"),
        ({"pay_min": "12.65", "pay_unit": "hour", "working_pattern": "part_time"}, "£12.65 an hour"),
        (
            {"pay_min": "25185", "working_pattern": "part_time", "hourly_pay": "13.05"},
            "£25,185 a year full-time equivalent; £13.05 an hour",
        ),
        ({"pay_min": "30000", "pay_scale": "MPS", "working_pattern": "either"}, "MPS (£30,000 a year if full time)"),
        ({"pay_allowance": "TLR 1b", "hourly_pay": "20", "pay_note": "Casual"}, "plus TLR 1b; £20 an hour; Casual"),
    ],
)
def test_all_of_the_pay_is_told_whatever_of_it_is_known(fields, line):
    assert wording.pay_in_full(advert(**fields)) == line


@pytest.mark.parametrize(
    ("pay", "actual"), [("20000.49", "20000"), ("20000.50", "20001"), ("20001.50", "20002"), ("20000.99", "20001")]
)
def test_a_suggested_pay_is_rounded_to_the_nearest_pound_and_half_a_pound_up(pay, actual):
    assert wording.suggested_actual_pay(Decimal(pay), Decimal(37), Decimal(37)) == Decimal(actual)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, ""),
        ({"weeks": "all_year", "weeks_worked": "52", "weeks_detail": "with five weeks of leave"}, ""),
        ({"weeks": "term_time_only"}, "term time only"),
        ({"weeks": "term_time_plus_inset", "weeks_worked": "39.00"}, "term time and training days (39 weeks a year)"),
        ({"weeks": "term_time_plus", "weeks_detail": "term time and two weeks"}, "term time and two weeks"),
        (
            {"weeks": "term_time_plus", "weeks_detail": "term time, August too", "weeks_worked": "42.5"},
            "term time, August too (42.5 weeks a year)",
        ),
    ],
)
def test_weeks_are_said_in_the_schools_own_words_where_it_has_some(fields, text):
    assert wording.weeks(advert(**fields)) == text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"start": "date", "starts_on": date(2026, 9, 1), "start_text": "Autumn term 2026"}, "Autumn term 2026"),
        ({"start": "asap", "starts_on": date(2026, 9, 1)}, "As soon as possible"),
        ({"start": "date"}, ""),
        ({"start": "date_or_earlier"}, ""),
        ({"starts_on": date(2026, 9, 1)}, "1 September 2026"),
    ],
)
def test_a_start_is_stated_in_the_schools_own_words_before_any_date(fields, text):
    assert wording.starts(advert(**fields)) == text


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, ""),
        ({"contract": "permanent"}, "Permanent"),
        ({"start": "asap"}, "from as soon as possible"),
        ({"contract": "permanent", "start_text": "The first day of term"}, "Permanent, from the first day of term"),
        ({"contract": "permanent", "start_text": "Start of the autumn term"}, "Permanent, from start of the autumn term"),
        ({"contract": "permanent", "start_text": "Easter 2027"}, "Permanent, from Easter 2027"),
        ({"contract": "permanent", "start_text": "Thursday 3 September"}, "Permanent, from Thursday 3 September"),
    ],
)
def test_a_start_in_the_middle_of_a_line_loses_its_capital_unless_it_is_a_name(fields, line):
    assert wording.contract_and_start(advert(**fields)) == line


def test_from_three_hundred_days_ahead_a_list_says_the_year_too():
    post, last_day_with = advert(closes_at=london(2027, 5, 11, 9)), london(2026, 7, 15, 23, 59)
    assert wording.brief_closing(post, last_day_with) == "Tue 11 May 2027, 9am"
    assert wording.brief_closing(post, london(2026, 7, 16)) == "Tue 11 May, 9am"


def test_an_advert_without_a_closing_time_says_none():
    assert wording.closing(advert()) == ""


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, []),
        ({"apply_url": "https://jobs.example/12", "cv_accepted": True}, ["Apply at https://jobs.example/12", "CVs accepted"]),
        ({"apply_phone": "01632 960101", "cv_accepted": None}, ["Telephone 01632 960101"]),
    ],
)
def test_only_the_ways_to_apply_that_there_are_are_told(fields, lines):
    assert wording.apply_lines(advert(**fields)) == lines


@pytest.mark.parametrize(("at", "verb"), [(london(2026, 5, 12, 11, 59), "Closes"), (london(2026, 5, 12, 12), "Closed")])
def test_an_advert_is_summed_up_with_its_closing_before_its_hours(at, verb):
    post = advert(
        school=School(name="Fernhollow School", town="Fernhollow"),
        status="approved",
        publish_on=date(2026, 4, 27),
        closes_at=london(2026, 5, 12, 12),
        **TEACHING_ASSISTANT,
    )
    assert wording.summary(post, at) == (
        f"Fernhollow School, Fernhollow: £16,025 to £16,537 a year (actual pay). {verb} Tuesday 12 May 2026, noon. "
        "Part time, 27.5 hours a week, Mon-Fri 8.45am-3.15pm, term time only (39 weeks a year)."
    )
