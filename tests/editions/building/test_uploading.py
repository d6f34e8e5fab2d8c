"""Old PDFs go into the archive as they were written anew here; any other file is refused in words."""

from datetime import date

import pikepdf
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editions.building import bulletins, uploading
from editions.models import Bulletin, Edition
from editions.press import inspecting
from greensheets_site.accounts import roles
from mailing.models import Mailout
from tests import sent_files
from tests.builders import MONDAY, an_edition, london
from tests.desk import staff
from uploads import refusals
from uploads.refusals import Refused

OLD_MONDAY = date(2019, 4, 22)
TODAY = london(2026, 4, 29, 10)
URL = "/admin/editions/edition/upload/"


def a_pdf(pages=2, **options) -> bytes:
    return sent_files.a_pdf(pages=pages, **options).read()


def looked_at(folder, content):
    """The number of pages, and the PDF that is filed."""
    (folder / "upload.pdf").write_bytes(content)
    pages = inspecting.inspect(folder / "upload.pdf", folder / "written.pdf", folder / "cover.jpg")
    return pages, (folder / "written.pdf").read_bytes()


@pytest.mark.parametrize(("pages", "is_taken"), [(400, True), (401, False)])
def test_a_pdf_of_four_hundred_pages_is_taken_and_a_longer_one_is_not(tmp_path, pages, is_taken):
    if is_taken:
        assert looked_at(tmp_path, a_pdf(pages=pages))[0] == pages
    else:
        with pytest.raises(Refused, match="This PDF has 401 pages; a bulletin has 1 to 400"):
            looked_at(tmp_path, a_pdf(pages=pages))


@pytest.mark.parametrize(("size", "sentence"), [(40_000_000, "This is neither a PDF"), (40_000_001, "larger than 40 MB")])
def test_a_pdf_of_forty_megabytes_is_opened_and_a_larger_one_is_not(size, sentence):
    """Its size is what the browser says; here nothing follows."""
    with pytest.raises(Refused, match=sentence):
        uploading.examine(size, [])


REFUSED = {
    "nothing": (b"", refusals.NEITHER),
    "a page of HTML": (b"<html>", refusals.NEITHER),
    "a Word document": (sent_files.a_docx().read(), inspecting.NO_PDF),
    "the beginning of a PDF": (a_pdf()[:60], refusals.PDF_DAMAGED),
    "no page": (a_pdf(pages=0), refusals.PDF_EMPTY),
    "a password": (a_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), refusals.PDF_LOCKED),
}


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=list(REFUSED))
def test_whatever_is_no_plain_pdf_is_refused_in_words(tmp_path, content, says):
    with pytest.raises(Refused) as refusal:
        looked_at(tmp_path, content)

    assert str(refusal.value) == says


def test_a_pdf_is_written_anew_drawn_and_counted(tmp_path):
    def with_script(document):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))

    pages, written = looked_at(tmp_path, b"\r\n" + a_pdf(change=with_script))

    assert (pages, written[:5], b"JavaScript" in written) == (2, b"%PDF-", False)
    assert (tmp_path / "cover.jpg").read_bytes()[:3] == b"\xff\xd8\xff"


def test_examining_happens_in_a_child_process_and_passes_its_answer_on():
    content = a_pdf()

    examined = uploading.examine(len(content), [content[:100], content[100:]])

    assert (examined.pdf[:5], examined.pages, examined.cover[:3]) == (b"%PDF-", 2, b"\xff\xd8\xff")
    assert examined.pdf != content
    with pytest.raises(Refused, match="This is neither a PDF"):
        uploading.examine(5, [b"hello"])


def test_a_file_that_is_too_large_is_not_even_opened():
    with pytest.raises(Refused, match="This PDF is larger than 40 MB"):
        uploading.examine(40_000_001, iter(()))


def test_a_file_that_keeps_its_reader_busy_is_refused(monkeypatch):
    monkeypatch.setattr(uploading, "SECONDS", 0)
    content = a_pdf()

    with pytest.raises(Refused, match="cannot be opened safely"):
        uploading.examine(len(content), [content])


