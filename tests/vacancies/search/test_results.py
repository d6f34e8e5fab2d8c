"""What a search says of itself: its addresses, its chips and the help that it gives when it finds nothing."""

import pytest
import time_machine
from django.http import QueryDict

from tests.builders import MONDAY, a_school, a_vacancy, an_authority, london
from vacancies.search.forms import VacancyFilterForm
from vacancies.search.live import LiveAdverts
from vacancies.search.query import landing_url, list_url

NOW = london(2026, 4, 28, 9)
HERE = {"latitude": 51.0, "longitude": -2.0}


@pytest.fixture
def tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def results_of(query):
    return VacancyFilterForm(QueryDict(query)).apply(LiveAdverts(NOW))


def found_by(url):
    """The titles in the list at an address of one of the searches here."""
    return [advert.title for advert in results_of(url.partition("?")[2]).page(1)]


def offered(links):
    return [(link.label, link.url, link.count) for link in links]


@pytest.fixture
def saltmere():
    return an_authority("Saltmere")


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ({}, "/vacancies/"),
        ({"group": ["support"]}, "/vacancies/support/"),
        ({"authority": ["saltmere"]}, "/vacancies/in/saltmere/"),
        ({"role": ["senco"]}, "/vacancies/senco/"),
        ({"phase": ["primary"]}, ""),
        ({"role": ["senco", "teacher"]}, ""),
        ({"role": ["senco"], "phase": ["primary"]}, ""),
        ({"q": ["saltmere"]}, ""),
    ],
)
def test_one_filter_alone_has_an_address_of_its_own(query, address):
    assert landing_url(query) == address


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ({}, "/vacancies/"),
        ({"page": ["2"]}, "/vacancies/?page=2"),
        ({"role": ["senco"], "page": ["3"]}, "/vacancies/senco/?page=3"),
        ({"role": ["senco", "teacher"]}, "/vacancies/?role=senco&role=teacher"),
        ({"q": ["art & design"], "page": ["2"]}, "/vacancies/?q=art+%26+design&page=2"),
    ],
)
def test_the_address_of_a_search_is_the_shortest_that_says_it(query, address):
    assert list_url(query) == address


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("", "/vacancies/"),
        ("q=+cook++", "/vacancies/?q=cook"),
        ("sort=newest", "/vacancies/"),
        ("sort=closing", "/vacancies/?sort=closing"),
        ("sort=nearest", "/vacancies/"),
        ("where=ZZ99", "/vacancies/?where=ZZ99&miles=10"),
        ("where=ZZ99&miles=3&sort=nearest", "/vacancies/?where=ZZ99&miles=3"),
        ("where=ZZ99&sort=newest", "/vacancies/?where=ZZ99&miles=10&sort=newest"),
        ("where=nowhere&miles=3", "/vacancies/?where=nowhere"),
        ("as_typed=1&role=teacher", "/vacancies/teacher/"),
        ("as_typed=1&q=cook", "/vacancies/?q=cook&as_typed=1"),
        ("role=wizard", "/vacancies/"),
    ],
)
def test_every_spelling_of_a_search_has_one_address(asked, address):
    a_school(**HERE)
    assert results_of(asked).url() == address


@pytest.mark.django_db
def test_an_advert_is_opened_with_the_list_that_it_stands_in():
    assert [results_of(asked).query for asked in ("", "q=cook&sort=closing")] == ["sort=newest", "q=cook&sort=closing"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "feed"),
    [("", "/vacancies/feed/"), ("sort=closing", "/vacancies/feed/"), ("q=cook&sort=closing", "/vacancies/feed/?q=cook")],
)
def test_the_feed_of_a_search_has_no_order_of_its_own(asked, feed):
    assert results_of(asked).feed_url == feed


@pytest.mark.django_db
def test_an_advert_at_an_end_of_its_list_has_one_neighbour_and_one_outside_has_none(tuesday):
    first, second, third = (a_vacancy(title) for title in ("First", "Second", "Third"))
    outside = a_vacancy("Outside", role="senco")
    results = results_of("role=teacher")
    assert [results.neighbours(advert.pk) for advert in (third, second, first, outside)] == [
        (None, second, 1),
        (third, first, 2),
        (second, None, 3),
        (None, None, 0),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2)])
