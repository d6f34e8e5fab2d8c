from datetime import date
from decimal import Decimal

from tests.builders import MONDAY, london
from vacancies import bank_holidays, defaults
from vacancies.models import Vacancy
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
    assert defaults.closing(MONDAY, SUMMER, {}) == london(2026, 5, 8, 12)


def test_the_usual_closing_time_avoids_a_bank_holiday():
    easter = bank_holidays.between(date(2026, 1, 1), date(2026, 12, 31))
    assert defaults.closing(date(2026, 3, 23), SUMMER, easter) == london(2026, 4, 2, 12)


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
    low, high = defaults.actual_pay(post)
    assert (low.amount, low.sum) == (Decimal(15949), "£25,185 × 27.5 / 37 hours × 44.429 / 52.143 weeks = £15,949")
    assert high.amount == Decimal(16201)


def test_nothing_is_suggested_while_a_number_is_missing():
    assert defaults.actual_pay(Vacancy(pay_min=Decimal(25185))) == (None, None)
    by_the_hour = Vacancy(pay_min=Decimal(13), pay_unit="hour", hours_per_week=Decimal(10))
    assert defaults.actual_pay(by_the_hour) == (None, None)
    unknown_weeks = Vacancy(pay_min=Decimal(25185), hours_per_week=Decimal(20), weeks="term_time_only")
    assert defaults.actual_pay(unknown_weeks) == (None, None)
