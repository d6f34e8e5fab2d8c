"""The first page of the desk: each number against the list that it links to, each part against who may see it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from editions.models import Bulletin
from greensheets_site.accounts import roles
from greensheets_site.desk import board
from greensheets_site.models import Heartbeat
from mailing.models import ContactMessage, Delivery, DeliveryKind, DeliveryState, Mailout
from tests.builders import MONDAY, a_break, a_school, a_subscriber, a_term, a_vacancy, an_article, an_edition, london
from tests.desk import staff
from vacancies.models import Status

NOW = london(2026, 4, 22, 10)
LAST_MONDAY = MONDAY - timedelta(days=7)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wednesday():
    """Wednesday, the day before copy deadline."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def week():
    """One of everything that the desk counts, and of what it must not count."""
    a_term()
    school = a_school(safeguarding_text="We keep children safe.")
    last, coming = an_edition(LAST_MONDAY, published_at=london(2026, 4, 20, 7)), an_edition()
    for edition in (last, coming):
        Bulletin.objects.bulk_create(Bulletin(edition=edition, staff_group=group) for group in ("teaching", "support"))
    a_vacancy("Ready", school=school, pay_scale="MPS")
    a_vacancy("Doubtful", school=school, visits="TBC")
    a_vacancy("Cook", school=school, pay_scale="NJC 3", role="catering-cleaning-and-site-management")
    a_vacancy("Draft", school=school, status=Status.DRAFT)
    a_vacancy("Draft without a role", school=school, status=Status.DRAFT, role=None)
    no_dates = {"publish_on": None, "print_from": None, "print_until": None, "closes_at": None}
    a_vacancy("Draft without dates", school=school, status=Status.DRAFT, **no_dates)
    a_vacancy("Website only", school=school, print_from=None, print_until=None)
    a_vacancy("Withdrawn", school=school, status=Status.WITHDRAWN)
    a_vacancy("Live", school=school, publish_on=LAST_MONDAY, closes_at=london(2026, 4, 22, 17))
    a_vacancy("Live for long", school=school, publish_on=LAST_MONDAY)
    a_vacancy("Live until Tuesday", school=school, publish_on=LAST_MONDAY, closes_at=london(2026, 4, 28, 17))
    a_vacancy("Closed", school=school, publish_on=LAST_MONDAY, closes_at=london(2026, 4, 21, 17))
    _people(last)
    an_article()
    an_article("A draft", published_at=None)
    an_article("Planned", published_at=london(2026, 5, 1, 9))
    Heartbeat.objects.create(worker="one", seen_at=NOW - timedelta(seconds=12), doing="Waiting")


def _people(last):
    reader = a_subscriber()
    a_subscriber(confirmed_at=london(2026, 4, 16))
    a_subscriber(confirmed_at=london(2026, 4, 15, 23, 59))
    a_subscriber(confirmed_at=None, requested_at=london(2026, 4, 21))
    a_subscriber(unsubscribed_at=london(2026, 4, 21))
    bounced = a_subscriber(bounced_at=london(2026, 4, 20, 8))
    a_subscriber(complained_at=london(2026, 3, 25))
    a_subscriber(bounced_at=london(2026, 3, 20))
    mailout = Mailout.objects.create(edition=last, frozen_at=london(2026, 4, 20, 7), finished_at=london(2026, 4, 20, 7, 9))
    Delivery.objects.create(kind=DeliveryKind.BULLETIN, mailout=mailout, subscriber=reader, state=DeliveryState.SENT)
    Delivery.objects.create(kind=DeliveryKind.BULLETIN, mailout=mailout, subscriber=bounced, state=DeliveryState.FAILED)
    Delivery.objects.create(kind=DeliveryKind.TEST, mailout=mailout, staff_email="a@b.example", state=DeliveryState.SENT)
    Delivery.objects.create(kind=DeliveryKind.CONFIRMATION, subscriber=reader, state=DeliveryState.SENT)
    for state in ("new", "answered", "spam"):
        ContactMessage.objects.create(enquiry="other", name="May", email="may@b.example", message="Hello", state=state)


def numbers(found) -> dict[str, int]:
    return {f"{part.heading}: {figure.label}": figure.count for part in found.parts for figure in part.figures}


def test_the_desk_counts_the_week(week):
    found = board.look(staff(roles.OWNER), NOW)
    assert {row.label: [figure.count for figure in row.figures] for row in found.coming.rows} == {
        "Teaching staff": [1, 1, 1],
        "Support staff": [1, 0, 0],
        "No role type yet": [1],
    }
    assert {figure.label: figure.count for figure in found.coming.others} == {
        "on the website only": 1,
        "without a date yet": 1,
    }
    assert found.coming.readers.count == 3
    assert numbers(found) == {
        "On the website: Teaching staff": 3,
        "On the website: Support staff": 0,
        "On the website: Closing today": 1,
        "On the website: Closing within 7 days": 2,
        "Messages: New": 1,
        "Mailing list: Joined in 7 days": 1,
        "Mailing list: Left in 7 days": 1,
        "Mailing list: Not confirmed yet": 1,
        "Mailing list: Bounced in 28 days": 1,
        "Email of 20 April: Sent": 1,
        "Email of 20 April: Failed": 1,
        "News: Drafts": 1,
        "News: Planned": 1,
    }


