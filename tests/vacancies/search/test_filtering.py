"""The search against a second, slower and simpler one: every combination must agree, counts included."""

import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import MONDAY, a_school, a_vacancy, an_authority, london
from vacancies.models import Subject
from vacancies.search.facets import NAMES, this_week
from vacancies.search.filtering import Criteria, Row, search
from vacancies.search.index import Index
from vacancies.search.live import LiveAdverts, row_of
from vacancies.search.places import miles_between
from vacancies.search.stemming import fold
from vacancies.search.words import clauses, tokens

from .usual import USUAL

HERE = (51.0, -2.0)
EXAMPLES = int(os.environ.get("GREENSHEETS_EXAMPLES", "40"))
VALUES = {
    "group": ["teaching", "support"],
    "authority": ["avonmere", "saltmere", "haverleigh"],
    "role": ["teacher", "senco"],
    "phase": ["primary", "secondary"],
    "subject": ["maths", "art"],
    "pattern": ["full_time", "part_time"],
    "contract": ["permanent"],
    "weeks": ["term_time", "term_time_only", "all_year"],
    "ect": ["1"],
    "new": ["1"],
    "closing": ["1"],
}
NOTHING: dict[str, frozenset[str]] = {facet: frozenset() for facet in VALUES}
TEXTS = ["Class Teacher. Fernhollow", "Site Manager. Castle Down", "Art Teacher. Castle Down", "Cook"]
WORDS = ["", "teacher", "cas", "art teach", "xyz"]


def text_of(row):
    return TEXTS[row.pk % len(TEXTS)]


def judged(all_rows, typed):
    wanted = clauses(tokens(typed), USUAL)
    return Index({row.pk: {"title": text_of(row)} for row in all_rows}).judge(wanted) if wanted else None


def some(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=len(values)).map(tuple)


@st.composite
def rows(draw):
    count = draw(st.integers(0, 12))
    return [
        Row(
            pk=number + 1,
            values={facet: draw(some(values)) for facet, values in VALUES.items()},
            publish_on=MONDAY + timedelta(days=draw(st.integers(0, 2))),
            closes_at=datetime(2026, 5, draw(st.integers(4, 6)), tzinfo=UTC),
            point=draw(st.sampled_from([None, HERE, (51.1, -2.0), (51.5, -2.0)])),
            postcode="",
            hours=draw(st.sampled_from([None, 10.0, 20.0, 30.0])),
            pay=draw(st.sampled_from([(0.0, 0.0), (0.0, 12.5), (18_000.0, 0.0), (25_000.0, 0.0)])),
        )
        for number in range(count)
    ]


SEARCHES = st.tuples(
    rows(),
    st.fixed_dictionaries({facet: some(values).map(frozenset) for facet, values in VALUES.items()}),
    st.sampled_from(WORDS),
    st.sampled_from([(), (HERE,), (HERE, (51.5, -2.0))]),
    st.sampled_from([None, 10]),
    st.sampled_from([None, (15, None), (None, 20), (17.5, 22.5)]),
    st.sampled_from([None, 18_000, 20_000]),
    st.sampled_from(["best", "newest", "closing", "nearest", "pay"]),
).map(lambda drawn: (drawn[0], Asked(*drawn[1:])))


class Asked(NamedTuple):
    chosen: dict
    typed: str
    points: tuple
    miles: int | None
    hours: tuple | None
    pay: int | None
    sort: str


def found_by(all_rows, asked):
    miles = asked.miles if asked.points else None
    return search(
        all_rows,
        Criteria(
            judged(all_rows, asked.typed), asked.chosen, asked.points, miles, hours=asked.hours, pay=asked.pay, sort=asked.sort
        ),
    )


def naive(all_rows, asked, but=None):
    """Row by row, in the plainest words; ``but`` names a thing asked for that is left out of account."""
    found = []
    for row in all_rows:
        words = fold(text_of(row)).split()
        has_words = all(any(word.startswith(begun) for word in words) for begun in asked.typed.split())
        here = [miles_between(point, row.point) for point in asked.points if row.point]
        is_near = not (asked.points and asked.miles) or (here and min(here) <= asked.miles)
        low, high = asked.hours or (None, None)
        has_hours = not asked.hours or (row.hours is not None and (low or 0) <= row.hours <= (high or 99))
        has_values = all(not values or facet == but or set(row.values[facet]) & values for facet, values in asked.chosen.items())
        met = {"words": has_words, "place": is_near, "hours": has_hours, "pay": row.pay[0] >= (asked.pay or 0)}
        if has_values and all(holds or thing == but for thing, holds in met.items()):
            found.append(row)
    return found


@given(SEARCHES)
@settings(max_examples=EXAMPLES)
def test_search_finds_what_a_plain_filter_finds(one):
    all_rows, asked = one
    assert sorted(row.pk for row in found_by(all_rows, asked).rows) == [row.pk for row in naive(all_rows, asked)]


@given(SEARCHES)
@settings(max_examples=EXAMPLES)
def test_a_count_is_what_the_list_would_have_if_only_that_facet_changed(one):
    all_rows, asked = one
    found = found_by(all_rows, asked)
    for facet in NAMES:
        expected = Counter(value for row in naive(all_rows, asked, but=facet) for value in row.values[facet])
        assert +found.counts[facet] == expected, facet


@given(SEARCHES)
@settings(max_examples=EXAMPLES)
def test_what_one_thing_alone_keeps_out_comes_in_without_it(one):
    all_rows, asked = one
    found = found_by(all_rows, asked)
    for thing in (*NAMES, "words", "place", "hours", "pay"):
        gained = len(naive(all_rows, asked, but=thing)) - len(found.rows)
        assert len(found.only_without[thing]) == gained, thing


