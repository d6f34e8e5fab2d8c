from datetime import date, timedelta

import pytest

from greensheets_site.desk import trends
from greensheets_site.desk.trends import Week
from tests.builders import MONDAY, a_subscriber, a_vacancy, an_edition, london
from vacancies.models import Status

NOW = london(2026, 4, 28, 10)
BEFORE = MONDAY - timedelta(days=7)
pytestmark = pytest.mark.django_db


def out(on: date):
    return an_edition(on, published_at=london(on.year, on.month, on.day, 7))


def test_a_site_without_an_edition_has_no_trend(django_assert_num_queries):
    an_edition()
    with django_assert_num_queries(1):
        assert trends.weeks(NOW, with_readers=True) == []


def test_editions_of_the_last_year_are_counted_the_oldest_first():
    for on in (MONDAY, BEFORE, date(2025, 5, 5), date(2025, 4, 21)):
        out(on)
    an_edition(MONDAY + timedelta(days=7))
    assert [week.on for week in trends.weeks(NOW, with_readers=False)] == [date(2025, 5, 5), BEFORE, MONDAY]


def test_an_advert_counts_in_every_edition_that_prints_it():
    out(BEFORE)
    out(MONDAY)
    a_vacancy(print_from=BEFORE, print_until=MONDAY, publish_on=BEFORE)
    a_vacancy(role="it-and-technical-support")
    a_vacancy(status=Status.DRAFT)
    a_vacancy(status=Status.WITHDRAWN)
    a_vacancy(print_from=None, print_until=None)
    assert trends.weeks(NOW, with_readers=False) == [Week(BEFORE, 1, 0), Week(MONDAY, 1, 1)]


def test_readers_are_those_of_seven_on_that_monday():
    out(BEFORE)
    out(MONDAY)
    a_subscriber(confirmed_at=london(2026, 4, 20, 7))
    a_subscriber(confirmed_at=london(2026, 4, 20, 7, 1))
    a_subscriber(unsubscribed_at=london(2026, 4, 20, 7))
    a_subscriber(bounced_at=london(2026, 4, 20, 7, 5))
    a_subscriber(complained_at=london(2026, 4, 27, 7, 5))
    a_subscriber(confirmed_at=None)
    assert [week.readers for week in trends.weeks(NOW, with_readers=True)] == [3, 3]


@pytest.mark.parametrize("count", [1, 3])
def test_a_trend_takes_three_queries(django_assert_num_queries, count):
    for number in range(count):
        out(MONDAY - timedelta(days=7 * number))
        a_vacancy()
    with django_assert_num_queries(3):
        trends.weeks(NOW, with_readers=True)
    with django_assert_num_queries(2):
        trends.weeks(NOW, with_readers=False)


def test_a_year_reaches_back_to_the_same_week_of_the_last():
    for on in (date(2025, 4, 28), MONDAY):
        out(on)
    assert [week.on for week in trends.weeks(NOW, with_readers=False)] == [date(2025, 4, 28), MONDAY]
