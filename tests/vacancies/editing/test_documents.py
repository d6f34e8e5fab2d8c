"""Documents of adverts: what is taken, who may open it, and that nothing stays behind."""

import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import a_term, a_vacancy, london
from tests.desk import opened, staff
from tests.sent_files import PLAIN_PDF, a_docx, a_pdf
from uploads import opening, scanner, written
from uploads.refusals import NotNow, Refused
from vacancies.editing import documents
from vacancies.models import DocumentKind, Status, VacancyDocument

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
NEITHER = "This is neither a PDF nor a Word document."


@pytest.fixture
def summer(db):
    return a_term()


def page_of(vacancy):
    return reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])


def with_document(client, vacancy, file):
    added = {"attachments-TOTAL_FORMS": "1", "attachments-0-file": file, "attachments-0-is_shown": "on"}
    return client.post(page_of(vacancy), {**opened(client, page_of(vacancy)), **added})


def stored(vacancy, **fields):
    file = a_pdf()
    return VacancyDocument.objects.create(
        **{"vacancy": vacancy, "title": "Job description", "file": file, "kind": "pdf", "size": file.size}
        | {"is_written_anew": True, **fields}
    )


def status_of(client, document):
    return opened_file(client.get(document.get_absolute_url())).status_code


def opened_file(response):
    """Closes the file that a test client leaves open; closing the whole response would close the test's database too."""
    response.content_sent = b"".join(response)
    for close in response._resource_closers:
        close()
    return response


def files_in_store():
    return default_storage.listdir("documents")[1]


def refusal(file):
    with pytest.raises(Refused) as caught:
        documents.written_anew(file)
    return str(caught.value)


@pytest.mark.parametrize(("file", "kind"), [(a_pdf("x.exe"), "pdf"), (a_docx("x.txt"), "docx")])
def test_the_content_decides_and_not_the_name(file, kind):
    assert documents.written_anew(file).kind == kind


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty. Choose it again."),
        (b"<html><script>alert(1)</script>", NEITHER),
        (OLD_WORD, "This is an old Word file (.doc) or one with a password."),
        (b"x" * (10 * 1024 * 1024 + 1), "This file is 10.0 MB; the most is 10 MB."),
    ],
)
def test_what_is_refused_is_refused_with_what_to_do(content, sentence):
    said = refusal(SimpleUploadedFile("Job description.pdf", content))
    assert said.startswith(sentence)
    assert re.search(r"(Save|Choose|Ask) ", said)


@given(st.binary(max_size=300))
@example(a_docx().read()[:-9])
@example(b"\xff" * 60)
def test_any_bytes_are_taken_or_refused_in_words(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("any")
    sentences = []
    for start in (b"", b"%PDF-", b"PK\x03\x04"):
        (folder / "upload").write_bytes(start + content)
        try:
            opening.write_anew(folder / "upload", folder / "written")
        except Refused as said:
            sentences.append(str(said))
    assert sentences
    assert all(one.endswith(".") for one in sentences)


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_an_editor_adds_a_document_that_takes_the_name_of_its_file(client, summer):
    client.force_login(staff("Editor"))
    vacancy = a_vacancy()
    assert with_document(client, vacancy, a_docx("Application_form.docx")).status_code == 302
    [document] = vacancy.documents
    assert (document.title, document.kind, document.description) == ("Application form", "docx", f"Word, {document.size} bytes")
    assert document.file_name == "application-form.docx"
    assert re.fullmatch(r"documents/[0-9a-f]{32}\.docx", document.file.name)
    with document.file.open("rb") as file:
        content = file.read()
    assert (document.is_written_anew, document.size) == (True, len(content))
    assert content != a_docx().read()


@pytest.mark.django_db
def test_a_file_that_is_refused_is_refused_beside_its_box_and_nothing_is_stored(client):
    client.force_login(staff("Editor"))
    vacancy = a_vacancy()
    response = with_document(client, vacancy, SimpleUploadedFile("cv.pdf", b"<html>"))
    [inline] = response.context["inline_admin_formsets"]
    assert inline.formset.errors[0]["file"][0].startswith(NEITHER)
    assert (VacancyDocument.objects.count(), files_in_store()) == (0, [])


@pytest.mark.django_db
def test_a_stored_file_cannot_be_exchanged_under_its_readers(client, summer):
    client.force_login(staff("Editor"))
    document = stored(a_vacancy())
    name = document.file.name
    data = {**opened(client, page_of(document.vacancy)), "attachments-0-file": a_docx(), "attachments-0-title": "Form"}
    assert client.post(page_of(document.vacancy), data).status_code == 302
    document.refresh_from_db()
    assert (document.file.name, document.kind, document.title) == (name, "pdf", "Form")


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_readers_open_a_document_while_its_advert_is_live(client, time_machine):
    document = stored(a_vacancy())
    seen = []
    for moment in (london(2026, 4, 26, 23, 59), london(2026, 4, 27, 0, 1), london(2026, 5, 12, 11, 59), london(2026, 5, 12, 12)):
        time_machine.move_to(moment)
        seen.append(status_of(client, document))
    assert seen == [404, 200, 200, 404]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"status": Status.DRAFT}, {"status": Status.WITHDRAWN}])
