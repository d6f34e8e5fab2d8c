import re
from datetime import timedelta

import pytest
import time_machine

from greensheets_site.templatetags.frame import LINKS
from tests.builders import a_school, a_vacancy, london

NOW = london(2026, 4, 29, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def changes(client) -> dict[str, str]:
    """The day on which each page last changed, as the sitemap says."""
    rows = re.findall(
        r"<loc>https://www.greensheets.example([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?", client.get("/sitemap.xml").text
    )
    return {address: moment for address, moment in rows if moment}


def test_a_list_has_changed_when_an_advert_on_it_has_closed(client, clock):
    clock.move_to(NOW - timedelta(days=2))
    school = a_school()
    a_vacancy("Class Teacher", school=school)
    closing = a_vacancy("Teacher of Art", school=school, closes_at=NOW + timedelta(hours=2))
    clock.move_to(NOW)
    before = changes(client)
    clock.move_to(NOW + timedelta(hours=3))
    after = changes(client)
    assert closing.get_absolute_url() in before
    assert closing.get_absolute_url() not in after
    lists = {"/vacancies/", "/vacancies/teaching/", "/vacancies/in/saltmere/", "/vacancies/teacher/", school.get_absolute_url()}
    assert {address for address in after if before.get(address) != after[address]} == lists
    assert {after[address][:10] for address in lists} == {"2026-04-29"}


def test_every_page_of_the_foot_is_in_the_sitemap(client):
    for role in ("teacher", "teaching-assistant"):
        a_vacancy(role=role)
    listed = re.findall(r"<loc>https://www.greensheets.example([^<]+)</loc>", client.get("/sitemap.xml").text)
    assert {url for name in ("weekly", "about") for _, url in LINKS[name]} - set(listed) == set()


def test_a_list_whose_last_advert_has_closed_is_left_out(client, clock):
    a_vacancy(closes_at=NOW + timedelta(hours=2))
    clock.move_to(NOW + timedelta(hours=3))
    assert [address for address in changes(client) if address.startswith("/vacancies/")] == []
