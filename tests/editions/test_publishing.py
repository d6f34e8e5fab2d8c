from datetime import date, timedelta

import pytest

from editions import publishing
from editions.building import bulletins
from editions.models import Bulletin, Edition
from mailing.models import Mailout
from tests.builders import MONDAY, a_break, a_term, a_vacancy, an_edition, london

THURSDAY = london(2026, 4, 23, 9)
MONDAY_SEVEN = london(2026, 4, 27, 7)


@pytest.fixture
def builds(monkeypatch):
    """Stands in for the child process: what was asked of it, and nothing made."""
    asked = []

    def build(edition, staff_group, now=None, run=bulletins.Run.AS_IT_IS):
        asked.append((edition.on, staff_group))
        return True

    monkeypatch.setattr(bulletins, "build", build)
    return asked


def planned():
    return list(Edition.objects.order_by("on").values_list("on", "number"))


@pytest.mark.django_db
def test_the_coming_six_weeks_are_planned_with_two_bulletins_each():
    a_term()
    a_break(date(2026, 5, 25))

    new = publishing.plan_editions(THURSDAY)

    mondays = [date(2026, 4, 27), date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18), date(2026, 6, 1)]
    assert [edition.on for edition in new] == mondays
    assert planned() == list(zip(mondays, [1, 2, 3, 4, 5], strict=True))
    assert [group for _, group in Bulletin.objects.order_by("pk").values_list("pk", "staff_group")] == [
        "teaching",
        "support",
    ] * len(mondays)


@pytest.mark.django_db
def test_planning_twice_changes_nothing():
    a_term()
    publishing.plan_editions(THURSDAY)
    before = planned()

    assert publishing.plan_editions(THURSDAY + timedelta(minutes=1)) == []
    assert planned() == before
    assert Bulletin.objects.count() == 2 * len(before)


@pytest.mark.django_db
def test_a_bank_holiday_brings_the_copy_deadline_forward_and_cancels_nothing():
    a_term()

    publishing.plan_editions(london(2026, 5, 1, 9))

    edition = Edition.objects.get(on=date(2026, 5, 4))
    assert edition.copy_deadline_at == london(2026, 4, 30, 12)
    assert Edition.objects.get(on=date(2026, 6, 1)).copy_deadline_at == london(2026, 5, 28, 12)


@pytest.mark.django_db
def test_numbers_run_on_from_the_last_published_edition():
    a_term()
    an_edition(date(2026, 4, 20), number=1020, published_at=london(2026, 4, 20, 7))

    publishing.plan_editions(THURSDAY)

    assert planned()[:3] == [(date(2026, 4, 20), 1020), (date(2026, 4, 27), 1021), (date(2026, 5, 4), 1022)]


@pytest.mark.django_db
def test_the_number_that_staff_give_the_next_edition_is_followed_by_the_later_ones():
    a_term()
    publishing.plan_editions(THURSDAY)
    Edition.objects.filter(on=MONDAY).update(number=1021)

    publishing.plan_editions(THURSDAY)

    assert planned()[:3] == [(date(2026, 4, 27), 1021), (date(2026, 5, 4), 1022), (date(2026, 5, 11), 1023)]


@pytest.mark.django_db
def test_a_break_takes_away_an_edition_that_was_planned_and_closes_the_gap_in_the_numbers():
    a_term()
    publishing.plan_editions(THURSDAY)
    a_break(date(2026, 5, 4))

    publishing.plan_editions(THURSDAY)

    assert planned()[:3] == [(date(2026, 4, 27), 1), (date(2026, 5, 11), 2), (date(2026, 5, 18), 3)]


@pytest.mark.django_db
def test_a_break_leaves_an_edition_alone_that_has_a_pdf():
    a_term()
    publishing.plan_editions(THURSDAY)
    Bulletin.objects.filter(edition__on=MONDAY).update(file="bulletins/proof.pdf")
    a_break(MONDAY)

    publishing.plan_editions(THURSDAY)

    assert Edition.objects.filter(on=MONDAY).exists()


@pytest.mark.django_db
def test_an_edition_is_published_at_seven_and_only_once(builds):
    edition = an_edition(MONDAY)
    a_vacancy()

    assert publishing.publish_due(MONDAY_SEVEN - timedelta(seconds=1)) == []
    assert publishing.publish_due(MONDAY_SEVEN) == [edition]
    assert publishing.publish_due(MONDAY_SEVEN) == []
    assert builds == [(MONDAY, "teaching")]
    assert Edition.objects.get().published_at == MONDAY_SEVEN


