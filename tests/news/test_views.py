import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.http import http_date

from greensheets_site.demo import articles
from news.models import Article
from tests.builders import an_article, london

NOW = london(2026, 4, 27, 9)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def titles(page) -> list[str]:
    return re.findall(r'<h[23]><a href="/news/[^"]+">([^<]+)</a>', page.text)


def test_the_old_article_is_at_its_address(client):
    Article.objects.bulk_create([articles.send_budgets()])
    page = client.get("/news/dfe-to-intervene-on-local-authority-send-budgets-196")
    assert page.status_code == 200
    assert "<h1>DfE to intervene on local authority SEND budgets</h1>" in page.text
    assert 'href="https://tinyurl.com/mvkwbrwa"' in page.text


@pytest.mark.parametrize(
    "address",
    [
        "/news/dfe-to-intervene-on-local-authority-send-budgets--196",
        "/news/something-else-196",
        "/news/DfE_%E2%80%98Budgets%E2%80%99-196",
        "/news/dfe-to-intervene-on-local-authority-send-budgets-196/",
        "/news/196",
        "/news/-196/",
        "/news/in-2022-7-196",
    ],
)
def test_the_trailing_id_decides_and_any_other_slug_is_redirected_for_good(client, address):
    Article.objects.bulk_create([articles.send_budgets()])
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/news/dfe-to-intervene-on-local-authority-send-budgets-196")


@pytest.mark.parametrize(
    "address", ["/news/nothing-999", "/news/999", "/news/no-number", "/news/%00-1", "/news/x-99999999999999999999"]
)
def test_an_unknown_article_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_draft_and_an_article_of_tomorrow_are_not_found(client):
    draft, tomorrow = an_article("Draft", published_at=None), an_article("Tomorrow", published_at=NOW + timedelta(days=1))
    assert [client.get(one.get_absolute_url()).status_code for one in (draft, tomorrow)] == [404, 404]
    assert titles(client.get("/news/")) == []
    assert "Draft" not in client.get("/news/feed/").text


