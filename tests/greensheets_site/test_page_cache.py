"""The cache in front of Django, held against Django itself: whatever happens, both say the same."""

import gzip
import re
import threading
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import time_machine
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection, connections, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greensheets_site import content
from greensheets_site.models import ContentVersion
from greensheets_site.moments import next_change
from greensheets_site.page_cache import PageCache
from greensheets_site.stamp import Watch
from news.models import Article
from tests.builders import MONDAY, a_school, a_vacancy, an_article, an_authority, an_edition, london
from vacancies import proofs
from vacancies.models import Authority, School, Vacancy

NOW = london(2026, 4, 27, 10)
LISTS = (
    "/",
    "/vacancies/",
    "/vacancies/?q=teacher",
    "/vacancies/feed/",
    "/news/",
    "/sitemap.xml",
    "/vacancies.json",
    "/editions/",
)

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_closed")]


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def _closed():
    """Every connection that a watch has opened is closed again: a database cannot be dropped under an open one."""
    yield
    while OPEN:
        OPEN.pop().close()


OPEN: list[Watch] = []


class Site:
    """The cache around the real application, which notes what reaches it."""

    def __init__(self, megabytes=64):
        self.reached: list[str] = []
        self.watch = Watch(next_change)
        OPEN.append(self.watch)
        self.cache = PageCache(self._application, self.watch, megabytes)
        self._django = get_wsgi_application()

    def _application(self, environ, start_response):
        self.reached.append(environ["PATH_INFO"])
        return self._django(environ, start_response)

    def get(self, address, method="GET", **environ):
        environ = {**RequestFactory().generic(method, address).environ, **environ}
        answer: dict = {}

        def start_response(status, headers, exc_info=None):
            answer.update(status=int(status[:3]), headers=dict(headers), names=[name for name, _ in headers])

        result = self.cache(environ, start_response)
        answer["body"] = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        return answer


def plain(address):
    return Client().get(address).content


