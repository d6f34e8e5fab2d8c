import itertools
import re
from html import unescape
from urllib.parse import urlencode

import html5lib
import pytest
import time_machine

from editions.models import Bulletin
from tests.builders import MONDAY, a_school, a_vacancy, an_authority, an_edition, london
from tests.sent_files import a_pdf
from vacancies.models import Status, VacancyDocument
from vacancies.models.vacancies import STANDARD_SAFEGUARDING

NOW = london(2026, 4, 28, 9)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    page = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    return page


def titles(client, address):
    return [vacancy.title for vacancy in client.get(address).context["vacancies"]]


def test_the_list_shows_live_adverts_newest_first(client):
    a_vacancy("Old", publish_on=MONDAY.replace(day=20))
    a_vacancy("New")
    a_vacancy("Closed", closes_at=london(2026, 4, 28, 8))
    a_vacancy("Upcoming", publish_on=MONDAY.replace(day=30))
    a_vacancy("Draft", status=Status.DRAFT)
    assert titles(client, "/vacancies/") == ["New", "Old"]
    assert titles(client, "/vacancies/?sort=closing") == ["Old", "New"]


def test_each_landing_page_holds_its_own_adverts_and_has_its_own_title(client):
    a_vacancy("Teacher here", school=a_school(authority=an_authority("Saltmere")))
    a_vacancy("Assistant there", role="teaching-assistant", school=a_school(authority=an_authority("Haverleigh")))
    for address, expected, heading in [
        ("/vacancies/teaching/", ["Teacher here"], "Teaching posts in schools"),
        ("/vacancies/support/", ["Assistant there"], "Support posts in schools"),
        ("/vacancies/in/saltmere/", ["Teacher here"], "School vacancies in Saltmere"),
        ("/vacancies/teaching-assistant/", ["Assistant there"], "Teaching assistant vacancies"),
        ("/vacancies/senco/", [], "SENCO vacancies"),
    ]:
        assert titles(client, address) == expected
        page = page_of(client, address)
        assert f"<title>{heading} – Greensheets</title>" in page
        assert f'<link rel="canonical" href="https://www.greensheets.example{address}">' in page
        assert "noindex" not in page


def test_the_list_costs_the_same_queries_for_one_and_three(client, django_assert_num_queries):
    a_vacancy(school=a_school(latitude=51.0, longitude=-2.0))
    with django_assert_num_queries(10):
        client.get("/vacancies/?q=class&where=ZZ99&sort=closing")
    for _ in range(2):
        a_vacancy(school=a_school(latitude=51.0, longitude=-2.0))
    with django_assert_num_queries(10):
        client.get("/vacancies/?q=class&where=ZZ99&sort=closing")


def test_typed_phrases_become_filters_and_can_be_undone(client):
    a_vacancy("Class Teacher")
    a_vacancy("Support in class", role="teaching-assistant", working_pattern="part_time")
    response = client.get("/vacancies/?q=part-time+TA")
    assert [vacancy.title for vacancy in response.context["vacancies"]] == ["Support in class"]
    chips = {chip.label: chip.url for chip in response.context["results"].chips}
    assert chips == {"Teaching assistant": "/vacancies/?q=part-time", "Part time": "/vacancies/?q=TA"}
    assert titles(client, response.context["results"].as_typed_url) == []


def test_a_phrase_that_is_undone_leaves_the_words_around_it_whole(client):
    a_vacancy(school=a_school(authority=an_authority("Saltmere")))
    chips = client.get("/vacancies/?q=data+TA+star+teaching+assistants").context["results"].chips
    assert [(chip.label, chip.url) for chip in chips] == [
        ("“data star”", "/vacancies/?q=TA+teaching+assistants"),
        ("Teaching assistant", "/vacancies/?q=data+star"),
    ]


def as_sent(page, without=""):
    """The query string of the list's form as it stands, with one filter less."""
    form = html5lib.parse(page, namespaceHTMLElements=False)
    boxes = [box for box in form.iter("input") if box.get("type") != "checkbox" or ("checked" in box.attrib)]
    fields = [(box.get("name"), box.get("value", "")) for box in boxes if box.get("value") != without]
    return "?" + urlencode([*fields, *(("miles", one.get("value")) for one in form.iter("option") if "selected" in one.attrib)])


