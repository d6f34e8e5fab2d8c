"""Nothing asks the database for as many things at once as there is content.

SQLite refuses a statement that names more values than it was built for (999 in old builds, 32,766 or more in new ones), and one
whose conditions nest a thousand deep. These tests hold it to the smallest of them, over 2,500 of everything.
"""

import sqlite3
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.urls import reverse

from editions import posting, publishing
from editions.building import bulletins, composing, estimating, heights
from editions.press.galley import Sized
from greensheets_site.accounts import roles
from mailing.emails import week
from mailing.models import Delivery, DeliveryState, SignUp, Subscriber
from mailing.models.choices import Choice
from mailing.readers import importing, retention
from mailing.sending import outbox, results, steering
from vacancies.editing import documents
from vacancies.editing.review import review, unfinished
from vacancies.models import Vacancy
from vacancies.search.live import LiveAdverts

from . import large_county
from .builders import MONDAY, a_term, an_edition, london
from .desk import staff
from .large_county import MANY, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def small_database(db):
    """The smallest that SQLite is built, whatever this one is."""
    raw = connection.connection
    before = raw.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    yield
    raw.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, before)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


PAGES = [
    "/",
    "/vacancies/",
    "/vacancies/?page=60",
    "/vacancies/?q=post&where=ZZ11&miles=50",
    "/vacancies/teaching/",
    "/vacancies/in/area-100/",
    "/vacancies/feed/",
    "/vacancies.json?page=20",
    "/sitemap.xml",
    "/editions/",
    f"/editions/{MONDAY}/",
    "/editions/feed/",
    "/mailing-list/",
]
FILTERS = {
    "vacancies.vacancy": [
        "attention=any",
        "attention=none",
        "attention=stops",
        "attention=doubts&state=live",
        "closing=week",
        "q=school",
        f"printed={MONDAY}",
        f"edition={MONDAY}",
        "school__authority__id__exact=1",
    ],
    "mailing.subscriber": ["readers=reading", "lately=joined", f"reading_on={MONDAY}", "q=reader"],
    "vacancies.school": ["q=school", "open=yes"],
}


def refused(client, addresses):
    """Those that are answered with anything but a page, with the answer."""
    client.raise_request_exception = False
    answers = {address: client.get(address).status_code for address in addresses}
    return {address: status for address, status in answers.items() if status != 200}


def test_every_public_page_stands_with_2500_schools_live(client, clock):
    places, posts = large_county.county()
    large_county.editions()
    pages = [*PAGES, posts[0].get_absolute_url(), places[0].get_absolute_url(), f"{posts[-1].get_absolute_url()}closing-date.ics"]
    assert refused(client, pages) == {}
    assert len(LiveAdverts().rows) == MANY


def test_every_list_of_the_desk_stands_and_so_does_its_first_page(client, clock):
    areas = large_county.authorities()
    large_county.adverts(large_county.schools(areas))
    large_county.readers(areas)
    large_county.editions()
    large_county.messages()
    a_term()
    client.force_login(staff(roles.OWNER))
    labels = [model._meta.label_lower for model in admin.site._registry]
    lists = {label: reverse(f"admin:{label.replace('.', '_')}_changelist") for label in labels}
    asked = [*lists.values()]
    for label, queries in FILTERS.items():
        asked += [f"{lists[label]}?{query}" for query in queries]
    assert refused(client, [reverse("admin:index"), *asked]) == {}


def test_what_an_action_of_the_desk_sends_is_taken():
    """Every ticked row is a field of its own; whoever means more ticks "select all", which sends none."""
    for model, model_admin in admin.site._registry.items():
        rows = max(model_admin.list_per_page, model_admin.list_max_show_all)
        assert rows * (1 + len(model_admin.list_editable)) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS / 2, model


