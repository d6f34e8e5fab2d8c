"""Any query string at all gives a good page, or a 400 that explains, after few and short queries.

``GREENSHEETS_EXAMPLES=5000`` tries that many of each kind of address.
"""

import json
import os
import re
from urllib.parse import quote_from_bytes, urlencode
from xml.etree import ElementTree

import html5lib
import pytest
import time_machine
from django.db import connection, reset_queries
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.builders import a_school, a_vacancy, an_authority, london
from vacancies.models import Subject
from vacancies.search.forms import FIELDS, VacancyFilterForm

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("GREENSHEETS_EXAMPLES", "40"))
MOST_QUERIES = 12
LONGEST_QUERY = 6000  # characters of SQL with its values; twenty adverts by key are about 3,500


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        yield


@pytest.fixture
def adverts():
    here = a_school(authority=an_authority("Saltmere"), latitude=51.0, longitude=-2.0)
    there = a_school("St Aldwyn's", authority=an_authority("Haverleigh"), phase="all_through", postcode="", town="")
    a_vacancy("Class Teacher", school=here).subjects.add(Subject.objects.create(name="Art", slug="art"))
    return a_vacancy(
        "Teaching Assistant", school=there, role="teaching-assistant", working_pattern="part_time", weeks="term_time_only"
    )


NAMES = st.one_of(st.sampled_from([*FIELDS, "page"]), st.sampled_from(["x", "", "q[]", "page[]", "csrfmiddlewaretoken"]))
KNOWN = ["1", "saltmere", "haverleigh", "teacher", "teaching-assistant", "primary", "art", "part_time", "nearest", "closing"]
ODD = ["\0", "'", '"', "%", "\\", "<b>", "a" * 10_000, "é" * 3000, "-1", "0", "1e9", "٣", "99999999999", "GS10427", "gs 99999"]
PLACES = ["ZZ99 1AA", "ZZ99", "SW1A 1AA", "fernhollow", "Saltmere", "part time TA", "teachers in saltmere", "\u202e", "\t\r\n"]
VALUES = st.one_of(st.sampled_from(KNOWN), st.sampled_from(ODD), st.sampled_from(PLACES), st.text(max_size=30))
PARAMETERS = st.lists(st.tuples(NAMES, VALUES), max_size=10)
# Spelt by hand: repeated a hundred times over, bytes that are no UTF-8, lone signs.
RAW = st.one_of(
    st.binary(max_size=60).map(quote_from_bytes),
    st.text(alphabet="&=%;+?#q[]0f", max_size=60).map(lambda text: text.replace("#", "")),
    st.tuples(NAMES, VALUES, st.integers(2, 300)).map(lambda one: "&".join([urlencode([one[:2]])] * one[2])),
)
QUERIES = st.one_of(PARAMETERS.map(urlencode), RAW)


def answer(client, path, query, allowed=frozenset({200, 302})):
    """The response, which is neither an error nor the work of many or long queries."""
    reset_queries()  # or the log of a long run overflows
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"{path}?{query}")
    assert response.status_code in allowed, query
    assert len(queries) <= MOST_QUERIES, query
    assert max((len(one["sql"]) for one in queries), default=0) <= LONGEST_QUERY, query
    return response


fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.target],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@fuzzed
@given(query=QUERIES)
def test_the_list_is_a_valid_page(client, adverts, query):
    response = answer(client, "/vacancies/", query)
    if response.status_code == 200:
        html5lib.HTMLParser(strict=True).parse(response.content.decode())


@fuzzed
@given(query=QUERIES)
def test_the_feed_is_well_formed(client, adverts, query):
    ElementTree.fromstring(answer(client, "/vacancies/feed/", query).content)  # noqa: S314  our own answer


@fuzzed
@given(query=QUERIES)
def test_the_json_document_is_json(client, adverts, query):
    """Or says in JSON what is wrong: a place that is not known."""
    response = answer(client, "/vacancies.json", query, allowed={200, 400})
    document = json.loads(response.content)
    assert document["error"] if response.status_code == 400 else document["numberOfItems"] >= 0


@fuzzed
@given(query=QUERIES)
def test_an_advert_opened_from_any_list_is_a_valid_page(client, adverts, query):
    response = answer(client, adverts.get_absolute_url(), query)
    html5lib.HTMLParser(strict=True).parse(response.content.decode())


def test_a_filter_takes_forty_values_and_no_more():
    """Each of them stands in the address of every link of the page."""
    query = QueryDict("&".join(f"subject=s{number}" for number in range(41)))
    assert VacancyFilterForm(query).apply().asked.unknown == [f"s{number}" for number in range(40)]


def test_a_page_offers_these_distances_and_takes_no_other(client, adverts):
    asked = "?where=Fernhollow"
    offered = re.findall(r'<option value="(\d+)"', client.get(f"/vacancies/{asked}").text)
    assert offered == ["1", "3", "5", "10", "15", "20", "30"]
    found = [
        VacancyFilterForm(QueryDict(f"where=Fernhollow&miles={miles}")).apply().asked.miles for miles in ("30", "40", "2", "")
    ]
    assert found == [30, 10, 10, 10]


@pytest.mark.parametrize("path", ["/vacancies/", "/vacancies/feed/", "/vacancies.json"])
def test_more_parameters_than_anybody_means_are_refused_in_words(client, path):
    client.raise_request_exception = False
    response = client.get(path + "?" + "&".join(f"x={number}" for number in range(1500)))
    assert response.status_code == 400
    assert "We could not read that address" in response.content.decode()