def test_a_list_has_twenty_adverts_on_a_page(tuesday, count, pages):
    school = a_school()
    for number in range(count):
        a_vacancy(f"Post {number}", school=school)
    results = results_of("")
    assert (len(results), results.pages) == (count, pages)
    titles = [advert.title for page in range(1, pages + 1) for advert in results.page(page)]
    assert titles == [f"Post {number}" for number in reversed(range(count))]
    assert max(len(results.page(page)) for page in range(1, pages + 1)) <= 20


@pytest.mark.django_db
@pytest.mark.parametrize(("place", "address"), [(1, ""), (20, ""), (21, "&page=2"), (40, "&page=2"), (41, "&page=3")])
def test_the_way_back_leads_to_the_page_on_which_an_advert_stands(tuesday, place, address):
    assert results_of("group=support&new=1").page_with(place) == f"/vacancies/?group=support&new=1{address}"


@pytest.mark.django_db
def test_a_place_that_is_given_up_takes_its_radius_and_its_order_with_it(tuesday):
    a_vacancy(school=a_school(**HERE))
    for asked in ("where=ZZ99&miles=3&sort=closing&q=class", "where=ZZ99&miles=1&sort=newest&q=class"):
        chips = {chip.label.partition(" ")[0]: chip.url for chip in results_of(asked).chips}
        assert chips["Within"] == "/vacancies/?q=class"


@pytest.mark.django_db
@pytest.mark.parametrize(("miles", "label"), [(1, "Within 1 mile of ZZ99"), (3, "Within 3 miles of ZZ99")])
def test_a_chip_says_the_radius_in_words(tuesday, miles, label):
    a_vacancy(school=a_school(**HERE))
    assert [chip.label for chip in results_of(f"where=zz99&miles={miles}").chips] == [label]


@pytest.mark.django_db
def test_an_authority_typed_as_a_place_goes_with_its_chip_and_stays_when_another_goes(tuesday, saltmere):
    a_vacancy(school=a_school(authority=saltmere, **HERE))
    assert [(chip.label, chip.url) for chip in results_of("where=saltmere&phase=primary").chips] == [
        ("Saltmere", "/vacancies/?phase=primary"),
        ("Primary", "/vacancies/?where=saltmere"),
    ]
    chips = {chip.label: chip.url for chip in results_of("where=ZZ99&authority=saltmere").chips}
    assert chips["Saltmere"] == "/vacancies/?where=ZZ99&miles=10"


@pytest.mark.django_db
def test_of_several_values_of_a_filter_one_can_be_given_up(tuesday):
    assert [(chip.label, chip.url) for chip in results_of("role=senco&role=teacher&q=art").chips] == [
        ("“art”", "/vacancies/?role=senco&role=teacher"),
        ("SENCO", "/vacancies/?q=art&role=teacher"),
        ("Teacher", "/vacancies/?q=art&role=senco"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "sorts"),
    [
        ("", "NEWEST closing pay"),
        ("where=nowhere&sort=nearest", "NEWEST closing pay"),
        ("sort=best", "NEWEST closing pay"),
        ("where=ZZ99", "newest closing NEAREST pay"),
        ("where=ZZ99&sort=closing", "newest CLOSING nearest pay"),
        ("q=cook", "BEST newest closing pay"),
        ("q=TA", "BEST newest closing pay"),
        ("q=cook&where=ZZ99", "BEST newest closing nearest pay"),
        ("q=cook&sort=pay", "best newest closing PAY"),
    ],
)
def test_the_best_match_comes_first_where_words_are_and_the_nearest_where_only_a_place_is(asked, sorts):
    a_school(**HERE)
    assert " ".join(value.upper() if is_used else value for value, _, is_used in results_of(asked).sorts()) == sorts


