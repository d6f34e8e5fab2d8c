"""Robots, floods and nosy people: what the forms let through, and what their answers give away."""

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mailing import views
from mailing.emails.letters import confirm_token
from mailing.models import (
    AskedMailbox,
    ConsentEvent,
    ContactMessage,
    Delivery,
    SignUp,
    Subscriber,
    Suppression,
    SuppressionReason,
    email_key,
)
from mailing.models.choices import Choice
from mailing.readers import joining, retention
from tests.builders import a_subscriber, london
from web.models import Limit

from .conftest import one_round, typed
from .database import dump

pytestmark = pytest.mark.django_db
NOON = london(2026, 4, 28, 12)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def sign_up(email: str, place: str = "192.0.2.1", **headers):
    data = typed(timezone.now(), email=email, groups=["teaching"])
    return Client(REMOTE_ADDR=place, **headers).post("/mailing-list/", data)


def write(place: str = "192.0.2.1", **fields):
    data = typed(NOON, enquiry="other", name="Bo", email="bo@visitors.example", message="Hello") | fields
    return Client(REMOTE_ADDR=place).post("/contact/", data)


def a_request(at: datetime) -> SignUp:
    return SignUp(email="victim@readers.example", email_key="victim@readers.example", choice="ts:", wording="Yes", at=at)


@pytest.mark.one_database
def test_a_thousand_sign_ups_of_one_address_send_it_three_emails_in_any_day():
    moment, sent = NOON, []
    for _ in range(20):
        SignUp.objects.bulk_create(a_request(moment) for _ in range(50))
        one_round(moment)
        sent += [moment] * (len(mail.outbox) - len(sent))
        moment += timedelta(hours=2, minutes=30)
    assert max(sum(start <= at < start + timedelta(hours=24) for at in sent) for start in sent) == 3
    assert len(sent) <= 9  # fifty hours
    assert SignUp.objects.count() == 0


def let_through(tries: int) -> int:
    """How many of so many tries from one place would be taken: what the view asks before it takes one."""
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").post("/mailing-list/")
    return sum(not views._wait(request, "sign-up") for _ in range(tries))


@pytest.mark.one_database
def test_a_thousand_addresses_from_one_place_get_five_an_hour(clock):
    five_and_no_more = [302] * 5 + [429]
    assert [sign_up(f"a{number}@readers.example").status_code for number in range(6)] == five_and_no_more
    assert let_through(500) == 0
    clock.shift(timedelta(minutes=59))
    assert let_through(500) == 0
    clock.shift(timedelta(minutes=2))
    assert [sign_up(f"b{number}@readers.example").status_code for number in range(6)] == five_and_no_more
    assert SignUp.objects.count() == 10


def test_changing_the_last_half_of_an_ipv6_address_does_not_help_but_another_network_is_another_place():
    same = [sign_up(f"a{n}@readers.example", f"2001:db8:1:2::{n:x}").status_code for n in range(7)]
    assert same == [302] * 5 + [429] * 2
    assert sign_up("b@readers.example", "2001:db8:1:3::1").status_code == 302


def test_in_a_flood_from_everywhere_nobody_is_turned_away_and_three_hundred_are_asked_in_an_hour(clock):
    SignUp.objects.bulk_create(
        SignUp(email=f"a{n}@readers.example", email_key=f"a{n}@readers.example", choice="ts:", wording="Yes", at=NOON)
        for n in range(310)
    )
    assert sign_up("honest@readers.example", "198.51.100.1").status_code == 302
    joining.take_sign_ups(NOON)
    joining.take_sign_ups(NOON + timedelta(minutes=59))
    assert (Delivery.objects.count(), SignUp.objects.count()) == (300, 11)
    joining.take_sign_ups(NOON + timedelta(hours=1))
    assert (Delivery.objects.count(), SignUp.objects.count()) == (311, 0)


def test_who_must_wait_is_told_for_how_long(clock):
    for number in range(5):
        sign_up(f"a{number}@readers.example")
        clock.shift(timedelta(minutes=1))
    refused = sign_up("b@readers.example")
    assert (refused.status_code, refused["Retry-After"]) == (429, "3300")
    assert "Please try again in 55 minutes, or telephone us." in refused.content.decode()


