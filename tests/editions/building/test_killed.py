"""Killed at any line, the worker leaves readers the old PDF or the new one, whole; the next run makes good what is missing."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.test import Client
from django.utils import timezone

from editions import rules
from editions.building import bulletins, heights, making
from editions.models import Bulletin, BulletinQuerySet
from editions.press.galley import Sized
from files import leftovers
from tests.builders import MONDAY, a_vacancy, an_edition, london

from ..press_double import PDF

NOW = london(2026, 4, 28, 9)
LATER = NOW + rules.BUILD_LEASE + timedelta(seconds=1)
OLD, NEW, REBUILT = PDF + b"1", PDF + b"2", PDF + b"3"


class Killed(BaseException):
    """As a power cut: nothing catches it."""


def dies_at(monkeypatch, owner, name, call=1, after=False):
    """The ``call``-th call of a function kills the process, before or after its work."""
    real, calls = getattr(owner, name), []

    def dying(*arguments, **options):
        calls.append(name)
        if len(calls) == call and not after:
            raise Killed
        done = real(*arguments, **options)
        if len(calls) == call:
            raise Killed
        return done

    monkeypatch.setattr(owner, name, dying)


POINTS = {
    "before the press ran": (making, "set_type", 1, False),
    "while heights were being kept": (heights, "remember", 1, False),
    "before the PDF was stored": (Storage, "save", 1, False),
    "between PDF and cover": (Storage, "save", 2, False),
    "before the row pointed to them": (BulletinQuerySet, "finish", 1, False),
    "after the row pointed to them": (BulletinQuerySet, "finish", 1, True),
    "between removing the old PDF and its cover": (leftovers, "discard", 1, True),
}


def a_published_bulletin(press) -> Bulletin:
    a_vacancy(contact_name="Mrs J. Pell")
    edition = an_edition(MONDAY, published_at=london(2026, 4, 27, 7))
    bulletins.plan(edition)
    assert bulletins.build(edition, "teaching", NOW - timedelta(days=1))
    return edition.bulletins.get(staff_group="teaching")


def read() -> bytes:
    response = Client().get("/editions/2026-04-27/teaching.pdf")
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert response["Content-Length"] == str(len(content))
    return content


def files() -> set[str]:
    """Every file in the storage, by its path in it."""
    return {name for folder in ("bulletins", "covers", "print") for name in bulletins.stored(folder)}


def pointed_to() -> set[str]:
    names = Bulletin.objects.values_list("file", "cover", "print_file")
    return {name for row in names for name in row if name}


@pytest.mark.django_db
@pytest.mark.parametrize("point", POINTS.values(), ids=list(POINTS))
@pytest.mark.usefixtures("either_storage")
def test_readers_always_have_a_whole_pdf_and_the_next_run_finishes(press, monkeypatch, point):
    bulletin = a_published_bulletin(press)
    bulletins.ask(bulletin, NOW, note="Page 1.")
    with monkeypatch.context() as patch:
        dies_at(patch, *point)
        with pytest.raises(Killed):
            bulletins.build_due(NOW, limit=1)

    assert read() in {OLD, NEW}
    bulletins.build_due(LATER, limit=1)

    assert read() in {NEW, REBUILT}
    done = Bulletin.objects.get(pk=bulletin.pk)
    assert (done.asked_at, done.claimed_at, done.problem, done.revision) == (None, None, "", 1)
    bulletins.sweep(timezone.now() + timedelta(days=1))
    assert files() == pointed_to()


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_the_sweep_leaves_alone_what_a_row_points_to_and_what_may_still_be_in_the_making(press):
    bulletin = a_published_bulletin(press)
    orphan = default_storage.save("bulletins/2026/orphan.pdf", ContentFile(PDF))
    now = timezone.now()
    left = Path(settings.VAR_DIR) / "workshop" / "press-of-a-killed-worker"
    left.mkdir(parents=True)
    (left / "galley.json").write_text("Mrs J. Pell")

    assert bulletins.sweep(now + timedelta(hours=1)) == 0
    assert bulletins.sweep(now + timedelta(hours=7)) == 2
    assert not left.exists()
    assert files() == pointed_to()
    assert orphan not in files()
    assert default_storage.exists(bulletin.file.name)


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_a_worker_whose_claim_was_taken_over_drops_what_it_made(press, monkeypatch):
    bulletin = a_published_bulletin(press)
    bulletins.ask(bulletin, NOW)
    real = making.for_readers

    def slowly(*arguments, **options):
        values = real(*arguments, **options)
        Bulletin.objects.filter(pk=bulletin.pk).update(claimed_at=LATER)
        return values

    monkeypatch.setattr(making, "for_readers", slowly)
    bulletins.build_due(NOW, limit=1)

    assert read() == OLD
    assert Bulletin.objects.get(pk=bulletin.pk).claimed_at == LATER
    assert files() == pointed_to()


@pytest.mark.django_db
def test_heights_survive_a_restart_and_are_forgotten_when_nothing_used_them_for_long(press):
    bulletin = a_published_bulletin(press)
    vacancy = bulletin.vacancies().get()
    assert press.jobs[0].heights == {}

    bulletins.build(bulletin.edition, "teaching", NOW)
    assert press.jobs[1].heights == {
        f"key of {name}": [*map(Sized, [100.0, 50.0, 100.0, 13.0])] for name in (vacancy.reference, "furniture", "cover")
    }

    heights.remember({}, {}, MONDAY + timedelta(days=200))
    bulletins.build(bulletin.edition, "teaching", NOW)
    assert press.jobs[2].heights == {}