@pytest.mark.django_db
def test_the_radius_that_the_form_shows_is_the_one_in_use():
    a_school(**HERE)
    assert [results_of(asked).radius for asked in ("", "where=ZZ99", "where=ZZ99&miles=30", "miles=30")] == [10, 10, 30, 30]


@pytest.mark.django_db
def test_each_wider_radius_is_offered_once_and_only_if_it_finds_more(tuesday):
    """At about 0, 4, 6 and 7 miles: the radii of 10 and 15 find no more than each other."""
    for title, north in [("Here", 0), ("Four", 0.058), ("Six", 0.087), ("Seven", 0.101), ("Eighteen", 0.26)]:
        a_vacancy(title, school=a_school(title, latitude=51.0 + north, longitude=-2.0, postcode="ZZ98 1AA"))
    a_school("Middle", **HERE)
    assert offered(results_of("where=ZZ99&miles=3").wider) == [
        ("Within 5 miles", "/vacancies/?where=ZZ99&miles=5", 2),
        ("Within 10 miles", "/vacancies/?where=ZZ99&miles=10", 4),
        ("Within 20 miles", "/vacancies/?where=ZZ99&miles=20", 5),
    ]
    assert offered(results_of("where=ZZ99&miles=30").wider) == []
    assert offered(results_of("q=four").wider) == []


@pytest.mark.django_db
def test_each_thing_that_alone_keeps_posts_out_is_offered_with_what_the_list_would_have(tuesday):
    for title, role, pattern in [
        ("Cook", "other-support", "casual"),
        ("Cook", "other-support", "full_time"),
        ("Baker", "other-support", "casual"),
        ("Cook", "senco", "casual"),
    ]:
        a_vacancy(title, role=role, working_pattern=pattern)
    results = results_of("q=cook&role=other-support&role=teacher&pattern=casual")
    assert offered(results.relaxed) == [
        ("Without the words “cook”", "/vacancies/?role=other-support&role=teacher&pattern=casual", 2),
        ("Without “Other support or Teacher”", "/vacancies/?q=cook&pattern=casual", 2),
        ("Without “As and when needed”", "/vacancies/?q=cook&role=other-support&role=teacher", 2),
    ]


@pytest.mark.django_db
def test_each_word_that_stops_a_search_is_named_with_what_would_be_found_without_it(tuesday):
    for title in ("Cook", "Head cook", "Cook mornings"):
        a_vacancy(title, role="other-support")
    a_vacancy("Gardener", role="other-support")
    assert offered(results_of("q=cook+gardener+part+time&pattern=full_time").stopping) == []
    assert offered(results_of("q=cook+gardener&contract=permanent").stopping) == [
        ("Without “cook”", "/vacancies/?q=gardener&contract=permanent", 1),
        ("Without “gardener”", "/vacancies/?q=cook&contract=permanent", 3),
    ]
    assert offered(results_of("q=cook+xylophone").stopping) == [
        ("Without “xylophone”, which no advert here says", "/vacancies/?q=cook", 3)
    ]
    assert offered(results_of("q=cook+gardener+porter+xylophone").stopping) == [
        ("Only “cook”", "/vacancies/?q=cook", 3),
        ("Only “gardener”", "/vacancies/?q=gardener", 1),
    ]
    assert [offered(results_of(query).stopping) for query in ("q=xylophone", "q=cook", "q=gardener+not+cook")] == [[], [], []]


@pytest.mark.django_db
def test_the_nearest_post_is_named_where_none_is_near(tuesday):
    a_school(**HERE)
    for title, latitude in [("Far cook", 52.0), ("Nearer cook", 51.9), ("Teacher", 51.1)]:
        a_vacancy(title, school=a_school(title, postcode="ZZ98 1AA", latitude=latitude, longitude=-2.0))
    advert, miles = results_of("q=cook&where=ZZ99").nearest
    assert (advert.title, miles) == ("Nearer cook", 62)
    assert [results_of(query).nearest for query in ("q=teacher&where=ZZ99", "q=cook", "q=baker&where=ZZ99")] == [None] * 3