def test_the_second_reader_gets_the_page_without_django(site, clock):
    an_article("Oaks")
    first, second = site.get("/news/"), site.get("/news/")
    assert first == second
    assert b"Oaks" in first["body"]
    assert site.reached == ["/news/"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_pages_come_in_the_encoding_that_the_reader_takes(site, clock, accepted, encoding, decode):
    for _ in range(2):
        answer = site.get("/news/", HTTP_ACCEPT_ENCODING=accepted)
        assert answer["headers"].get("Content-Encoding") == encoding
        assert int(answer["headers"]["Content-Length"]) == len(answer["body"])
        assert decode(answer["body"]) == plain("/news/")
        assert answer["headers"]["Vary"] == "Accept-Encoding"


def test_each_encoding_has_its_own_etag_and_any_of_them_is_known_again(site, clock):
    etags = [site.get("/news/", HTTP_ACCEPT_ENCODING=each)["headers"]["ETag"] for each in ("br", "gzip", "")]
    assert len(set(etags)) == 3
    for known in [*etags, "*", f'"other", W/{etags[0]}']:
        answer = site.get("/news/", HTTP_IF_NONE_MATCH=known)
        assert (answer["status"], answer["body"]) == (304, b"")
    assert site.get("/news/", HTTP_IF_NONE_MATCH='"other"')["status"] == 200


def test_a_reader_whose_page_is_old_gets_the_new_one(site, clock):
    etag = site.get("/news/")["headers"]["ETag"]
    an_article("Oaks")
    answer = site.get("/news/", HTTP_IF_NONE_MATCH=etag)
    assert (answer["status"], b"Oaks" in answer["body"]) == (200, True)


def test_head_gets_the_headers_of_the_page(site, clock):
    page = site.get("/news/")
    head = site.get("/news/", method="HEAD")
    assert (head["headers"], head["body"]) == (page["headers"], b"")


@pytest.mark.parametrize(
    ("address", "environ"),
    [
        ("/contact/", {}),
        ("/mailing-list/", {}),
        ("/admin/login/", {}),
        ("/healthz", {}),
        ("/news/", {"HTTP_COOKIE": "a=b; sessionid=abc"}),
        ("/news/", {"HTTP_COOKIE": "messages=abc"}),
        ("/news/?utm_source=x", {}),
        ("/vacancies/?q=" + "x" * 400, {}),
        ("/nothing-here/", {}),
    ],
)
def test_what_is_somebodys_own_or_odd_is_never_kept(site, clock, address, environ):
    for _ in range(2):
        site.get(address, **environ)
    assert len(site.reached) == 2


def test_a_page_that_sets_a_cookie_or_is_private_is_never_kept(clock):
    for extra in (
        [("Set-Cookie", "a=b")],
        [("Vary", "Cookie")],
        [("Cache-Control", "private")],
        [("Content-Type", "application/pdf")],
    ):
        site = Site()
        good = {"Content-Type": "text/html", "Cache-Control": "public, max-age=300", "ETag": '"x"'}

        def application(environ, start_response, headers={**good, **dict(extra)}):  # noqa: B006  one dict for each round
            start_response("200 OK", list(headers.items()))
            return [b"page"]

        site._django = application
        assert [site.get("/news/")["body"] for _ in range(2)] == [b"page", b"page"]
        assert len(site.reached) == 2, extra


def test_posting_goes_to_django(site, clock):
    site.get("/news/")
    site.get("/news/", method="POST")
    assert len(site.reached) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda: an_article("Oaks"),
        lambda: Article.objects.filter(pk=1).update(title="Elms"),
        lambda: Article.objects.filter(pk=1).delete(),
        lambda: Article.objects.bulk_create([Article(title="Ash", body="", published_at=NOW)]),
        lambda: connection.cursor().execute("UPDATE news_article SET title = 'Yew'"),
        lambda: a_vacancy("Cook", role="other-support"),
        lambda: an_edition(published_at=NOW),
    ],
)
def test_however_content_is_changed_no_reader_sees_the_old_page(site, clock, change):
    an_article("Beech", pk=1)
    before = [site.get(address)["body"] for address in LISTS]
    change()
    after = [site.get(address)["body"] for address in LISTS]
    assert after == [plain(address) for address in LISTS]
    assert after != before


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda advert: Vacancy.objects.update(title="Baker"), b"Baker"),
        (lambda advert: School.objects.update(name="Yew Tree School"), b"Yew Tree School"),
        (lambda advert: Authority.objects.update(name="Newshire"), b"Newshire"),
        (lambda advert: Vacancy.objects.update(working_pattern="casual"), b"As and when needed"),
        (lambda advert: a_vacancy("Baker", school=advert.school), b"Baker"),
    ],
)
def test_a_page_that_nobody_has_asked_for_yet_is_not_made_of_what_other_pages_remember(site, clock, change, shown):
    advert = a_vacancy("Cook", school=a_school(authority=an_authority("Saltmere")))
    assert shown not in site.get("/vacancies/?sort=closing")["body"]
    change(advert)
    for address in ("/vacancies/", "/vacancies/?q=cook", advert.school.get_absolute_url()):
        answer = site.get(address, HTTP_HOST="testserver")
        assert answer["body"] == plain(address)
    assert shown in site.get("/vacancies/")["body"]


def test_the_frame_of_each_page_marks_the_page_that_it_is(site, clock):
    for path in ("/news/", "/vacancies/", "/vacancies/teaching/", "/editions/", "/", "/news/"):
        current = re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', site.get(path)["body"].decode())
        section = f"/{path.split('/')[1]}/"
        assert current == ([] if path == "/" else [(section, "page" if path == section else "true")]), path


def test_an_advert_is_the_same_whatever_list_it_was_opened_from(site, clock):
    """Its text is made once; the way back, and previous and next, belong to each list."""
    first, second = a_vacancy("Cook", role="midday-supervisor"), a_vacancy("Baker", role="midday-supervisor")
    for advert in (first, second):
        for query in ("", "?sort=newest", "?sort=closing", "?role=midday-supervisor", "?q=baker"):
            address = f"{advert.get_absolute_url()}{query}"
            assert site.get(address)["body"] == plain(address)
    Vacancy.objects.filter(pk=first.pk).update(hours_detail="Every second day")
    assert b"Every second day" in site.get(f"{first.get_absolute_url()}?q=cook")["body"]


def test_adverts_that_are_closed_are_not_remembered(site, clock):
    """Nobody knows how many there are."""
    closed = a_vacancy("Cook", closes_at=NOW - timedelta(days=1))
    known = remembering(site)
    site.get(closed.get_absolute_url())
    assert [key for key in remembering(site) if closed.pk in key] == []
    live = a_vacancy("Baker")
    site.get(live.get_absolute_url())
    assert {key[1] for key in remembering(site) - known if live.pk in key} == {"advert", "advert to machines"}


