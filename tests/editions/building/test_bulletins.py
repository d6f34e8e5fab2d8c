from datetime import timedelta

import page
import pypdfium2
import pytest
import zxingcpp
from django.core.files.storage import default_storage

from editions import publishing
from editions.building import bulletins, estimating, pieces, rendering
from editions.models import Bulletin
from editions.press import verifying
from greensheets_site.worker.duties import DUTIES
from mailing.readers import retention
from tests.builders import MONDAY, a_vacancy, an_edition, london
from vacancies.models import Vacancy

pytestmark = pytest.mark.one_database

SUNDAY = london(2026, 4, 26, 12)


@pytest.mark.django_db
def test_a_bulletin_prints_the_adverts_of_its_staff_group_accessibly_and_with_the_same_bytes_every_time():
    a_vacancy("Class Teacher", contact_name="Mrs J. Pell")
    a_vacancy("Cook", role="midday-supervisor")
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    guess = estimating.estimate(edition.bulletins.get(staff_group="teaching"))

    assert bulletins.build(edition, "teaching", SUNDAY)

    measured = estimating.estimate(edition.bulletins.get(staff_group="teaching"))
    assert (guess.guessed, measured.guessed, measured.adverts) == (1, 0, 1)
    assert guess.pages == pytest.approx(measured.pages, abs=0.15)
    first = Bulletin.objects.get(staff_group="teaching")
    text = text_of(first)
    assert ["Class Teacher" in text, "Mrs J. Pell" in text, "Cook" in text, first.problem] == [True, True, False, ""]
    report = page.validate_pdf_bytes(content_of(first), profile="ua1")
    assert (report.is_compliant, list(report.failures)) == (True, [])
    assert scanned(first) == [f"HTTPS://WWW.GREENSHEETS.EXAMPLE/{Vacancy.objects.get(title='Class Teacher').reference}"]

    bulletins.build(edition, "teaching", SUNDAY + timedelta(hours=1))

    assert Bulletin.objects.get(staff_group="teaching").digest == first.digest


def content_of(bulletin) -> bytes:
    with default_storage.open(bulletin.file.name) as file:
        return file.read()


def scanned(bulletin) -> list[str]:
    """What a telephone reads in the squares of the first page, as an office printer prints them."""
    with pypdfium2.PdfDocument(content_of(bulletin)) as document:
        return [code.text for code in zxingcpp.read_barcodes(document[0].render(scale=300 / 72).to_pil().convert("L"))]


def text_of(bulletin) -> str:
    with pypdfium2.PdfDocument(content_of(bulletin)) as document:
        return "".join(sheet.get_textpage().get_text_bounded() for sheet in document)


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_twelve_weeks_after_closing_the_named_contact_is_gone_from_the_archived_pdf_too():
    """From the advert's row to the letters in the file, by the worker's own duties, whatever became of the advert."""
    vacancy = a_vacancy("Class Teacher", contact_name="Mrs J. Pell", contact_phone="01632 960123", contact_email="pell@x.example")
    edition = an_edition(MONDAY, published_at=london(2026, 4, 27, 7))
    bulletins.plan(edition)
    bulletins.build(edition, "teaching", SUNDAY)
    printed = Bulletin.objects.get(staff_group="teaching")
    before = printed.file.name
    later = london(2026, 8, 4, 12)
    assert "Mrs J. Pell" in text_of(printed)
    assert bulletins.build_due(later - timedelta(minutes=1)) == []

    Vacancy.objects.filter(pk=vacancy.pk).update(status="withdrawn", print_from=None, print_until=None)
    done = {duty.name: duty.run(later) for duty in DUTIES if duty.name in {"delete what is due", "build PDFs"}}
    assert done["build PDFs"] == []
    assert bulletins.build_due(later) == [printed]

    cleaned = Bulletin.objects.get(staff_group="teaching")
    text = text_of(cleaned)
    assert [words for words in ("Pell", "960123", "pell@x.example") if words in text] == []
    assert "Class Teacher" in text
    assert b"Pell" not in content_of(cleaned)
    assert not default_storage.exists(before)
    assert bulletins.build_due(later) == []


@pytest.mark.django_db
@pytest.mark.parametrize("becomes", [{"title": "Teacher of Art"}, {"status": "withdrawn"}])
def test_a_corrected_bulletin_loses_the_contact_too(press, becomes):
    vacancy = a_vacancy("Class Teacher", contact_name="Mrs J. Pell")
    edition = an_edition(MONDAY, published_at=london(2026, 4, 27, 7))
    bulletins.plan(edition)
    bulletins.build(edition, "teaching", SUNDAY)
    Vacancy.objects.filter(pk=vacancy.pk).update(**becomes)
    bulletins.ask(edition.bulletins.select_related("edition").get(staff_group="teaching"), SUNDAY, note="Page 1: the title.")
    bulletins.build_due(SUNDAY, limit=1)
    later = london(2026, 8, 4, 12)

    retention.purge(later)
    bulletins.build_due(later)

    assert ["Pell" in str(job) for job in (press.jobs[0], press.jobs[-1])] == [True, False]
    assert press.jobs[-1].cover.note == "Revision 1, 26 April 2026: Page 1: the title."
    assert list(bulletins.with_blanked_contacts(later)) == []


