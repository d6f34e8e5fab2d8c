"""A school's logo as staff upload it: checked, made smaller, without metadata, and printed."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from editions.building import crests
from tests.builders import a_school
from tests.desk import opened


def page_of(school):
    return reverse("admin:vacancies_school_change", args=[school.pk])


def upload(client, school, content, name="crest.png"):
    return client.post(page_of(school), {**opened(client, page_of(school)), "logo": SimpleUploadedFile(name, content)})


def a_photo(size=(600, 300), **options):
    held = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken by Mrs Pell at home"  # turned by a quarter, described
    Image.new("RGB", size, "green").save(held, "JPEG", exif=exif, **options)
    return held.getvalue()


@pytest.mark.usefixtures("either_storage")
def test_a_logo_is_turned_upright_stripped_and_printed(client, editor):
    school = a_school()
    assert upload(client, school, a_photo(), "photo.jpg").status_code == 302
    school.refresh_from_db()
    with school.logo.open() as file:
        content = file.read()
    assert (Image.open(io.BytesIO(content)).size, b"Mrs Pell" in content) == ((300, 600), False)
    assert Image.open(io.BytesIO(crests.prepare(school.logo))).size == (94, 189)
    assert client.get(school.logo.url).status_code == 200


@pytest.mark.parametrize(
    "content",
    [b"", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', b"<html></html>", b"%PDF-1.7", a_photo()[:400]],
)
def test_what_is_no_picture_is_refused_beside_its_box(client, editor, content):
    school = a_school()
    [sentence] = upload(client, school, content).context["adminform"].form.errors["logo"]
    assert sentence.endswith(".")
    school.refresh_from_db()
    assert (school.logo.name, default_storage.exists("logos")) == ("", False)
