from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse

from tests.builders import MONDAY, a_vacancy, an_article, london
from vacancies.public.freshness import fresh, last_change, next_change
from web.remembered import Memory

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


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (london(2026, 4, 28), london(2026, 4, 28)),
        (london(2026, 4, 28, 6, 59), london(2026, 4, 28)),
        (london(2026, 4, 28, 7), london(2026, 4, 28, 7)),
        (london(2026, 4, 28, 8, 59), london(2026, 4, 28, 8, 30)),
        (london(2026, 4, 28, 9), london(2026, 4, 28, 9)),
    ],
)
def test_the_last_change_is_the_latest_of_midnight_seven_a_save_and_a_closing_time(at, expected):
    with time_machine.travel(london(2026, 4, 28, 8, 30), tick=False):
        a_vacancy(closes_at=london(2026, 4, 28, 9))
    assert last_change(at) == expected


def test_the_page_of_a_closed_advert_ends_at_a_moment_that_is_known():
    a_vacancy(closes_at=london(2026, 5, 12, 15, 30))
    ends = london(2026, 5, 12, 15, 30) + timedelta(days=90)
    assert [next_change(ends - timedelta(seconds=1)), next_change(ends) > ends] == [ends, True]


def test_a_page_that_is_gone_or_has_moved_is_kept_like_any_other(client):
    with time_machine.travel(london(2026, 4, 28, 8), tick=False):
        gone, live = a_vacancy(status="withdrawn"), a_vacancy("Cook")
        answers = [client.get(gone.get_absolute_url()), client.get(f"/vacancies/{live.pk}-chef/")]
    assert [(answer.status_code, answer["Cache-Control"]) for answer in answers] == [
        (410, "public, max-age=300"),
        (301, "public, max-age=300"),
    ]


def a_cookie(response):
    response.set_cookie("a", "b")


def no_page(response):
    response.status_code = 403


@pytest.mark.parametrize("spoil", [a_cookie, no_page])
def test_an_answer_for_one_reader_and_one_that_is_no_page_are_not_kept(rf, spoil):
    response = HttpResponse("page")
    spoil(response)
    answer = fresh(lambda request: response)(rf.get("/"))
    assert [name in answer for name in ("Cache-Control", "ETag", "Last-Modified")] == [False] * 3


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("Tue, 28 Apr 2026 07:30:00 GMT", "Tue, 28 Apr 2026 07:30:00 GMT"),
        ("Mon, 27 Apr 2026 06:00:00 GMT", "Tue, 28 Apr 2026 06:00:00 GMT"),
        ("no date", "Tue, 28 Apr 2026 06:00:00 GMT"),
    ],
)
def test_a_view_that_knows_of_a_later_change_says_so_itself(rf, own, told):
    with time_machine.travel(london(2026, 4, 28, 9), tick=False):
        answer = fresh(lambda request: HttpResponse("page", headers={"Last-Modified": own}))(rf.get("/"))
    assert answer["Last-Modified"] == told


@pytest.mark.parametrize("address", ["/", "/vacancies/"])
def test_nobody_is_told_to_keep_a_page_for_less_than_no_time(client, address):
    """A page that was begun under a stamp is made of what was remembered then, even if its moment has come meanwhile."""
    nine = london(2026, 4, 28, 9)
    an_article(published_at=nine) if address == "/" else a_vacancy(closes_at=nine)
    memory = Memory()
    with time_machine.travel(london(2026, 4, 28, 8, 59, 59), tick=False) as clock:
        for expected in (1, 0):
            with memory.under(1):
                assert f"max-age={expected}" in client.get(address)["Cache-Control"]
            clock.shift(timedelta(seconds=3))


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "trace", "patch"])
def test_a_page_can_only_be_read(rf, method):
    answer = fresh(lambda request: HttpResponse("page"))(getattr(rf, method)("/"))
    assert (answer.status_code, answer["Allow"], "Cache-Control" in answer) == (405, "GET, HEAD", False)