@given(SEARCHES)
@settings(max_examples=EXAMPLES)
def test_an_empty_list_knows_what_each_thing_asked_for_would_find_alone(one):
    all_rows, asked = one
    nothing = Asked(NOTHING, "", (), None, None, None, "newest")
    parts = {facet: nothing._replace(chosen={**NOTHING, facet: values}) for facet, values in asked.chosen.items() if values}
    if asked.typed:
        parts["words"] = nothing._replace(typed=asked.typed)
    if asked.miles and asked.points:
        parts["place"] = nothing._replace(points=asked.points, miles=asked.miles)
    if asked.hours:
        parts["hours"] = nothing._replace(hours=asked.hours)
    if asked.pay:
        parts["pay"] = nothing._replace(pay=asked.pay)
    expected = {name: len(naive(all_rows, part)) for name, part in parts.items()}
    assert +found_by(all_rows, asked).alone == (+Counter(expected) if not naive(all_rows, asked) else Counter())


@given(SEARCHES)
@settings(max_examples=EXAMPLES)
def test_the_order_is_the_one_asked_for(one):
    all_rows, asked = one
    found = found_by(all_rows, asked)
    words = judged(all_rows, asked.typed)
    scores = words.scores if words else {}
    in_order = {
        "best": [(-scores.get(row.pk, 0), found.miles.get(row.pk, 0)) for row in found.rows],
        "newest": [(-row.publish_on.toordinal(), -row.pk) for row in found.rows],
        "closing": [(row.closes_at, row.pk) for row in found.rows],
        "nearest": [found.miles.get(row.pk, float("inf")) for row in found.rows],
        "pay": [(-row.pay[0], -row.pay[1], -row.publish_on.toordinal(), -row.pk) for row in found.rows],
    }[asked.sort]
    assert in_order == sorted(in_order)


def values_of(vacancy, at=None):
    return row_of(vacancy, this_week(at or london(2026, 4, 28))).values


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phase", "found_under"),
    [("primary", ("primary",)), ("middle", ("primary", "secondary")), ("all_through", ("primary", "secondary")), ("", ())],
)
def test_middle_and_all_through_schools_are_found_under_both_phases(phase, found_under):
    assert values_of(a_vacancy(school=a_school(phase=phase)))["phase"] == found_under


@pytest.mark.django_db
def test_choices_left_to_the_applicant_are_found_under_both():
    values = values_of(a_vacancy(working_pattern="either", contract="casual_or_permanent"))
    assert values["pattern"] == ("full_time", "part_time")
    assert values["contract"] == ("permanent", "casual")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("weeks", "found_under"),
    [
        ("", ()),
        ("all_year", ("all_year",)),
        ("term_time_only", ("term_time", "term_time_only")),
        ("term_time_plus_inset", ("term_time", "term_time_plus_inset")),
        ("term_time_plus", ("term_time", "term_time_plus")),
    ],
)
def test_term_time_only_is_told_from_some_weeks_more(weeks, found_under):
    assert values_of(a_vacancy(weeks=weeks))["weeks"] == found_under


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("published", "closes", "new", "closing"),
    [
        (MONDAY, london(2026, 5, 3, 23, 59), ("1",), ("1",)),
        (MONDAY, london(2026, 5, 4, 0), ("1",), ()),
        (date(2026, 4, 26), london(2026, 5, 3, 9), (), ("1",)),
    ],
)
def test_the_week_runs_from_monday_to_sunday(published, closes, new, closing):
    values = values_of(a_vacancy(publish_on=published, closes_at=closes), london(2026, 4, 29, 12))
    assert (values["new"], values["closing"]) == (new, closing)


@pytest.mark.django_db
def test_everything_that_names_a_post_can_be_searched_for():
    school = a_school("Hollin Bank", town="Wessmoor", trust="Three Rivers Trust", authority=an_authority("Haverleigh"))
    vacancy = a_vacancy("Cook", school=school, role="other-support", workplaces="Annexe", key_stages="KS2")
    vacancy.subjects.add(Subject.objects.create(name="Physics", slug="physics"))
    live = LiveAdverts(london(2026, 4, 28))
    phrases = [
        "cook",
        "hollin",
        "wessmoor",
        "three rivers",
        "haverleigh",
        "other support",
        "annexe",
        "ks2",
        "physics",
        "colleague",
    ]
    for words in [*phrases, vacancy.reference]:
        assert list(live.index.judge(clauses(tokens(words), USUAL)).scores) == [vacancy.pk], words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("paid", "sorted_by"),
    [
        ({"actual_pay_min": 18_000, "actual_pay_max": 19_500, "pay_min": 25_000}, (19_500, 0)),
        ({"actual_pay_min": 18_000}, (18_000, 0)),
        ({"pay_min": 32_000, "pay_max": 45_000}, (45_000, 0)),
        ({"pay_min": 25_000, "working_pattern": "part_time"}, (0, 0)),  # the full-time figure, which nobody in this post gets
        ({"pay_min": 12, "pay_max": 13, "pay_unit": "hour", "working_pattern": "casual"}, (0, 13)),
        ({"hourly_pay": 12.5, "working_pattern": "part_time"}, (0, 12.5)),
        ({}, (0, 0)),
    ],
)
def test_the_highest_pay_is_what_somebody_in_the_post_gets(paid, sorted_by):
    vacancy = a_vacancy(**paid)
    vacancy.refresh_from_db()
    assert row_of(vacancy, this_week(london(2026, 4, 28))).pay == sorted_by
