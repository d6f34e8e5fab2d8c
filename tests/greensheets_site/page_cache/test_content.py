"""The number that grows with every change of what readers may see, and what happens without it."""

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_pre_migrate_signal
from django.db import connection, transaction

from editions.models import Bulletin
from greensheets_site.models import ContentVersion
from greensheets_site.page_cache import content
from greensheets_site.page_cache.cache import ASK_AGAIN_AFTER
from greensheets_site.page_cache.stamp import NotWatched, Watch
from news.models import Article
from tests.builders import a_vacancy, an_article, an_edition, london
from tests.cached_site import NOW, OPEN, plain

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
NOT_KEPT = "Pages are not kept: the database does not count changes until manage.py migrate has succeeded."

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_closed")]


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


def test_what_no_reader_sees_leaves_the_pages_where_they_are(site, clock, django_user_model):
    site.get("/news/")
    django_user_model.objects.create_user("somebody")
    connection.cursor().execute("UPDATE editions_bulletin SET progress = 'Page 3'")
    site.get("/news/")
    assert site.reached == ["/news/"]


def test_without_the_triggers_nothing_is_kept_and_the_log_says_why(site, clock, caplog):
    content.unwatch(connection)
    try:
        for _ in range(2):
            assert site.get("/news/")["status"] == 200
    finally:
        content.watch(connection)
    assert (len(site.reached), caplog.messages) == (2, [NOT_KEPT])


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
        "vacancies.Synonym",
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


def test_one_trigger_that_is_missing_is_noticed():
    _, table, _ = next(content.triggers(connection.vendor))
    with connection.cursor() as cursor:
        cursor.execute(content._drop(connection.vendor, f"content_{table}_delete", table))
    try:
        assert not content.is_watched(connection)
    finally:
        content.watch(connection)


@pytest.fixture
def fail_to_migrate():
    """Does what a migration does first; nothing comes after it."""
    yield lambda: emit_pre_migrate_signal(0, False, "default")
    content.watch(connection)


def test_after_a_migration_that_failed_no_process_that_runs_serves_what_is_old(site, clock, caplog, fail_to_migrate):
    article = an_article("Old")
    assert b"Old" in site.get("/news/")["body"]
    fail_to_migrate()
    Article.objects.filter(pk=article.pk).update(title="New")
    assert b"New" in site.get("/news/")["body"]
    assert caplog.messages == [NOT_KEPT]


def test_a_process_that_starts_after_a_migration_that_failed_keeps_nothing_either(fail_to_migrate):
    fail_to_migrate()
    watch = Watch(lambda at: at)
    OPEN.append(watch)
    with pytest.raises(NotWatched):
        watch.stamp()


def test_pages_are_kept_again_soon_after_the_migration_has_succeeded(site, clock, caplog, monkeypatch, fail_to_migrate):
    """Nobody restarts anything. The database is not asked at every request in the meantime, and the log says it once."""
    seconds = [1000.0]
    monkeypatch.setattr("greensheets_site.page_cache.cache.time.monotonic", lambda: seconds[0])
    asked, stamp = [], site.watch.stamp
    monkeypatch.setattr(site.watch, "stamp", lambda: asked.append(seconds[0]) or stamp())
    fail_to_migrate()
    for after in (0, 0.1, ASK_AGAIN_AFTER - 0.1, ASK_AGAIN_AFTER):
        seconds[0] = 1000 + after
        site.get("/news/")
    call_command("migrate", verbosity=0)
    assert (asked, caplog.messages) == ([1000, 1000 + ASK_AGAIN_AFTER], [NOT_KEPT])
    site.reached.clear()
    for _ in range(3):
        seconds[0] += ASK_AGAIN_AFTER
        site.get("/news/")
    assert site.reached == ["/news/"]
    fail_to_migrate()
    site.get("/news/")
    assert caplog.messages == [NOT_KEPT, NOT_KEPT]


def test_the_number_never_comes_back_to_one_that_it_was():
    """Whatever was kept under one of them would come back too."""
    seen = []
    for step in (content.unwatch, content.unwatch, content.watch, content.watch, content.unwatch, content.watch):
        step(connection)
        seen.append(ContentVersion.objects.get().number)
    sizes = [abs(number) for number in seen]
    assert sizes == sorted(set(sizes))
    assert [number > 0 for number in seen] == [False, False, True, True, False, True]


ANOTHER = {  # another value than that of the bulletin below for each of its columns
    "cover": "b.jpg",
    "size": 99_000_000,
    "digest": "f" * 64,
    "pages": 24,
    "posts": 77,
    "page_of": {"GS10001": 23},
    "named": [1],
    "remarks": ["Shortened"],
    "fingerprint": "f",
    "made_from": {"GS10001": "f"},
    "built_at": london(2026, 4, 29, 9),
    "uploaded_at": NOW,
    "revision": 3,
    "revision_note": "Another closing date",
    "notes": [{"revision": 1, "on": "2026-04-29", "note": "Another closing date"}],
    "galley": "b.zip",
    "held_back": {"GS10002": "It is too tall."},
    "print_file": "c.pdf",
    "print_fingerprint": "f",
    "print_named": [1],
    "print_pages": 8,
    "print_built_at": NOW,
    "print_problem": "No paper",
    "asked_at": NOW,
    "print_asked_at": NOW,
    "claimed_at": NOW,
    "progress": "Page 3",
    "attempts": 2,
    "next_try_at": NOW,
    "problem": "No ink",
    "file": "",  # last: without it nothing else is shown
}


@pytest.fixture
def bulletin():
    edition = an_edition(published_at=london(2026, 4, 27, 7))
    a_vacancy(pk=1)
    values = {"file": "a.pdf", "size": 3, "posts": 1, "built_at": NOW}
    values["notes"] = [{"revision": 1, "on": "2026-04-28", "note": "A closing date"}]
    return Bulletin.objects.create(edition=edition, staff_group="teaching", **values)


def test_every_column_of_a_bulletin_that_pages_show_counts_and_no_other(site, clock, bulletin):
    """No page is old after any of these changes, and what only the worker and the desk see empties no cache."""
    addresses = ["/", "/editions/", "/editions/feed/", "/sitemap.xml", bulletin.edition.get_absolute_url()]
    shown, counted = [], []
    pages, number = [plain(address) for address in addresses], ContentVersion.objects.get().number
    for column, value in ANOTHER.items():
        before, known = pages, number
        assert [site.get(address)["body"] for address in addresses] == before
        Bulletin.objects.filter(pk=bulletin.pk).update(**{column: value})
        pages, number = [plain(address) for address in addresses], ContentVersion.objects.get().number
        assert [site.get(address)["body"] for address in addresses] == pages, column
        shown += [column] * (pages != before)
        counted += [column] * (number != known)
    assert shown == counted
    assert sorted(counted) == sorted(content.SEEN_COLUMNS["editions.bulletin"])


def test_every_column_of_a_bulletin_is_tried():
    assert {field.name for field in Bulletin._meta.concrete_fields} - {"id", "edition", "staff_group"} == set(ANOTHER)