@pytest.mark.parametrize("address", ["a.n.na+{}@gmail.com", "anna+{}@googlemail.com"])
def test_all_addresses_of_one_mailbox_are_asked_five_times_until_one_confirms(address):
    SignUp.objects.bulk_create(
        SignUp(email=address.format(n), email_key=address.format(n), choice="ts:", wording="Yes", at=NOON) for n in range(7)
    )
    joining.take_sign_ups(NOON)
    assert Delivery.objects.count() == 5
    joining.confirm_reader(ConsentEvent.objects.latest("pk"), NOON)
    joining.ask_to_join("Anna+again@gmail.com", Choice(), NOON)
    joining.take_sign_ups(NOON)
    assert Delivery.objects.count() == 6


def test_whoever_says_that_it_was_not_them_is_forgotten_and_asked_no_more():
    joining.ask_to_join("victim@readers.example", Choice(), NOON)
    one_round(NOON)
    link = re.search(r"https://www.greensheets.example(/\S+/not-me/)", mail.outbox[0].body)[1]
    assert "That was not me" in Client().get(link).content.decode()
    assert Subscriber.objects.count() == 1
    for _ in range(2):
        assert "We have forgotten your address" in Client(enforce_csrf_checks=True).post(link).content.decode()
    assert "victim" not in str(dump())
    joining.ask_to_join("victim@readers.example", Choice(), NOON)
    assert (joining.take_sign_ups(NOON), Delivery.objects.count()) == (0, 0)


def test_a_reader_who_says_so_is_led_to_where_they_can_leave():
    joining.ask_to_join("anna@readers.example", Choice(), NOON)
    joining.take_sign_ups(NOON)
    event = ConsentEvent.objects.get()
    joining.confirm_reader(event, NOON)
    answer = Client().post(f"/mailing-list/confirm/{confirm_token(event)}/not-me/")
    assert (answer.status_code, answer["Location"]) == (302, f"/u/{event.subscriber.token}/")


@pytest.mark.parametrize(("days", "kept"), [(364, 1), (365, 0)])
def test_that_a_mailbox_was_asked_is_forgotten_after_a_year(days, kept):
    AskedMailbox.objects.add("anna@readers.example", NOON - timedelta(days=days))
    retention.purge(NOON)
    assert AskedMailbox.objects.count() == kept


@pytest.mark.parametrize(("behind_proxy", "codes"), [(False, [302] * 5 + [429] * 2), (True, [302] * 7)])
def test_a_forwarding_header_counts_only_from_our_own_proxy(settings, behind_proxy, codes):
    settings.BEHIND_PROXY = behind_proxy
    answers = [sign_up(f"a{n}@readers.example", HTTP_X_FORWARDED_FOR=f"203.0.113.9, 198.51.100.{n}") for n in range(7)]
    assert [answer.status_code for answer in answers] == codes