def test_a_draft_and_a_withdrawn_advert_show_no_document(client, time_machine, change):
    time_machine.move_to(london(2026, 4, 28, 9))
    assert client.get(stored(a_vacancy(**change)).get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_a_document_that_is_no_longer_shown_is_for_staff_only(client, time_machine):
    time_machine.move_to(london(2026, 4, 28, 9))
    vacancy = a_vacancy()
    stored(vacancy, is_shown=False)
    shown = stored(vacancy, title="Person specification")
    assert vacancy.documents == [shown]
    hidden = vacancy.attachments.get(is_shown=False)
    assert status_of(client, hidden) == 404
    client.force_login(staff("Editor"))
    assert status_of(client, hidden) == 200


@pytest.mark.django_db
def test_staff_see_it_before_its_time_and_other_log_ins_do_not(client, django_user_model, time_machine):
    time_machine.move_to(london(2026, 4, 20, 9))
    document = stored(a_vacancy())
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert status_of(client, document) == 404
    client.force_login(staff("Editor"))
    assert status_of(client, document) == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_it_is_sent_as_what_it_is_and_never_guessed_at(client, time_machine):
    time_machine.move_to(london(2026, 4, 28, 9))
    vacancy = a_vacancy()
    pdf, docx = stored(vacancy), stored(vacancy, file=a_docx(), kind="docx", title="Form <b>")
    headers = ["Content-Type", "Content-Disposition", "X-Content-Type-Options", "X-Robots-Tag", "Cache-Control"]
    sent = [opened_file(client.get(document.get_absolute_url())) for document in (pdf, docx)]
    assert [[response[name] for name in headers] for response in sent] == [
        ["application/pdf", 'inline; filename="job-description.pdf"', "nosniff", "noindex", "private, no-cache"],
        [DocumentKind.DOCX.content_type, 'attachment; filename="form-b.docx"', "nosniff", "noindex", "private, no-cache"],
    ]
    assert sent[0].content_sent.startswith(b"%PDF-")


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_another_name_leads_to_the_right_one_and_a_lost_file_is_not_found(client, time_machine):
    time_machine.move_to(london(2026, 4, 28, 9))
    document = stored(a_vacancy())
    other = reverse("vacancies:document", args=[document.pk, "x.html"])
    assert client.get(other).headers["Location"] == document.get_absolute_url()
    default_storage.delete(document.file.name)
    assert status_of(client, document) == 404
    assert client.get(reverse("vacancies:document", args=[9999, "x.pdf"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_only_who_may_delete_adverts_deletes_a_document_and_its_file_goes_too(client, summer, django_capture_on_commit_callbacks):
    document = stored(a_vacancy())
    for role, left in (("Editor", 1), ("Publisher", 0)):
        client.force_login(staff(role))
        data = {**opened(client, page_of(document.vacancy)), "attachments-0-DELETE": "on"}
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(page_of(document.vacancy), data).status_code == 302
        assert (VacancyDocument.objects.count(), len(files_in_store())) == (left, left)


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_a_draft_that_is_deleted_takes_its_files_along(client, django_capture_on_commit_callbacks):
    client.force_login(staff("Publisher"))
    vacancy = stored(a_vacancy(status=Status.DRAFT)).vacancy
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:vacancies_vacancy_delete", args=[vacancy.pk]), {"post": "yes"})
    assert (VacancyDocument.objects.count(), files_in_store()) == (0, [])


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_documents_go_twelve_weeks_after_closing_and_their_files_too():
    old, young = stored(a_vacancy()), stored(a_vacancy(closes_at=london(2026, 5, 13, 12)))
    assert documents.delete_overdue(london(2026, 8, 4, 11, 59)) == 0
    assert documents.delete_overdue(london(2026, 8, 4, 12)) == 1
    assert list(VacancyDocument.objects.all()) == [young]
    assert files_in_store() == [young.file.name.removeprefix("documents/")]
    assert documents.delete_overdue(london(2026, 8, 4, 12)) == 0
    assert not default_storage.exists(old.file.name)


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_a_document_whose_file_is_gone_already_goes_too():
    default_storage.delete(stored(a_vacancy()).file.name)
    assert documents.delete_overdue(london(2027, 1, 1)) == 1


def test_an_advert_offers_room_for_ten_documents(client, summer):
    client.force_login(staff("Editor"))
    assert 'name="attachments-MAX_NUM_FORMS" value="10"' in client.get(page_of(a_vacancy())).text


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_a_document_of_before_is_shown_again_once_it_is_written_anew(client, time_machine):
    time_machine.move_to(london(2026, 4, 28, 9))
    old = SimpleUploadedFile("a.pdf", b"\r\n" + PLAIN_PDF)
    document = stored(a_vacancy(), file=old, is_written_anew=False)
    before = document.file.name
    assert (document.vacancy.documents, status_of(client, document)) == ([], 404)
    assert (documents.write_old_anew(), documents.write_old_anew()) == (1, 0)
    document.refresh_from_db()
    sent = opened_file(client.get(document.get_absolute_url()))
    assert (sent.status_code, sent.content_sent[:5], len(sent.content_sent)) == (200, b"%PDF-", document.size)
    assert files_in_store() == [document.file.name.removeprefix("documents/")]
    assert document.file.name != before


@pytest.mark.django_db
def test_a_document_of_before_that_is_refused_is_no_longer_shown(caplog):
    document = stored(a_vacancy(), file=SimpleUploadedFile("a.pdf", b"%PDF-<html>%%EOF"), is_written_anew=False)
    assert (documents.write_old_anew(), documents.write_old_anew()) == (0, 0)
    document.refresh_from_db()
    assert (document.is_shown, len(caplog.messages)) == (False, 1)
    assert "This PDF is damaged" in caplog.text


@pytest.mark.django_db
def test_a_scanner_that_does_not_answer_hides_no_document(monkeypatch):
    def away(_path):
        raise NotNow("Later.")

    document = stored(a_vacancy(), is_written_anew=False)
    monkeypatch.setattr(scanner, "must_find_nothing", away)
    assert documents.write_old_anew() == 0
    document.refresh_from_db()
    assert document.is_shown


@pytest.mark.django_db
def test_twenty_documents_are_written_anew_in_one_go(monkeypatch):
    vacancy = a_vacancy()
    for _ in range(21):
        stored(vacancy, is_written_anew=False)
    monkeypatch.setattr(written, "written_anew", lambda chunks: written.Written("pdf", b"".join(chunks)))
    assert (documents.write_old_anew(), documents.write_old_anew()) == (20, 1)
