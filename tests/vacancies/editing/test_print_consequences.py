"""What becomes of print is said before each step, of each advert: what readers hold, what is to come, what the print shop has."""

from datetime import date

import pytest

from tests.builders import a_break, a_term, a_vacancy, london
from vacancies.editing import print_consequences
from vacancies.models import Status, calendar

pytestmark = pytest.mark.django_db

THURSDAY, FRIDAY = london(2026, 4, 23, 10), london(2026, 4, 24, 10)
WEDNESDAY_AFTER = london(2026, 4, 29, 10)
PRINTED = "It was printed in the edition of 27 April 2026; that bulletin stays as it is."
OLD_TIME = "Anybody who reads it there will see the old closing time."
THREE = {"print_until": date(2026, 5, 11), "closes_at": london(2026, 5, 29, 12)}
WEB_ONLY = {"print_from": None, "print_until": None}
UNTOUCHED = "Nothing changes in print for this advert. Once it is approved, the copy is"


@pytest.fixture(autouse=True)
def summer():
    return a_term()


def said(says, at, **fields):
    return print_consequences.becomes(a_vacancy(**fields), says, calendar(), at)


@pytest.mark.parametrize(
    ("says", "before", "between"),
    [
        (
            print_consequences.one_more,
            "It is printed in the editions of 27 April 2026 to 18 May 2026.",
            f"{PRINTED} It is printed in the editions of 4 May 2026 to 18 May 2026.",
        ),
        (
            print_consequences.moved,
            "It is printed in the edition that you choose instead of the editions of 27 April 2026 to 11 May 2026.",
            f"{PRINTED} It is printed in the edition that you choose instead of the editions of 4 May 2026 to 11 May 2026.",
        ),
        (
            print_consequences.closes_late,
            "The new closing time is printed in the editions of 27 April 2026 to 11 May 2026.",
            f"{PRINTED} {OLD_TIME} The new closing time is printed in the editions of 4 May 2026 to 11 May 2026.",
        ),
        (
            print_consequences.closes_early,
            "It is left out of the editions of 27 April 2026 to 11 May 2026.",
            f"{PRINTED} {OLD_TIME} It is left out of the editions of 4 May 2026 to 11 May 2026.",
        ),
        (
            print_consequences.left_out,
            "It is left out of the editions of 27 April 2026 to 11 May 2026.",
            f"{PRINTED} It is left out of the editions of 4 May 2026 to 11 May 2026.",
        ),
        (
            print_consequences.untouched,
            f"{UNTOUCHED} printed in the first edition on or after its day.",
            f"{PRINTED} {UNTOUCHED} printed in the first edition on or after its day.",
        ),
    ],
)
def test_each_step_says_what_becomes_of_an_advert_of_three_weeks(says, before, between):
    assert (said(says, THURSDAY, **THREE), said(says, WEDNESDAY_AFTER, **THREE)) == (before, between)


@pytest.mark.parametrize(
    "says",
    [
        print_consequences.closes_late,
        print_consequences.closes_early,
        print_consequences.left_out,
        print_consequences.printed_again,
    ],
)
def test_an_advert_for_the_website_only_is_not_printed(says):
    assert said(says, THURSDAY, **WEB_ONLY) == "It is not printed."


def test_what_is_printed_for_the_first_time_is_said():
    assert said(print_consequences.moved, THURSDAY, **WEB_ONLY) == "It is printed in the edition that you choose."
    assert said(print_consequences.one_more, THURSDAY, **WEB_ONLY) == "It is printed in the edition of 27 April 2026."
    assert said(print_consequences.untouched, THURSDAY, **WEB_ONLY) == f"{UNTOUCHED} on the website only."


def test_a_bulletin_of_several_weeks_ago_stays_as_it_is():
    assert said(print_consequences.left_out, london(2026, 5, 6, 10), **THREE) == (
        "It was printed in the editions of 27 April 2026 to 4 May 2026; those bulletins stay as they are. "
        "It is left out of the edition of 11 May 2026."
    )


