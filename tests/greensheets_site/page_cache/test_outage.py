"""The database away under traffic: what is in memory is shown and marked, the rest says so, and all recovers by itself."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from greensheets_site import rules
from greensheets_site.page_cache.cache import TRY_AGAIN_AFTER
from tests.builders import an_article
from tests.cached_site import NOW, plain

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_closed")]
MARK = b"This page is as it was at 10am."


class Database:
    """Away or back, for Django and for the cache alike."""

    def __init__(self, site, monkeypatch):
        self._site, self._monkeypatch, self.seconds, self.tries = site, monkeypatch, 1000.0, 0
        monkeypatch.setattr("greensheets_site.page_cache.cache.time.monotonic", lambda: self.seconds)
        self._really_ask, self._really_connect = site.watch._ask, BaseDatabaseWrapper.ensure_connection

    def goes_away(self):
        def fails(*_, **__):
            self.tries += 1
            raise OperationalError("server closed the connection unexpectedly")

        self._site.watch._ask = fails
        self._monkeypatch.setattr("greensheets_site.page_cache.stamp.is_watched", fails)
        self._monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", fails)

    def comes_back(self):
        self._site.watch._ask = self._really_ask
        self._monkeypatch.undo()
        self.seconds += TRY_AGAIN_AFTER
        self._monkeypatch.setattr("greensheets_site.page_cache.cache.time.monotonic", lambda: self.seconds)


@pytest.fixture
def database(site, monkeypatch, clock):
    return Database(site, monkeypatch)


def test_a_page_in_memory_is_shown_marked_with_its_time_and_any_other_is_503_with_a_time_to_come_back(site, database):
    an_article("Oaks")
    site.get("/news/")
    database.goes_away()
    kept, other = site.get("/news/"), site.get("/vacancies/")
    assert (kept["status"], b"Oaks" in kept["body"], MARK in kept["body"]) == (200, True, True)
    assert (other["status"], other["headers"]["Retry-After"]) == (503, "30")
    assert b"This page will be back in a moment" in other["body"]
    assert MARK not in other["body"]


def test_all_recovers_by_itself_and_what_did_not_change_is_kept_still(site, database):
    an_article("Oaks")
    site.get("/news/")
    database.goes_away()
    site.get("/news/")
    database.comes_back()
    assert site.get("/news/")["body"] == plain("/news/")
    assert site.reached == ["/news/"]
    an_article("Elms")
    assert b"Elms" in site.get("/news/")["body"]


def test_what_changed_meanwhile_is_seen_as_soon_as_it_is_back(site, database):
    site.get("/news/")
    database.goes_away()
    site.get("/news/")
    database.comes_back()
    an_article("Elms")
    assert b"Elms" in site.get("/news/")["body"]


def test_a_database_that_is_away_is_tried_once_a_second_and_the_log_says_it_once(site, database, caplog):
    site.get("/news/")
    database.goes_away()
    for tenth in range(30):
        database.seconds = 1000 + tenth / 10
        site.get("/news/")
    assert database.tries == 3
    assert [record.getMessage() for record in caplog.records] == [
        "The database cannot be asked whether pages have changed (OperationalError)"
    ]


@pytest.mark.parametrize(("over", "status"), [(timedelta(seconds=-1), 200), (timedelta(), 503)])
def test_a_page_in_memory_outlives_the_database_by_an_hour(site, database, clock, over, status):
    site.get("/news/")
    database.goes_away()
    clock.move_to(NOW + rules.PAGES_OUTLIVE_THE_DATABASE_BY + over)
    assert site.get("/news/")["status"] == status


def test_somebodys_own_page_is_never_answered_from_memory(site, database):
    site.get("/news/")
    database.goes_away()
    assert site.get("/news/", HTTP_COOKIE="sessionid=abc")["status"] == 503