@pytest.mark.parametrize("role", roles.ROLES)
def test_every_number_is_the_count_of_the_list_that_it_links_to(client, week, role):
    user = staff(role)
    client.force_login(user)
    page = client.get(reverse("admin:index"))
    linked = [(figure.url, figure.count) for figure in page.context["board"].figures]
    charted = [
        (address, count)
        for week, *addresses in page.context["charts"]["rows"]
        for address, count in zip(addresses, (week.teaching, week.support, week.readers), strict=True)
        if page.context["charts"]["readers"] or "reading_on" not in address
    ]
    assert len(linked) >= 13
    assert len(charted) == (2 if role == roles.EDITOR else 3)
    for address, count in linked + charted:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert (answer.context["cl"].result_count, address) == (count, address)
        assert f'href="{address.replace("&", "&amp;")}"' in page.text


def test_an_editor_is_told_nothing_about_readers(week):
    found = board.look(staff(roles.EDITOR), NOW)
    assert found.coming.readers is None
    assert [part.heading for part in found.parts] == ["On the website", "Messages", "News", "Worker"]


def test_somebody_without_any_right_sees_an_empty_desk(client, week):
    nobody = staff(roles.EDITOR)
    nobody.groups.clear()
    client.force_login(nobody)
    page = client.get(reverse("admin:index"))
    assert (page.status_code, page.context["board"], page.context["charts"]) == (200, board.Board(None, []), None)


def test_the_desk_says_what_will_happen_on_monday(client, week):
    client.force_login(staff(roles.OWNER))
    words = " ".join(client.get(reverse("admin:index")).text.split())
    assert "Goes live Monday 27 April 2026 at midnight; PDFs and email at 7am." in words
    assert ">3 readers</a>." in words
    assert "Copy deadline Thursday 23 April 2026, noon: tomorrow" in words


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (london(2026, 4, 20, 9), "in 3 days"),
        (london(2026, 4, 22, 23), "tomorrow"),
        (london(2026, 4, 23, 11, 59), "today"),
        (london(2026, 4, 23, 12), "passed"),
    ],
)
def test_the_desk_says_how_long_is_left_until_the_deadline(now, left):
    assert board.deadline(an_edition(), now) == f"Copy deadline Thursday 23 April 2026, noon: {left}"


def test_a_break_under_the_edition_is_warned_of(week):
    a_break(MONDAY, "royal wedding")
    assert "royal wedding" in board.look(staff(roles.EDITOR), NOW).coming.board.warning


def test_without_a_term_the_desk_says_what_to_do(client):
    client.force_login(staff(roles.OWNER))
    page = client.get(reverse("admin:index"))
    assert "No edition is planned" in page.text
    assert reverse("admin:vacancies_term_add") in page.text
    assert page.context["charts"] is None


@pytest.mark.parametrize(
    ("seen", "sentence", "urgent"),
    [
        (None, "Never seen. Nothing will be published or sent until it runs.", True),
        (timedelta(seconds=12), "Last seen 12 s ago: waiting.", False),
        (timedelta(minutes=6), "Last seen 6 min ago. Nothing will be published or sent until it runs.", True),
        (timedelta(seconds=-50), "Last seen 0 s ago: waiting.", False),
        (timedelta(days=-14), "The clock of one is or was wrong by 14 days: no worker is known to be running.", True),
    ],
)
def test_the_worker_is_asked_for_a_sign_of_life(seen, sentence, urgent):
    if seen:
        Heartbeat.objects.create(worker="one", seen_at=NOW - seen, doing="Waiting")
    part = board.worker(staff(roles.EDITOR), NOW)
    assert (part.sentence, part.is_urgent) == (sentence, urgent)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=-3), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=23), "23 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_a_span_is_said_in_its_largest_unit(span, words):
    assert board.ago(span) == words


def test_a_paused_email_is_urgent(week):
    Mailout.objects.update(finished_at=None, paused_at=NOW, pause_reason="The mail server refuses us.")
    part = board.last_email(staff(roles.OWNER), NOW)
    assert (part.sentence, part.is_urgent) == ("Paused. The mail server refuses us.", True)


def test_a_pdf_is_asked_for_from_the_desk_by_whoever_may_build(client, week):
    bulletin = Bulletin.objects.filter(edition__on=MONDAY).first()
    address = reverse("admin:editions_bulletin_build", args=[bulletin.pk])
    client.force_login(staff(roles.EDITOR))
    assert address not in client.get(reverse("admin:index")).text
    client.force_login(staff(roles.PUBLISHER))
    assert f'action="{address}"' in client.get(reverse("admin:index")).text
    client.post(address)
    bulletin.refresh_from_db()
    assert bulletin.asked_at == NOW


def test_an_uploaded_pdf_offers_no_building(client, week):
    Bulletin.objects.update(uploaded_at=NOW)
    client.force_login(staff(roles.PUBLISHER))
    assert "/build/" not in client.get(reverse("admin:index")).text


def test_the_desk_takes_the_same_queries_for_few_and_for_many(client, week, django_assert_num_queries):
    user = staff(roles.OWNER)
    client.force_login(user)
    client.get(reverse("admin:index"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("admin:index"))
    for number in range(3):
        a_vacancy(f"Post {number}", school=a_school(f"School {number}"))
        a_subscriber()
        an_edition(LAST_MONDAY - timedelta(days=7 + 7 * number), published_at=NOW)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("admin:index"))


QUERIES = 50