@pytest.mark.django_db
def test_hours_that_nobody_offers_can_be_left_out(tuesday):
    a_vacancy("Cook", role="other-support", hours_per_week=30), a_vacancy("Gardener", role="other-support", hours_per_week=10)
    assert offered(results_of("q=cook+10+hours").relaxed) == [
        ("Without “7.5 to 12.5 hours a week”", "/vacancies/?q=cook", 1),
        ("Without the words “cook”", "/vacancies/?q=10+hours", 1),
    ]
    assert offered(results_of("q=cook+10+hours&role=teacher").apart) == [
        ("Only the words “cook”", "/vacancies/?q=cook", 1),
        ("Only “7.5 to 12.5 hours a week”", "/vacancies/?q=10+hours", 1),
    ]


@pytest.mark.django_db
def test_hours_and_pay_are_filters_that_can_be_taken_away(tuesday):
    for hours, pay in [(10, 8_000), (20, 16_000), (37, 30_000), (None, None)]:
        a_vacancy(f"Cook {hours}", role="other-support", hours_per_week=hours, actual_pay_min=pay, working_pattern="part_time")
    found = results_of("q=cook&hours_from=12.5&hours_to=37&pay_from=£16,000&sort=pay")
    assert [advert.title for advert in found.page(1)] == ["Cook 37", "Cook 20"]
    assert [(chip.label, chip.url) for chip in found.chips] == [
        ("“cook”", "/vacancies/?hours_from=12.5&hours_to=37&pay_from=16000&sort=pay"),
        ("12.5 to 37 hours a week", "/vacancies/?q=cook&pay_from=16000&sort=pay"),
        ("£16,000 a year or more", "/vacancies/?q=cook&hours_from=12.5&hours_to=37&sort=pay"),
    ]
    assert [box.value for box in found.boxes] == ["12.5", "37", "16000"]
    assert found.understood == []
    assert offered(results_of("hours_from=30&pay_from=40000").relaxed) == [
        ("Without “£40,000 a year or more”", "/vacancies/?hours_from=30", 1)
    ]
    assert offered(results_of("hours_from=38&pay_from=40000").apart) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "hours", "pay"),
    [
        ("hours_from=60&pay_from=200000", (60, None), 200_000),
        ("hours_from=60.5&pay_from=200001", None, None),
        ("hours_to=0&pay_from=-1", None, None),
        ("hours_from=ten&pay_from=1e5", None, None),
        ("hours_to=22.5", (None, 22.5), None),
        ("q=20+hours&hours_to=5", (17.5, 22.5), None),  # typed later
    ],
)
def test_a_number_that_nobody_means_counts_as_missing(asked, hours, pay):
    found = results_of(asked).asked
    assert (found.hours, found.pay) == (hours, pay)


@pytest.mark.django_db
def test_an_earlier_address_for_term_time_still_asks_for_it(tuesday):
    a_vacancy("Cook", weeks="term_time_plus"), a_vacancy("Chef", weeks="all_year")
    assert [advert.title for advert in results_of("term_time=1").page(1)] == ["Cook"]
    assert [chip.label for chip in results_of("q=term+time").chips] == ["Term time, with or without some weeks more"]


@pytest.mark.django_db
def test_a_place_that_nothing_else_fits_is_offered_by_itself(tuesday):
    a_vacancy("Teacher", school=a_school(**HERE))
    a_vacancy("Cook", role="other-support", school=a_school("Far", postcode="ZZ98 1AA", latitude=52.0, longitude=-2.0))
    results = results_of("q=cook&where=ZZ99&miles=1&role=senco&role=teacher&phase=secondary")
    assert offered(results.apart) == [
        ("Only the words “cook”", "/vacancies/?q=cook", 1),
        ("Everything within 1 mile of ZZ99", "/vacancies/?where=ZZ99&miles=1", 1),
        ("Only “SENCO or Teacher”", "/vacancies/?role=senco&role=teacher", 1),
    ]