def test_each_proof_shows_its_own_advert_and_as_it_is_now(site, clock):
    drafts = [a_vacancy(title, status="draft") for title in ("Cook", "Baker")]
    site.get(a_vacancy("Gardener").get_absolute_url())
    for title in ("", "Head "):
        for draft in drafts:
            Vacancy.objects.filter(pk=draft.pk).update(title=f"{title}{draft.title}")
            address = reverse("vacancies:proof", args=[proofs.token(draft)])
            assert f"<h1>{title}{draft.title}</h1>".encode() in site.get(address)["body"]


def remembering(site):
    """The keys of what is remembered now; those that are made of parts."""
    return {key for key in site.cache._memory._values if isinstance(key, tuple)}


def test_pages_that_are_not_kept_are_made_of_what_is_remembered_too(site, clock, django_assert_max_num_queries):
    a_vacancy("Cook")
    site.get("/vacancies/")
    with django_assert_max_num_queries(0):
        assert b"Cook" in site.get("/vacancies/?utm_source=x")["body"]


def test_what_no_reader_sees_leaves_the_pages_where_they_are(site, clock, django_user_model):
    site.get("/news/")
    django_user_model.objects.create_user("somebody")
    connection.cursor().execute("UPDATE editions_bulletin SET progress = 'Page 3'")
    site.get("/news/")
    assert site.reached == ["/news/"]


def test_a_change_that_is_rolled_back_is_seen_by_nobody(site, clock):
    before = site.get("/news/")["body"]
    with transaction.atomic():
        an_article("Never")
        assert site.get("/news/")["body"] == before
        transaction.set_rollback(True)
    assert site.get("/news/")["body"] == before == plain("/news/")


def test_many_rows_in_one_transaction_count_and_so_does_the_next(site, clock):
    for title in ("Oaks", "Elms"):
        with transaction.atomic():
            Article.objects.bulk_create([Article(title=f"{title} {number}", body="", published_at=NOW) for number in range(30)])
        assert site.get("/news/")["body"] == plain("/news/")


@pytest.mark.parametrize(
    "moment",
    [
        london(2026, 5, 12, 12),  # the advert closes
        london(2026, 4, 28, 9, 30),  # the article appears
        london(2026, 4, 28),  # midnight
        london(2026, 5, 4),  # the second advert's Monday
        london(2026, 5, 4, 7),  # the hour of the edition
        london(2026, 5, 12, 12) + timedelta(days=90),  # the closed advert's page ends
        london(2026, 5, 7, 12),  # the copy deadline
    ],
)
def test_a_moment_is_kept_to_the_second_and_no_browser_is_told_to_keep_a_page_past_it(site, clock, moment):
    advert = a_vacancy("Class Teacher")
    a_vacancy("Cook", publish_on=MONDAY + timedelta(days=7), closes_at=moment + timedelta(days=40))
    an_article("Oaks", published_at=london(2026, 4, 28, 9, 30))
    an_edition(MONDAY + timedelta(days=14))
    addresses = ("/", "/vacancies/", "/news/", "/vacancies.json", "/editions/", advert.get_absolute_url())
    for seconds in (-400, -2, -1, 0, 1):
        clock.move_to(moment + timedelta(seconds=seconds))
        answers = {address: site.get(address) for address in addresses}
        again = {address: site.get(address) for address in addresses}
        assert {address: answer["body"] for address, answer in again.items()} == {each: plain(each) for each in addresses}
        ages = {answer["headers"]["Cache-Control"] for answer in answers.values() if answer["status"] == 200}
        if seconds < 0:
            assert ages == {f"public, max-age={min(300, -seconds)}"}
    assert next_change(moment - timedelta(seconds=1)) == moment


HOURS = st.integers(-2, 60).map(lambda hour: NOW + timedelta(hours=hour))
EVENTS = st.sampled_from(["advert", "article", "withdraw", "extend", "rename", "travel", "travel"])


def happen(draw, name, school, clock):
    """A save of some kind, or a jump to or around a moment at which pages change by themselves."""
    match draw(EVENTS):
        case "advert":
            a_vacancy(name, school=school, publish_on=draw(HOURS).date(), closes_at=draw(HOURS))
        case "article":
            an_article(name, published_at=draw(HOURS))
        case "withdraw":
            Vacancy.objects.filter(pk__gt=0)[:1].get().delete() if Vacancy.objects.exists() else None
        case "extend":
            Vacancy.objects.update(closes_at=draw(HOURS))
        case "rename":
            School.objects.update(name=f"School of {name}")
        case "travel":
            now = datetime.now(UTC)
            clock.move_to(max(now, next_change(now)) + timedelta(seconds=draw(st.sampled_from([-1, 0, 1]))))


