"""Which bulletins the worker makes, and when: proofs, what failed, what another worker has, what is swept. Nothing is set."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from editions.building import bulletins, rendering
from editions.models import Bulletin
from tests.builders import MONDAY, a_vacancy, an_edition, london

pytestmark = pytest.mark.django_db

SUNDAY = london(2026, 4, 26, 12)


@pytest.mark.parametrize(("after", "gone"), [(timedelta(hours=6, minutes=-1), 0), (timedelta(hours=6, minutes=1), 1)])
def test_a_file_that_no_row_points_to_is_swept_after_six_hours_and_not_while_it_may_still_be_wanted(after, gone):
    default_storage.save("bulletins/2026/greensheets.pdf", ContentFile(b"%PDF-"))
    assert bulletins.sweep(timezone.now() + after) == gone


@pytest.mark.parametrize(("silent", "is_taken"), [(timedelta(seconds=119), True), (timedelta(minutes=2), False)])
def test_a_bulletin_is_another_workers_until_that_worker_has_been_silent_for_two_minutes(press, silent, is_taken):
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    Bulletin.objects.update(claimed_at=SUNDAY - silent)

    assert bulletins.build(edition, "teaching", SUNDAY) != is_taken


@pytest.mark.parametrize(("at", "proofs"), [(london(2026, 4, 19, 23, 59), []), (london(2026, 4, 20), ["teaching"])])
def test_the_proofs_of_an_edition_are_made_from_the_monday_before_it(press, at, proofs):
    a_vacancy()
    bulletins.plan(an_edition(MONDAY))
    assert [bulletin.staff_group for bulletin in bulletins.build_due(at)] == proofs


@pytest.mark.parametrize(("after", "proofs"), [(timedelta(seconds=599), []), (timedelta(minutes=10), ["teaching"])])
def test_while_adverts_are_typed_a_proof_is_made_anew_after_ten_minutes_at_the_soonest(press, after, proofs):
    a_vacancy()
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    bulletins.build(edition, "teaching", SUNDAY)
    made = Bulletin.objects.get(staff_group="teaching").built_at
    a_vacancy("Another")
    assert [bulletin.staff_group for bulletin in bulletins.build_due(made + after)] == proofs


@pytest.mark.parametrize(("failed", "minutes"), [(0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (9, 60)], ids=str)
def test_what_failed_is_tried_again_after_a_minute_then_ever_more_rarely_and_every_hour_at_least(monkeypatch, failed, minutes):
    def fails(*_arguments):
        raise rendering.PressFailed("The disk is full.")

    monkeypatch.setattr(rendering, "run", fails)
    a_vacancy()
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    Bulletin.objects.update(attempts=failed)

    bulletins.build(edition, "teaching", SUNDAY)

    waits = Bulletin.objects.get(staff_group="teaching").next_try_at - SUNDAY
    assert round(waits.total_seconds() / 60) == minutes


def test_a_worker_makes_two_pdfs_before_it_goes_back_to_its_other_work(press):
    for number, on in enumerate((MONDAY, MONDAY + timedelta(weeks=1))):
        edition = an_edition(on)
        bulletins.plan(edition)
        for bulletin in edition.bulletins.select_related("edition"):
            bulletins.ask(bulletin, SUNDAY + timedelta(minutes=number))
    assert [len(bulletins.build_due(SUNDAY)) for _ in range(3)] == [2, 2, 0]
