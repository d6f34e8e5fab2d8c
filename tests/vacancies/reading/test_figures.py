from datetime import date

import pytest

from vacancies.reading.figures import facts_in


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("12 noon", {"12:00"}),
        ("32½ hours", {"32.5"}),
        ("13.05", {"13.05"}),
        ("£25,583 to £25,989.00", {"25583", "25989"}),
        ("two posts, Mondays", {"2", "mon"}),
        ("Fri 11 Dec at 9am", {"2026-12-11", "fri", "december", "11", "2026", "09:00"}),
        ("Easter 2027 (12 April 2027)", {"2027-04-12", "mon", "april", "12", "2027"}),
        ("from Easter", {"easter"}),
        ("a happy school", set()),
    ],
)
def test_every_day_time_and_number_is_told_in_one_way(text, facts):
    assert facts_in(text, date(2026, 12, 7)) == facts
