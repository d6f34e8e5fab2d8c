"""Leaving the list: one click, from wherever the mail is read, whenever."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from mailing.emails.letters import own_token
from mailing.models import ConsentEvent, Subscriber
from tests.builders import a_subscriber, london

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def bare_client() -> Client:
    """Like a mail provider's machine: no cookies, and nothing to prove but the token."""
    return Client(enforce_csrf_checks=True)


def evidence(reader: Subscriber) -> list[tuple[str, str]]:
    return list(reader.consent_events.values_list("kind", "how"))


@pytest.mark.parametrize(
    ("content_type", "body", "how"),
    [
        (URLENCODED, "List-Unsubscribe=One-Click", "one-click"),
        (MULTIPART_CONTENT, {"List-Unsubscribe": "One-Click"}, "one-click"),
        (URLENCODED, "", "form"),
        (URLENCODED, "something=else", "form"),
        ("text/plain", "List-Unsubscribe=One-Click", "form"),
    ],
)
def test_m20_a_post_leaves_with_200_no_redirect_and_no_cookie_and_again_is_fine(content_type, body, how):
    reader = a_subscriber()
    answers = []
    for _ in range(3):
        answer = bare_client().post(f"/u/{reader.token}/", body, content_type=content_type)
        answers.append((answer.status_code, len(answer.cookies), answer.headers.get("Location")))
    assert answers == [(200, 0, None)] * 3
    reader.refresh_from_db()
    assert (reader.unsubscribed_at, evidence(reader)) == (NOON, [("unsubscribed", how)])


def test_m20_the_link_works_a_year_later_and_when_the_secret_key_was_changed(settings):
    reader = a_subscriber()
    settings.SECRET_KEY = "another one"
    with time_machine.travel(NOON + timedelta(days=400), tick=False):
        assert bare_client().post(f"/u/{reader.token}/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.active().exists()


def test_the_link_of_somebody_who_is_erased_still_answers():
    reader = a_subscriber()
    bare_client().post(f"/mailing-list/mine/{own_token(reader)}/", {"step": "erase"})
    for method in ("get", "post"):
        assert getattr(bare_client(), method)(f"/u/{reader.token}/").status_code == 200
    assert evidence(reader) == [("erased", "form")]


@pytest.mark.parametrize("path", ["/u/{}/", "/mailing-list/{}/", "/mailing-list/{}/my-data/"])
def test_a_token_that_was_made_up_opens_nothing(path):
    a_subscriber()
    assert bare_client().get(path.format("A" * 22)).status_code == 404
    assert bare_client().post(path.format("A" * 22)).status_code == 404


@pytest.mark.parametrize("path", ["/u/{}/", "/mailing-list/{}/", "/mailing-list/{}/my-data/"])
def test_pages_behind_a_token_are_kept_by_no_cache_and_no_search_engine(path):
    answer = bare_client().get(path.format(a_subscriber().token))
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert len(answer.cookies) == 0


def test_joining_again_after_leaving_takes_a_new_confirmation(client):
    reader = a_subscriber()
    bare_client().post(f"/u/{reader.token}/")
    answer = client.get(f"/mailing-list/{reader.token}/")
    assert "You are not on the mailing list" in answer.content.decode()
    client.post(f"/mailing-list/{reader.token}/", {"groups": ["teaching"]})
    reader.refresh_from_db()
    assert (reader.is_active, reader.wants_support) == (False, True)
    assert ConsentEvent.objects.filter(kind="confirmed").count() == 0


@pytest.mark.parametrize("page", ["u/a%00b/", "mailing-list/%00/", "mailing-list/a%00/my-data/"])
def test_a_token_that_no_database_takes_is_nobodys(page):
    """PostgreSQL fails on a NUL; it must not even be asked."""
    assert bare_client().get(f"/{page}").status_code == 404
