"""What a reader types is read for what it asks: as filters, as a place, as a reference, and as the word that was meant."""

import pytest
import time_machine
from django.http import QueryDict

from tests.builders import a_school, a_vacancy, an_authority, london
from vacancies.models import Subject
from vacancies.search.forms import VacancyFilterForm
from vacancies.search.live import LiveAdverts

NOW = london(2026, 4, 28, 9)
HERE = {"latitude": 51.0, "longitude": -2.0}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def results_of(query, preset=None):
    return VacancyFilterForm(QueryDict(query), preset).apply(LiveAdverts(NOW))


def titles(query):
    return sorted(advert.title for advert in results_of(query).page(1))


def labels(query, preset=None):
    return [chip.label for chip in results_of(query, preset).chips]


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ("q=teaching+assistant&role=midday-supervisor", ["Teaching assistant"]),
        ("q=TA+or+SENCO&role=midday-supervisor", ["Teaching assistant", "SENCO"]),
        ("q=devon&authority=saltmere&role=teacher", ["Devon", "Teacher"]),
        ("where=devon&authority=saltmere", ["Devon"]),
        ("q=cook&role=midday-supervisor", ["“cook”", "Midday supervisor"]),
        ("q=part+time&pattern=full_time", ["Part time"]),
    ],
)
def test_a_phrase_that_is_typed_takes_the_place_of_what_was_ticked_before(query, chips):
    an_authority("Saltmere"), an_authority("Devon")
    assert labels(query) == chips


def test_what_the_address_itself_says_stays(client):
    an_authority("Saltmere"), an_authority("Devon")
    assert labels("q=devon", {"authority": "saltmere"}) == ["“devon”", "Saltmere"]
    assert labels("where=devon", {"authority": "saltmere"}) == ["Saltmere", "Devon"]


@pytest.mark.parametrize(
    ("typed", "chips"),
    [
        ("primary", ["Primary"]),
        ("secondary school", ["Secondary"]),
        ("special school", ["Special and alternative"]),
        ("permanent", ["Permanent"]),
        ("fixed-term", ["Fixed term"]),
        ("temporary", ["Temporary"]),
        ("casual", ["Casual"]),
        ("parttime", ["Part time"]),
        ("pt TA", ["Teaching assistant", "Part time"]),
        ("p/t", ["Part time"]),
        ("F/T teacher", ["Teacher", "Full time"]),
        ("0.6 teacher", ["Teacher", "Part time"]),
        ("0.8 FTE", ["Part time"]),
        ("three days a week", ["Part time"]),
        ("school hours jobs", ["Term time, with or without some weeks more"]),
        ("further education", ["16 plus"]),
        ("primary teacher permanent", ["Teacher", "Primary", "Permanent"]),
        ("banes", ["Bath and North East Somerset"]),
        ("receptionist", ["“receptionist”"]),
    ],
)
def test_the_words_of_filters_are_filters(typed, chips):
    an_authority("Bath and North East Somerset", slug="bath-and-north-east-somerset")
    assert labels(f"q={typed}") == chips
    if typed == "banes":
        assert labels("where=BANES") == chips


def test_a_receptionist_is_found_where_an_administrator_is_wanted():
    a_vacancy("School Administrator", role="administration-hr-data-and-finance")
    a_vacancy("Cook", role="other-support")
    assert titles("q=receptionist") == ["School Administrator"]


def test_job_shares_and_posts_for_early_career_teachers_are_found_by_these_words():
    a_vacancy("Shared", job_share=True)
    a_vacancy("First", ect_suitable=True)
    a_vacancy("Neither", ect_suitable=False)
    assert titles("q=job+share") == ["Shared"]
    for typed in ("ECT", "NQT", "early+career+teacher"):
        assert titles(f"q={typed}&as_typed=1") == ["First"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("NJC grade 3", ["Clerk"]),
        ("leadership scale", ["Head"]),
        ("L5-9", ["Head"]),
        ("TLR 2a", ["Leader"]),
        ("immediate start", ["Clerk"]),
        ("start january", ["Head"]),
        ("start", ["Clerk", "Head", "Leader"]),
    ],
)
def test_pay_scales_points_allowances_and_the_start_are_looked_for(typed, found):
    a_vacancy("Clerk", role="other-support", pay_scale="NJC Grade 3", pay_points="SCP 4-6", start="asap")
    a_vacancy("Head", pay_scale="Leadership", pay_points="L5-L9", start="date", starts_on=london(2027, 1, 4).date())
    a_vacancy("Leader", pay_scale="MPS/UPS", pay_allowance="TLR 2a", start="date", starts_on=london(2026, 9, 1).date())
    assert titles(f"q={typed}") == found