def test_a_break_is_not_printed_in():
    a_break(date(2026, 5, 4))
    assert (
        said(print_consequences.left_out, WEDNESDAY_AFTER, **THREE) == f"{PRINTED} It is left out of the edition of 11 May 2026."
    )


def test_what_cannot_run_again_is_not_promised():
    assert said(print_consequences.one_more, WEDNESDAY_AFTER, closes_at=london(2026, 5, 1, 12)) == (
        f"{PRINTED} It closes before the edition of 4 May 2026: extend it first."
    )
    assert said(print_consequences.one_more, london(2026, 7, 21, 10)) == f"{PRINTED} There is no edition after that."


def test_after_the_deadline_staff_are_told_that_the_print_shop_may_have_the_bulletin():
    assert said(print_consequences.left_out, FRIDAY) == (
        "It is left out of the edition of 27 April 2026. The usual copy deadline of the edition of 27 April 2026 has passed: "
        "if the print shop has its PDF, send the new one."
    )


def test_a_draft_was_never_printed_and_is_printed_only_once_it_is_approved():
    assert said(print_consequences.moved, FRIDAY, status=Status.DRAFT) == (
        "It is printed in the edition that you choose instead of the edition of 27 April 2026, once it is approved."
    )
    assert said(print_consequences.left_out, WEDNESDAY_AFTER, status=Status.DRAFT) == "It is not printed."


def test_a_withdrawn_advert_comes_back_into_the_editions_to_come():
    assert said(print_consequences.printed_again, WEDNESDAY_AFTER, status=Status.WITHDRAWN, **THREE) == (
        "What the edition of 27 April 2026 printed stays as it is. It is printed in the editions of 4 May 2026 to 11 May 2026."
    )


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        ({"status": Status.WITHDRAWN}, {}, "It is printed in the edition of 27 April 2026."),
        ({}, {"status": Status.WITHDRAWN}, "It is left out of the edition of 27 April 2026."),
        ({"print_until": date(2026, 5, 4)}, {}, "It is printed in the edition of 27 April 2026."),
        ({}, WEB_ONLY, "It is left out of the edition of 27 April 2026."),
        (WEB_ONLY, WEB_ONLY, "It is not printed."),
    ],
)
def test_an_undo_says_what_is_printed_afterwards(now, before, sentence):
    assert (
        said(print_consequences.undone(print_consequences.run(a_vacancy(**before), calendar(), THURSDAY)), THURSDAY, **now)
        == sentence
    )


def test_an_advert_that_closes_as_the_edition_comes_out_cannot_run_in_it():
    assert said(print_consequences.one_more, WEDNESDAY_AFTER, closes_at=london(2026, 5, 4)).endswith("extend it first.")
    assert said(print_consequences.one_more, WEDNESDAY_AFTER, closes_at=london(2026, 5, 4, 0, 1)) == (
        f"{PRINTED} It is printed in the edition of 4 May 2026."
    )


@pytest.mark.parametrize(("at", "is_late"), [(london(2026, 4, 1, 11, 59), False), (london(2026, 4, 1, 12), True)])
def test_a_bank_holiday_brings_the_deadline_forward(at, is_late):
    """Good Friday is no working day: the bulletin of 6 April closes on the Wednesday before."""
    a_term(date(2026, 1, 5), date(2026, 4, 10), "Spring term 2026")
    assert ("has passed" in said(print_consequences.left_out, at, publish_on=date(2026, 4, 6))) == is_late


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({}, THURSDAY, ""),
        ({}, WEDNESDAY_AFTER, f"{PRINTED} Changes reach the website only."),
        (THREE, WEDNESDAY_AFTER, f"{PRINTED} Changes reach the website and the editions of 4 May 2026 to 11 May 2026."),
        (WEB_ONLY, WEDNESDAY_AFTER, ""),
    ],
)
def test_whoever_opens_a_printed_advert_is_told_where_changes_still_reach(fields, at, sentence):
    assert print_consequences.kept(print_consequences.run(a_vacancy(**fields), calendar(), at)) == sentence