@pytest.mark.django_db
def test_an_edition_that_was_missed_is_published_late(builds):
    edition = an_edition(MONDAY)

    assert publishing.publish_due(london(2026, 4, 29, 15)) == [edition]


@pytest.mark.django_db
def test_an_edition_on_a_break_is_not_published(builds):
    an_edition(MONDAY)
    a_break(MONDAY)

    assert publishing.publish_due(MONDAY_SEVEN) == []


@pytest.mark.django_db
def test_publishing_waits_while_another_worker_makes_the_pdf_but_not_for_one_that_died(builds):
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    Bulletin.objects.filter(staff_group="support").update(claimed_at=MONDAY_SEVEN - timedelta(seconds=20))

    assert publishing.publish_due(MONDAY_SEVEN) == []
    assert publishing.publish_due(MONDAY_SEVEN + timedelta(minutes=3)) == [edition]


@pytest.mark.django_db
def test_editions_that_were_missed_are_published_in_their_order(builds):
    later, earlier = an_edition(MONDAY), an_edition(date(2026, 4, 20))

    assert publishing.publish_due(MONDAY_SEVEN) == [earlier, later]


@pytest.mark.django_db
def test_a_pdf_that_failed_is_not_tried_again_before_its_time_and_holds_up_nothing(builds):
    a_vacancy()
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    edition.bulletins.filter(staff_group="teaching").update(next_try_at=MONDAY_SEVEN + timedelta(minutes=1))

    assert publishing.publish_due(MONDAY_SEVEN) == [edition]
    assert builds == []


@pytest.mark.django_db
def test_a_break_entered_for_a_past_monday_takes_nothing_away():
    a_term()
    past = an_edition(date(2026, 4, 20))
    a_break(past.on)

    publishing.plan_editions(THURSDAY)

    assert Edition.objects.filter(pk=past.pk).exists()


@pytest.mark.django_db
def test_an_edition_on_a_break_stays_when_something_leans_on_it_and_the_others_are_planned():
    a_term()
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    Mailout.objects.create(edition=edition)
    a_break(MONDAY)

    publishing.plan_editions(THURSDAY)

    assert [on for on, _ in planned()][:2] == [MONDAY, date(2026, 5, 4)]
    assert edition.bulletins.count() == 2


@pytest.mark.django_db
def test_when_another_worker_planned_at_the_same_moment_its_rows_stand(monkeypatch):
    a_term()
    real = publishing.copy_deadline

    def meanwhile(on, holidays):
        """The row is there before it is made here."""
        Edition.objects.get_or_create(on=on, defaults={"number": 500, "copy_deadline_at": real(on)})
        return real(on, holidays)

    monkeypatch.setattr(publishing, "copy_deadline", meanwhile)

    assert publishing.plan_editions(THURSDAY) == []


@pytest.mark.django_db
def test_a_monday_that_is_entered_late_gets_its_number_between_those_that_were_planned():
    term = a_term(starts_on=date(2026, 5, 4))
    an_edition(date(2026, 4, 20), number=1020, published_at=london(2026, 4, 20, 7))
    publishing.plan_editions(THURSDAY)
    term.starts_on = date(2026, 4, 13)
    term.save()

    assert [edition.on for edition in publishing.plan_editions(THURSDAY)] == [MONDAY]
    assert planned()[:3] == [(date(2026, 4, 20), 1020), (MONDAY, 1021), (date(2026, 5, 4), 1022)]


@pytest.mark.django_db
def test_what_another_worker_publishes_at_the_same_moment_is_published_once(monkeypatch):
    edition = an_edition(MONDAY)
    earlier = london(2026, 4, 27, 7, 0, 1)
    plan = bulletins.plan

    def while_the_other_is_quicker(row):
        plan(row)
        Edition.objects.filter(pk=row.pk).update(published_at=earlier)

    monkeypatch.setattr(bulletins, "plan", while_the_other_is_quicker)
    assert publishing.publish_due(london(2026, 4, 27, 7, 0, 2)) == []
    edition.refresh_from_db()
    assert edition.published_at == earlier