def test_a_place_among_the_words_is_looked_for_as_one_and_can_be_given_back():
    a_vacancy("Near", school=a_school(postcode="ZZ99 1AA", **HERE))
    a_vacancy("Far", school=a_school("Far School", postcode="ZZ98 1AA", town="Elsewhere", latitude=52.0, longitude=-2.0))
    found = results_of("q=teacher+near+ZZ99+5+miles&miles=10")
    assert [chip.label for chip in found.chips] == ["Within 5 miles of ZZ99", "Teacher"]
    assert [advert.title for advert in found.page(1)] == ["Near"]
    assert found.understood == ["teacher", "ZZ99"]
    assert (found.asked.in_what, found.asked.in_where) == ("", "ZZ99")
    assert found.as_typed_url == "/vacancies/?q=teacher+near+ZZ99+5+miles&as_typed=1"
    assert labels("q=teacher+fernhollow") == ["Within 10 miles of Fernhollow", "Teacher"]
    assert labels("q=teacher+fernhollow&where=ZZ98") == ["“fernhollow”", "Within 10 miles of ZZ98", "Teacher"]


def test_a_city_that_is_typed_as_a_place_may_be_asked_for_by_distance():
    city, county = an_authority("Bristol"), an_authority("Devon")
    a_vacancy("Centre", school=a_school("One", authority=city, town="", postcode="", latitude=51.45, longitude=-2.59))
    a_vacancy("Edge", school=a_school("Two", authority=city, town="", postcode="", latitude=51.53, longitude=-2.59))
    for north in (50.2, 50.7, 51.2):
        a_school(f"County {north}", authority=county, town="", postcode="", latitude=north, longitude=-3.5)
    found = results_of("where=bristol&miles=3")
    assert ([chip.label for chip in found.chips], found.understood) == (["Bristol"], ["bristol"])
    assert (found.central.label, found.central.url) == (
        "within 3 miles of central Bristol",
        "/vacancies/?where=central+Bristol&miles=3",
    )
    assert labels("where=central+Bristol&miles=3") == ["Within 3 miles of central Bristol"]
    assert titles("where=central+Bristol&miles=3") == ["Centre", "Edge"]
    assert results_of("where=devon&miles=3").central is None
    assert results_of("where=central+nowhere").is_lost


def test_a_teacher_of_a_subject_may_lead_it_and_comes_first_who_does_not():
    Subject.objects.create(name="Mathematics", slug="mathematics")
    for title, role in [("Teacher of Mathematics", "teacher"), ("Head of Maths", "head-of-department-or-curriculum")]:
        a_vacancy(title, role=role)
    a_vacancy("Maths Technician", role="it-and-technical-support"), a_vacancy("Teacher of Art")
    found = results_of("q=maths+teacher")
    assert [advert.title for advert in found.page(1)] == ["Teacher of Mathematics", "Head of Maths"]
    assert [chip.label for chip in found.chips] == ["“maths”", "Teaching staff"]
    assert labels("q=art+teacher") == ["“art”", "Teacher"]


def test_primary_schools_come_before_others_that_teach_the_same_years():
    for name, phase in [("All Hallows School", "all_through"), ("All Souls Primary School", "primary")]:
        a_vacancy(name, school=a_school(name, phase=phase))
    a_vacancy("Newest", school=a_school("All Angels School", phase="all_through"))
    assert [advert.title for advert in results_of("q=primary+teacher").page(1, 1)] == ["All Souls Primary School"]


