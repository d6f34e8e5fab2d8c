import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.builders import a_school
from tests.desk import staff
from vacancies import rules

pytestmark = pytest.mark.django_db
PASTE = "/admin/vacancies/vacancy/paste/"
EMAIL = "Hi Sue\n\nSchool Cook\nOak School\n20 hours per week\n\nMany thanks\nJo"


@pytest.fixture
def desk(client):
    client.force_login(staff("Editor"))
    return client


def test_the_form_is_told_what_goes_into_which_box_and_what_each_line_is(desk):
    school = a_school("Oak School")
    answer = desk.post(PASTE, {"text": EMAIL}).json()
    assert answer["found"]["school"]["boxes"] == {"school": str(school.pk)}
    assert answer["found"]["hours_per_week"]["phrase"] == "20 hours per week"
    assert [(line["text"], line["left_out"], line["repeated"]) for line in answer["lines"]] == [
        ("Hi Sue", True, False),
        ("School Cook", False, True),
        ("Oak School", False, True),
        ("20 hours per week", False, True),
        ("Many thanks", True, False),
        ("Jo", True, False),
    ]
    assert answer["body"] == "<p>School Cook<br>Oak School<br>20 hours per week</p>"


def test_the_text_without_the_lines_that_somebody_leaves_off(desk):
    assert desk.post(PASTE, {"text": EMAIL, "left_out": "0,2,3,4,5,99,x"}).json() == {"body": "<p>School Cook</p>"}


def test_a_school_that_is_not_here_is_named(desk):
    assert desk.post(PASTE, {"text": EMAIL}).json()["unknown_school"] == "Oak School"


def test_a_file_is_read(desk):
    answer = desk.post(PASTE, {"file": SimpleUploadedFile("advert.txt", EMAIL.encode())}).json()
    assert answer["found"]["title"]["shown"] == "School Cook"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": "  "}, "Nothing to read: paste the school's text, or drop its file here."),
        ({"text": "x" * 2_000_001}, "This is too long for an advert. Paste the advert alone."),
        (
            {"file": SimpleUploadedFile("a.docx", b"PK\x03\x04")},
            "This is no Word document. Save it as .docx or PDF, or paste its text.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(desk, sent, sentence, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
    answer = desk.post(PASTE, sent)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})


def test_the_longest_text_is_read(desk, monkeypatch, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
    monkeypatch.setattr(rules, "LONGEST_PASTE", len(EMAIL))
    assert desk.post(PASTE, {"text": EMAIL}).status_code == 200
    assert desk.post(PASTE, {"text": f"{EMAIL}."}).status_code == 400


def test_only_who_may_write_adverts_may_have_one_read(client):
    assert client.post(PASTE, {"text": EMAIL}).status_code == 302
    assert reverse("admin:login") in client.post(PASTE, {"text": EMAIL})["Location"]
