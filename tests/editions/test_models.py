"""Which editions are out, due and to come, which bulletins readers have and workers may take, and what they are called."""

from datetime import date, timedelta

import pytest

from editions import rules
from editions.building import bulletins
from editions.models import Bulletin, Edition, term_name
from tests.builders import MONDAY, a_term, an_edition, london

NOW = london(2026, 4, 23, 9)
SECOND = timedelta(seconds=1)
EARLIER, LATER = date(2026, 4, 20), date(2026, 5, 4)


def published(on: date) -> Edition:
    return an_edition(on, published_at=london(on.year, on.month, on.day, 7))


def a_bulletin(edition=None, **fields) -> Bulletin:
    edition = edition or an_edition()
    bulletins.plan(edition)
    edition.bulletins.filter(staff_group="teaching").update(**fields)
    return edition.bulletins.get(staff_group="teaching")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "due"),
    [
        (london(2026, 4, 20, 6, 59), []),
        (london(2026, 4, 20, 7), [EARLIER]),
        (london(2026, 4, 26, 23, 59), [EARLIER]),
        (london(2026, 4, 27, 0, 30), [EARLIER]),
        (london(2026, 4, 27, 7), [EARLIER, MONDAY]),
        (london(2026, 4, 28, 1), [EARLIER, MONDAY]),
    ],
)
def test_an_edition_is_due_from_seven_on_its_monday_until_it_is_published(at, due):
    published(date(2026, 4, 13))
    for on in (LATER, MONDAY, EARLIER):
        an_edition(on)

    assert [edition.on for edition in Edition.objects.due(at).order_by("on")] == due


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "coming"),
    [
        (london(2026, 4, 26, 23, 59), [MONDAY, LATER]),
        (london(2026, 4, 27, 23, 59), [MONDAY, LATER]),
        (london(2026, 4, 28, 0, 1), [LATER]),
    ],
)
def test_the_editions_of_today_and_later_are_to_come_the_next_one_first(at, coming):
    for on in (LATER, EARLIER, MONDAY):
        an_edition(on)

    assert [edition.on for edition in Edition.objects.coming(at)] == coming


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_published", "file", "is_public"),
    [(True, "bulletins/a.pdf", True), (True, "", False), (False, "bulletins/a.pdf", False)],
)
def test_a_bulletin_is_public_once_it_is_built_and_its_edition_published(is_published, file, is_public):
    bulletin = a_bulletin(published(MONDAY) if is_published else an_edition(MONDAY), file=file)

    assert bulletin.is_public == is_public
    assert list(Bulletin.objects.public()) == [bulletin] * is_public


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "is_free", "is_waiting"),
    [
        ({}, True, True),
        ({"claimed_at": NOW - rules.BUILD_LEASE + SECOND}, False, False),
        ({"claimed_at": NOW - rules.BUILD_LEASE}, True, True),
        ({"next_try_at": NOW + SECOND}, True, False),
        ({"next_try_at": NOW}, True, True),
    ],
    ids=["never claimed", "claimed", "its lease is over", "told to wait", "has waited"],
)
def test_a_bulletin_may_be_taken_unless_it_is_claimed_or_told_to_wait(fields, is_free, is_waiting):
    bulletin = a_bulletin(**fields)

    assert (bulletin in Bulletin.objects.free(NOW), bulletin in Bulletin.objects.waiting(NOW)) == (is_free, is_waiting)


@pytest.mark.django_db
def test_a_builder_that_lost_its_claim_can_neither_renew_nor_finish_it():
    bulletin = a_bulletin()
    overdue = NOW + rules.BUILD_LEASE
    assert [Bulletin.objects.claim(bulletin, at) for at in (NOW, NOW + SECOND, overdue)] == [True, False, True]

    assert not Bulletin.objects.renew(bulletin, NOW, overdue + SECOND, "Setting page 3")
    assert not Bulletin.objects.finish(bulletin, NOW, pages=3)
    bulletin.refresh_from_db()
    assert (bulletin.claimed_at, bulletin.progress, bulletin.pages) == (overdue, "Starting", 0)

    assert Bulletin.objects.renew(bulletin, overdue, overdue + SECOND, "Setting page 4")
    assert Bulletin.objects.finish(bulletin, overdue + SECOND, pages=4)
    bulletin.refresh_from_db()
    assert (bulletin.claimed_at, bulletin.progress, bulletin.pages) == (None, "", 4)
    assert list(Bulletin.objects.exclude(pages=0)) == [bulletin]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 13), "Summer term, as entered"),
        (date(2026, 7, 21), "Summer term, as entered"),
        (date(2026, 4, 12), "Summer term 2026"),
        (date(2026, 7, 22), "Summer term 2026"),
        (date(2019, 1, 7), "Spring term 2019"),
        (date(2019, 3, 25), "Spring term 2019"),
        (date(2019, 4, 1), "Summer term 2019"),
        (date(2019, 8, 26), "Summer term 2019"),
        (date(2019, 9, 2), "Autumn term 2019"),
        (date(2019, 12, 16), "Autumn term 2019"),
    ],
)
def test_a_day_belongs_to_the_term_that_was_entered_or_to_that_of_its_month(day, name):
    assert term_name(day, [a_term(name="Summer term, as entered")]) == name


@pytest.mark.django_db
def test_editions_and_bulletins_are_called_by_their_monday_and_the_latest_teaching_one_comes_first():
    for on, number in ((MONDAY, 1021), (LATER, 1022)):
        bulletins.plan(an_edition(on, number=number))

    assert [str(edition) for edition in Edition.objects.all()] == [
        "Issue 1022, Monday 4 May 2026",
        "Issue 1021, Monday 27 April 2026",
    ]
    assert [str(bulletin) for bulletin in Bulletin.objects.all()] == [
        "Teaching staff, 4 May 2026",
        "Support staff, 4 May 2026",
        "Teaching staff, 27 April 2026",
        "Support staff, 27 April 2026",
    ]