@pytest.mark.parametrize(
    ("query", "chips"),
    [
        ("q=20+hours+a+week+TA", ["17.5 to 22.5 hours a week", "Teaching assistant"]),
        ("q=cook+or+TA", ["“cook or TA”"]),
        ("q=NQT+primary", ["Teacher", "Primary", "Suitable for early career teachers"]),
        ("q=NQT+SENCO", ["SENCO", "Suitable for early career teachers"]),
        ("q=fernhollow+primary", ["“fernhollow primary”"]),
        ("q=teaching+jobs+in+saltmere", ["Teaching staff", "Saltmere"]),
        ("q=head", ["Headteacher"]),
        ("q=head+of+art", ["“head of art”"]),
        ("q=cook+north+saltmere", ["“cook”", "Saltmere"]),
        ("q=cook+saltmere+city+centre", ["“cook”", "Saltmere"]),
        ("q=TA,+not+primary", ["“not primary”", "Teaching assistant"]),
    ],
)
def test_what_is_typed_is_said_as_it_was_understood(query, chips):
    a_vacancy("Cook", school=a_school(**HERE), hours_per_week=20)
    assert labels(query) == chips


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("teacher not primary", ["Lower", "Through"]),
        ("not primary or secondary", []),
        ("not full time", ["Choice", "Helper", "Part"]),
        ("no part time", ["Choice", "Lower", "Primary", "Through"]),
        ("except teaching", ["Helper"]),
        ("excluding teaching assistant", ["Choice", "Lower", "Part", "Primary", "Through"]),
        ("not term time", ["Choice", "Lower", "Primary", "Through"]),
        ("teacher not in haverleigh", ["Choice", "Lower", "Part", "Primary"]),
        ("no weekends", ["Choice", "Helper", "Lower", "Part", "Primary", "Through"]),
    ],
)
def test_a_filter_that_is_not_wanted_leaves_out_what_has_nothing_else(typed, found):
    a_vacancy("Primary", working_pattern="full_time"), a_vacancy("Part", working_pattern="part_time", weeks="term_time_only")
    a_vacancy("Choice", working_pattern="either")
    a_vacancy("Lower", school=a_school(phase="secondary"), working_pattern="full_time")
    there = an_authority("Haverleigh")
    a_vacancy("Through", school=a_school("All", authority=there, phase="all_through"), working_pattern="full_time")
    a_vacancy("Helper", role="teaching-assistant", working_pattern="part_time", weeks="term_time_plus")
    assert titles(f"q={typed}") == found


def test_what_is_not_wanted_stays_among_the_words_and_what_has_it_beside_others_comes_last():
    a_vacancy("Secondary", school=a_school(phase="secondary")), a_vacancy("Through", school=a_school(phase="all_through"))
    found = results_of("q=teacher+not+primary")
    assert [advert.title for advert in found.page(1)] == ["Secondary", "Through"]
    [words, role] = found.chips
    assert (words.label, words.url, role.label) == ("“not primary”", "/vacancies/?q=teacher", "Teacher")
    assert (role.url, found.asked.in_what) == ("/vacancies/?q=not+primary", "not primary")


def test_a_word_that_is_not_wanted_is_never_taken_for_another_one():
    a_vacancy("Weekend Cook", role="other-support"), a_vacancy("Driver", role="other-support")
    assert results_of("q=xylophone+no+weekens").misspelt is None
    assert titles("q=driver+no+weekens") == ["Driver"]
    assert titles("q=other+support+no+weekend") == ["Driver"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("teaching assistant and cook", ["Cook", "TA"]),
        ("cook and teaching assistant", ["Cook", "TA"]),
        ("teaching assistant & kitchen assistant", ["Cook", "TA"]),
        ("teaching assistant and music", ["TA in Music"]),
    ],
)
def test_two_kinds_of_post_are_either_of_them(typed, found):
    Subject.objects.create(name="Music", slug="music")
    a_vacancy("Cook", role="other-support"), a_vacancy("TA in Music" if "music" in typed else "TA", role="teaching-assistant")
    a_vacancy("Driver", role="other-support")
    assert titles(f"q={typed.replace('&', '%26')}") == found


def test_hours_that_were_typed_can_be_taken_away():
    a_vacancy("Cook", hours_per_week=20, role="other-support"), a_vacancy("Head cook", hours_per_week=37, role="other-support")
    found = results_of("q=cook+20+hours")
    assert [advert.title for advert in found.page(1)] == ["Cook"]
    [words, hours] = found.chips
    assert (words.url, hours.url) == ("/vacancies/?q=20+hours", "/vacancies/?q=cook")
    assert found.asked.in_what == "cook 20 hours"


def test_words_that_nobody_uses_are_read_as_the_words_that_were_probably_meant():
    a_vacancy("Teacher of Chemistry")
    found = results_of("q=teecher+chemestry&new=1")
    assert [chip.label for chip in found.chips] == ["“chemistry”", "Teacher", "New this week"]
    assert (found.misspelt.label, found.read_as) == ("teecher chemestry", "teacher chemistry")
    assert found.misspelt.url == "/vacancies/?q=teecher+chemestry&new=1&as_typed=1"
    assert [results_of(query).misspelt for query in ("q=chemistry", "q=xylophone", "q=", "phase=secondary")] == [None] * 4


