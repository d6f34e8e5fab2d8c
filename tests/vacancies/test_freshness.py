import pytest
import time_machine

from tests.builders import MONDAY, a_vacancy, london
from vacancies.freshness import last_change, next_change

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (london(2026, 4, 28, 6, 59), london(2026, 4, 28, 7)),
        (london(2026, 4, 28, 7), london(2026, 4, 28, 9)),
        (london(2026, 4, 28, 9), london(2026, 4, 29, 0)),
        (london(2026, 4, 29, 23, 59), london(2026, 4, 30, 0)),
        (london(2026, 10, 24, 23), london(2026, 10, 25, 0)),
    ],
)
def test_pages_change_at_midnight_at_seven_and_when_an_advert_closes(at, expected):
    a_vacancy(closes_at=london(2026, 4, 28, 9))
    a_vacancy(publish_on=MONDAY.replace(day=30), closes_at=london(2026, 4, 28, 8))
    assert next_change(at) == expected


def test_the_last_change_is_the_last_closing_moment_or_save():
    with time_machine.travel(london(2026, 4, 28, 8), tick=False):
        a_vacancy()
    a_vacancy(closes_at=london(2026, 4, 28, 12))
    with time_machine.travel(london(2026, 4, 28, 13), tick=False):
        assert last_change(london(2026, 4, 28, 12, 30)) == london(2026, 4, 28, 12)


@pytest.mark.parametrize(
    ("at", "seconds"),
    [(london(2026, 4, 28, 8), 300), (london(2026, 4, 28, 8, 59, 30), 30), (london(2026, 4, 28, 23, 58), 120)],
)
def test_no_page_may_be_kept_past_the_next_change(client, at, seconds):
    a_vacancy(closes_at=london(2026, 4, 28, 9))
    with time_machine.travel(at, tick=False):
        response = client.get("/vacancies/")
    assert response["Cache-Control"] == f"public, max-age={seconds}"
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    assert not response.cookies


def test_a_reader_who_has_the_page_gets_304_until_it_changes(client):
    with time_machine.travel(london(2026, 4, 28, 8), tick=False):
        vacancy = a_vacancy()
        etag = client.get("/vacancies/")["ETag"]
        again = client.get("/vacancies/", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        vacancy.title = "Changed"
        vacancy.save()
        assert client.get("/vacancies/", headers={"If-None-Match": etag}).status_code == 200


def test_a_page_that_was_not_found_is_not_kept(client):
    assert "Cache-Control" not in client.get("/vacancies/in/atlantis/")
