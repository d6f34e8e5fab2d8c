import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.builders import a_school

from .files import a_jpeg


@pytest.fixture
def logo(db):
    school = a_school()
    school.logo.save("crest.jpg", ContentFile(a_jpeg((640, 360))))
    return school.logo


def read(name):
    with default_storage.open(name) as file:
        return file.read()


@pytest.mark.usefixtures("either_storage")
def test_a_picture_and_its_renditions_are_served_for_ever(client, logo):
    answers = [client.get(address) for address in (logo.url, *(address for address, _ in logo.webps))]
    assert [answer["Content-Type"] for answer in answers] == ["image/jpeg", "image/webp", "image/webp"]
    assert {answer["Cache-Control"] for answer in answers} == {"public, max-age=31536000, immutable"}
    assert {answer["X-Content-Type-Options"] for answer in answers} == {"nosniff"}
    assert answers[0].content == read(logo.name)


@pytest.mark.usefixtures("either_storage")
def test_a_browser_that_has_it_gets_304_and_no_cookie(client, logo):
    etag = client.get(logo.url)["ETag"]
    answer = client.get(logo.url, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content, answer.cookies) == (304, b"", {})


@pytest.mark.parametrize(
    "path",
    [
        "logos/0123456789abcdef-10x10.jpg",
        "logos/crest.png",
        "documents/0123456789abcdef-10x10.jpg",
        "bulletins/2026/teaching.pdf",
        "logos/../documents/0123456789abcdef-10x10.jpg",
        "logos/%2e%2e/greensheets.sqlite3",
        "logos/",
        "",
    ],
)
@pytest.mark.usefixtures("either_storage")
def test_nothing_else_in_the_media_folder_can_be_asked_for(client, db, path):
    for stored in ("documents/0123456789abcdef-10x10.jpg", "logos/crest.png", "bulletins/2026/teaching.pdf"):
        default_storage.save(stored, ContentFile(b"private"))
    assert client.get(f"/media/{path}").status_code == 404


def test_what_is_served_can_run_nothing_and_is_only_read(client, logo):
    answer = client.get(logo.url)
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.post(logo.url).status_code == 405
    assert (client.head(logo.url).status_code, client.head(logo.url).content) == (200, b"")


def test_a_browser_that_has_another_picture_gets_this_one_and_both_answers_may_be_kept(client, logo):
    other = client.get(logo.url, headers={"If-None-Match": '"0123456789abcdef-10x10.jpg"'})
    same = client.get(logo.url, headers={"If-None-Match": f'"x", {other["ETag"]}'})
    assert [answer.status_code for answer in (other, same)] == [200, 304]
    assert {answer["Cache-Control"] for answer in (other, same)} == {"public, max-age=31536000, immutable"}
