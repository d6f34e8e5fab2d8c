"""The number that grows with every change of what readers may see, and what happens without it."""

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from greensheets_site import content
from greensheets_site.models import ContentVersion

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_closed")]


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
