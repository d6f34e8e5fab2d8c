"""The counts beside the filters of the list of adverts: as right as the lists that they stand for, in one query."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from greensheets_site.accounts import roles
from tests.builders import MONDAY, a_role, a_school, a_term, a_vacancy, an_authority, london
from tests.desk import staff
from vacancies.editing import review
from vacancies.models import Status

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(london(2026, 4, 23, 10), tick=False)]
LIST = reverse("admin:vacancies_vacancy_changelist")
IN_USE = [
    {},
    {"q": "cook"},
    {"state": "live"},
    {"state": "live", "closing": "week"},
    {"attention": "stops", "group": "support"},
    {"edition": MONDAY.isoformat(), "school__authority__id__exact": "{bramleigh}", "q": "teacher"},
    {"publish_on__year": "2026", "printed": "no"},
]


@pytest.fixture(autouse=True)
def adverts(client):
    client.force_login(staff(roles.EDITOR))
    a_term()
    bramleigh = an_authority("Bramleigh")
    past, cook = {"publish_on": date(2026, 4, 20)}, a_role("teaching-assistant")
    a_vacancy("Cook", role_type=cook, print_from=None, print_until=None)
    a_vacancy("Cook", role_type=cook, school=a_school(authority=bramleigh), closes_at=london(2026, 4, 27, 12), **past)
    a_vacancy("Teacher", school=a_school(authority=bramleigh), closes_at=None, status=Status.DRAFT)
    a_vacancy("Teacher", closes_at=london(2026, 4, 23, 12), **past)
    a_vacancy("Teacher", role_type=None, status=Status.DRAFT, publish_on=None, print_from=None, print_until=None)
    a_vacancy("Head Cook", role_type=cook, status=Status.WITHDRAWN)
    return bramleigh


def opened(client, query):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(LIST, query)
    return page.context["cl"], len(queries)


@pytest.mark.parametrize("query", IN_USE[::2], ids=str)
def test_every_choice_counts_the_rows_that_it_leads_to_whatever_is_in_use(client, adverts, query):
    query = {name: value.format(bramleigh=adverts.pk) for name, value in query.items()}
    opened(client, query)
    changelist, queries = opened(client, {**query, "_facets": "True"})
    counted = []
    for spec in changelist.filter_specs:
        for choice in list(spec.choices(changelist))[1:]:
            count = int(re.search(r"\((\d+)\)$", str(choice["display"]))[1])
            counted.append((spec.title, choice["display"], count))
            rows = client.get(LIST + choice["query_string"].replace("_facets=True", "")).context["cl"]
            assert rows.result_count == count, (spec.title, choice["display"])
    assert sum(count for *_, count in counted) > 3
    assert queries < 15


def test_django_itself_counts_the_same(client):
    for query in IN_USE[:5]:
        changelist, _ = opened(client, {**query, "_facets": "True"})
        ours = [spec.get_facet_queryset(changelist) for spec in changelist.filter_specs]
        theirs = [type(spec).get_facet_queryset(spec, changelist) for spec in changelist.filter_specs]
        assert ours == theirs


def test_adverts_are_reviewed_once_for_a_page(client, monkeypatch):
    seen = []
    monkeypatch.setattr(review, "review", lambda adverts, days: seen.append(adverts) or {})
    assert client.get(LIST, {"_facets": "True", "attention": "any", "state": "live"}).status_code == 200
    assert len(seen) == 1
