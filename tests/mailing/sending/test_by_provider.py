"""What came of a weekly email at each provider."""

import pytest

from mailing.models import Delivery, Mailout, ProviderHold
from mailing.sending.by_provider import AtProvider, at_providers
from tests.builders import a_subscriber, an_edition

GOOD = AtProvider("Gmail", sent=1000)


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (GOOD, ""),
        (AtProvider("Gmail", is_held=True, because_of_us=3), "Held back"),
        (AtProvider("Gmail", sent=1000, because_of_us=1), "Refuses some because of us"),
        (AtProvider("Gmail", sent=1000, complained=3), "So many call it spam"),
        (AtProvider("Gmail", sent=1000, complained=2), ""),
        (AtProvider("Gmail", sent=90, bounced=10), "Many of these addresses do not exist"),
        (AtProvider("Gmail", sent=91, bounced=9), ""),
        (AtProvider("Gmail", sent=5, put_off=1), "Puts us off"),
    ],
)
def test_a_sentence_says_what_the_numbers_mean(one, says):
    assert one.diagnosis.startswith(says)
    assert bool(one.diagnosis) == bool(says)


@pytest.mark.django_db
def test_every_email_is_counted_once_under_its_provider(django_assert_num_queries):
    mailout = Mailout.objects.create(edition=an_edition())
    rows = [
        ("Gmail", "sent", ""),
        ("Gmail", "sent", "complaint"),
        ("Gmail", "failed", "no-such-address"),
        ("school.example", "queued", ""),
        ("Microsoft", "failed", "our-fault"),
        ("Microsoft", "sent", "refused"),
    ]
    for number, (provider, state, outcome) in enumerate(rows):
        reader = a_subscriber(f"reader{number}@readers.example")
        later = mailout.edition.send_at if state == "queued" else None
        fields = {"provider": provider, "state": state, "outcome": outcome, "next_try_at": later}
        Delivery.objects.create(kind="bulletin", mailout=mailout, subscriber=reader, **fields)
    ProviderHold.objects.create(provider="Microsoft", reason="550 5.7.1")
    with django_assert_num_queries(2):
        found = at_providers(mailout)
    assert found == [
        AtProvider("Microsoft", total=2, sent=1, refused=1, because_of_us=1, is_held=True),
        AtProvider("Gmail", total=3, sent=2, bounced=1, complained=1),
        AtProvider("school.example", total=1, put_off=1),
    ]


@pytest.mark.django_db
def test_small_providers_share_a_line():
    mailout = Mailout.objects.create(edition=an_edition())
    for number in range(17):
        reader = a_subscriber(f"reader@school{number}.example")
        fields = {"provider": f"school{number:02}.example", "state": "sent"}
        Delivery.objects.create(kind="bulletin", mailout=mailout, subscriber=reader, **fields)
    found = at_providers(mailout)
    assert (len(found), found[-1]) == (16, AtProvider("2 others", total=2, sent=2))