def test_the_list_shows_the_newest_first(client):
    for days in (3, 1, 2):
        an_article(f"{days} days ago", published_at=NOW - timedelta(days=days))
    assert titles(client.get("/news/")) == ["1 days ago", "2 days ago", "3 days ago"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_the_same_number_of_times(client, rows, django_assert_num_queries):
    for number in range(rows):
        an_article(f"Number {number}")
    with django_assert_num_queries(3):
        client.get("/news/")


def test_older_news_is_on_the_next_page(client):
    for number in range(13):
        an_article(f"Number {number}", published_at=NOW - timedelta(days=number + 1))
    assert titles(client.get("/news/?page=2")) == ["Number 12"]
    assert titles(client.get("/news/?page=99")) == ["Number 12"]
    assert len(titles(client.get("/news/?page=%00"))) == 12


def test_no_news_says_so(client):
    assert "There is no news yet." in client.get("/news/").text


def test_related_news_is_what_shares_the_most_words_the_newest_first_and_never_the_article_itself(client):
    article = an_article("Budgets for special needs")
    days_ago = {
        "Half-term dates": 1,
        "Needs of budgets": 5,
        "Special budgets explained": 3,
        "Special needs and budgets": 9,
        "New uniforms": 2,
    }
    for title, days in days_ago.items():
        an_article(title, published_at=NOW - timedelta(days=days))
    alike = ["Special budgets explained", "Needs of budgets", "Special needs and budgets"]
    assert titles(client.get(article.get_absolute_url())) == alike


def test_where_little_shares_words_the_newest_news_is_related(client):
    article = an_article("Budgets for special needs")
    an_article("Half-term dates", published_at=NOW - timedelta(days=1))
    an_article("Special budgets explained", published_at=NOW - timedelta(days=9))
    for title in ("Oaks", "Elms"):
        an_article(title, published_at=NOW - timedelta(days=2))
    assert titles(client.get(article.get_absolute_url())) == ["Half-term dates", "Elms", "Special budgets explained"]


def test_an_article_cannot_end_the_script_that_describes_it(client):
    article = an_article("</script><script>alert(1)</script>")
    page = client.get(article.get_absolute_url()).text
    assert "<script>alert" not in page
    assert "\\u003C/script\\u003E" in page


def test_a_page_is_kept_no_longer_than_until_the_next_article(client):
    an_article()
    an_article("Soon", published_at=NOW + timedelta(seconds=90))
    assert client.get("/news/").headers["Cache-Control"] == "public, max-age=90"


def test_a_reader_who_has_the_page_gets_304(client):
    an_article()
    etag = client.get("/news/").headers["ETag"]
    assert client.get("/news/", headers={"If-None-Match": etag}).status_code == 304


def test_the_feed_has_the_twenty_newest_articles(client):
    for number in range(21):
        an_article(f"Number {number}", published_at=NOW - timedelta(hours=number))
    assert re.findall(r"<title>(Number \d+)</title>", client.get("/news/feed/").text) == [
        f"Number {number}" for number in range(20)
    ]


def test_a_page_of_the_list_has_twelve_articles(client):
    for number in range(13):
        an_article(f"Number {number}", published_at=NOW - timedelta(hours=number))
    assert titles(client.get("/news/")) == [f"Number {number}" for number in range(12)]
    assert titles(client.get("/news/?page=2")) == ["Number 12"]


def test_the_feed_is_atom_with_ids_that_outlive_a_corrected_title(client):
    article = an_article("Old title", pk=300)
    article.title = "New title"
    article.save()
    feed = client.get("/news/feed/")
    assert feed.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert re.findall(r"<id>([^<]+)</id>", feed.text) == [
        "https://www.greensheets.example/news/feed/",
        "tag:www.greensheets.example,1997:news/300",
    ]
    assert 'href="https://www.greensheets.example/news/new-title-300"' in feed.text
    assert feed.headers["Last-Modified"] == http_date(NOW.timestamp())


PICTURED = {
    "picture": "news/0123456789abcdef-1280x720.jpg",
    "picture_alt": "Pupils plant an oak",
    "picture_caption": "Photo: A. Reader",
}
PICTURE = "/media/news/0123456789abcdef-1280x720"


def test_an_article_shows_its_picture_in_every_size_with_its_caption(client):
    page = client.get(an_article(**PICTURED).get_absolute_url()).text
    srcset = ", ".join(f"{PICTURE}-{width}.webp {width}w" for width in (320, 640, 960))
    assert f'<img src="{PICTURE}.jpg" srcset="{srcset}"' in page
    assert 'width="1280" height="720" alt="Pupils plant an oak"' in page
    assert "<figcaption>Photo: A. Reader</figcaption>" in page
    assert f'<meta property="og:image" content="https://www.greensheets.example{PICTURE}.jpg">' in page


def test_a_decorative_picture_has_an_empty_description(client):
    article = an_article(picture=PICTURED["picture"], picture_is_decorative=True)
    page = client.get(article.get_absolute_url()).text
    assert 'height="720" alt=""' in page
    assert "og:image:alt" not in page


def test_the_picture_of_an_article_is_in_the_lists_and_loads_when_it_is_near(client):
    an_article(**PICTURED)
    for address in ("/news/", "/"):
        image = re.search(r"<img[^>]+/media/news/[^>]+>", client.get(address).text)[0]
        assert 'alt=""' in image
        assert 'loading="lazy"' in image


def test_search_engines_and_feed_readers_get_the_jpeg(client):
    article = an_article(**PICTURED)
    default_storage.save(PICTURED["picture"], ContentFile(b"x" * 321))
    address = f"https://www.greensheets.example{PICTURE}.jpg"
    data = json.loads(re.search(r'ld\+json">({[^<]*NewsArticle[^<]*})<', client.get(article.get_absolute_url()).text)[1])
    assert data["image"] == [{"@type": "ImageObject", "url": address, "width": 1280, "height": 720}]
    feed = ElementTree.fromstring(client.get("/news/feed/").content)  # noqa: S314  our own feed
    atom = "{http://www.w3.org/2005/Atom}"
    links = [(link.get("rel"), link.get("href"), link.get("length")) for link in feed.iter(f"{atom}link")]
    assert ("enclosure", address, "321") in links
    assert feed.find(f"{atom}entry/{atom}content").text.startswith(f'<p><img src="{address}" width="1280" height="720"')


@pytest.mark.usefixtures("either_storage")
def test_a_feed_is_not_lost_with_a_file(client):
    an_article(**PICTURED)
    assert client.get("/news/feed/").status_code == 200


def test_headings_begin_below_the_title_and_skip_no_level(client):
    article = an_article(body="<h3>Why</h3><p>So.</p><h4>And how</h4><p>Thus.</p>")
    page = client.get(article.get_absolute_url()).text.split("<h1>")[1]
    assert re.findall(r"<(h\d)>([^<]+)", page)[:2] == [("h2", "Why"), ("h3", "And how")]