@given(data=st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_history_of_saves_and_hours_gives_the_pages_that_django_gives(data, clock):
    Vacancy.objects.all().delete()
    Article.objects.all().delete()
    clock.move_to(NOW)
    site, school = Site(), School.objects.first() or a_school()
    for step in range(data.draw(st.integers(2, 7))):
        happen(data.draw, f"Number {step}", school, clock)
        pages = ["/", "/vacancies/", "/vacancies/?sort=closing", "/news/", school.get_absolute_url()]
        adverts = [advert.get_absolute_url() for advert in Vacancy.objects.all()]
        pages += adverts + [f"{address}?sort=newest" for address in adverts]
        for address in data.draw(st.permutations(pages)):
            assert site.get(address)["body"] == plain(address)
    site.watch.close()


def test_readers_in_threads_never_see_what_was_already_replaced(site):
    """Each reader knows which title was committed before it asked, and must not be shown an older one."""
    article = an_article("Number 0", published_at=london(2026, 4, 20, 9))
    committed, stale, reads, done = [0], [], [], threading.Event()

    def read():
        try:
            while not done.is_set():
                known = committed[0]
                shown = int(site.get("/news/")["body"].split(b">Number ")[1].split(b"<")[0])
                reads.append(shown)
                if shown < known:
                    stale.append((known, shown))
        finally:
            connections.close_all()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 31):
        Article.objects.filter(pk=article.pk).update(title=f"Number {number}")
        committed[0] = number
        seen = len(reads)
        while len(reads) < seen + 2 and any(reader.is_alive() for reader in readers):
            done.wait(0.005)
    done.set()
    for reader in readers:
        reader.join()
    assert (stale, len(reads) >= 60, max(reads)) == ([], True, 30)


def test_a_page_that_was_overtaken_while_it_was_made_is_not_kept(site, clock):
    """Saved after Django had read and before it had answered."""
    an_article("Old", pk=1)
    django = site._django

    def slow(environ, start_response):
        result = django(environ, start_response)
        if Article.objects.filter(title="Old").update(title="New"):
            return [b"".join(result)]
        return result

    site._django = slow
    assert b"Old" in site.get("/news/")["body"]
    assert b"New" in site.get("/news/")["body"]


def test_memory_is_bounded_and_the_pages_that_are_read_stay(clock):
    site = Site(megabytes=1)
    big = b"x" * 150_000

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "public"), ("ETag", '"x"')])
        return [big]

    site._django = application
    for page in range(2, 9):
        site.get("/vacancies/")
        site.get(f"/vacancies/?page={page}")
    assert site.reached.count("/vacancies/") == 8
    assert site.cache._size <= 1024 * 1024


def test_without_the_triggers_nothing_is_kept_and_the_log_says_why(site, clock, caplog):
    content.unwatch(connection)
    try:
        for _ in range(2):
            assert site.get("/news/")["status"] == 200
    finally:
        content.watch(connection)
    assert (len(site.reached), caplog.messages) == (
        2,
        ["Pages are not kept: the database does not count changes. Run manage.py migrate, then restart."],
    )


def test_when_the_database_does_not_answer_django_decides_and_the_cache_recovers(site, clock, monkeypatch):
    site.get("/news/")
    with monkeypatch.context() as patch:
        patch.setattr(site.watch, "_ask", failing)
        assert site.get("/news/")["status"] == 200
    assert [site.get("/news/")["status"] for _ in range(2)] == [200, 200]
    assert site.reached == ["/news/"] * 2


def failing(question):
    raise OperationalError("server closed the connection unexpectedly")


def test_every_table_that_pages_show_is_watched_and_no_other():
    tables = {model._meta.label for model in content.watched()}
    assert tables == {
        "editions.Bulletin",
        "editions.Edition",
        "flatpages.FlatPage",
        "flatpages.FlatPage_sites",
        "news.Article",
        "sites.Site",
        "vacancies.Authority",
        "vacancies.Break",
        "vacancies.RoleType",
        "vacancies.School",
        "vacancies.Subject",
        "vacancies.Term",
        "vacancies.Vacancy",
        "vacancies.VacancyDocument",
        "vacancies.Vacancy_subjects",
    }


def test_triggers_come_back_after_a_migration_and_count_it():
    before = ContentVersion.objects.get().number
    call_command("migrate", verbosity=0)
    assert content.is_watched(connection)
    assert ContentVersion.objects.get().number > before
