"""Which PDFs of published editions are there, and for which a reader may wait."""

from datetime import date

import pytest

from editions.building import bulletins
from editions.models import Edition
from editions.public.shelf import with_pdfs
from tests.builders import MONDAY, a_vacancy, an_edition, london

EARLIER, LONG_AGO = date(2026, 4, 20), date(2026, 3, 2)

pytestmark = pytest.mark.django_db


def published(on: date, *built: str, is_planned: bool = True) -> Edition:
    """With the PDFs of the staff groups that are named."""
    edition = an_edition(on, published_at=london(on.year, on.month, on.day, 7))
    if is_planned:
        bulletins.plan(edition)
    edition.bulletins.filter(staff_group__in=built).update(file="bulletins/a.pdf")
    return edition


def shelf() -> list[tuple[date, list[str], list[str]]]:
    """Of each edition its day, the PDFs that are there, and those that are awaited."""
    return [
        (edition.on, [pdf.staff_group for pdf in edition.pdfs], [bulletin.staff_group for bulletin in edition.awaited])
        for edition in with_pdfs(Edition.objects.published())
    ]


def test_a_reader_may_wait_for_what_has_adverts_and_no_pdf():
    a_vacancy(print_from=EARLIER)
    a_vacancy(role="midday-supervisor", print_from=EARLIER, print_until=EARLIER)
    published(MONDAY)
    published(EARLIER, "teaching")
    published(LONG_AGO, "teaching", "support")

    assert shelf() == [
        (MONDAY, [], ["teaching"]),
        (EARLIER, ["teaching"], ["support"]),
        (LONG_AGO, ["teaching", "support"], []),
    ]


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "withdrawn"}, {"print_from": None, "print_until": None}])
def test_nobody_waits_for_what_will_not_be_made(fields):
    a_vacancy(**fields)
    a_vacancy(role="midday-supervisor", publish_on=EARLIER)
    a_vacancy(publish_on=date(2026, 5, 4))
    published(MONDAY)
    published(EARLIER, is_planned=False)
    published(LONG_AGO, "support")

    assert shelf() == [(MONDAY, [], []), (EARLIER, [], []), (LONG_AGO, ["support"], [])]


@pytest.mark.parametrize(("built", "queries"), [(("teaching", "support"), 2), (("teaching",), 3), ((), 3)])
@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_few_queries_whatever_is_missing(built, queries, number, django_assert_num_queries):
    a_vacancy()
    for day in (MONDAY, EARLIER, LONG_AGO)[:number]:
        published(day, *built)

    with django_assert_num_queries(queries):
        assert len(shelf()) == number


def test_of_no_editions_there_are_none(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert shelf() == []
