from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template import Context, Template

from pictures.fields import PictureField
from pictures.forms import PictureFormField
from pictures.opening import Refused
from pictures.widgets import PictureInput
from tests.builders import a_school
from vacancies.models import School

from .files import a_jpeg, an_upload


def test_migrations_see_a_plain_image_field():
    assert PictureField(upload_to="x/").deconstruct()[1] == "django.db.models.ImageField"


def test_every_form_gets_the_picture_widget_whatever_it_asks_for():
    field = School._meta.get_field("logo").formfield(widget=None)
    assert (type(field), type(field.widget)) == (PictureFormField, PictureInput)


@pytest.mark.django_db
def test_whatever_is_put_into_the_column_is_re_encoded_first():
    school = a_school()
    school.logo.save("../../evil.php", ContentFile(a_jpeg((800, 400)) + b"<?php evil() ?>"))
    stored = School.objects.get(pk=school.pk).logo
    assert stored.name.startswith("logos/")
    assert stored.name.endswith("-800x400.jpg")
    files = list((Path(default_storage.location) / "logos").iterdir())
    assert [b"evil" in file.read_bytes() for file in files] == [False] * 4
    assert [(address.startswith("/media/logos/"), width) for address, width in stored.webps] == [
        (True, 320),
        (True, 640),
        (True, 800),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("either_storage")
def test_what_is_no_picture_never_reaches_the_storage():
    with pytest.raises(Refused):
        a_school().logo.save("logo.png", ContentFile(b"<svg/>"))
    assert not default_storage.exists("logos")


@pytest.mark.django_db
def test_the_size_of_a_picture_is_known_without_opening_it(monkeypatch):
    school = a_school(logo="logos/0123456789abcdef-640x360.jpg")
    assert (school.logo.width, school.logo.height, [width for _, width in school.logo.webps]) == (640, 360, [320, 640])


def test_the_form_refuses_with_the_sentence_and_hands_on_what_is_ready():
    field = PictureFormField()
    ready = field.clean(an_upload()).prepared
    assert list(ready.files) == [ready.name, *(f"{ready.name[:-4]}-{width}.webp" for width in (320, 640, 960))]
    with pytest.raises(Refused, match="SVG drawings are not accepted"):
        field.clean(an_upload(b"<svg></svg>"))


@pytest.mark.django_db
def test_a_page_offers_each_width_and_reserves_the_room():
    school = a_school(logo="logos/0123456789abcdef-640x360.jpg")
    template = Template('{% load pictures %}{% picture logo alt=shows sizes="5rem" loading="lazy" %}')
    base = "/media/logos/0123456789abcdef-640x360"
    assert template.render(Context({"logo": school.logo, "shows": 'A "crest"'})) == (
        f'<img src="{base}.jpg" srcset="{base}-320.webp 320w, {base}-640.webp 640w" sizes="5rem" loading="lazy"'
        ' width="640" height="360" alt="A &quot;crest&quot;" decoding="async">'
    )