TRAPS = {
    "Longest": "<p>" + "A sentence of seven words stands here. " * 2900 + "</p>",
    "Deepest": "<div>" * 400 + "deep" + "</div>" * 400,
    "Listed": "<ul><li>" * 400 + "inmost" + "</li></ul>" * 400,
    "Nested": "<ul><li>outer<ul><li>inner<ul><li>third<ol><li>fourth</li></ol></li></ul></li></ul></li></ul>",
    "Widest": f"<p>{'x' * 300}</p><p>office@{'very-' * 60}long.example</p>",
    "Welsh": "<p>Croeso i’r ysgol: tŷ, ŵyr, gŵyl, Llŷn. 🍏 👩‍🏫 fi</p>",
    "Greedy": '<img src="file:///etc/passwd"><link rel=stylesheet href="http://127.0.0.1:9/"><object data="file:///etc/passwd">',
    "Styled": '<style>@page { size: 9mm }</style><p style="background: url(file:///etc/passwd)">plain</p>',
    "Tabled": '<table><tr><td colspan="65534">wide</td></tr></table>',
    "Empty": "",
    "Names": '<p id="GS10001">said</p><p>&lt;p id="GS10001"&gt;</p>',
    "Control": "<p>a\u0007b\u202ec\ufffd</p>",
    "Paragraphs": "<p>one two three</p>" * 600,
}


@pytest.mark.django_db
def test_hostile_and_enormous_adverts_are_set_sensibly_and_stop_nothing():
    adverts = {title: a_vacancy(title, body=body) for title, body in TRAPS.items()}
    a_vacancy("T" * 150, workplaces="W" * 200, visits="V" * 250, hours_detail="H" * 200, safeguarding_text="S" * 5000)
    a_vacancy("<b>Bold</b> & “quoted”", contact_name="<script>alert(1)</script>", contract_detail="{{ x }} {% y %}")
    edition = an_edition(MONDAY)
    bulletins.plan(edition)

    bulletins.build(edition, "teaching", SUNDAY)

    bulletin = Bulletin.objects.get(staff_group="teaching")
    assert bulletin.problem == ""
    text = text_of(bulletin)
    assert {title for title in TRAPS if title not in text} == set()
    said = ["<b>Bold</b> & “quoted”", "<script>alert(1)</script>", "{{ x }} {% y %}", "Llŷn", "deep", "inmost", "wide", "plain"]
    assert [words for words in said if words not in text] == []
    assert "root:" not in text
    with pypdfium2.PdfDocument(content_of(bulletin)) as document:
        assert {name: verifying.page_named(document, name) for name in bulletin.page_of} == bulletin.page_of
    assert set(bulletin.page_of) == {vacancy.reference for vacancy in Vacancy.objects.all()}
    long = [adverts["Longest"].reference, adverts["Paragraphs"].reference]
    assert [remark.split()[0] for remark in bulletin.remarks if "is very long" in remark] == long
    assert f"The rest of this advert is at www.greensheets.example/{long[0]}" in " ".join(text.split())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        ("<br>" * 200, "one piece of it is taller than half a column and cannot be divided"),
        ('<ul style="list-style: circle"><li>x</li></ul>', "its text has a character that none of our fonts has"),
    ],
)
def test_an_advert_that_cannot_be_set_is_named_and_held_back_and_the_others_are_printed(monkeypatch, hostile, reason):
    """Neither can be typed in; a head that is made so stands in for what nobody has thought of."""
    a_vacancy("Class Teacher")
    bad = a_vacancy("Cover Teacher")
    edition = an_edition(MONDAY)
    bulletins.plan(edition)
    head = pieces.head
    monkeypatch.setattr(pieces, "head", lambda vacancy, crest: head(vacancy, crest) + (hostile if vacancy == bad else ""))

    bulletins.build(edition, "teaching", SUNDAY)

    bulletin = Bulletin.objects.get(staff_group="teaching")
    assert (bulletin.remarks, bulletin.not_printed) == ([], [f"{bad.reference} Cover Teacher is not printed: {reason}."])
    assert (bulletin.posts, bad.reference in bulletin.page_of, "1 post this week" in text_of(bulletin)) == (1, False, True)


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
def test_a_bulletin_that_lost_its_last_advert_before_its_monday_is_not_published_empty(press):
    vacancy, edition = a_vacancy(), an_edition(MONDAY)
    bulletins.plan(edition)
    bulletins.build(edition, "teaching", SUNDAY)
    proof = Bulletin.objects.get(staff_group="teaching").file.name
    Vacancy.objects.filter(pk=vacancy.pk).update(status="withdrawn")

    publishing.publish_due(london(2026, 4, 27, 7))

    left = Bulletin.objects.select_related("edition").get(staff_group="teaching")
    assert (left.file, left.cover, left.galley, left.pages, left.is_public) == ("", "", "", 0, False)
    assert not default_storage.exists(proof)
    assert (len(press.jobs), list(bulletins.due(london(2026, 4, 28, 7)))) == (1, [])
