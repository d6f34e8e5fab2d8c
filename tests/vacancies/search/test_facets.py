"""Facet counts on the page itself: beside each value stands what the list has when that value is chosen, in every combination."""

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import MONDAY, a_school, a_vacancy, an_authority, london
from vacancies.models import Subject
from vacancies.search.facets import NAMES
from vacancies.search.forms import VacancyFilterForm
from vacancies.search.live import LiveAdverts

pytestmark = pytest.mark.django_db
NOW = london(2026, 4, 28, 9)
PATTERNS = ["full_time", "part_time", "either", "casual"]
CONTRACTS = ["permanent", "fixed_term", "casual_or_permanent"]
WEEKS = ["", "term_time_only", "all_year"]
PHASES = ["primary", "middle", "all_through", "secondary", ""]
ROLES = ["teacher", "teaching-assistant", "senco", "other-support"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def adverts():
    """Twenty that differ in everything, each choice going round at its own pace."""
    authorities = [an_authority(name) for name in ("Saltmere", "Haverleigh", "Avonmere")]
    subjects = [Subject.objects.create(name=name, slug=name.lower()) for name in ("Art", "Drama")]
    for number in range(20):
        school = a_school(
            authority=authorities[number % 3], phase=PHASES[number % 5], latitude=51 + number % 4 / 10, longitude=-2.0
        )
        advert = a_vacancy(
            f"Post {number} {'Art' if number % 2 else 'Music'}",
            school=school,
            role=ROLES[number % 4],
            working_pattern=PATTERNS[number % 7 % 4],
            contract=CONTRACTS[number % 3],
            weeks=WEEKS[number % 8 % 3],
            hours_per_week=[None, 10, 20, 30, 37][number % 5],
            actual_pay_min=[None, 8_000, 16_000, 24_000][number % 4],
            publish_on=MONDAY if number % 3 else MONDAY.replace(day=20),
            closes_at=london(2026, 5, 1 + number, 12),
        )
        advert.subjects.set(subjects[: number % 3])


def results_of(query):
    return VacancyFilterForm(query).apply(LiveAdverts(NOW))


def query_of(chosen, typed, numbers):
    """A query string, parsed, with those filters."""
    form = results_of(None).asked.as_query()
    for facet, values in chosen.items():
        form.setlist(facet, values)
    (form["q"], form["where"]), form["as_typed"] = typed, "1"
    form.update(dict(numbers))
    return form


VALUES = {
    "group": ["teaching", "support"],
    "authority": ["saltmere", "haverleigh"],
    "role": ROLES,
    "phase": ["primary", "secondary"],
    "subject": ["art", "drama"],
    "pattern": ["full_time", "part_time", "casual"],
    "contract": ["permanent", "casual"],
    "weeks": ["term_time", "term_time_only", "all_year"],
    "ect": ["1"],
    "new": ["1"],
    "closing": ["1"],
}
CHOSEN = st.dictionaries(st.sampled_from(NAMES), st.just(None), max_size=3).flatmap(
    lambda facets: st.fixed_dictionaries({facet: st.lists(st.sampled_from(VALUES[facet]), unique=True) for facet in facets})
)

NUMBERS = st.lists(st.sampled_from([("hours_from", "15"), ("hours_to", "30"), ("pay_from", "16000")]), unique=True, max_size=3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(CHOSEN, st.tuples(st.sampled_from(["", "art", "dra"]), st.sampled_from(["", "ZZ99"])), st.sampled_from(NAMES), NUMBERS)
def test_a_count_is_what_choosing_that_value_alone_of_its_facet_gives(adverts, chosen, typed, facet, numbers):
    results = results_of(query_of(chosen, typed, numbers))
    shown = {option.value: option.count for one in results.facets if one.name == facet for option in one.options}
    shown |= {option.value: option.count for name, option in results.ticks if name == facet}
    for value, count in shown.items():
        assert len(results_of(query_of({**chosen, facet: [value]}, typed, numbers))) == count, (facet, value)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(CHOSEN, st.tuples(st.sampled_from(["", "art", "art drama", "art xyz"]), st.sampled_from(["", "ZZ99"])), NUMBERS)
def test_every_link_that_helps_leads_to_as_many_posts_as_it_says(client, adverts, chosen, typed, numbers):
    results = results_of(query_of(chosen, typed, numbers))
    for link in [*results.stopping, *results.wider, *results.relaxed, *results.apart]:
        assert len(client.get(link.url).context["results"]) == link.count, link


def test_schools_of_two_phases_are_found_and_counted_under_both(client):
    for name, phase in [("Middle", "middle"), ("All", "all_through"), ("Primary", "primary"), ("Secondary", "secondary")]:
        a_vacancy(name, school=a_school(phase=phase))
    for phase, expected in [("primary", ["All", "Middle", "Primary"]), ("secondary", ["All", "Middle", "Secondary"])]:
        response = client.get(f"/vacancies/?phase={phase}")
        assert sorted(vacancy.title for vacancy in response.context["vacancies"]) == expected
    [facet] = [facet for facet in client.get("/vacancies/").context["results"].facets if facet.name == "phase"]
    assert [(option.label, option.count) for option in facet.options] == [("Primary", 3), ("Secondary", 3)]


def test_a_value_that_would_find_nothing_is_shown_only_while_it_is_chosen(client):
    a_vacancy(working_pattern="full_time")
    for query, expected in [("", ["full_time"]), ("?pattern=part_time", ["full_time", "part_time"])]:
        [facet] = [one for one in client.get(f"/vacancies/{query}").context["results"].facets if one.name == "pattern"]
        assert [option.value for option in facet.options] == expected
