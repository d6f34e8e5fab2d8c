"""/metrics: who may read it, and every number in it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError

from editions.models import Bulletin
from greensheets_site.models import Heartbeat
from greensheets_site.watching import checks, machine, metrics
from greensheets_site.watching.checks import Check
from greensheets_site.watching.findings import good
from greensheets_site.watching.metrics import Gauge, Sample, exposition
from mailing.models import ContactMessage, Delivery, DeliveryKind, DeliveryState, Mailout
from tests.builders import MONDAY, a_subscriber, a_term, a_vacancy, an_edition, london
from vacancies.models import Status
from vacancies.schedule import WEEK

NOW = london(2026, 4, 29, 10)
LINE = re.compile(r'(# (HELP|TYPE) greensheets_\w+ .+|greensheets_\w+(\{(\w+="([^"\\\n]|\\.)*",?)+\})? -?[0-9.e+]+)')
TOKEN = {"HTTP_AUTHORIZATION": "Bearer watch-me"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_token(settings):
    settings.WATCH_TOKEN = "watch-me"
    machine.forget_media()


@pytest.fixture
def a_week():
    """A published edition of which one email still waits, and the next one with a draft."""
    a_term()
    last = an_edition(MONDAY, published_at=london(2026, 4, 27, 7))
    coming = an_edition(MONDAY + WEEK)
    Bulletin.objects.create(edition=last, staff_group="teaching", file="bulletins/a.pdf")
    Bulletin.objects.create(edition=coming, staff_group="support", problem="The advert is too long.")
    a_vacancy()
    a_vacancy(role="teaching-assistant", publish_on=MONDAY + WEEK)
    a_vacancy(status=Status.DRAFT, publish_on=MONDAY + WEEK)
    mailout = Mailout.objects.create(edition=last, frozen_at=london(2026, 4, 27, 7))
    for state in (DeliveryState.QUEUED, DeliveryState.SENT):
        Delivery.objects.create(
            kind=DeliveryKind.BULLETIN, mailout=mailout, subscriber=a_subscriber(), choice="ts:", state=state, sent_at=NOW
        )
    ContactMessage.objects.create(enquiry="other", name="May Field", email="may@readers.example")
    for name, ago in [("press:101", timedelta(seconds=12)), ("press:102", -timedelta(days=1))]:
        Heartbeat.objects.create(worker=name, seen_at=NOW - ago, doing="Waiting")


def ask(client, **environ):
    with time_machine.travel(NOW, tick=False):
        return client.get("/metrics", **environ)


def lines(client):
    answer = ask(client, **TOKEN)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    return answer.text.splitlines()


def test_every_number_has_its_line(client, a_week):
    numbers = [line for line in lines(client) if not line.startswith("#") and "free_megabytes" not in line and "disk" not in line]
    assert numbers == [
        'greensheets_check_state{check="database"} 0',
        'greensheets_check_state{check="media"} 0',
        'greensheets_check_state{check="files"} 0',
        'greensheets_check_state{check="backup"} 1',
        'greensheets_check_state{check="worker"} 1',
        'greensheets_check_state{check="published"} 0',
        'greensheets_check_state{check="next_edition"} 0',
        'greensheets_check_state{check="emails"} 0',
        "greensheets_files_workers_unseen 0",
        "greensheets_worker_alive 1",
        "greensheets_worker_seen_seconds_ago 12",
        "greensheets_published_last_timestamp_seconds 1777269600",
        "greensheets_next_edition_days_ahead 5",
        "greensheets_emails_queued 1",
        "greensheets_emails_oldest_due_seconds 0",
        'greensheets_live_adverts{staff_group="teaching"} 1',
        'greensheets_live_adverts{staff_group="support"} 0',
        "greensheets_readers 2",
        'greensheets_outbox_emails{kind="bulletin",state="queued"} 1',
        'greensheets_last_mailout_emails{state="queued"} 1',
        'greensheets_last_mailout_emails{state="sending"} 0',
        'greensheets_last_mailout_emails{state="sent"} 1',
        'greensheets_last_mailout_emails{state="failed"} 0',
        'greensheets_last_mailout_emails{state="skipped"} 0',
        'greensheets_last_mailout_emails{state="uncertain"} 0',
        'greensheets_heartbeat_age_seconds{worker="press:102"} -86400',
        'greensheets_heartbeat_age_seconds{worker="press:101"} 12',
        "greensheets_coming_edition_timestamp_seconds 1777874400",
        'greensheets_coming_edition_adverts{status="approved"} 1',
        'greensheets_coming_edition_adverts{status="draft"} 1',
        'greensheets_pdf{edition="2026-05-04",staff_group="support",state="could not be made"} 1',
        'greensheets_pdf{edition="2026-04-27",staff_group="teaching",state="published"} 1',
        "greensheets_new_messages 1",
    ]


def test_every_line_is_of_the_format_and_no_metric_comes_twice(client, a_week):
    found = lines(client)
    assert [line for line in found if not LINE.fullmatch(line)] == []
    named = [line.split()[2] for line in found if line.startswith("# TYPE")]
    assert len(named) == len(set(named))
    assert "example" not in "\n".join(found)


def test_an_empty_site_has_numbers_too(client):
    assert [line for line in lines(client) if not LINE.fullmatch(line)] == []


@pytest.mark.parametrize(("given", "status"), [({}, 401), ({"HTTP_AUTHORIZATION": "Bearer nonsense"}, 401), (TOKEN, 200)])
def test_it_is_for_the_holder_of_the_token(client, given, status):
    assert ask(client, **given).status_code == status


@pytest.mark.parametrize("given", [{}, TOKEN, {"HTTP_AUTHORIZATION": "Bearer "}])
def test_without_a_token_there_is_no_such_page(client, settings, given):
    settings.WATCH_TOKEN = ""
    assert ask(client, **given).status_code == 404


def test_prometheus_may_ask_by_ip_address_and_over_plain_http(client, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["www.greensheets.example"], True
    assert ask(client, HTTP_HOST="10.0.0.7:8000", **TOKEN).status_code == 200


def test_with_the_database_away_it_says_so_and_what_the_machine_says(client, monkeypatch):
    def away(_now):
        raise OperationalError

    monkeypatch.setattr(
        metrics,
        "CHECKS",
        [Check("database", away), Check("disk", lambda now: good("Room.", free_megabytes=9), asks_database=False)],
    )
    assert [line for line in lines(client) if not line.startswith("#")] == [
        'greensheets_check_state{check="database"} 2',
        'greensheets_check_state{check="disk"} 0',
        "greensheets_disk_free_megabytes 9",
    ]


def test_a_new_check_is_a_new_metric_by_itself(client, monkeypatch):
    table = [*checks.CHECKS, Check("backup", lambda now: good("Made at four.", age_seconds=21_600.5))]
    monkeypatch.setattr(metrics, "CHECKS", table)
    assert {'greensheets_check_state{check="backup"} 0', "greensheets_backup_age_seconds 21600.5"} < set(lines(client))


def test_what_a_machine_is_called_cannot_break_the_format():
    gauge = Gauge("heartbeat_age_seconds", "A \\ and\na line.", [Sample(1.5, {"worker": 'a "b" \\ c\nd'})])
    assert exposition([gauge]) == (
        "# HELP greensheets_heartbeat_age_seconds A \\\\ and\\na line.\n"
        "# TYPE greensheets_heartbeat_age_seconds gauge\n"
        'greensheets_heartbeat_age_seconds{worker="a \\"b\\" \\\\ c\\nd"} 1.5\n'
    )


def test_the_price_does_not_grow_with_the_archive(a_week, django_assert_max_num_queries):
    for weeks in range(1, 6):
        an_edition(MONDAY - weeks * WEEK, published_at=london(2026, 3, 1, 7))
    with django_assert_max_num_queries(31):
        list(metrics.gauges(NOW))