@pytest.fixture
def publisher(client, monkeypatch):
    """Files are looked at in this process: the child has tests of its own."""
    monkeypatch.setattr(uploading, "examine", lambda size, chunks: uploading.Examined(b"".join(chunks), b"jpeg", 2))
    with time_machine.travel(TODAY, tick=False):
        client.force_login(staff(roles.PUBLISHER))
        yield client


def sent(publisher, on="2019-04-22", number="812", **files):
    uploads = {name: SimpleUploadedFile(f"{name}.pdf", content, "application/pdf") for name, content in files.items()}
    return publisher.post(URL, {"on": on, "number": number, **uploads})


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_old_bulletins_are_filed_as_published_on_their_day_and_nothing_is_emailed(publisher):
    response = sent(publisher, teaching_pdf=a_pdf(), support_pdf=a_pdf(pages=1))

    edition = Edition.objects.get()
    assert response.url == reverse("admin:editions_edition_change", args=[edition.pk])
    assert (edition.on, edition.number, edition.published_at) == (OLD_MONDAY, 812, london(2019, 4, 22, 7))
    assert b"".join(publisher.get("/editions/2019-04-22/teaching.pdf").streaming_content) == a_pdf()
    page = publisher.get("/editions/").content.decode()
    assert "22 April 2019" in page
    assert "Summer term 2019" in page
    assert bulletins.build_due(TODAY) == []
    assert Mailout.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_an_upload_takes_the_place_of_an_earlier_upload(publisher):
    sent(publisher, teaching_pdf=a_pdf())
    sent(publisher, teaching_pdf=a_pdf(pages=3))

    bulletin = Bulletin.objects.get(staff_group="teaching")
    with default_storage.open(bulletin.file.name) as file:
        assert file.read() == a_pdf(pages=3)
    assert list(bulletins.stored("bulletins")) == [bulletin.file.name]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"on": "2019-04-23"}, {"on": ["Choose a Monday: editions come out on Mondays only."]}),
        ({"on": "2026-05-04"}, {"on": ["Choose a Monday in the past: bulletins of editions to come are made here."]}),
        ({"number": "0"}, {"number": ["Ensure this value is greater than or equal to 1."]}),
        ({"number": "1020"}, {"number": ["This number belongs to Issue 1020, Monday 20 April 2026."]}),
        (
            {"on": "2026-04-20", "number": "7"},
            {"number": ["This Monday’s edition is already here, as issue 1020."]},
        ),
        (
            {"on": "2026-04-27", "number": "1021"},
            {
                "on": [
                    "This edition has not been published yet and will be published automatically. Do not upload anything for it."
                ]
            },
        ),
    ],
)
def test_what_does_not_fit_the_calendar_is_refused_and_nothing_is_filed(publisher, fields, errors):
    an_edition(date(2026, 4, 20), number=1020, published_at=london(2026, 4, 20, 7))
    an_edition(MONDAY, number=1021)

    response = sent(publisher, **fields, teaching_pdf=a_pdf())

    assert response.context["form"].errors == errors
    assert Bulletin.objects.exclude(file="").count() == 0


@pytest.mark.django_db
def test_a_bulletin_that_was_made_here_is_not_replaced_by_an_upload(publisher):
    edition = an_edition(date(2026, 4, 20), number=1020, published_at=london(2026, 4, 20, 7))
    bulletins.plan(edition)
    edition.bulletins.filter(staff_group="teaching").update(file="bulletins/a.pdf", built_at=london(2026, 4, 19, 7))

    response = sent(publisher, on="2026-04-20", number="1020", teaching_pdf=a_pdf())

    assert response.context["form"].errors == {
        "teaching_pdf": ["This bulletin was made here. Correct its adverts and make it again instead."]
    }


@pytest.mark.django_db
def test_a_form_without_a_file_asks_for_one(publisher):
    assert sent(publisher).context["form"].errors == {"__all__": ["Choose at least one PDF."]}


@pytest.mark.django_db
def test_on_its_own_monday_an_edition_is_no_old_one(publisher):
    with time_machine.travel(london(2026, 4, 27, 10), tick=False):
        response = sent(publisher, on="2026-04-27", number="1021", teaching_pdf=a_pdf())

    assert response.context["form"].errors == {
        "on": ["Choose a Monday in the past: bulletins of editions to come are made here."]
    }