@pytest.mark.parametrize(
    "query", ["q=part+time+TA+of+music", "where=saltmere&new=1", "q=TA&as_typed=1", "where=ZZ99&miles=3&sort=newest", "q=in"]
)
def test_to_send_the_form_again_is_to_ask_the_same(client, query):
    school = a_school(authority=an_authority("Saltmere"), latitude=51.0, longitude=-2.0)
    a_vacancy("Music TA", role="teaching-assistant", working_pattern="part_time", school=school)
    a_vacancy("Cook", role="other-support", working_pattern="part_time")
    first = client.get(f"/vacancies/?{query}")
    again = client.get(f"/vacancies/{as_sent(first.text)}")
    labels = [[chip.label for chip in response.context["results"].chips] for response in (first, again)]
    assert sorted(labels[0]) == sorted(labels[1])
    found, same = first.context["results"], again.context["results"]
    assert (same.pks, same.asked.sort) == (found.pks, found.asked.sort)


def test_a_filter_that_was_typed_goes_when_it_is_unticked(client):
    a_vacancy(school=a_school(authority=an_authority("Saltmere")))
    for query, value in [("q=full+time+teacher", "full_time"), ("where=saltmere&q=teacher", "saltmere")]:
        less = client.get("/vacancies/" + as_sent(client.get(f"/vacancies/?{query}").text, without=value))
        assert [chip.label for chip in less.context["results"].chips] == ["Teacher"]


def test_a_question_is_read_for_what_it_asks(client):
    a_vacancy("Maths Teacher", school=a_school(authority=an_authority("Saltmere")))
    response = client.get("/vacancies/?q=jobs+for+teachers+of+mathematics+-+in+the+Saltmere")
    assert [vacancy.title for vacancy in response.context["vacancies"]] == ["Maths Teacher"]
    assert [chip.label for chip in response.context["results"].chips] == ["“mathematics”", "Saltmere", "Teacher"]
    assert [chip.label for chip in client.get("/vacancies/?q=jobs").context["results"].chips] == []


def test_removing_the_only_filter_leads_to_a_landing_page(client):
    a_vacancy(school=a_school(authority=an_authority("Saltmere")))
    chips = client.get("/vacancies/?authority=saltmere&pattern=full_time").context["results"].chips
    assert [(chip.label, chip.url) for chip in chips] == [
        ("Saltmere", "/vacancies/?pattern=full_time"),
        ("Full time", "/vacancies/in/saltmere/"),
    ]


def test_near_a_place_sorts_by_distance_and_offers_wider_radii_when_empty(client):
    a_vacancy("Far", school=a_school("Far School", postcode="ZZ98 1AA", latitude=51.2, longitude=-2.0))
    a_vacancy("Near", school=a_school("Near School", postcode="ZZ97 1AA", latitude=51.01, longitude=-2.0))
    a_school("Here", postcode="ZZ99 1AA", latitude=51.0, longitude=-2.0)
    assert titles(client, "/vacancies/?where=ZZ99&miles=15") == ["Near", "Far"]
    results = client.get("/vacancies/?where=ZZ99&miles=3&q=far").context["results"]
    assert [(link.label, link.count) for link in results.wider] == [("Within 15 miles", 1)]
    assert "Near" not in page_of(client, "/vacancies/?where=ZZ99&miles=3&q=far").split("Try a wider search")[1]


def test_a_whole_postcode_in_the_box_for_words_is_taken_for_the_place_that_it_is(client):
    a_school("Here", postcode="ZZ99 1AA", latitude=51.0, longitude=-2.0)
    a_vacancy("Near", school=a_school("Near School", postcode="ZZ97 1AA", latitude=51.01, longitude=-2.0))
    asked = client.get("/vacancies/?q=zz99+1aa&where=").context["results"].asked
    assert (asked.q, asked.where, asked.miles, titles(client, "/vacancies/?q=zz99+1aa")) == ("", "zz99 1aa", 10, ["Near"])
    assert client.get("/vacancies/?q=KS2").context["results"].asked.q == "KS2"
    assert client.get("/vacancies/?q=zz99+1aa&as_typed=1").context["results"].asked.q == "zz99 1aa"


