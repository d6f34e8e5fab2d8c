"""What staff paste from a school's text into the boxes of a form, and what the boxes make of it."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.builders import london
from vacancies.editing.pasted_fields import MomentField, PastedDateField, PastedNumberField, PastedTimeField


@pytest.mark.parametrize(
    "text",
    [
        "12/05/2026",
        "12/05/26",
        "12/5/2026",
        "2026-05-12",
        "12.05.2026",
        "12.5.26",
        "12-05-2026",
        "12 May 2026",
        "12th May 2026",
        "12TH MAY 2026",
        "Tuesday 12 May 2026",
        "Tuesday, 12th May, 2026",
        "Tue 12 May 2026",
        "  Tuesday\t12 \n May   2026 ",
    ],
)
def test_a_date_is_understood_as_schools_write_it(text):
    assert PastedDateField().clean(text) == date(2026, 5, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1st September 2026", date(2026, 9, 1)),
        ("2nd Sep 2026", date(2026, 9, 2)),
        ("3rd January 2027", date(2027, 1, 3)),
        ("4th Jan 2027", date(2027, 1, 4)),
        ("Mon 31st August 2026", date(2026, 8, 31)),
        ("Tuesday 1 Sep 2026", date(2026, 9, 1)),
        ("Tue 1 Sep 2026", date(2026, 9, 1)),
        ("01/12/2026", date(2026, 12, 1)),
        ("15 Sept 2026", date(2026, 9, 15)),
        ("Tues 15 Dec 2026", date(2026, 12, 15)),
        ("Thurs 10th Dec 2026", date(2026, 12, 10)),
        ("15th of December 2026", date(2026, 12, 15)),
        ("15-Dec-26", date(2026, 12, 15)),
    ],
)
def test_the_day_comes_before_the_month_with_any_ending(text, day):
    assert PastedDateField().clean(text) == day


@pytest.mark.parametrize("text", ["Friday 15 December 2026", "Fri 15th of Dec 2026"])
def test_a_date_that_is_not_that_day_of_the_week_is_a_question(text):
    with pytest.raises(ValidationError) as refusal:
        PastedDateField().clean(text)
    assert refusal.value.messages == ["15 December 2026 is a Tuesday. Enter the right day."]


@pytest.mark.parametrize(
    ("text", "at"), [("12.00 noon", time(12)), ("16:00hrs", time(16)), ("5pm prompt", time(17)), ("9.30am sharp", time(9, 30))]
)
def test_words_beside_a_time_do_not_matter(text, at):
    assert PastedTimeField().clean(text) == at


@pytest.mark.parametrize("text", ["31/02/2026", "05/13/2026", "next Tuesday", "12 May", "12"])
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(ValidationError) as refusal:
        PastedDateField().clean(text)
    assert refusal.value.messages == ["Enter a date such as 12/05/2026 or 12 May 2026."]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("noon", time(12)),
        ("Noon", time(12)),
        ("12 noon", time(12)),
        ("midday", time(12)),
        ("12 midday", time(12)),
        ("midnight", time(23, 59)),
        ("9am", time(9)),
        ("9 am", time(9)),
        ("9 a.m.", time(9)),
        ("9AM", time(9)),
        ("3.15pm", time(15, 15)),
        ("3:15 pm", time(15, 15)),
        ("3.15 p.m.", time(15, 15)),
        ("12am", time(0)),
        ("12.30pm", time(12, 30)),
        ("15:15", time(15, 15)),
        ("15.15", time(15, 15)),
        ("23:59:00", time(23, 59)),
    ],
)
def test_a_time_is_understood_as_people_say_it(text, moment):
    assert PastedTimeField().clean(text) == moment


@pytest.mark.parametrize("text", ["25:00", "3.75pm", "13pm", "end of day"])
def test_what_is_no_time_is_refused_with_examples(text):
    with pytest.raises(ValidationError) as refusal:
        PastedTimeField().clean(text)
    assert refusal.value.messages == ["Enter a time such as 9am, 3.15pm or noon."]


def test_a_moment_is_a_day_and_a_time_in_london():
    field = MomentField(label="Closing date")
    assert field.clean(["Tuesday 12th May 2026", "noon"]) == london(2026, 5, 12, 12)
    assert field.clean(["12 January 2027", "midnight"]) == london(2027, 1, 12, 23, 59)
    assert [widget.attrs["aria-label"] for widget in field.widget.widgets] == ["Closing date: date", "Closing date: time"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["12/05/2026", ""], "Enter the time too, such as 9am or noon."),
        (["", "noon"], "Enter the date too, such as 12/05/2026."),
        (["soon", "noon"], "Enter a date such as 12/05/2026 or 12 May 2026."),
        (["12/05/2026", "soon"], "Enter a time such as 9am, 3.15pm or noon."),
    ],
)
def test_half_a_moment_is_refused_with_what_is_missing(typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        MomentField(label="Closing date", required=False).clean(typed)
    assert refusal.value.messages == [sentence]


def test_a_moment_may_be_left_empty_where_it_is_not_needed():
    assert MomentField(label="Closing date", required=False).clean(["", ""]) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("25185", "25185"),
        ("£25,185", "25185"),
        ("£25,185.00", "25185.00"),
        ("£ 25 185", "25185"),
        ("£25,185 p.a.", "25185"),
        ("£25,185pa", "25185"),
        ("£25,185 per annum", "25185"),
        ("£25,185 a year", "25185"),
        ("27.5 hours", "27.5"),
        ("1 Hour", "1"),
        ("37hrs", "37"),
        ("39 weeks", "39"),
        ("1 week", "1"),
    ],
)
def test_a_number_is_understood_with_its_sign_and_its_unit(text, number):
    assert PastedNumberField().clean(text) == Decimal(number)


@pytest.mark.parametrize("text", ["£25,185 to £25,989", "M1", "NaN", "25185 a month"])
def test_what_is_no_single_number_is_refused(text):
    with pytest.raises(ValidationError):
        PastedNumberField().clean(text)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (Decimal("27.50"), "27.5"),
        (Decimal("25000.00"), "25000"),
        (Decimal("0.00"), "0"),
        (Decimal("NaN"), Decimal("NaN")),
        ("about 27", "about 27"),
        (None, None),
    ],
)
def test_a_stored_number_is_shown_without_the_zeros_of_the_database_and_what_was_typed_as_it_was(stored, shown):
    assert str(PastedNumberField().prepare_value(stored)) == str(shown)


def test_a_number_box_brings_up_the_digits_of_a_phone_and_takes_any_text():
    assert 'type="text"' in PastedNumberField().widget.render("hours", "27.5")
    assert PastedNumberField().widget.attrs["inputmode"] == "decimal"
