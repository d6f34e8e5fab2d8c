"""The line on an advert's page that says in which edition it was printed, and on which page."""

from datetime import date

import pytest
import time_machine
from django.template import Context, Template

from editions.building import bulletins
from editions.models import Bulletin
from tests.builders import MONDAY, a_vacancy, an_edition, london
from vacancies.search import live
from web import remembered

pytestmark = pytest.mark.django_db

LATER = date(2026, 5, 4)
TYPED = london(2026, 4, 22, 10)
WHILE_LIVE = london(2026, 5, 5, 9)
WHEN_CLOSED = london(2026, 5, 20, 9)  # Adverts of the builder close on 12 May.
LINE = Template("{% load editions %}{% printed_in vacancy %}")


def typed(at=TYPED, **fields):
    """An advert that was entered at a moment of its own, not at that of the test."""
    with time_machine.travel(at, tick=False):
        return a_vacancy(**fields)


def a_bulletin(on, page_of, staff_group="teaching", is_published=True, file="bulletins/a.pdf") -> Bulletin:
    edition = an_edition(on, published_at=london(on.year, on.month, on.day, 7) if is_published else None)
    bulletins.plan(edition)
    edition.bulletins.filter(staff_group=staff_group).update(file=file, page_of=page_of)
    return edition.bulletins.get(staff_group=staff_group)


def line(vacancy, at=WHILE_LIVE) -> str:
    with time_machine.travel(at, tick=False):
        return LINE.render(Context({"vacancy": vacancy})).strip()


def link(vacancy, on, day, page, staff_group="teaching") -> str:
    return (
        f'<p class="small no-print"><a href="/editions/{on}/{staff_group}.pdf#nameddest={vacancy.reference}">'
        f"Also printed in the edition of {day}, page {page}</a></p>"
    )


both_live_and_closed = pytest.mark.parametrize("at", [WHILE_LIVE, WHEN_CLOSED], ids=["live", "closed"])


@both_live_and_closed
def test_the_page_of_an_advert_live_or_closed_names_its_bulletin_and_opens_it_at_the_advert(at):
    vacancy = typed()
    a_bulletin(MONDAY, {"GS1": 2, vacancy.reference: 6})

    assert line(vacancy, at) == link(vacancy, "2026-04-27", "27 April 2026", 6)


@both_live_and_closed
@pytest.mark.parametrize("dates", [(MONDAY, LATER), (LATER, MONDAY)], ids=["in order", "the later edition entered first"])
def test_of_two_bulletins_that_print_an_advert_the_latest_is_named_with_its_own_page(dates, at):
    vacancy = typed(print_until=LATER)
    for on in dates:
        a_bulletin(on, {vacancy.reference: on.month})

    assert line(vacancy, at) == link(vacancy, "2026-05-04", "4 May 2026", 5)


@both_live_and_closed
@pytest.mark.parametrize(
    "newer",
    [{"is_published": False}, {"file": ""}, {"page_of": {"GS1": 9}}, {"page_of": {}}],
    ids=["not published", "not built", "prints others", "prints none"],
)
def test_a_later_bulletin_that_no_reader_has_or_that_does_not_print_the_advert_is_not_named(newer, at):
    vacancy = typed(print_until=LATER)
    a_bulletin(MONDAY, {vacancy.reference: 6})
    a_bulletin(LATER, **{"page_of": {vacancy.reference: 9}, **newer})

    assert line(vacancy, at) == link(vacancy, "2026-04-27", "27 April 2026", 6)


@both_live_and_closed
@pytest.mark.parametrize(
    "only",
    [{"is_published": False}, {"file": ""}, {"page_of": {"GS1": 9}}],
    ids=["not published", "not built", "prints others"],
)
def test_an_advert_that_no_public_bulletin_prints_has_no_such_line(only, at):
    vacancy = typed()
    a_bulletin(MONDAY, **{"page_of": {vacancy.reference: 6}, **only})

    assert line(vacancy, at) == ""


@both_live_and_closed
def test_an_advert_for_the_website_only_names_none_beside_adverts_that_are_printed(at):
    printed, website_only = typed(), typed(title="Cover Teacher", print_from=None, print_until=None)
    a_bulletin(MONDAY, {printed.reference: 1})

    assert line(website_only, at) == ""
    assert line(printed, at) == link(printed, "2026-04-27", "27 April 2026", 1)


@both_live_and_closed
def test_an_advert_that_was_moved_to_a_later_date_still_names_the_bulletin_that_printed_it_before(at):
    vacancy = typed(publish_on=LATER)
    a_bulletin(MONDAY, {vacancy.reference: 6})

    assert line(vacancy, at) == link(vacancy, "2026-04-27", "27 April 2026", 6)


def test_an_advert_that_came_into_its_bulletin_by_a_correction_and_was_moved_since_still_names_it():
    vacancy = typed(london(2026, 4, 29, 10), publish_on=LATER, print_from=LATER, print_until=LATER)
    a_bulletin(MONDAY, {vacancy.reference: 6})

    assert line(vacancy) == link(vacancy, "2026-04-27", "27 April 2026", 6)


@pytest.mark.parametrize(
    "days",
    [{"publish_on": MONDAY, "print_from": LATER}, {"publish_on": LATER, "print_from": MONDAY}],
    ids=["on the website first", "in print first"],
)
def test_an_advert_that_was_entered_late_names_the_bulletin_of_its_first_day(days):
    vacancy = typed(WHILE_LIVE, print_until=LATER, **days)
    a_bulletin(MONDAY, {vacancy.reference: 6})

    assert line(vacancy) == link(vacancy, "2026-04-27", "27 April 2026", 6)


def test_each_advert_of_an_edition_names_the_bulletin_of_its_own_staff_group():
    teacher, cook = typed(), typed(title="Cook", role="midday-supervisor")
    edition = a_bulletin(MONDAY, {teacher.reference: 3}).edition
    edition.bulletins.filter(staff_group="support").update(file="bulletins/b.pdf", page_of={cook.reference: 2})

    assert [line(teacher), line(cook)] == [
        link(teacher, "2026-04-27", "27 April 2026", 3),
        link(cook, "2026-04-27", "27 April 2026", 2, "support"),
    ]


@both_live_and_closed
def test_the_line_stands_on_the_page_of_a_live_and_of_a_closed_advert(client, at):
    vacancy = typed()
    a_bulletin(MONDAY, {vacancy.reference: 6})

    with time_machine.travel(at, tick=False):
        page = client.get(vacancy.get_absolute_url()).content.decode()

    assert link(vacancy, "2026-04-27", "27 April 2026", 6) in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_bulletins_of_all_adverts_on_a_page_are_looked_up_once(number, django_assert_num_queries):
    adverts = [typed(title=f"Teacher {place}") for place in range(number)]
    a_bulletin(MONDAY, {advert.reference: 1 for advert in adverts})

    with time_machine.travel(WHILE_LIVE, tick=False), remembered.for_one_page():
        live.live_adverts()
        with django_assert_num_queries(1):
            lines = [LINE.render(Context({"vacancy": advert})).strip() for advert in adverts]

    assert lines == [link(advert, "2026-04-27", "27 April 2026", 1) for advert in adverts]
