import pytest

from editions.models import Bulletin, Edition
from greensheets_site.worker import rounds
from greensheets_site.worker.duties import DUTIES
from greensheets_site.worker.rounds import Rounds
from mailing.models import Delivery, Mailout
from tests.builders import MONDAY, a_subscriber, a_term, a_vacancy, london


@pytest.mark.django_db(transaction=True)
def test_one_round_on_a_monday_publishes_and_freezes_the_readers_and_the_next_repeats_nothing(monkeypatch, mailoutbox):
    monkeypatch.setattr(rounds, "_beat_until", lambda *_: None)
    a_term()
    a_vacancy("Deputy Headteacher", role="deputy-headteacher")
    a_vacancy("Cleaner", role="catering-cleaning-and-site-management")
    a_subscriber("both@readers.example")
    a_subscriber("support@readers.example", wants_teaching=False)
    team = Rounds(DUTIES, say=print)

    assert team.once(london(2026, 4, 27, 6, 59)) == []
    assert not Edition.objects.published().exists()
    assert mailoutbox == []

    assert team.once(london(2026, 4, 27, 7)) == []
    assert [edition.on for edition in Edition.objects.published()] == [MONDAY]
    assert sorted(Bulletin.objects.public().values_list("staff_group", "posts")) == [("support", 1), ("teaching", 1)]
    assert (Mailout.objects.count(), Delivery.objects.count()) == (1, 2)

    assert team.once(london(2026, 4, 27, 7, 5)) == []
    assert (Mailout.objects.count(), Delivery.objects.count()) == (1, 2)
    assert Bulletin.objects.exclude(file="").count() == 2
