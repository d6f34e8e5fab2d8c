from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.builders import MONDAY, a_role, a_school, a_vacancy, london
from vacancies import bank_holidays
from vacancies.editing import defaults
from vacancies.editing.defaults import Known
from vacancies.models import Status, Vacancy
from vacancies.schedule import Calendar, Span

SUMMER = Calendar(terms=(Span(date(2026, 4, 13), date(2026, 7, 21)),), breaks=frozenset({date(2026, 5, 25)}))


def test_an_advert_typed_now_is_for_the_next_edition_not_for_the_one_that_is_out():
    assert defaults.next_edition(SUMMER, london(2026, 4, 23, 10)) == MONDAY
    assert defaults.next_edition(SUMMER, london(2026, 4, 26, 23, 59)) == MONDAY
    assert defaults.next_edition(SUMMER, london(2026, 4, 27, 0, 1)) == date(2026, 5, 4)
    assert defaults.next_edition(SUMMER, london(2026, 5, 19, 9)) == date(2026, 6, 1)
    assert defaults.next_edition(SUMMER, london(2026, 7, 20, 9)) is None


def test_print_days_are_the_first_edition_on_or_after():
    assert defaults.print_days(MONDAY, SUMMER) == (MONDAY, MONDAY)
    assert defaults.print_days(date(2026, 5, 20), SUMMER) == (date(2026, 6, 1), date(2026, 6, 1))
    assert defaults.print_days(date(2026, 8, 1), SUMMER) is None


def test_the_usual_closing_time_is_noon_on_the_friday_of_the_week_after():
    assert defaults.usual_closing(MONDAY, SUMMER, {}) == london(2026, 5, 8, 12)


def test_the_usual_closing_time_avoids_a_bank_holiday():
    easter = bank_holidays.between(date(2026, 1, 1), date(2026, 12, 31))
    assert defaults.usual_closing(date(2026, 3, 23), SUMMER, easter) == london(2026, 4, 2, 12)


def test_bank_holidays_are_those_of_england_by_name():
    assert bank_holidays.between(date(2026, 5, 1), date(2026, 5, 31)) == {
        date(2026, 5, 4): "May Day",
        date(2026, 5, 25): "Spring Bank Holiday",
    }
    assert bank_holidays.between(date(2023, 5, 8), date(2023, 5, 8)).keys() == {date(2023, 5, 8)}
    assert bank_holidays.between(date(2026, 12, 28), date(2027, 1, 1)).keys() == {date(2026, 12, 28), date(2027, 1, 1)}


def test_actual_pay_is_suggested_with_its_sum():
    post = Vacancy(
        weeks="term_time_only",
        weeks_paid=Decimal("44.429"),
        pay_min=Decimal(25185),
        pay_max=Decimal(25583),
        hours_per_week=Decimal("27.5"),
        full_time_hours=Decimal(37),
    )
    low, high = defaults.suggested_pay(post)
    assert (low.amount, low.sum) == (Decimal(15949), "£25,185 × 27.5 / 37 hours × 44.429 / 52.143 weeks = £15,949")
    assert high.amount == Decimal(16201)


def test_nothing_is_suggested_while_a_number_is_missing():
    assert defaults.suggested_pay(Vacancy(pay_min=Decimal(25185))) == (None, None)
    by_the_hour = Vacancy(pay_min=Decimal(13), pay_unit="hour", hours_per_week=Decimal(10))
    assert defaults.suggested_pay(by_the_hour) == (None, None)
    unknown_weeks = Vacancy(pay_min=Decimal(25185), hours_per_week=Decimal(20), weeks="term_time_only")
    assert defaults.suggested_pay(unknown_weeks) == (None, None)


def test_a_single_figure_of_pay_is_both_the_lowest_and_the_highest():
    low, high = defaults.suggested_pay(Vacancy(pay_min=Decimal(37000), hours_per_week=Decimal(18), full_time_hours=Decimal(36)))
    assert (low, high.amount, high.sum) == (high, Decimal(18500), "£37,000 × 18 / 36 hours = £18,500")


