from datetime import time, timedelta
from decimal import Decimal

import pytest

from web.quantities import clock, period, rule_in_words, share, size


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=365), "a year"),
        (timedelta(days=366), "366 days"),
        (timedelta(weeks=12), "12 weeks"),
        (timedelta(days=90), "90 days"),
        (timedelta(days=35), "5 weeks"),
        (timedelta(days=28), "28 days"),
        (timedelta(days=7), "7 days"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=1), "24 hours"),
        (timedelta(hours=36), "36 hours"),
        (timedelta(hours=1), "an hour"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(minutes=1), "a minute"),
        (timedelta(seconds=90), "90 seconds"),
        (timedelta(seconds=1), "a second"),
        (timedelta(seconds=0.5), "0.5 seconds"),
    ],
)
def test_a_period_is_said_in_the_unit_that_people_use_for_it(length, words):
    assert period(length) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (10 * 1024 * 1024, "10 MB"),
        (40_000_000, "40 MB"),
        (3 * 1024 * 1024, "3 MB"),
        (2_500_000_000, "2.5 GB"),
        (100_000, "100 kB"),
        (640, "640 bytes"),
    ],
)
def test_a_size_is_round_in_the_way_it_was_meant(count, words):
    assert size(count) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [(time(12), "noon"), (time(0), "midnight"), (time(7), "7am"), (time(23, 41), "11.41pm"), (time(0, 5), "12.05am")],
)
def test_a_time_of_day_is_said_as_in_the_bulletin(moment, words):
    assert clock(moment) == words


@pytest.mark.parametrize(("part", "words"), [("0.05", "5%"), ("0.03", "3%"), ("0.125", "12.5%"), ("0.1", "10%"), ("1", "100%")])
def test_a_share_is_said_in_the_hundred(part, words):
    assert share(Decimal(part)) == words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PAGE_KEPT_FOR", timedelta(days=90), "90 days"),
        ("SEND_TIME", time(7), "7am"),
        ("LARGEST_CSV", 150_000_000, "150 MB"),
        ("MOST_IMPORTED_ADVERTS", 2_000, "2,000"),
    ],
)
def test_a_rule_is_said_by_its_kind(name, value, words):
    assert rule_in_words(name, value) == words


def test_a_rule_of_several_numbers_is_refused():
    with pytest.raises(TypeError, match="BACK_OFF is no single number"):
        rule_in_words("BACK_OFF", (timedelta(minutes=5),))
