from datetime import UTC, datetime, timedelta

from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from greensheets_site.backups.keeping import to_keep
from greensheets_site.rules import KEPT_DAYS, KEPT_MONTHS, KEPT_WEEKS
from tests.builders import london

NOW = london(2026, 12, 1, 2, 15)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def nightly(nights: int) -> list[datetime]:
    return [NOW - timedelta(days=back) for back in range(nights)]


def test_of_two_years_of_nights_fourteen_days_eight_weeks_and_twelve_months_are_kept():
    kept = sorted(to_keep(nightly(730), NOW), reverse=True)
    days = [timezone.localdate(at).isoformat() for at in kept]
    assert days[:14] == [timezone.localdate(at).isoformat() for at in nightly(14)]
    assert days[14:] == [
        *["2026-11-15", "2026-11-08", "2026-11-01", "2026-10-31", "2026-10-25", "2026-10-18"],
        *["2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31"],
        *["2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31"],
    ]


@given(st.lists(moments, max_size=60), moments)
@example([], NOW)
def test_the_newest_stays_whatever_its_age_and_nothing_is_invented(every, now):
    kept = to_keep(every, now)
    assert kept <= set(every)
    past = [at for at in every if at <= now]
    assert not past or max(past) in kept
    assert {at for at in every if at > now} <= kept
    assert (
        len({timezone.localdate(at) for at in kept if at <= now - timedelta(days=2)}) <= KEPT_DAYS + KEPT_WEEKS + KEPT_MONTHS + 1
    )


@given(st.lists(moments, max_size=60), moments)
def test_a_second_look_at_the_same_moment_removes_nothing_more(every, now):
    kept = to_keep(every, now)
    assert to_keep(kept, now) == kept


@given(st.lists(moments, max_size=60), moments)
def test_each_day_of_the_last_fourteen_that_had_a_set_has_one_still(every, now):
    def days(some):
        today = timezone.localdate(now)
        return {timezone.localdate(at) for at in some if at <= now and (today - timezone.localdate(at)).days < KEPT_DAYS}

    assert days(to_keep(every, now)) == days(every)


@given(st.lists(moments, max_size=40), st.lists(st.integers(1, 40), max_size=8))
def test_looking_every_night_comes_to_the_same_as_looking_once(every, gaps):
    """What a night removes, no later night would have wanted: with sets of the past only, removing is never too early."""
    every = [at for at in every if at < NOW]
    little_by_little, at = set(every), NOW
    for gap in gaps:
        little_by_little, at = to_keep(little_by_little, at), at + timedelta(days=gap)
    assert to_keep(little_by_little, at) == to_keep(every, at)


def test_whatever_is_younger_than_two_days_is_kept_also_several_of_a_day():
    hours = [NOW - timedelta(hours=hour) for hour in range(72)]
    kept = to_keep(hours, NOW)
    assert {at for at in hours if at > NOW - timedelta(days=2)} <= kept
    assert len(kept) == 48 + 1
