from datetime import date

import pytest
import time_machine

from tests.builders import MONDAY, a_break, a_term, a_vacancy, london
from vacancies.editing import booking
from vacancies.editing.booking import CannotBook
from vacancies.models import Status, Subject, Vacancy, calendar

pytestmark = pytest.mark.django_db

THURSDAY = london(2026, 4, 23, 10)
WEDNESDAY_AFTER = london(2026, 4, 29, 10)


def days_of(vacancy):
    vacancy.refresh_from_db()
    return vacancy.publish_on, vacancy.print_from, vacancy.print_until


@pytest.fixture(autouse=True)
def summer():
    return a_term()


def test_a_break_moves_an_advert_of_one_week_to_the_next_edition():
    advert = a_vacancy(publish_on=date(2026, 5, 25), closes_at=london(2026, 6, 9, 12))
    a_break()
    assert booking.move_out_of_break([advert], date(2026, 5, 25), calendar()) == []
    assert days_of(advert) == (date(2026, 6, 1),) * 3


def test_a_break_in_the_middle_of_a_run_adds_a_week_at_its_end():
    advert = a_vacancy(publish_on=date(2026, 5, 18), print_until=date(2026, 6, 1), closes_at=london(2026, 6, 30, 12))
    a_break()
    booking.move_out_of_break([advert], date(2026, 5, 25), calendar())
    assert days_of(advert) == (date(2026, 5, 18), date(2026, 5, 18), date(2026, 6, 8))


def test_an_advert_that_closes_before_the_next_edition_is_left_and_named():
    advert = a_vacancy(publish_on=date(2026, 5, 25), closes_at=london(2026, 5, 29, 12))
    a_break()
    assert booking.move_out_of_break([advert], date(2026, 5, 25), calendar()) == [advert]
    assert days_of(advert) == (date(2026, 5, 25),) * 3


def test_without_a_later_term_a_break_moves_nothing():
    with pytest.raises(CannotBook, match="add the next term first"):
        booking.move_out_of_break([], date(2026, 7, 20), calendar())


def test_moving_an_upcoming_advert_moves_its_day_on_the_web_too():
    advert = a_vacancy(publish_on=date(2099, 5, 4), closes_at=london(2099, 6, 9, 12))
    booking.move_to(advert, date(2026, 5, 11), calendar())
    assert days_of(advert) == (date(2026, 5, 11),) * 3


def test_an_advert_moves_only_to_an_edition_before_it_closes():
    advert = a_vacancy()
    with pytest.raises(CannotBook, match="Tuesday 28 April 2026 has no edition"):
        booking.move_to(advert, date(2026, 4, 28), calendar())
    with pytest.raises(CannotBook, match="closes before Monday 18 May 2026"):
        booking.move_to(advert, date(2026, 5, 18), calendar())
    assert days_of(advert) == (MONDAY,) * 3


def test_running_again_prints_one_edition_more_under_the_same_reference():
    advert = a_vacancy()
    assert booking.run_again(advert, calendar(), WEDNESDAY_AFTER) == date(2026, 5, 4)
    assert days_of(advert) == (MONDAY, MONDAY, date(2026, 5, 4))


def test_running_again_after_a_pause_claims_no_edition_in_between():
    advert = a_vacancy(closes_at=london(2026, 6, 9, 12))
    booking.run_again(advert, calendar(), london(2026, 5, 13, 9))
    assert days_of(advert) == (MONDAY, date(2026, 5, 18), date(2026, 5, 18))


def test_running_again_skips_a_break():
    a_break(date(2026, 5, 4))
    advert = a_vacancy()
    booking.run_again(advert, calendar(), WEDNESDAY_AFTER)
    assert days_of(advert) == (MONDAY, MONDAY, date(2026, 5, 11))


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({"status": Status.WITHDRAWN}, WEDNESDAY_AFTER, "is not approved"),
        ({"closes_at": london(2026, 5, 3, 12)}, WEDNESDAY_AFTER, "closes before Monday 4 May 2026"),
        ({}, london(2026, 7, 20, 12), "add the next term first"),
    ],
)
def test_what_cannot_run_again_says_why(fields, at, sentence):
    with pytest.raises(CannotBook, match=sentence):
        booking.run_again(a_vacancy(**fields), calendar(), at)


def test_extending_takes_a_later_closing_time_only():
    advert = a_vacancy()
    booking.extend(advert, london(2026, 5, 19, 12), THURSDAY)
    advert.refresh_from_db()
    assert advert.closes_at == london(2026, 5, 19, 12)
    with pytest.raises(CannotBook, match="Choose a later time"):
        booking.extend(advert, london(2026, 5, 18, 12), THURSDAY)
    with pytest.raises(CannotBook, match="in the future"):
        booking.extend(advert, THURSDAY, THURSDAY)


