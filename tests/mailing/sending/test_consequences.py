"""Providers that refuse us: nobody loses their place, staff hear of it, and the others get their emails."""

from datetime import timedelta

import pytest

from mailing.models import Delivery, Mailout, ProviderHold, Subscriber
from mailing.readers import bounces
from mailing.sending import consequences, outbox
from mailing.verdicts.table import Outcome
from tests.builders import a_subscriber, a_vacancy, an_edition, london

from ..sink import ACCEPTED, Sink
from ..verdicts.messages import a_report

pytestmark = pytest.mark.django_db
SEVEN = london(2026, 4, 27, 7)
DKIM = {"status": "5.7.26", "words": "550 5.7.26 mail from greensheets.example is not authenticated"}
FULL = {"status": "5.2.2", "words": "552 5.2.2 full"}


def a_mailout(*domains: str, each: int = 1) -> Mailout:
    """Frozen, with so many readers at each domain."""
    a_vacancy()
    for domain in domains:
        for number in range(each):
            a_subscriber(f"reader{number:03}@{domain}")
    mailout = outbox.prepare_mailout(an_edition(published_at=SEVEN), SEVEN)
    assert mailout
    return mailout


def has_gone(mailout: Mailout, domain: str, count: int) -> list[Delivery]:
    """The first so many emails to a domain, which were taken by the relay."""
    some = list(mailout.deliveries.filter(subscriber__email__endswith=f"@{domain}").order_by("pk")[:count])
    Delivery.objects.filter(pk__in=[one.pk for one in some]).update(state="sent", sent_at=SEVEN)
    return some


def comes_back(delivery: Delivery, **fields) -> None:
    bounces.offered(a_report(to=delivery.envelope_sender, **fields), SEVEN + timedelta(minutes=5))


def warnings() -> list[str]:
    return list(Delivery.objects.filter(kind="warning").order_by("pk").values_list("note", flat=True))


def states(domain: str) -> set[str]:
    return {reader.state for reader in Subscriber.objects.filter(email__endswith=f"@{domain}")}


def test_staff_are_told_at_the_first_refusal_because_of_us_and_the_provider_is_held_at_the_third():
    mailout = a_mailout("gmail.com", "school.example", each=25)
    gone = has_gone(mailout, "gmail.com", 20)
    comes_back(gone[0], **DKIM)
    comes_back(gone[1], **DKIM)
    assert [note.partition(" Weekly")[0] for note in warnings()] == ["Gmail refuses"]
    assert ProviderHold.objects.count() == 0
    comes_back(gone[2], **DKIM)
    comes_back(gone[3], **DKIM)
    assert [note[:20] for note in warnings()] == [
        "Gmail refuses Weekly",
        "Gmail is held back: ",
    ]
    assert states("gmail.com") == {"Reading"}
    waiting = {delivery.provider for delivery in Delivery.objects.due(SEVEN).weekly()}
    assert waiting == {"school.example"}
    assert not Delivery.objects.claim(mailout.deliveries.get(subscriber__email="reader024@gmail.com"), SEVEN)


def test_a_few_refusals_among_many_emails_hold_nobody_back():
    mailout = a_mailout("gmail.com", each=61)
    gone = has_gone(mailout, "gmail.com", 61)
    for delivery in gone[:3]:
        comes_back(delivery, **DKIM)
    assert ProviderHold.objects.count() == 0  # 3 of 61 are less than 5 in a hundred
    comes_back(gone[3], **DKIM)
    assert ProviderHold.objects.count() == 1


def refused_before(reader: Subscriber, weeks_ago: int) -> None:
    at = SEVEN - timedelta(weeks=weeks_ago)
    mailout = Mailout.objects.create(edition=an_edition(on=at.date()), frozen_at=at)
    Delivery.objects.create(kind="bulletin", mailout=mailout, subscriber=reader, state="sent", sent_at=at, outcome="refused")


def test_what_a_provider_had_counted_before_it_was_held_is_taken_back():
    full = a_subscriber("full@gmail.com")
    refused_before(full, weeks_ago=2)
    refused_before(full, weeks_ago=1)
    mailout = a_mailout("gmail.com", each=4)
    gone = has_gone(mailout, "gmail.com", 5)
    comes_back(gone[0], **FULL)
    full.refresh_from_db()
    assert (gone[0].subscriber, full.state) == (full, "Bounced")
    for delivery in gone[1:4]:
        comes_back(delivery, **DKIM)
    assert states("gmail.com") == {"Reading"}
    assert list(mailout.deliveries.order_by("pk").values_list("outcome", flat=True)) == ["our-fault"] * 4 + [""]


def test_what_is_released_goes_again_and_what_is_too_old_does_not():
    mailout = a_mailout("gmail.com", each=4)
    old = Mailout.objects.create(
        edition=an_edition(on=mailout.edition.on - timedelta(weeks=1)), frozen_at=SEVEN - timedelta(weeks=1)
    )
    reader = Subscriber.objects.get(email="reader000@gmail.com")
    late = Delivery.objects.create(kind="bulletin", mailout=old, subscriber=reader, state="queued", provider="Gmail")
    gone = has_gone(mailout, "gmail.com", 3)
    for delivery in gone:
        comes_back(delivery, **DKIM)
    assert consequences.release("Gmail", SEVEN + timedelta(hours=1))
    assert not consequences.release("Gmail", SEVEN + timedelta(hours=1))
    late.refresh_from_db()
    assert (late.state, late.smtp_reply) == ("skipped", "The news is too old.")
    assert set(mailout.deliveries.values_list("state", "outcome", "bounced_at")) == {("queued", "", None)}
    assert ProviderHold.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.one_database
def test_a_provider_that_refuses_us_at_the_door_is_held_while_the_others_get_their_emails(serve, settings):
    settings.MAILING_CONNECTIONS = 1
    sink = serve(Sink(lambda number, to: "550 5.7.1 Your IP is on our block list" if to.endswith("@gmail.com") else ACCEPTED))
    mailout = a_mailout("gmail.com", "school.example", each=30)
    outbox.send_queued(SEVEN)
    readers = [to for message in sink.taken for to in message.to if to.startswith("reader")]
    assert sorted(readers) == [f"reader{number:03}@school.example" for number in range(30)]
    gmail = mailout.deliveries.filter(provider="Gmail")
    assert (gmail.filter(state="failed", outcome=Outcome.OUR_FAULT).count(), gmail.filter(state="queued").count()) == (3, 27)
    mailout.refresh_from_db()
    assert (mailout.state, states("gmail.com"), len(warnings())) == ("Sending", {"Reading"}, 2)


def test_a_mailbox_that_refuses_at_the_door_three_times_is_given_up():
    reader = a_subscriber("anna@school.example")
    for weeks in (2, 1, 0):
        mailout = Mailout.objects.create(edition=an_edition(on=SEVEN.date() - timedelta(weeks=weeks)))
        delivery = Delivery.objects.create(kind="bulletin", mailout=mailout, subscriber=reader, state="failed", outcome="refused")
        consequences.follow(delivery, Outcome.REFUSED, "552 5.2.2 full", SEVEN)
        assert states("school.example") == {"Bounced" if weeks == 0 else "Reading"}
