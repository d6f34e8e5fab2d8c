"""The editions as an Atom feed: what each entry says, and when it says that it was changed."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from editions.building import bulletins
from editions.models import Bulletin
from editions.public import feeds
from tests.builders import MONDAY, a_vacancy, an_edition, london

pytestmark = pytest.mark.django_db

PUBLISHED = london(2026, 4, 27, 7)


def an_issue(on=MONDAY, **pdfs):
    """A published edition; of each staff group that is named, a PDF."""
    edition = an_edition(on, published_at=london(on.year, on.month, on.day, 7))
    bulletins.plan(edition)
    for staff_group, fields in pdfs.items():
        edition.bulletins.filter(staff_group=staff_group).update(file="bulletins/a.pdf", **fields)
    return edition


def said(client, tag) -> list[str]:
    """What stands in each element of a name, without those of the feed itself."""
    entries = client.get(reverse("editions:feed")).content.decode().split("<entry>")[1:]
    return [text for entry in entries for text in re.findall(f"<{tag}[^>]*>([^<]*)</{tag}>", entry)]


@pytest.mark.parametrize(
    ("pdfs", "summary"),
    [
        ({"teaching": {"posts": 1}, "support": {"posts": 12}}, "Teaching staff: 1 post. Support staff: 12 posts."),
        ({"support": {"posts": 2}}, "Support staff: 2 posts."),
        ({"teaching": {"posts": 0}}, "Teaching staff: as a PDF."),
    ],
    ids=["both", "only one is built", "uploaded, so nobody counted"],
)
def test_an_entry_counts_the_posts_of_each_pdf_that_is_there(client, pdfs, summary):
    edition = an_issue(**pdfs)

    assert said(client, "summary") == [f"Issue {edition.number}. {summary}"]
    assert said(client, "title") == ["Greensheets, Monday 27 April 2026"]


@pytest.mark.parametrize(
    ("built_at", "updated"),
    [
        (PUBLISHED - timedelta(hours=1), "2026-04-27T06:00:00+00:00"),
        (london(2026, 4, 28, 9), "2026-04-28T08:00:00+00:00"),
        (None, "2026-04-27T06:00:00+00:00"),
    ],
    ids=["as published", "corrected since", "uploaded"],
)
def test_an_entry_is_as_new_as_the_last_pdf_of_its_edition(client, built_at, updated):
    an_issue(teaching={"built_at": built_at}, support={"built_at": PUBLISHED - timedelta(hours=2)})

    assert said(client, "updated") == [updated]
    assert said(client, "published") == ["2026-04-27T06:00:00+00:00"]


@pytest.mark.parametrize(
    ("pdfs", "roles", "summary"),
    [
        ({}, ["teacher", "midday-supervisor"], "The PDFs are not ready yet."),
        ({}, ["teacher"], "The PDF for teaching staff is not ready yet."),
        (
            {"teaching": {"posts": 1}},
            ["teacher", "midday-supervisor"],
            "Teaching staff: 1 post. The PDF for support staff is not ready yet.",
        ),
        ({}, [], "As a web page, without PDFs."),
    ],
    ids=["neither is built", "the only one is not built", "one is late", "there will be none"],
)
def test_an_entry_says_which_pdf_is_not_there_yet(client, pdfs, roles, summary):
    for role in roles:
        a_vacancy(role=role)
    edition = an_issue(**pdfs)

    assert said(client, "summary") == [f"Issue {edition.number}. {summary}"]


def test_the_feed_holds_a_school_year_of_editions_with_and_without_a_pdf_the_latest_first(client):
    days = [MONDAY + timedelta(weeks=week) for week in range(42)]
    for on in days:
        an_issue(on, teaching={})
    Bulletin.objects.filter(edition__on=days[-1]).update(file="")

    assert said(client, "id") == [f"https://www.greensheets.example/editions/{on}/" for on in days[:1:-1]]


@pytest.mark.parametrize("number", [1, 3])
def test_a_feed_takes_a_constant_number_of_queries(client, number, django_assert_num_queries):
    for week in range(number):
        an_issue(MONDAY + timedelta(weeks=week), teaching={})

    with django_assert_num_queries(5):
        assert len(said(client, "id")) == number


def test_a_summary_says_after_one_decoding_what_was_meant(client, monkeypatch):
    monkeypatch.setattr(feeds, "posts_in_words", lambda number: "1 & <more>")
    an_issue(teaching={})
    [as_html] = map(unescape, said(client, "summary"))
    assert as_html.endswith("Teaching staff: 1 &amp; &lt;more&gt;.")
