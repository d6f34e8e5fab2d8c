from datetime import timedelta
from pathlib import Path

import page
import pypdfium2
import pytest

from editions import bulletins, rendering
from editions.models import Bulletin
from tests.builders import MONDAY, a_vacancy, an_edition, london
from vacancies.models import Vacancy

SUNDAY = london(2026, 4, 26, 12)


@pytest.mark.django_db
def test_a_bulletin_prints_the_adverts_of_its_staff_group():
    a_vacancy("Class Teacher", contact_name="Mrs J. Pell")
    a_vacancy("Cook", role="midday-supervisor")
    edition = an_edition(MONDAY)
    bulletins.plan(edition)

    assert bulletins.build(edition, "teaching", SUNDAY)

    bulletin = Bulletin.objects.get(staff_group="teaching")
    assert bulletin.problem == ""
    text = "".join(sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(bulletin.file.path))
    assert "Class Teacher" in text
    assert "Mrs J. Pell" in text
    assert "Cook" not in text


def text_of(bulletin) -> str:
    with pypdfium2.PdfDocument(bulletin.file.path) as document:
        return "".join(sheet.get_textpage().get_text_bounded() for sheet in document)


@pytest.mark.django_db
def test_a_blanked_contact_is_gone_from_the_archived_pdf_too():
    vacancy = a_vacancy("Class Teacher", contact_name="Mrs J. Pell")
    edition = an_edition(MONDAY, published_at=london(2026, 4, 27, 7))
    bulletins.plan(edition)
    bulletins.build(edition, "teaching", SUNDAY)
    printed = Bulletin.objects.get(staff_group="teaching")
    before = printed.file.path
    later = london(2026, 8, 10, 12)
    assert "Mrs J. Pell" in text_of(printed)
    assert bulletins.build_due(later) == []

    Vacancy.objects.filter(pk=vacancy.pk).update(contact_name="", contact_phone="", contact_email="", status="withdrawn")
    assert bulletins.build_due(later) == [printed]

    cleaned = Bulletin.objects.get(staff_group="teaching")
    assert "Mrs J. Pell" not in text_of(cleaned)
    assert "Class Teacher" in text_of(cleaned)
    assert not Path(before).exists()
    assert bulletins.build_due(later) == []


@pytest.mark.django_db
def test_an_advert_full_of_traps_is_set_and_reads_no_file():
    body = (
        f"<p>{'x' * 300}</p><p>Croeso i’r ysgol ŵyr 🍏</p>"
        + "<div>" * 400
        + "deep"
        + "</div>" * 400
        + '<img src="file:///etc/passwd"><p>'
        + "A sentence of seven words stands here. " * 2000
        + "</p>"
    )
    a_vacancy("Class Teacher", body=body)
    edition = an_edition(MONDAY)
    bulletins.plan(edition)

    bulletins.build(edition, "teaching", SUNDAY)

    bulletin = Bulletin.objects.get(staff_group="teaching")
    assert bulletin.problem == ""
    assert "root:" not in text_of(bulletin)
    assert ["is very long" in remark for remark in bulletin.remarks] == [True]


@pytest.mark.django_db
def test_a_failure_is_told_in_words_and_tried_again_later(monkeypatch):
    def fails(*_arguments):
        raise rendering.PressFailed("The disk is full.")

    monkeypatch.setattr(rendering, "run", fails)
    a_vacancy()
    edition = an_edition(MONDAY)
    bulletins.plan(edition)

    bulletins.build(edition, "teaching", SUNDAY)

    bulletin = Bulletin.objects.get(staff_group="teaching")
    assert (bulletin.problem, bulletin.attempts, bulletin.claimed_at) == ("The disk is full.", 1, None)
    assert bulletins.build_due(SUNDAY + timedelta(seconds=50)) == []
    assert bulletins.build_due(SUNDAY + timedelta(seconds=70)) == [bulletin]


@pytest.mark.django_db
def test_two_workers_do_not_build_the_same_bulletin():
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    Bulletin.objects.update(claimed_at=SUNDAY - timedelta(seconds=30))

    assert not bulletins.build(edition, "teaching", SUNDAY)


@pytest.mark.django_db
def test_the_pdf_is_accessible_and_its_bytes_are_the_same_every_time():
    a_vacancy("Class Teacher", contact_name="Mrs J. Pell")
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    bulletins.build(edition, "teaching", SUNDAY)
    first = Bulletin.objects.get(staff_group="teaching")
    content = Path(first.file.path).read_bytes()

    bulletins.build(edition, "teaching", SUNDAY + timedelta(hours=1))

    assert Bulletin.objects.get(staff_group="teaching").digest == first.digest
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert (report.is_compliant, list(report.failures)) == (True, [])
