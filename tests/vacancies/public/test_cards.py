from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from PIL import Image

from tests.builders import MONDAY, a_school, a_vacancy, an_edition, london
from vacancies.models import Status
from vacancies.public import cards

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        yield


def upload(name="crest.png", size=(900, 600), kind="PNG"):
    out = BytesIO()
    Image.new("RGB", size, "#14532d").save(out, kind)
    return ContentFile(out.getvalue(), name)


def picture(response):
    return Image.open(BytesIO(response.content))


def test_a_page_shows_the_logo_and_a_school_without_one_has_none(client):
    school = a_school(logo=upload())
    advert = a_vacancy(school=school)
    for address in [advert.get_absolute_url(), school.get_absolute_url()]:
        assert f'<img src="{school.logo.url}"' in client.get(address).text
    assert "<img" not in client.get(a_school("Plain").get_absolute_url()).text


def test_the_job_posting_names_a_logo_that_anybody_can_fetch(client):
    a_vacancy(school=a_school(logo=upload()))
    logo = client.get("/vacancies.json").json()["itemListElement"][0]["hiringOrganization"]["logo"]
    assert picture(client.get(logo.removeprefix("https://www.greensheets.example"))).size == (900, 600)


@pytest.mark.parametrize("title", ["Cook", "Teaching Assistant (one-to-one support) and Midday Supervisor", "W" * 150, "Ŵyn ☃"])
def test_an_advert_has_a_card_of_the_size_that_its_page_says(client, title):
    advert = a_vacancy(title, pay_min=32916, pay_max=51048)
    response = client.get(f"{advert.get_absolute_url()}card.png")
    assert response["Content-Type"] == "image/png"
    assert picture(response).size == (cards.WIDTH, cards.HEIGHT)
    assert len(response.content) < 60_000
    page = client.get(advert.get_absolute_url()).text
    assert f'<meta property="og:image" content="https://www.greensheets.example{advert.get_absolute_url()}card.png">' in page


def test_cards_differ_with_what_they_say():
    assert cards.draw_advert_card(a_vacancy("Cook")) != cards.draw_advert_card(a_vacancy("Chef"))


def test_a_card_is_drawn_once_for_the_same_words_however_often_it_is_asked_for(client, monkeypatch):
    """Each costs as much as five pages, and anybody may ask a thousand times."""
    drawn, png = [], cards._png
    monkeypatch.setattr(cards, "_png", lambda image: drawn.append(1) or png(image))
    advert = a_vacancy("Cook who is drawn once")
    first, second = (client.get(f"{advert.get_absolute_url()}card.png").content for _ in range(2))
    assert (first == second, len(drawn)) == (True, 1)
    advert.closes_at = london(2026, 5, 20)
    advert.save()
    assert client.get(f"{advert.get_absolute_url()}card.png").content != first


def test_an_advert_that_has_no_page_has_no_card(client):
    for fields in [{"status": Status.DRAFT}, {"publish_on": MONDAY.replace(day=30)}, {"closes_at": london(2026, 1, 5)}]:
        advert = a_vacancy(**fields)
        assert client.get(f"{advert.get_absolute_url()}card.png").status_code == 404


def test_every_other_page_has_the_card_of_the_site(client):
    school = a_school()
    edition = an_edition(published_at=london(2026, 4, 27, 7))
    standing = ["/", "/vacancies/", "/news/", "/editions/", "/contact/", "/mailing-list/"]
    for address in [*standing, school.get_absolute_url(), edition.get_absolute_url()]:
        assert 'content="https://www.greensheets.example/vacancies/card.png"' in client.get(address).text
    assert picture(client.get("/vacancies/card.png")).size == (cards.WIDTH, cards.HEIGHT)
