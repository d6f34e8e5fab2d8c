"""How many pages the adverts will fill, told at the desk before anything is set."""

import pytest

from editions.building import bulletins, estimating
from editions.building.estimating import Estimate
from editions.models import Bulletin, Measured
from editions.press.packing import MM
from tests.builders import MONDAY, a_role, a_vacancy, an_edition, london

NOW = london(2026, 4, 24, 9)


def a_bulletin() -> Bulletin:
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    return edition.bulletins.select_related("edition").get(staff_group="teaching")


@pytest.mark.parametrize(
    ("estimate", "sentence"),
    [
        (Estimate(0, 0, 0, 0), "No adverts yet"),
        (Estimate(120, 23.42, 1.16, 0), "23.4 pages; 1.2 columns free"),
        (Estimate(120, 23.42, 1.16, 3), "About 23.4 pages; 1.2 columns free"),
        (Estimate(2, 1.0, 1.02, 0), "1.0 page; 1.0 column free"),
    ],
)
def test_an_estimate_says_pages_and_columns_and_whether_it_is_a_guess(estimate, sentence):
    assert str(estimate) == sentence


@pytest.mark.django_db
def test_a_bulletin_without_adverts_has_no_pages():
    assert estimating.estimate(a_bulletin()) == Estimate(0, 0, 0, 0)


@pytest.mark.django_db
def test_adverts_that_were_measured_are_told_exactly_and_those_that_were_not_are_counted_as_guessed(press):
    a_vacancy("Class Teacher")
    bulletin = a_bulletin()
    bulletins.build(bulletin.edition, "teaching", NOW)

    exact = estimating.estimate(bulletin)
    a_vacancy("Cover Teacher")
    guess = estimating.estimate(bulletin)

    headings = estimating.AUTHORITY + estimating.GROUP + 2 * 2 * MM
    assert exact.pages == pytest.approx((headings + 250) / estimating.COVER_COLUMN / 2)
    assert exact.columns_free == pytest.approx(2 - 2 * exact.pages)
    assert (exact.guessed, guess.guessed, guess.adverts, guess.pages > exact.pages) == (0, 1, 2, True)


@pytest.mark.django_db
def test_a_longer_text_is_guessed_to_take_more_room():
    bulletin = a_bulletin()
    vacancy = a_vacancy(body="<p>Short.</p>")
    short = estimating.estimate(bulletin).pages
    vacancy.body = "<p>This paragraph says a little more.</p>" * 30
    vacancy.save()

    assert estimating.estimate(bulletin).pages > short + 0.2


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_an_estimate_takes_a_constant_number_of_queries_and_measures_nothing(number, django_assert_num_queries):
    bulletin = a_bulletin()
    for place in range(number):
        a_vacancy(f"Teacher {place}", role=a_role("teacher"))

    with django_assert_num_queries(3):
        estimating.estimate(bulletin)
    assert not Measured.objects.exists()


@pytest.mark.django_db
def test_the_room_that_is_left_reaches_to_the_end_of_the_last_page():
    bulletin = a_bulletin()
    a_vacancy(body=f"<p>{'Nine words that stand for a very long advert. ' * 160}</p>")

    estimate = estimating.estimate(bulletin)

    assert 1 < estimate.pages < 2
    assert estimate.columns_free == pytest.approx(4 - 2 * estimate.pages)