def test_a_place_outside_the_area_says_so_and_offers_the_nearest_authority(client):
    a_vacancy("Near", school=a_school(authority=an_authority("Saltmere"), latitude=51.4, longitude=-0.5))
    a_vacancy("Far", school=a_school(authority=an_authority("Haverleigh"), latitude=50.3, longitude=-5.0))
    page = page_of(client, "/vacancies/?where=SW1A+1AA")
    assert "No school that advertises here is in SW1A\N{NO-BREAK SPACE}1AA." in page
    assert 'The nearest authority is <a href="/vacancies/in/saltmere/">Saltmere (1 post)</a>' in page
    none = page_of(client, "/vacancies/?where=SW1A+1AA&q=wizard")
    assert 'The nearest authority is <a href="/vacancies/in/saltmere/">Saltmere</a>' in none
    assert "No school here is in a place called" in page_of(client, "/vacancies/?where=Nowhere")


def test_an_authority_typed_as_a_place_is_its_filter(client):
    a_vacancy("Here", school=a_school(authority=an_authority("Saltmere")))
    a_vacancy("There", school=a_school(authority=an_authority("Haverleigh")))
    assert titles(client, "/vacancies/?where=saltmere") == ["Here"]


@pytest.mark.parametrize(
    "query", ["where=bath+%26+north+east+somerset", "q=bath+%26+north+east+somerset", "where=in+bath+and+north+east+somerset"]
)
def test_an_authority_is_known_with_and_and_with_its_sign(client, query):
    a_vacancy("Here", school=a_school(authority=an_authority("Bath and North East Somerset")))
    a_vacancy("There", school=a_school(authority=an_authority("Haverleigh")))
    assert titles(client, f"/vacancies/?{query}") == ["Here"]


def test_an_empty_result_tells_what_stands_in_the_way(client):
    a_vacancy("Cook", role="other-support")
    results = client.get("/vacancies/?q=cook&pattern=part_time").context["results"]
    assert [(link.label, link.url, link.count) for link in results.relaxed] == [("Without “Part time”", "/vacancies/?q=cook", 1)]


def test_where_two_things_stand_in_the_way_each_is_offered_by_itself(client):
    a_vacancy("Cook", role="other-support", school=a_school(authority=an_authority("Haverleigh")))
    a_vacancy("Teacher", school=a_school(authority=an_authority("Saltmere"), phase="secondary"))
    a_vacancy("Teacher", school=a_school(authority=an_authority("Saltmere"), phase="secondary"))
    results = client.get("/vacancies/?q=cook&authority=saltmere&phase=primary&subject=x").context["results"]
    assert [(link.label, link.url, link.count) for link in results.apart] == [
        ("Only the words “cook”", "/vacancies/?q=cook", 1),
        ("Only “Saltmere”", "/vacancies/in/saltmere/", 2),
        ("Only “Primary”", "/vacancies/?phase=primary", 1),
    ]
    assert "Try one thing at a time" in page_of(client, "/vacancies/?q=cook&authority=saltmere&phase=secondary&pattern=part_time")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/vacancies/?page=99", "There is no page 99: this list ends with page 1."),
        ("/vacancies/?authority=atlantis&role=", "One filter in the address is unknown here"),
        ("/vacancies/?q=GS99999", "There is no advert GS99999"),
        ("/vacancies/?page=abc&miles=x&sort=y", "1 post"),
    ],
)
def test_odd_addresses_give_a_good_page_that_explains(client, address, sentence):
    a_vacancy()
    assert sentence in page_of(client, address)


@pytest.mark.parametrize(
    "address", ["/vacancies/in/atlantis/", "/vacancies/wizard/", "/vacancies/99999999999999999999-x/", "/GS99999"]
)
def test_what_never_was_is_404_with_a_way_on(client, address):
    assert "There is no page at this address" in page_of(client, address, 404)


def test_a_reference_goes_straight_to_its_advert(client):
    vacancy = a_vacancy()
    for address in [f"/{vacancy.reference}", f"/{vacancy.reference.lower()}/"]:
        assert client.get(address).url == vacancy.get_absolute_url()
    assert client.get("/vacancies/", {"q": f" {vacancy.reference.lower()} "}).url == f"/{vacancy.reference}"


def test_the_advert_says_actual_pay_first(client):
    vacancy = a_vacancy(pay_min=25185, pay_max=25989, actual_pay_min=16025, actual_pay_max=16537, working_pattern="part_time")
    page = page_of(client, vacancy.get_absolute_url())
    assert page.index("£16,025 to £16,537 a year") < page.index("£25,185 to £25,989 a year full-time equivalent")
    assert "14 days left" in page


