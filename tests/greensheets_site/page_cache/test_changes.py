"""The cache in front of Django, held against Django itself: whatever happens, both say the same."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greensheets_site.page_cache.moments import next_change
from news.models import Article
from tests.builders import MONDAY, a_school, a_vacancy, an_article, an_edition, london
from tests.cached_site import NOW, Site, plain
from vacancies.models import School, Vacancy

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_closed")]


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


def test_what_was_made_in_the_future_goes_when_the_clock_is_put_right(site, clock):
    """Next Monday's advert is not public until then, whatever a clock said for an hour."""
    a_vacancy("Cook", publish_on=MONDAY + timedelta(days=7))
    clock.move_to(NOW + timedelta(days=8))
    assert b"Cook" in site.get("/vacancies/")["body"]
    clock.move_to(NOW)
    for _ in range(2):
        assert b"Cook" not in site.get("/vacancies/")["body"]
        assert site.get("/vacancies/")["body"] == plain("/vacancies/")
    assert site.reached == ["/vacancies/"] * 2


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
