"""The search against a second, slower and simpler one: every combination must agree, counts included."""

import os
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import MONDAY, a_school, a_vacancy, an_authority, london
from vacancies.models import Subject
from vacancies.search.facets import NAMES, this_week
from vacancies.search.filtering import Criteria, Row, search
from vacancies.search.live import LiveAdverts, row_of
from vacancies.search.places import miles_between
from vacancies.search.words import fold, terms

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
    "term_time": ["1"],
    "new": ["1"],
    "closing": ["1"],
}
NOTHING: dict[str, frozenset[str]] = {facet: frozenset() for facet in VALUES}
TEXTS = ["Class Teacher. Fernhollow", "Site Manager. Castle Down", "Art Teacher. Castle Down", "Cook"]


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
            text=draw(st.sampled_from(TEXTS)),
        )
        for number in range(count)
    ]


criteria = st.builds(
    Criteria,
    wanted=st.sampled_from(["", "teacher", "cas", "art teach", "xyz"]).map(terms),
    chosen=st.fixed_dictionaries({facet: some(values).map(frozenset) for facet, values in VALUES.items()}),
    point=st.sampled_from([None, HERE]),
    miles=st.none(),
    sort=st.sampled_from(["newest", "closing", "nearest"]),
).flatmap(lambda one: st.sampled_from([one, *([Criteria(**{**vars(one), "miles": 10})] if one.point else [])]))


def naive(all_rows, asked, but=None):
    """Row by row, in the plainest words; ``but`` names a facet that is left out of account."""
    found = []
    for row in all_rows:
        words = fold(row.text).split()
        has_words = all(any(word.startswith(begun.strip()) for word in words) for [[begun]] in asked.wanted)
        is_near = asked.miles is None or (row.point and miles_between(asked.point, row.point) <= asked.miles)
        has_values = all(not values or facet == but or set(row.values[facet]) & values for facet, values in asked.chosen.items())
        if has_words and is_near and has_values:
            found.append(row)
    return found


@given(rows(), criteria)
@settings(max_examples=EXAMPLES)
def test_search_finds_what_a_plain_filter_finds(all_rows, asked):
    assert sorted(row.pk for row in search(all_rows, asked).rows) == [row.pk for row in naive(all_rows, asked)]


@given(rows(), criteria)
@settings(max_examples=EXAMPLES)
def test_a_count_is_what_the_list_would_have_if_only_that_facet_changed(all_rows, asked):
    found = search(all_rows, asked)
    for facet in NAMES:
        expected = Counter(value for row in naive(all_rows, asked, but=facet) for value in row.values[facet])
        assert +found.counts[facet] == expected, facet


@given(rows(), criteria)
@settings(max_examples=EXAMPLES)
def test_what_one_thing_alone_keeps_out_comes_in_without_it(all_rows, asked):
    found = search(all_rows, asked)
    for facet in NAMES:
        gained = len(naive(all_rows, asked, but=facet)) - len(found.rows)
        assert len(found.only_without[facet]) == gained


@given(rows(), criteria)
@settings(max_examples=EXAMPLES)
def test_an_empty_list_knows_what_each_thing_asked_for_would_find_alone(all_rows, asked):
    alone = search(all_rows, asked).alone
    parts = {facet: Criteria(chosen={**NOTHING, facet: values}) for facet, values in asked.chosen.items() if values}
    if asked.wanted:
        parts["words"] = Criteria(wanted=asked.wanted, chosen=NOTHING)
    if asked.miles:
        parts["place"] = Criteria(chosen=NOTHING, point=asked.point, miles=asked.miles)
    expected = {name: len(naive(all_rows, part)) for name, part in parts.items()}
    assert +alone == (+Counter(expected) if not naive(all_rows, asked) else Counter())


@given(rows(), criteria)
@settings(max_examples=EXAMPLES)
def test_the_order_is_the_one_asked_for(all_rows, asked):
    found = search(all_rows, asked)
    in_order = {
        "newest": [(-row.publish_on.toordinal(), -row.pk) for row in found.rows],
        "closing": [(row.closes_at, row.pk) for row in found.rows],
        "nearest": [found.miles.get(row.pk, float("inf")) for row in found.rows],
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
    ("weeks", "term_time"),
    [("", ()), ("all_year", ()), ("term_time_only", ("1",)), ("term_time_plus_inset", ("1",)), ("term_time_plus", ("1",))],
)
def test_term_time(weeks, term_time):
    assert values_of(a_vacancy(weeks=weeks))["term_time"] == term_time


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
    [row] = LiveAdverts(london(2026, 4, 28)).rows
    for words in ["cook", "hollin", "wessmoor", "three rivers", "haverleigh", "other support", "annexe", "ks2", "physics"]:
        assert search([row], Criteria(wanted=terms(words))).rows == [row], words
    assert search([row], Criteria(wanted=terms(vacancy.reference))).rows == [row]