def test_a_share_of_full_time_is_called_so_in_the_sum():
    low, _ = defaults.suggested_pay(Vacancy(pay_min=Decimal(40000), fte=Decimal("0.6000")))
    assert (low.amount, low.sum) == (Decimal(24000), "£40,000 × 0.6 of full time = £24,000")


SUPPORT, TEACHING = "teaching-assistant", "teacher"
RECORD = "from the school’s record"


@pytest.fixture
def school(db):
    return a_school(email="office@record.example", phone="01632 960100")


def known(school, role=SUPPORT, **more):
    return defaults.known(school, a_role(role) if role else None, **more)


@pytest.mark.parametrize(
    ("role", "hours"),
    [
        (TEACHING, {"full_time_hours": Known(Decimal("32.5"), "usual for teaching staff")}),
        (SUPPORT, {"full_time_hours": Known(Decimal(37), "usual for support staff")}),
        (None, {}),
    ],
)
def test_of_a_school_without_an_advert_its_record_and_the_usual_hours_are_known(school, role, hours):
    assert known(school, role) == {
        "apply_email": Known("office@record.example", RECORD),
        "contact_phone": Known("01632 960100", RECORD),
        "apply_method": Known("email", RECORD),
        **hours,
    }


@pytest.mark.django_db
def test_of_a_school_of_which_nothing_is_known_nothing_is_filled_in():
    assert defaults.known(a_school(), None) == {}


def test_what_the_last_advert_said_goes_before_the_record(school):
    last = a_vacancy(school=school, role=SUPPORT, apply_method="post_or_email", cv_accepted=False, full_time_hours=36, visits="")
    source = f"as in {last.reference}, the school’s last advert"
    assert known(school) == {
        "full_time_hours": Known(Decimal(36), source),
        "apply_method": Known("post_or_email", source),
        "cv_accepted": Known(False, source),
        "apply_email": Known("office@fernhollow.example", source),
        "contact_phone": Known("01632 960100", RECORD),
    }


def test_hours_of_teachers_are_not_those_of_support_staff(school):
    a_vacancy(school=school, role=TEACHING, full_time_hours=32)
    assert known(school)["full_time_hours"] == Known(Decimal(37), "usual for support staff")
    assert known(school, "senco")["full_time_hours"].value == Decimal(32)


def test_a_link_for_applying_is_another_one_each_time(school):
    a_vacancy(school=school, apply_method="url", apply_url="https://jobs.example/12")
    found = known(school)
    assert ("apply_url" in found, found["apply_method"].value) == (False, "email")


@pytest.mark.parametrize(
    ("adverts", "visits"),
    [
        ([(SUPPORT, 0, {}), ("other-support", 7, {}), (TEACHING, 14, {})], f"{SUPPORT} 0"),
        ([("other-support", 0, {}), (TEACHING, 7, {})], "other-support 0"),
        ([(TEACHING, 0, {}), ("senco", 7, {})], "senco 7"),
        ([(SUPPORT, 0, {}), (SUPPORT, 7, {})], f"{SUPPORT} 7"),
        ([(SUPPORT, 0, {}), (SUPPORT, 7, {"status": Status.DRAFT})], f"{SUPPORT} 0"),
        ([(SUPPORT, 0, {}), (SUPPORT, 7, {"status": Status.WITHDRAWN})], f"{SUPPORT} 0"),
    ],
)
def test_the_last_advert_is_rather_of_the_same_post_then_of_the_same_staff_then_the_newest(school, adverts, visits):
    for role, days, fields in adverts:
        on = MONDAY + timedelta(days=days)
        a_vacancy(school=school, role=role, publish_on=on, closes_at=london(2026, 6, 1, 12), visits=f"{role} {days}", **fields)
    assert known(school)["visits"].value == visits


def test_an_advert_is_not_filled_in_from_itself_nor_from_another_school(school):
    a_vacancy(role=SUPPORT, visits="Elsewhere")
    itself = a_vacancy(school=school, role=SUPPORT, visits="Any day")
    assert "visits" not in known(school, except_pk=itself.pk)
    assert known(school)["visits"].value == "Any day"