@pytest.mark.django_db
def test_a_town_that_is_nearly_spelt_keeps_the_rest_of_the_search(tuesday):
    a_vacancy("Cook", school=a_school(town="Castle Down", **HERE))
    found = results_of("where=castel+down&q=cook&miles=3")
    assert [chip.label for chip in found.chips] == ["“cook”", "Within 3 miles of Castle Down"]
    assert (found.misspelt.label, found.read_as, len(found)) == ("castel down", "Castle Down", 1)
    assert found.misspelt.url == "/vacancies/?q=cook&where=castel+down&miles=3&as_typed=1"
    assert results_of("where=castel+down&q=cook&as_typed=1").is_lost


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "is_lost"), [("", False), ("where=ZZ99", False), ("where=saltmere", False), ("where=atlantis", True)]
)
def test_a_place_is_lost_only_if_nothing_here_has_its_name(saltmere, asked, is_lost):
    a_school(authority=saltmere, **HERE)
    assert results_of(asked).is_lost == is_lost


@pytest.mark.django_db
def test_a_postcode_that_is_lost_is_said_in_capitals_and_in_one_piece():
    assert results_of("where=sw1a+1aa").lost_reason == "No school that advertises here is in SW1A\N{NO-BREAK SPACE}1AA."


@pytest.fixture
def posts_in_two_areas(saltmere):
    a_vacancy("Teacher in Saltmere", school=a_school(authority=saltmere, latitude=51.4, longitude=-0.5))
    there = an_authority("Haverleigh")
    a_vacancy("Cook", role="other-support", school=a_school(authority=there, latitude=50.3, longitude=-5.0))
    a_vacancy("Assistant cook", role="other-support", school=a_school(authority=there, latitude=50.3, longitude=-5.0))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "url"),
    [
        ("q=cook&authority=saltmere", "/vacancies/?q=cook&authority=haverleigh"),
        ("q=cook&where=saltmere", "/vacancies/?q=cook&authority=haverleigh"),
        ("q=cook+in+saltmere", "/vacancies/?q=cook+in&authority=haverleigh"),
        ("q=saltmere&role=other-support", "/vacancies/in/haverleigh/other-support/"),
    ],
)
def test_another_area_that_has_the_post_is_offered_without_the_area_that_has_not(client, tuesday, posts_in_two_areas, asked, url):
    links = results_of(asked).other_authorities
    assert offered(links) == [("Haverleigh", url, 2)]
    assert sorted(advert.title for advert in client.get(links[0].url).context["vacancies"]) == ["Assistant cook", "Cook"]


@pytest.mark.django_db
def test_another_area_near_the_place_that_was_asked_for_is_offered_with_that_place(tuesday, saltmere):
    a_school(authority=saltmere, **HERE)
    for title, latitude in [("Near cook", 51.05), ("Far cook", 52.0)]:
        school = a_school(title, authority=an_authority("Haverleigh"), postcode="ZZ98 1AA", latitude=latitude, longitude=-2.0)
        a_vacancy(title, school=school)
    [link] = results_of("q=cook&where=ZZ99&authority=saltmere").other_authorities
    assert (link.label, link.count, found_by(link.url)) == ("Haverleigh", 1, ["Near cook"])


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["q=teacher+in+haverleigh", "q=teacher&authority=haverleigh"])
def test_the_area_nearest_to_a_strange_postcode_takes_the_place_of_the_one_that_was_asked_for(tuesday, posts_in_two_areas, asked):
    nearest = results_of(f"{asked}&where=SW1A+1AA").nearest_authority
    assert (nearest.label, nearest.count) == ("Saltmere", 1)
    assert found_by(nearest.url) == ["Teacher in Saltmere"]


@pytest.mark.django_db
def test_what_was_ticked_is_counted_for_the_button_on_a_phone(tuesday):
    a_vacancy(publish_on=MONDAY)
    assert [results_of(asked).ticked for asked in ("", "q=cook", "role=teacher&role=senco&new=1", "role=wizard")] == [0, 0, 3, 0]