def test_the_closing_time_that_an_advert_has_already_is_no_extension_and_a_minute_more_is():
    advert = a_vacancy(closes_at=london(2026, 5, 12, 12))
    with pytest.raises(CannotBook, match="Choose a later time"):
        booking.extend(advert, london(2026, 5, 12, 12), THURSDAY)
    booking.extend(advert, london(2026, 5, 12, 12, 1), THURSDAY)
    advert.refresh_from_db()
    assert advert.closes_at == london(2026, 5, 12, 12, 1)


MIDNIGHT = london(2026, 5, 4)
a_minute_on = pytest.mark.parametrize(("closes_at", "is_booked"), [(MIDNIGHT, False), (london(2026, 5, 4, 0, 1), True)])


@a_minute_on
def test_an_advert_is_moved_only_to_an_edition_that_comes_out_before_it_closes(closes_at, is_booked):
    advert = a_vacancy(closes_at=closes_at)
    if is_booked:
        booking.move_to(advert, date(2026, 5, 4), calendar())
    else:
        with pytest.raises(CannotBook, match="closes before Monday 4 May 2026"):
            booking.move_to(advert, date(2026, 5, 4), calendar())
    assert days_of(advert)[1] == (date(2026, 5, 4) if is_booked else MONDAY)


@a_minute_on
def test_an_advert_runs_again_only_in_an_edition_that_comes_out_before_it_closes(closes_at, is_booked):
    advert = a_vacancy(closes_at=closes_at)
    if is_booked:
        booking.run_again(advert, calendar(), WEDNESDAY_AFTER)
    else:
        with pytest.raises(CannotBook, match="closes before Monday 4 May 2026"):
            booking.run_again(advert, calendar(), WEDNESDAY_AFTER)
    assert days_of(advert)[2] == (date(2026, 5, 4) if is_booked else MONDAY)


@pytest.mark.parametrize(("closes_at", "is_moved"), [(london(2026, 6, 1), False), (london(2026, 6, 1, 0, 1), True)])
def test_a_break_moves_only_what_closes_after_the_next_edition_has_come_out(closes_at, is_moved):
    advert = a_vacancy(publish_on=date(2026, 5, 25), closes_at=closes_at)
    a_break()
    assert booking.move_out_of_break([advert], date(2026, 5, 25), calendar()) == ([] if is_moved else [advert])
    assert days_of(advert) == (date(2026, 6, 1) if is_moved else date(2026, 5, 25),) * 3


def test_a_live_advert_that_is_moved_stays_on_the_website():
    with time_machine.travel(WEDNESDAY_AFTER, tick=False):
        advert = a_vacancy()
        booking.move_to(advert, date(2026, 5, 11), calendar())
    assert days_of(advert) == (MONDAY, date(2026, 5, 11), date(2026, 5, 11))


def test_ending_early_closes_now_and_leaves_coming_editions():
    advert = a_vacancy(print_until=date(2026, 5, 11))
    booking.end_early(advert, WEDNESDAY_AFTER)
    assert days_of(advert) == (MONDAY, MONDAY, MONDAY)
    assert advert.is_closed(WEDNESDAY_AFTER)
    with pytest.raises(CannotBook, match="is not live"):
        booking.end_early(advert, WEDNESDAY_AFTER)


def test_withdrawing_happens_once():
    advert = a_vacancy()
    booking.withdraw(advert)
    assert not Vacancy.objects.live(WEDNESDAY_AFTER).exists()
    with pytest.raises(CannotBook, match="already been withdrawn"):
        booking.withdraw(advert)


def test_a_copy_keeps_the_words_and_asks_for_the_dates_again():
    advert = a_vacancy("Head of Mathematics", interview="21 May", starts_on=date(2026, 9, 1))
    advert.subjects.add(Subject.objects.create(name="Mathematics", slug="mathematics"))
    twin = booking.copy(advert)
    assert (twin.title, twin.school, twin.body, twin.status) == (advert.title, advert.school, advert.body, Status.DRAFT)
    assert (twin.publish_on, twin.print_from, twin.closes_at, twin.starts_on, twin.interview) == (None, None, None, None, "")
    assert [subject.name for subject in twin.subjects.all()] == ["Mathematics"]
    assert days_of(advert) == (MONDAY,) * 3
    assert twin.pk != advert.pk


def test_each_change_has_an_entry_in_the_history():
    advert = a_vacancy()
    booking.run_again(advert, calendar(), WEDNESDAY_AFTER)
    booking.end_early(advert, WEDNESDAY_AFTER)
    booking.withdraw(advert)
    assert advert.history.count() == 4
