import pytest
from django.db import connection

from greensheets_site.worker import index_statistics
from tests.builders import a_vacancy, london
from vacancies.models import Vacancy

MONDAY_NOON = london(2026, 4, 27, 12)


@pytest.mark.django_db
def test_sqlite_learns_which_index_finds_fewer_rows_and_postgresql_needs_no_telling():
    for minute in range(60):
        a_vacancy(closes_at=london(2026, 5, 1, 12, minute))
    soon = Vacancy.objects.live(MONDAY_NOON).closing_between(MONDAY_NOON, london(2026, 5, 1, 12, 5))
    before = soon.explain()
    found = index_statistics.analyze()
    if connection.vendor == "sqlite":
        assert found
        assert "vacancy_closes_at" not in before
        assert "vacancy_closes_at" in soon.explain()
    else:
        assert found == 0