def test_documents_are_offered_beside_how_to_apply_while_the_advert_is_live(client):
    vacancy = a_vacancy()
    for title, is_shown in [("Job description", True), ("Not yet", False)]:
        VacancyDocument.objects.create(
            vacancy=vacancy, title=title, file=a_pdf(), kind="pdf", size=240 * 1024, is_written_anew=True, is_shown=is_shown
        )
    page = page_of(client, vacancy.get_absolute_url())
    assert re.findall(r'<a href="/vacancies/documents/[^"]*">([^<]*)</a> <span class="grey">([^<]*)<', page) == [
        ("Job description", "PDF, 240.0 KB")
    ]
    with time_machine.travel(london(2026, 5, 13), tick=False):
        assert "/vacancies/documents/" not in page_of(client, vacancy.get_absolute_url())


def test_an_advert_says_where_it_is_also_printed(client):
    vacancy = a_vacancy()
    assert "printed in" not in page_of(client, vacancy.get_absolute_url())
    edition = an_edition(published_at=london(2026, 4, 27, 7))
    Bulletin.objects.create(edition=edition, staff_group="teaching", file="x.pdf", size=1, page_of={vacancy.reference: 6})
    assert "Also printed in the edition of 27 April 2026, page 6" in page_of(client, vacancy.get_absolute_url())


def test_the_headings_of_a_page_are_in_order(client):
    school = a_school()
    vacancy = a_vacancy(school=school, body="<h3>Who we are</h3><p>A school.</p><h4>More</h4><p>Still a school.</p>")
    a_vacancy("Other")
    closed = a_vacancy("Cook", closes_at=london(2026, 4, 28, 8))
    for address in ["/", "/vacancies/", vacancy.get_absolute_url(), closed.get_absolute_url(), school.get_absolute_url()]:
        levels = [int(level) for level in re.findall(r"<h([1-6])", page_of(client, address))]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == [], address


def test_an_old_slug_is_redirected_for_good_with_its_query(client):
    vacancy = a_vacancy("Cook")
    response = client.get(f"/vacancies/{vacancy.pk}-chef/?q=cook")
    assert (response.status_code, response.url) == (301, f"{vacancy.get_absolute_url()}?q=cook")


def test_a_closed_advert_is_marked_and_shows_open_ones(client):
    closed = a_vacancy("Closed post", closes_at=london(2026, 4, 28, 8), contact_name="Mrs A. Clerk", visits="Any day")
    a_vacancy("Open post")
    page = page_of(client, closed.get_absolute_url())
    assert "This post is closed." in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Open post" in page
    assert '<aside class="apply" aria-label="About this advert">' in page
    for past in ["How to apply", "Applying", "Mrs A. Clerk", "Any day", "closing-date.ics", "days left)"]:
        assert past not in page
    assert closed.reference in page


def test_what_is_gone_is_410_and_what_is_not_yet_is_404(client):
    gone = a_vacancy("Gone", closes_at=london(2026, 1, 5), publish_on=MONDAY.replace(year=2025))
    withdrawn = a_vacancy("Withdrawn", status=Status.WITHDRAWN)
    upcoming = a_vacancy("Upcoming", publish_on=MONDAY.replace(day=30))
    assert "This post is no longer advertised" in page_of(client, gone.get_absolute_url(), 410)
    assert "This post is no longer advertised" in page_of(client, withdrawn.get_absolute_url(), 410)
    page_of(client, upcoming.get_absolute_url(), 404)


def test_previous_and_next_follow_the_list_that_the_reader_came_from(client):
    first, second, third = a_vacancy("First"), a_vacancy("Second"), a_vacancy("Third")
    a_vacancy("Other", role="senco")
    context = client.get(f"{second.get_absolute_url()}?role=teacher").context
    assert (context["before"], context["after"], context["place_in_list"]) == (third, first, 2)
    assert context["back_url"] == "/vacancies/teacher/"
    assert "results" not in client.get(second.get_absolute_url()).context