def test_behind_a_proxy_the_entry_that_the_proxy_wrote_counts(settings):
    settings.BEHIND_PROXY = True
    answers = [sign_up(f"a{n}@readers.example", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}, 198.51.100.1") for n in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    assert answers[-1].headers["Retry-After"] == "3600"


def test_no_network_address_is_kept():
    sign_up("a@readers.example", "192.0.2.77")
    assert "192.0.2.77" not in str(dump())
    assert Limit.objects.count() == 1


def in_every_state() -> list[str]:
    for state, fields in {
        "unconfirmed": {"confirmed_at": None},
        "reading": {},
        "left": {"unsubscribed_at": NOON},
        "bounced": {"bounced_at": NOON},
        "complained": {"complained_at": NOON},
    }.items():
        a_subscriber(f"{state}@readers.example", **fields)
    joining.erase_reader(a_subscriber("erased@readers.example"), NOON)
    for reason in SuppressionReason:
        Suppression.objects.add(email_key(f"suppressed-{reason}@readers.example"), reason, NOON)
    states = ["unknown", "unconfirmed", "reading", "left", "bounced", "complained", "erased"]
    return [f"{state}@readers.example" for state in [*states, *(f"suppressed-{reason}" for reason in SuppressionReason)]]


def test_nothing_in_an_answer_tells_whether_an_address_is_known():
    """Same bytes, same headers, same statements to the database: so the same time, too."""
    answers, statements = Counter(), Counter()
    for number, address in enumerate(in_every_state()):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = sign_up(address, f"192.0.2.{number}")
        answers[answer.status_code, answer["Location"], answer.content, str(answer.headers)] += 1
        statements[tuple(query["sql"].split(" ")[0] for query in queries)] += 1
        assert "subscriber" not in str([query["sql"] for query in queries])
    assert (len(answers), len(statements)) == (1, 1)


def test_a_request_that_cannot_be_taken_keeps_nothing_else_from_being_sent(caplog):
    joining.ask_to_join("broken@readers.example", Choice(), NOON)
    SignUp.objects.update(choice="ts:nonsense")
    joining.ask_to_join("next@readers.example", Choice(), NOON)
    one_round(NOON)
    assert [message.to for message in mail.outbox] == [["next@readers.example"]]
    assert "could not be taken: ValueError" in caplog.text
    assert "readers.example" not in caplog.text


def test_only_those_who_may_be_written_to_are_written_to():
    for address in in_every_state():
        joining.ask_to_join(address, Choice(), NOON)
    one_round(NOON)
    assert sorted(message.to[0].partition("@")[0] for message in mail.outbox) == [
        "bounced",
        "complained",
        "erased",
        "left",
        "reading",
        "suppressed-bounced",
        "suppressed-complained",
        "suppressed-left",
        "unconfirmed",
        "unknown",
    ]


def test_a_crawler_that_follows_every_link_changes_no_row():
    reader = a_subscriber()
    joining.ask_to_join("new@readers.example", Choice(), NOON)
    one_round(NOON)
    start = re.findall(r"https://www.greensheets.example(/\S+)", mail.outbox[0].body)
    waiting, seen = [f"/mailing-list/{reader.token}/", f"/u/{reader.token}/", *start], set()
    before = dump()
    while waiting:
        page = waiting.pop()
        if page not in seen and page.startswith(("/mailing-list/", "/u/", "/contact/")):
            seen.add(page)
            waiting += re.findall(r'href="(/[^"#]*)"', Client().get(page).content.decode(errors="replace"))
    assert dump() == before
    assert len(seen) == 7


@pytest.mark.parametrize("form", ["/mailing-list/", "/contact/"])
def test_a_form_sent_faster_than_a_person_can_comes_back_with_everything_in_it(form):
    data = typed(NOON, email="quick@visitors.example", groups=["teaching"], enquiry="other", name="Bo", message="Hello")
    opened = Client().get(form).context["form"]["started"].value()
    answer = Client().post(form, data | {"started": opened})
    assert "That was very quick. Please press the button once more." in answer.content.decode()
    assert "quick@visitors.example" in answer.content.decode()
    assert (SignUp.objects.count(), ContactMessage.objects.count()) == (0, 0)


@pytest.mark.parametrize("area", ["9" * 40, "0", "-1", "x", "\0", "1e9"])
def test_an_area_that_there_is_not_is_refused_and_breaks_nothing(area):
    data = typed(NOON, email="bo@readers.example", groups=["teaching"], authorities=[area])
    answer = Client().post("/mailing-list/", data)
    assert (answer.status_code, bool(answer.context["form"].errors["authorities"])) == (200, True)
    assert SignUp.objects.count() == 0


@pytest.mark.parametrize(("seconds", "is_taken"), [(2, False), (3, True)])
def test_a_form_that_took_three_seconds_is_a_persons(seconds, is_taken):
    opened = typed(NOON + timedelta(seconds=60 - seconds), email="bo@visitors.example", groups=["teaching"])
    Client().post("/mailing-list/", opened)
    assert SignUp.objects.exists() == is_taken


def test_whoever_has_left_something_out_is_told_that_and_not_that_it_was_quick():
    opened = Client().get("/contact/").context["form"]["started"].value()
    page = Client().post("/contact/", {"started": opened, "name": "Bo"}).content.decode()
    assert ("Enter your message." in page, "very quick" in page) == (True, False)


@pytest.mark.parametrize("started", ["", "0", "1777373940:forged", "x" * 300])
def test_a_form_without_its_stamp_is_not_taken(started):
    sign_up_data = typed(NOON, email="a@visitors.example", groups=["teaching"]) | {"started": started}
    assert Client().post("/mailing-list/", sign_up_data).status_code == 200
    assert SignUp.objects.count() == 0


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_not_heard():
    data = typed(NOON, email="a@visitors.example", groups=["teaching"]) | {"website": "http://x.example"}
    assert Client().post("/mailing-list/", data).status_code == 302
    assert SignUp.objects.count() == 0


def test_a_flood_of_contact_messages_stops_at_five_an_hour_and_keeps_what_was_typed():
    codes = [write(message=f"Message {number}").status_code for number in range(5)]
    answer = write(message="The sixth message")
    assert (codes, answer.status_code) == ([302] * 5, 429)
    assert "The sixth message" in answer.content.decode()
    assert "telephone us" in answer.content.decode()
    assert (Delivery.objects.filter(kind="contact").count(), Delivery.objects.filter(kind="receipt").count()) == (5, 1)
