"""Mail servers that misbehave: whoever can be reached gets exactly one email, and staff are told when it is hopeless."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

import pytest
from django.db import OperationalError, connection
from django.test import Client

from mailing.models import Delivery, Mailout, Subscriber
from mailing.sending import outbox, steering
from tests.builders import a_subscriber, a_vacancy, an_edition, london

from ..sink import ACCEPTED, HANG_UP_SILENTLY, Sink, refuse_log_in

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True)]
SEVEN = london(2026, 4, 27, 7)
LATER = timedelta(minutes=16)


@pytest.fixture
def edition():
    a_vacancy()
    return an_edition(published_at=SEVEN)


def readers(count: int) -> list[str]:
    addresses = [f"reader{number:04}@readers.example" for number in range(count)]
    for address in addresses:
        a_subscriber(address)
    return addresses


def send_all(start: datetime = SEVEN, rounds: int = 12) -> None:
    """One round after another, a quarter of an hour apart, as long as something waits."""
    outbox.prepare_due_mailouts(start)
    for number in range(rounds):
        outbox.recover(start + number * LATER)
        outbox.send_queued(start + number * LATER)
        if not Delivery.objects.filter(state="queued").exists():
            break


def states() -> dict[str, int]:
    return {state: count for state, count in Mailout.objects.get().progress().items() if count}


def nobody_lost() -> bool:
    mailout = Mailout.objects.get()
    return mailout.candidates == mailout.excluded + sum(mailout.progress().values())


@pytest.mark.parametrize("connections", [1, 2])
def test_a_moody_server_gets_every_reader_exactly_one_email(edition, serve, settings, connections):
    """421 after five messages of a connection, one in ten put off, one in fifty cut off, three addresses unknown."""
    chance = random.Random(2)  # noqa: S311  the server's moods
    unknown = {"reader0003@readers.example", "reader0040@readers.example", "reader0099@readers.example"}

    def moods(number, to):
        if to in unknown:
            return "550 5.1.1 User unknown"
        return chance.choices([ACCEPTED, "451 4.3.0 Not now", HANG_UP_SILENTLY], [88, 10, 2])[0]

    settings.MAILING_CONNECTIONS = connections
    sink = serve(Sink(moods, each_connection=5))
    addresses = readers(120)
    send_all()
    assert dict(sink.per_reader()) == {(address,): 1 for address in addresses if address not in unknown}
    assert (states(), nobody_lost()) == ({"sent": 117, "failed": 3}, True)
    assert set(Subscriber.objects.exclude(bounced_at=None).values_list("email", flat=True)) == unknown
    assert sink.connections >= 120 / 5
    assert Mailout.objects.get().state == "Finished"


@pytest.mark.parametrize(("policy", "result"), [("resend", {"sent": 40}), ("hold", {"sent": 36, "uncertain": 4})])
def test_a_connection_that_breaks_when_the_message_was_perhaps_taken(edition, serve, settings, policy, result):
    settings.MAILING_UNCERTAIN = policy
    taken_but_cut_off = {7, 8, 20, 33}
    sink = serve(Sink(lambda number, to: HANG_UP_SILENTLY if number in taken_but_cut_off else ACCEPTED))
    readers(40)
    send_all()
    assert (states(), nobody_lost()) == (result, True)
    assert set(sink.per_reader().values()) == {1}
    assert len(sink.taken) == result["sent"]


def test_a_connection_that_breaks_before_the_text_leaves_no_doubt(edition, serve, settings):
    settings.MAILING_UNCERTAIN = "hold"
    sink = serve(Sink(each_connection=5, rude=True))
    readers(30)
    send_all()
    assert (states(), set(sink.per_reader().values()), len(sink.taken)) == ({"sent": 30}, {1}, 30)
    assert set(Delivery.objects.values_list("doubts", flat=True)) == {0}


def test_whoever_sits_behind_a_connection_that_always_breaks_gets_at_most_three_copies(edition, serve):
    """As with a filter that takes an email in, but answers later than anybody waits."""
    copies = []

    def answer(number, to):
        if to == "reader0001@readers.example":
            copies.append(number)
            return HANG_UP_SILENTLY
        return ACCEPTED

    sink = serve(Sink(answer))
    readers(4)
    for hours in range(0, 60, 7):
        send_all(SEVEN + timedelta(hours=hours), rounds=1)
    assert (len(copies), len(sink.taken), states()) == (3, 3, {"sent": 3, "failed": 1})
    assert Delivery.objects.get(state="failed").smtp_reply == "The connection broke 3 times."


def test_a_server_that_takes_fewer_connections_than_are_wished_for_still_gets_everything(edition, serve, settings):
    settings.MAILING_CONNECTIONS = 4
    sink = serve(Sink(at_once=1, linger=0.01))
    readers(40)
    send_all(rounds=1)
    assert (states(), sink.turned_away > 0, Mailout.objects.get().failures_in_row) == ({"sent": 40}, True, 0)


class FullDisk:
    """Refuses to write down that an email was sent, so many times."""

    def __init__(self, times: int):
        self.times = times

    def __call__(self, execute, sql, params, many, context):
        if self.times and sql.startswith("UPDATE") and "sent" in params:
            self.times -= 1
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)


def test_what_went_is_written_down_though_the_database_fails_for_a_while(edition, serve, monkeypatch):
    monkeypatch.setattr(outbox, "WAIT_FOR_DATABASE", (0, 0, 0))
    sink = serve(Sink())
    readers(5)
    with connection.execute_wrapper(FullDisk(3)):
        send_all(rounds=1)
    assert (states(), set(sink.per_reader().values())) == ({"sent": 5}, {1})


def test_what_went_and_could_not_be_written_down_is_in_doubt_and_goes_twice_at_most(edition, serve, monkeypatch):
    monkeypatch.setattr(outbox, "WAIT_FOR_DATABASE", ())
    sink = serve(Sink())
    readers(5)
    with connection.execute_wrapper(FullDisk(1)), pytest.raises(OperationalError):
        send_all(rounds=1)
    assert states() == {"queued": 4, "sending": 1}
    send_all(SEVEN + timedelta(minutes=6))
    assert (states(), sorted(sink.per_reader().values())) == ({"sent": 5}, [1, 1, 1, 1, 2])
    assert len({message.message_id for message in sink.taken}) == 5


def test_an_email_that_is_no_part_of_it_does_not_hurry_the_pause_of_a_mailout(edition, settings):
    """A confirmation knocks at the closed door every ten seconds; the mailout counts only its own three minutes."""
    readers(1)
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    outbox.prepare_due_mailouts(SEVEN)
    Delivery.objects.create(kind="confirmation", subscriber=a_subscriber(confirmed_at=None))
    for seconds in range(0, 360, 10):
        outbox.send_queued(SEVEN + timedelta(seconds=seconds))
    mailout = Mailout.objects.get()
    assert (mailout.state, mailout.failures_in_row) == ("Sending", 2)


def test_a_server_that_closes_its_door_is_tried_again_in_a_few_minutes(edition, serve, settings):
    addresses = readers(3)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    outbox.prepare_due_mailouts(SEVEN)
    outbox.send_queued(SEVEN)
    assert (states(), Mailout.objects.get().state) == ({"queued": 3}, "Sending")
    assert round((Mailout.objects.get().retry_at - SEVEN) / timedelta(minutes=1)) == 3
    sink = serve(Sink())
    outbox.send_queued(SEVEN + timedelta(minutes=2))
    assert sink.taken == []
    outbox.send_queued(SEVEN + timedelta(minutes=4))
    assert sorted(sink.per_reader()) == [(address,) for address in addresses]


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_refused_log_in_pauses_the_mailout_and_tells_staff_once(edition, serve, settings):
    readers(15)
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = "greensheets"
    serve(Sink(), auth_required=True, auth_require_tls=False, authenticator=refuse_log_in)
    send_all(rounds=3)
    mailout = Mailout.objects.get()
    assert (mailout.state, mailout.pause_reason[:38]) == ("Paused", "The mail server refused the log-in (53")
    assert list(Delivery.objects.exclude(kind="bulletin").values_list("kind", "staff_email")) == [
        ("warning", "adverts@greensheets.example")
    ]
    assert states() == {"queued": 15}
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    sink = serve(Sink())
    assert steering.resume(mailout, SEVEN)
    send_all(SEVEN + timedelta(hours=1))
    assert len(sink.taken) == 16  # the readers, and the warning, late but kept
    assert states() == {"sent": 15}


def test_twenty_failures_in_a_row_pause_and_resuming_tries_again_what_failed(edition, serve, settings):
    settings.MAILING_CONNECTIONS = 1
    refused = serve(Sink(lambda number, to: "554 Not today" if to.startswith("reader") else ACCEPTED))
    readers(50)
    send_all(rounds=3)
    mailout = Mailout.objects.get()
    assert (mailout.state, states()) == ("Paused", {"queued": 30, "failed": 20})
    assert [message.to for message in refused.taken] == [("adverts@greensheets.example",)]
    sink = serve(Sink())
    assert steering.resume(mailout, SEVEN)
    send_all(SEVEN + timedelta(hours=1))
    assert (states(), set(sink.per_reader().values())) == ({"sent": 50}, {1})


def in_the_middle(what, under_way):
    """Do something when the thirtieth message comes in, from another thread, as a request would; note what was under way then."""

    def answer(number, to):
        if number == 30:
            what(Mailout.objects.get(), now=SEVEN)
            under_way.append(Delivery.objects.filter(state__in=["sending", "sent"]).count())
            connection.close()
        return ACCEPTED

    return answer


def test_a_pause_takes_hold_at_once_and_resuming_goes_on_where_it_stopped(edition, serve):
    under_way = []
    sink = serve(Sink(in_the_middle(partial(steering.pause, reason="Paused at the desk."), under_way)))
    addresses = readers(80)
    send_all(rounds=3)
    assert [len(sink.taken)] == under_way
    assert (Mailout.objects.get().state, 30 <= len(sink.taken) < 80) == ("Paused", True)
    steering.resume(Mailout.objects.get(), SEVEN)
    send_all()
    assert dict(sink.per_reader()) == {(address,): 1 for address in addresses}


def test_cancelling_skips_everybody_who_still_waits_for_good(edition, serve):
    under_way = []
    sink = serve(Sink(in_the_middle(steering.cancel, under_way)))
    readers(80)
    send_all(rounds=3)
    sent = len(sink.taken)
    assert ([sent], 30 <= sent < 80) == (under_way, True)
    assert (states(), nobody_lost()) == ({"sent": sent, "skipped": 80 - sent}, True)
    assert not steering.resume(Mailout.objects.get(), SEVEN)
    assert not outbox.prepare_due_mailouts(SEVEN)


def test_m22_whoever_leaves_in_the_middle_of_a_run_is_not_written_to(edition, serve):
    """With each of 200 messages one reader leaves who stands further back: also one who is fetched already."""
    chance, left, one_at_a_time, provider = random.Random(5), [], Lock(), Client()  # noqa: S311  who leaves

    def answer(number, to):
        with one_at_a_time:
            if len(left) < 200:
                behind = Subscriber.objects.active().filter(deliveries__state="queued").order_by("pk")
                token, address = behind.values_list("token", "email")[chance.randrange(5, 20)]
                assert provider.post(f"/u/{token}/", {"List-Unsubscribe": "One-Click"}).status_code == 200
                left.append(address)
                connection.close()
        return ACCEPTED

    sink = serve(Sink(answer))
    addresses = readers(420)
    send_all()
    assert len(set(left)) == 200
    assert dict(sink.per_reader()) == {(address,): 1 for address in addresses if address not in left}
    assert states() == {"sent": 220, "skipped": 200}


class Onlooker:
    """After every statement, looks from a connection of its own at the states of all deliveries."""

    def __init__(self):
        self.seen: list[list[str]] = []

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        with ThreadPoolExecutor(1) as other:
            self.seen.append(other.submit(self.look).result())
        return result

    def look(self) -> list[str]:
        try:
            return sorted(set(Delivery.objects.values_list("state", flat=True)))
        finally:
            connection.close()


@pytest.mark.parametrize(("policy", "after"), [("resend", "queued"), ("hold", "uncertain")])
def test_what_was_cut_off_is_under_way_for_everybody_until_it_is_recovered(edition, settings, policy, after):
    """Else a mailout would look as if nothing of it waited, just when its last emails were about to be queued again."""
    settings.MAILING_UNCERTAIN = policy
    readers(2)
    outbox.prepare_mailout(edition, SEVEN)
    Delivery.objects.update(state="sending", claimed_at=SEVEN)
    onlooker = Onlooker()
    with connection.execute_wrapper(onlooker):
        assert outbox.recover(SEVEN + timedelta(minutes=6)) == 2
    assert {state for states in onlooker.seen for state in states} == {"sending"}
    assert onlooker.look() == [after]
