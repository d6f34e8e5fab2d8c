"""The trail: a row and a line of the log for each thing that was done, chained so that a row that goes missing shows."""

import json
import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from greensheets_site.watching.logs import JsonFormatter
from tests.builders import london
from tests.desk import staff
from web import trail
from web.models import Happening, TrailEntry

NOW = london(2026, 4, 22, 9)
pytestmark = pytest.mark.django_db


def asked_by(user=None, browser="Firefox"):
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers={"user-agent": browser})
    request.user = user or AnonymousUser()
    return request


def five():
    return [trail.record(Happening.ERASED, said=f"Reader {number}", at=NOW + timedelta(days=number)) for number in range(5)]


def gaps():
    return trail.gaps(TrailEntry.objects.order_by("pk"))


def test_an_entry_says_who_did_what_to_whom_when_and_from_where():
    olwen, erin = staff("Owner", "olwen"), staff("Editor", "erin")
    trail.record(Happening.ACCOUNT, asked_by(olwen), about=erin, said="Editor → Publisher", at=NOW)
    [entry] = TrailEntry.objects.values("at", "what", "who", "about", "place", "browser", "said")
    assert list(entry.values()) == [NOW, "account", "olwen", "erin", "192.0.2.1", "Firefox", "Editor → Publisher"]


def test_of_whoever_is_logged_in_it_is_their_own_account_and_of_a_visitor_nobodys():
    entries = [trail.record(Happening.EXPORTED, asked_by(staff("Owner", "olwen"))), trail.record(Happening.FAILED, asked_by())]
    assert [(entry.who, entry.about) for entry in entries] == [("olwen", "olwen"), ("", "")]


def test_entries_that_nobody_touched_are_whole():
    five()
    assert gaps() == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_row_that_was_taken_out_shows(number):
    entries = five()
    TrailEntry.objects.filter(pk=entries[number].pk).delete()
    assert gaps() == [entries[number + 1].pk]


CHANGES = [{"said": "x"}, {"who": "x"}, {"about": "x"}, {"place": "x"}, {"what": "log-in"}, {"at": NOW}, {"browser": "x"}]


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_was_changed_shows(change):
    entries = five()
    TrailEntry.objects.filter(pk=entries[2].pk).update(**change)
    assert gaps() == [entries[2].pk]


def test_a_row_that_was_put_in_between_shows():
    entries = five()
    forged = TrailEntry(at=NOW, what="log-in", said="nothing happened", before="0" * 64)
    forged.digest = trail.digest_of(forged)
    forged.save()
    assert gaps() == [forged.pk]
    assert trail.record(Happening.ERASED).before == forged.digest != entries[-1].digest


def test_of_two_that_follow_the_same_row_the_later_tries_again(monkeypatch):
    first, *_ = five()
    real, answers = TrailEntry.objects.order_by, [TrailEntry.objects.filter(pk=first.pk)]
    monkeypatch.setattr(TrailEntry.objects, "order_by", lambda *names: answers.pop() if answers else real(*names))
    trail.record(Happening.ERASED, said="Reader 6")
    monkeypatch.undo()
    assert (gaps(), TrailEntry.objects.count()) == ([], 6)


@pytest.mark.parametrize(("after", "kept"), [(timedelta(days=365, seconds=-1), 5), (timedelta(days=365), 4)])
def test_an_entry_is_kept_for_a_year_and_what_stays_is_whole(after, kept):
    five()
    trail.delete_old(NOW + after)
    assert (TrailEntry.objects.count(), gaps()) == (kept, [])


def test_the_log_has_each_entry_on_one_line_with_its_digest(caplog):
    caplog.set_level(logging.INFO, "web.trail")
    entry = trail.record(Happening.LOGGED_IN, asked_by(staff("Owner", "olwen"), browser="Firefox"), said="one\ntwo", at=NOW)
    [record] = [record for record in caplog.records if record.name == "web.trail"]
    assert "\n" not in record.getMessage()
    assert entry.digest in record.getMessage()
    told = json.loads(JsonFormatter().format(record))["trail"]
    assert [told[name] for name in ("at", "what", "who", "digest")] == [NOW.isoformat(), "log-in", "olwen", entry.digest]


def test_words_are_cut_where_their_box_ends():
    entry = trail.record(Happening.FAILED, asked_by(browser="x" * 999), said="y" * 999)
    assert (len(entry.browser), len(entry.said), gaps()) == (200, 500, [])