def test_a_correction_that_would_find_nothing_is_not_made():
    a_vacancy("Teacher of Chemistry")
    found = results_of("q=chemestry&phase=secondary")
    assert (found.misspelt, len(found), found.asked.q) == (None, 0, "chemestry")
    assert (results_of("q=chemestry&as_typed=1").misspelt, len(results_of("q=chemestry&as_typed=1"))) == (None, 0)


def test_a_correction_that_would_make_a_word_a_place_elsewhere_is_not_made():
    a_vacancy("Rowd Warden", role="other-support")
    found = results_of("q=york+road+rowdy")
    assert (found.is_lost, found.misspelt) == (False, None)


def test_the_page_says_what_it_read_and_offers_what_was_typed(client):
    a_vacancy("Teacher of Chemistry")
    page = client.get("/vacancies/?q=chemestry").text
    assert "Nothing here is called “chemestry”, so we searched for <strong>chemistry</strong>." in page
    assert '<a href="/vacancies/?q=chemestry&amp;as_typed=1">Search for “chemestry” instead</a>' in page


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Vacancies in schools – Greensheets"),
        ("?page=1", "Vacancies in schools – Greensheets"),
        ("?role=teacher&where=ZZ99", "1 post: Within 10 miles of ZZ99 · Teacher – Greensheets"),
        ("?q=xylophone", "No posts: “xylophone” – Greensheets"),
        ("?q=of", "Vacancies in schools – Greensheets"),
        ("?where=Atlantis", "Vacancies in schools – Greensheets"),
    ],
)
def test_the_title_of_a_page_tells_the_search(client, query, title):
    a_vacancy(school=a_school(**HERE))
    assert f"<title>{title}</title>" in client.get(f"/vacancies/{query}").text


def test_only_a_list_that_stands_for_itself_has_a_canonical_address(client, settings):
    settings.SITE_URL = "https://x.example"
    for number in range(21):
        a_vacancy(f"Cook {number}", role="other-support")
    for path, canonical, shared in [
        ("/vacancies/", "/vacancies/", "/vacancies/"),
        ("/vacancies/?page=2", "/vacancies/?page=2", "/vacancies/?page=2"),
        ("/vacancies/?group=support&page=2", None, "/vacancies/support/?page=2"),
        ("/vacancies/support/?q=cook", None, "/vacancies/?q=cook&amp;group=support"),
    ]:
        page = client.get(path).text
        assert (f'<link rel="canonical" href="https://x.example{canonical}">' in page) == bool(canonical), path
        assert page.count('rel="canonical"') == bool(canonical), path
        assert f'<meta property="og:url" content="https://x.example{shared}">' in page, path


@pytest.mark.parametrize(("typed", "said"), [("gs 12", "GS12"), ("99999", "GS99999"), ("GS99999", "GS99999")])
def test_a_reference_that_is_not_here_is_explained_however_it_is_typed(client, typed, said):
    assert f"There is no advert {said} on the site now" in client.get("/vacancies/", {"q": typed}).text
    assert f"There is no advert {said} on the site now" in client.get(f"/{said}").text


def test_the_reference_of_an_advert_that_has_gone_shows_what_its_address_shows(client):
    advert = a_vacancy(closes_at=london(2026, 1, 5), publish_on=london(2025, 12, 1).date())
    assert client.get("/vacancies/", {"q": advert.reference}).url == f"/{advert.reference}"
    assert client.get(f"/{advert.reference}").status_code == 410


def test_the_number_of_a_reference_alone_leads_to_its_advert(client):
    advert = a_vacancy()
    assert client.get("/vacancies/", {"q": advert.reference.removeprefix("GS")}).url == f"/{advert.reference}"


def test_programs_are_told_when_a_place_is_not_known(client):
    a_vacancy()
    answer = client.get("/vacancies.json?where=Atlantis")
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "No school here is in a place called “Atlantis”. Try a postcode, its first half, or a town."},
    )
    assert "<entry>" not in client.get("/vacancies/feed/?where=Atlantis").text
    assert "application/atom+xml" not in client.get("/vacancies/?where=Atlantis").text