@pytest.mark.parametrize("action", ["take_off", "erase"])
def test_a_thousand_readers_that_are_selected_together_are_gone_together(client, clock, action):
    large_county.readers(large_county.authorities(), 1100)
    client.force_login(staff(roles.OWNER))
    data = {"action": action, "select_across": "1", "_selected_action": [str(Subscriber.objects.first().pk)]}
    assert client.post(reverse("admin:mailing_subscriber_changelist"), data).status_code == 302
    assert not Subscriber.objects.active().exists()


def test_a_week_of_2500_readers_with_2500_choices_is_frozen_failed_retried_and_told_of():
    areas = large_county.authorities()
    large_county.readers(areas)
    edition = an_edition(published_at=london(2026, 4, 27, 7))
    mailout = outbox.prepare_mailout(edition, london(2026, 4, 27, 7))
    assert mailout.deliveries.values("choice").distinct().count() == MANY
    mailout.deliveries.update(state=DeliveryState.FAILED)
    assert steering.retry_failed(mailout, NOW) == MANY
    assert len(list(results.rows(mailout))) == MANY
    assert mailout.progress()[DeliveryState.QUEUED] == MANY
    assert steering.cancel(mailout, NOW)
    assert not Delivery.objects.due(NOW).exists()


def test_an_email_tells_of_2500_new_posts():
    large_county.adverts(large_county.schools(large_county.authorities()))
    told = week.load(an_edition(), NOW)
    assert len(told.narrowed(Choice()).new) == MANY


def test_2500_addresses_are_brought_in_and_known_again():
    file = "\n".join(f"reader{number}@readers.example" for number in range(MANY)).encode()
    assert importing.import_readers(file, Choice.of(True, True), "They agreed.", 1, NOW).added == MANY
    assert importing.import_readers(file, Choice.of(True, True), "They agreed.", 1, NOW).count(importing.Fate.KNOWN) == MANY


def test_a_flood_that_nobody_confirmed_and_old_messages_and_contacts_are_deleted():
    areas = large_county.authorities()
    large_county.readers(areas, confirmed_at=None)
    large_county.messages(received_at=london(2020, 1, 6, 9))
    SignUp.objects.bulk_create(
        SignUp(email=f"a{n}@b.example", email_key=f"a{n}@b.example", choice="ts:", wording="Yes", at=london(2026, 1, 5, 9))
        for n in range(MANY)
    )
    places = large_county.schools(areas)
    large_county.documents(large_county.adverts(places, MONDAY - timedelta(weeks=40), closes_at=london(2025, 8, 1, 12)))
    done = retention.purge(NOW)
    assert done["sign-ups not confirmed"] == 2 * MANY
    assert (done["contacts in adverts"], done["contact messages"]) == (MANY, MANY)
    assert documents.delete_overdue(NOW) == MANY


def test_an_edition_of_2500_adverts_is_composed_estimated_and_posted(tmp_path):
    large_county.county()
    edition = an_edition(published_at=None)
    publishing.plan_editions(NOW)
    bulletins.plan(edition)
    teaching = edition.bulletins.get(staff_group="teaching")
    galley, _ = composing.compose(teaching, tmp_path)
    assert len(galley.adverts) == MANY // 2
    digests = composing.digests(teaching)
    keys = {digest: f"{number:032}" for number, digest in enumerate(digests.values())}
    heights.remember(keys, {key: [*map(Sized, [1.0, 2.0, 3.0, 4.0])] for key in keys.values()}, MONDAY)
    assert estimating.estimate(teaching).guessed == 0
    assert len(heights.by_key(digests.values())) == MANY // 2
    teaching.page_of = dict.fromkeys(digests, 1)
    assert composing.digests(teaching, as_printed=True) == digests
    assert not bulletins.has_blanked(list(Vacancy.objects.values_list("pk", flat=True)))
    assert sum(total.copies for total in posting.totals()) == MANY
    assert len(posting.schools()) == MANY


def test_everything_that_is_not_finished_is_reviewed():
    large_county.county()
    assert len(review(unfinished(NOW), NOW)) == MANY
