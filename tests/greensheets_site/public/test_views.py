import html5lib
import pytest
import time_machine

from editions.building import bulletins
from tests.builders import a_break, a_school, a_term, a_vacancy, an_article, an_authority, an_edition, london

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def week_before_half_term():
    with time_machine.travel(london(2026, 5, 18, 9), tick=False):
        yield


def home(client):
    response = client.get("/")
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    return response


def test_home_of_an_empty_site(client):
    assert '<span class="count">0</span> <span class="name">teaching posts</span>' in home(client).content.decode()


def test_home_counts_live_posts_by_staff_group_and_authority(client):
    closes = london(2026, 5, 29)
    a_vacancy(closes_at=closes, school=a_school(authority=an_authority("Saltmere")))
    a_vacancy(closes_at=closes, role="teaching-assistant", school=a_school(authority=an_authority("Haverleigh")))
    a_vacancy(closes_at=closes, role="teaching-assistant", school=a_school(authority=an_authority("Haverleigh")))
    a_vacancy(closes_at=london(2026, 5, 1))
    context = home(client).context
    assert [(str(group), count) for group, count, _ in context["doors"]] == [("teaching", 1), ("support", 2)]
    assert [(authority.name, count) for authority, count in context["authorities"]] == [("Haverleigh", 2), ("Saltmere", 1)]


def test_home_tells_the_next_edition_and_why_there_is_none_before(client):
    a_term()
    a_break()
    page = " ".join(home(client).content.decode().split())
    assert "Next edition Monday 1 June</strong> – no edition on 25 May (half-term)" in page


def test_home_shows_the_latest_edition_and_news(client):
    an_edition(published_at=london(2026, 4, 27, 7))
    an_article("News of schools")
    page = home(client).content.decode()
    assert "Monday 27 April 2026" in page
    assert "News of schools" in page


def test_home_shows_the_three_latest_articles(client):
    for day in (4, 5, 6, 7):
        an_article(f"News of {day} May", published_at=london(2026, 5, day, 9))
    assert [article.title for article in home(client).context["articles"]] == [f"News of {day} May" for day in (7, 6, 5)]


@pytest.mark.parametrize(
    ("is_planned", "told"),
    [
        (True, "The PDFs are not ready yet. They will be here as soon as they are made."),
        (False, "There is no PDF of this edition."),
    ],
    ids=["the press is late", "never made"],
)
def test_home_says_why_the_latest_edition_has_no_pdfs_and_leads_to_its_page(client, is_planned, told):
    edition = an_edition(published_at=london(2026, 4, 27, 7))
    if is_planned:
        bulletins.plan(edition)
        for role in ("teacher", "midday-supervisor"):
            a_vacancy(role=role)
    page = " ".join(home(client).content.decode().split())
    assert f'{told} <a href="/editions/2026-04-27/">Read it as a web page' in page
    assert "(PDF " not in page


def test_home_costs_the_same_queries_for_one_and_three(client, django_assert_num_queries):
    an_edition(published_at=london(2026, 4, 27, 7))
    for count in (1, 2):
        for _ in range(count):
            a_vacancy(closes_at=london(2026, 5, 29), school=a_school(authority=an_authority(f"Area {count}")))
        with django_assert_num_queries(9):
            client.get("/")


def test_a_failure_names_a_way_to_reach_us(client, settings):
    client.raise_request_exception = False
    response = client.get("/vacancies/?" + "&".join(f"x={n}" for n in range(1500)))
    assert response.status_code == 400
    assert "We could not read that address" in response.content.decode()
    assert settings.PUBLISHER["telephone"] in response.content.decode()
