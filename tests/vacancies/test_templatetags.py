"""Facts that pages work out of an advert or a list while they are written."""

from datetime import date

import pytest
import time_machine
from django.http import QueryDict
from django.template import Context, Template

from tests.builders import a_school, london
from vacancies.models import Vacancy
from vacancies.public.facts import Fact, Line
from vacancies.search.forms import VacancyFilterForm
from vacancies.search.live import LiveAdverts
from vacancies.templatetags.vacancies import is_new, miles, page_url, sorted_url


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (0, "under a mile"),
        (0.94, "under a mile"),
        (0.96, "1 mile"),
        (1.04, "1 mile"),
        (1.06, "1.1 miles"),
        (2.0, "2 miles"),
        (2.349, "2.3 miles"),
        (9.94, "9.9 miles"),
        (9.96, "10 miles"),
        (10.4, "10 miles"),
        (13.6, "14 miles"),
        (100.2, "100 miles"),
    ],
)
def test_a_distance_is_as_exact_as_a_straight_line_deserves(distance, words):
    assert miles(distance) == words


def test_facts_are_listed_term_by_term_and_every_text_of_them_is_escaped():
    facts = [
        Fact("Pay", [Line("£20 <b>"), Line("an 'hour'")], "first"),
        Fact("T&Cs", [Line("Ask", 'https://x.example/?a="1"&b=2', "nofollow"), Line("or call", "tel:01")]),
    ]
    assert Template('{% load vacancies %}{% fact_list facts "two" %}').render(Context({"facts": facts})) == (
        '<dl class="facts two">\n'
        '<div class="first"><dt>Pay</dt><dd>£20 &lt;b&gt;</dd><dd>an &#x27;hour&#x27;</dd></div>\n'
        '<div><dt>T&amp;Cs</dt><dd><a href="https://x.example/?a=&quot;1&quot;&amp;b=2" rel="nofollow">Ask</a></dd>'
        '<dd><a href="tel:01">or call</a></dd></div>\n'
        "</dl>"
    )


@pytest.mark.parametrize("now", [london(2026, 4, 27), london(2026, 5, 3, 23, 59)])
@pytest.mark.parametrize(("published", "new"), [(date(2026, 4, 26), False), (date(2026, 4, 27), True), (date(2026, 5, 3), True)])
def test_a_post_is_new_in_the_week_in_which_it_appeared(now, published, new):
    with time_machine.travel(now, tick=False):
        assert is_new(Vacancy(publish_on=published)) == new


def results_of(query):
    return VacancyFilterForm(QueryDict(query)).apply(LiveAdverts(london(2026, 4, 28, 9)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "urls"),
    [
        (
            "q=cook",
            [
                "/vacancies/?q=cook",
                "/vacancies/?q=cook&sort=newest",
                "/vacancies/?q=cook&sort=closing",
                "/vacancies/?q=cook&sort=pay",
            ],
        ),
        (
            "role=senco&sort=closing",
            ["/vacancies/senco/", "/vacancies/?role=senco&sort=closing", "/vacancies/?role=senco&sort=pay"],
        ),
        (
            "where=ZZ99",
            [
                "/vacancies/?where=ZZ99&miles=10&sort=newest",
                "/vacancies/?where=ZZ99&miles=10&sort=closing",
                "/vacancies/?where=ZZ99&miles=10",
                "/vacancies/?where=ZZ99&miles=10&sort=pay",
            ],
        ),
    ],
)
def test_the_usual_order_of_a_list_is_not_said_in_its_address(asked, urls):
    a_school(latitude=51.0, longitude=-2.0)
    results = results_of(asked)
    assert [sorted_url(results, order) for order, _, _ in results.sorts()] == urls


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "url"), [("", "/vacancies/?page=2"), ("role=senco", "/vacancies/senco/?page=2"), ("q=a", "/vacancies/?q=a&page=2")]
)
def test_the_next_page_of_a_list_is_one_further_on(asked, url):
    assert page_url(results_of(asked), 1) == url
