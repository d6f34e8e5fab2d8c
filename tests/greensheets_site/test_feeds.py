"""Every Atom feed holds to RFC 4287, and tells how long it is good for."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils.http import parse_http_date

from editions.models import Bulletin
from tests.builders import a_vacancy, an_article, an_edition, london

NOW = london(2026, 4, 27, 10)
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/vacancies/feed/", "/vacancies/feed/?q=class&group=teaching", "/news/feed/", "/editions/feed/"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def rows():
    for title in ("Class Teacher & <friends>", "Class Teacher"):
        a_vacancy(title)
        an_article(f"News of “{title}”\u00a0\u2028")
    edition = an_edition(published_at=NOW)
    Bulletin(edition=edition, staff_group="teaching", size=3, built_at=NOW).file.save("a.pdf", ContentFile(b"%PDF"))


def is_moment(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is not None


def is_address(text: str) -> bool:
    return urlsplit(text).scheme in ("https", "tag")


def texts(element, *names: str) -> list[str]:
    """The text of each child of these names; each must be there exactly once."""
    found = [element.findall(ATOM + name) for name in names]
    assert [len(each) for each in found] == [1] * len(names), (names, found)
    return [each[0].text or "" for each in found]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_valid_atom(client, rows, address):
    feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314  our own feed
    assert feed.tag == f"{ATOM}feed"
    identity, title, updated = texts(feed, "id", "title", "updated")
    assert (is_address(identity), title.startswith("Greensheets"), is_moment(updated)) == (True, True, True)
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"https://www.greensheets.example{address}"
    assert links.keys() == {"self", "alternate"}


@pytest.mark.parametrize("address", FEEDS)
def test_each_entry_is_valid_and_has_an_id_of_its_own(client, rows, address):
    feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314  our own feed
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    ids = []
    for entry in entries:
        identity, title, published, updated = texts(entry, "id", "title", "published", "updated")
        assert (is_address(identity), bool(title.strip()), is_moment(published), is_moment(updated)) == (True,) * 4
        assert datetime.fromisoformat(published) <= datetime.fromisoformat(updated)
        assert all(is_address(link.get("href")) for link in entry.findall(f"{ATOM}link"))
        ids.append(identity)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("address", FEEDS)
def test_an_empty_feed_is_still_valid(client, address):
    feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314  our own feed
    assert texts(feed, "id", "title", "updated")
    assert feed.findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("address", FEEDS)
def test_an_empty_feed_is_the_same_a_little_later(client, clock, address):
    first = client.get(address)
    clock.shift(timedelta(minutes=50))
    second = client.get(address)
    assert (second.content, second["Last-Modified"]) == (first.content, first["Last-Modified"])
    clock.shift(timedelta(days=1))
    assert parse_http_date(client.get(address)["Last-Modified"]) <= (NOW + timedelta(days=2)).timestamp()


def test_a_news_feed_that_has_lost_its_last_article_was_changed_then(client, clock):
    article = an_article("Oaks")
    clock.shift(timedelta(minutes=20))
    article.published_at = None
    article.save()
    clock.shift(timedelta(minutes=20))
    answer = client.get("/news/feed/")
    [updated] = texts(ElementTree.fromstring(answer.content), "updated")  # noqa: S314  our own feed
    changed = NOW + timedelta(minutes=20)
    assert (datetime.fromisoformat(updated), parse_http_date(answer["Last-Modified"])) == (changed, changed.timestamp())


def test_a_news_feed_was_changed_when_one_of_its_articles_went(client, clock):
    an_article("Oaks")
    article = an_article("Elms")
    clock.shift(timedelta(minutes=20))
    article.published_at = None
    article.save()
    assert parse_http_date(client.get("/news/feed/")["Last-Modified"]) == (NOW + timedelta(minutes=20)).timestamp()


def test_an_article_is_the_content_of_its_entry(client):
    an_article("Oaks", body="<p>Oaks &amp; elms &lt; ashes</p>")
    feed = ElementTree.fromstring(client.get("/news/feed/").content)  # noqa: S314  our own feed
    [content] = feed.findall(f"{ATOM}entry/{ATOM}content")
    assert (content.get("type"), content.text) == ("html", "<p>Oaks &amp; elms &lt; ashes</p>")
    assert feed.findall(f"{ATOM}entry/{ATOM}summary") == []


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_kept_until_it_may_change_and_is_known_again(client, rows, address):
    an_article("Soon", published_at=NOW + timedelta(seconds=90))
    a_vacancy("Cook", closes_at=NOW + timedelta(seconds=90))
    answer = client.get(address)
    assert answer["Cache-Control"] == "public, max-age=90"
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_line_break_of_words_in_a_title_spoils_neither_feeds_nor_cards(client):
    """Word's own, a vertical tab, is a sign that XML cannot hold and that the fonts' shaper refuses."""
    advert, article = a_vacancy("Class\x0bTeacher"), an_article("News\x0bof schools\x1f")
    answers = [client.get(path) for path in ("/vacancies/feed/", "/news/feed/", f"{advert.get_absolute_url()}card.png")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    feeds = [ElementTree.fromstring(answer.content) for answer in answers[:2]]  # noqa: S314  our own answer
    titles = [feed.find(f"{ATOM}entry/{ATOM}title").text for feed in feeds]
    article.refresh_from_db()
    assert ("Class Teacher" in titles[0], titles[1]) == (True, "News of schools")