def test_a_type_of_post_in_an_area_has_a_list_with_words_of_its_own(client):
    here = an_authority("Saltmere")
    advert = a_vacancy("Here", school=a_school(authority=here))
    a_vacancy("Elsewhere", school=a_school(authority=an_authority("Haverleigh"))), a_vacancy("Other", role="senco")
    page = client.get("/vacancies/in/saltmere/teacher/")
    assert [one.title for one in page.context["vacancies"]] == ["Here"]
    assert "<h1>Teacher vacancies in Saltmere</h1>" in page.text
    assert "Teacher posts in the schools of Saltmere" in page.text
    assert page.context["results"].url() == "/vacancies/in/saltmere/teacher/"
    assert [chip.url for chip in page.context["results"].chips] == ["/vacancies/teacher/", "/vacancies/in/saltmere/"]
    assert '<a href="/vacancies/in/saltmere/teacher/">Teacher</a>' in client.get(advert.get_absolute_url()).text
    for address in ("/vacancies/in/nowhere/teacher/", "/vacancies/in/saltmere/nobody/"):
        assert client.get(address).status_code == 404


def test_similar_posts_begin_with_the_nearest_of_the_same_type_and_of_like_hours(client):
    advert = a_vacancy("This", school=a_school(latitude=51.0, longitude=-2.0), hours_per_week=20)
    for title, latitude, hours in [
        ("Far", 52.0, 20),
        ("Near, longer", 51.1, 37),
        ("Near, like", 51.1, 22),
        ("Near, unsaid", 51.1, None),
    ]:
        a_vacancy(title, school=a_school(latitude=latitude, longitude=-2.0), hours_per_week=hours)
    similar = client.get(advert.get_absolute_url()).context["similar"]
    assert [vacancy.title for vacancy in similar] == ["Near, like", "Near, longer", "Near, unsaid", "Far"]


def test_similar_posts_begin_with_the_same_type_in_the_same_authority(client):
    here, there = an_authority("Saltmere"), an_authority("Haverleigh")
    advert = a_vacancy("This", school=a_school(authority=here))
    a_vacancy("Same area", role="senco", school=a_school(authority=here))
    a_vacancy("Same type", school=a_school(authority=there))
    a_vacancy("Same both", school=a_school(authority=here))
    a_vacancy("Neither", role="senco", school=a_school(authority=there))
    similar = client.get(advert.get_absolute_url()).context["similar"]
    assert [vacancy.title for vacancy in similar] == ["Same both", "Same type", "Same area"]


def test_a_school_shows_its_live_adverts(client):
    school = a_school(trust="Three Rivers Trust")
    page = page_of(client, school.get_absolute_url())
    assert "No posts advertised now" in page
    assert "Three Rivers Trust" in page
    a_vacancy("Cook", school=school)
    a_vacancy("Elsewhere")
    assert titles(client, school.get_absolute_url()) == ["Cook"]
    assert client.get(f"/schools/{school.pk}-x/").url == school.get_absolute_url()


def test_the_trust_of_a_school_leads_to_the_posts_of_all_its_schools(client):
    first = a_school("First School", trust="Three Rivers & Part Time Trust")
    second = a_school("Second School", trust="Three Rivers & Part Time Trust")
    a_vacancy("Here", school=first)
    a_vacancy("There", school=second)
    a_vacancy("Elsewhere")
    page = page_of(client, first.get_absolute_url())
    address = "/vacancies/?q=Three%20Rivers%20%26%20Part%20Time%20Trust&amp;as_typed=1"
    assert f'<a href="{address}" rel="nofollow">Three Rivers &amp; Part Time Trust</a>' in page
    assert titles(client, address.replace("&amp;", "&")) == ["There", "Here"]
    office = a_school("Three Rivers Trust", trust="Three Rivers Trust", phase="")
    assert "<dt>Trust</dt>" not in page_of(client, office.get_absolute_url())


def test_the_closing_date_can_be_taken_to_a_calendar(client):
    vacancy = a_vacancy()
    response = client.get(f"{vacancy.get_absolute_url()}closing-date.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert vacancy.reference in response.content.decode()


@pytest.mark.parametrize(("own", "the_schools"), [("", ""), ("Ours.", "The school's."), ("", "The school says so.")])
def test_the_page_prints_the_statement_that_the_bulletin_prints(client, own, the_schools):
    advert = a_vacancy(safeguarding_text=own, school=a_school(safeguarding_text=the_schools))
    statement = own or the_schools or STANDARD_SAFEGUARDING
    assert advert.safeguarding == statement
    assert statement in unescape(page_of(client, advert.get_absolute_url()))
