"""Real workers killed at random moments while they send over SMTP: nobody is skipped, and doubles have a bound."""

import random

import pytest

from mailing.models import Delivery
from mailing.sending import outbox
from tests.builders import a_subscriber, a_vacancy, an_edition, london

from ..kills import outcome, rage
from ..nursery import Nursery
from ..sink import Sink

SEVEN = london(2026, 4, 27, 7)
READERS = [f"reader{number}@readers.example" for number in range(200)]
KILLS, CONNECTIONS = 10, 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("policy", "processes"), [("resend", 2), ("hold", 1)])
def test_no_reader_is_lost_when_workers_are_killed_at_random(serve, settings, policy, processes):
    sink = serve(Sink(linger=0.02))
    a_vacancy(print_from=None, print_until=None, closes_at=london(2099, 1, 1))
    edition = an_edition(published_at=SEVEN)
    for address in READERS:
        a_subscriber(address)
    outbox.prepare_mailout(edition, SEVEN)
    with Nursery(settings.EMAIL_PORT, MAILING_UNCERTAIN=policy, MAILING_LEASE="2", MAILING_CONNECTIONS="2") as nursery:
        kills = rage(nursery, processes, KILLS, sink, random.Random(7))  # noqa: S311  when to kill
    held = set(Delivery.objects.filter(state="uncertain").values_list("subscriber__email", flat=True))
    result = outcome(kills, READERS, sink.taken, held)
    assert Delivery.objects.filter(doubts__gt=0).exists(), "No kill came in the middle of a message."
    assert (result.kills, result.lost, result.message_ids_differ) == (KILLS, 0, 0)
    assert max(result.doubled, result.held) <= KILLS * CONNECTIONS
    if policy == "hold":
        assert result.doubled == 0
    else:
        assert held == set()
        assert Delivery.objects.filter(state="sent").count() == len(READERS)
