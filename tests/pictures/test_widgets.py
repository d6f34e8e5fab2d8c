import pytest
from django.core.exceptions import ValidationError
from django.forms import Form
from django.template import Context, Template

from pictures.forms import PictureFormField
from tests.builders import a_school
from vacancies.models import School

from .files import an_upload

NAME = "logos/0123456789abcdef-640x360.jpg"


class PictureForm(Form):
    logo = PictureFormField(required=False)


class RequiredForm(Form):
    logo = PictureFormField()


def shown(form):
    return str(form["logo"])


def test_the_browser_offers_pictures_only():
    assert 'accept="image/jpeg,image/png,image/webp,image/gif"' in shown(PictureForm())
    assert "img" not in shown(PictureForm())


def test_a_stored_picture_is_shown_and_can_be_taken_off_unless_one_is_required():
    logo = School(logo=NAME).logo
    optional, required = shown(PictureForm(initial={"logo": logo})), shown(RequiredForm(initial={"logo": logo}))
    pieces = [f'<a href="/media/{NAME}">', 'alt="The picture as it is now"', "Choose another picture", "Remove this picture"]
    assert [[piece in html for piece in pieces] for html in (optional, required)] == [[True] * 4, [True] * 3 + [False]]


@pytest.mark.parametrize(
    ("sent", "said"), [(b"", "This file is empty."), (None, "This field is required."), (b"%PDF-1.7", "This file is a PDF,")]
)
def test_what_is_no_picture_is_refused_with_a_sentence(sent, said):
    with pytest.raises(ValidationError) as refused:
        PictureFormField().clean(None if sent is None else an_upload(sent))
    assert refused.value.messages[0].startswith(said)


def test_no_picture_is_as_good_as_one_where_none_is_required():
    assert PictureFormField(required=False).clean(None) is None


def test_a_picture_that_was_not_made_here_is_shown_without_renditions(monkeypatch):
    monkeypatch.setattr("pictures.fields.ImageFieldFile.width", 40)
    monkeypatch.setattr("pictures.fields.ImageFieldFile.height", 30)
    template = Template('{% load pictures %}{% picture logo sizes="5rem" %}')
    html = template.render(Context({"logo": School(logo="logos/old.png").logo}))
    assert html == '<img src="/media/logos/old.png" width="40" height="30" alt="" decoding="async">'


def test_where_no_picture_is_there_are_no_renditions():
    assert School().logo.webps == []


@pytest.mark.django_db
def test_a_picture_can_be_stored_before_its_row_is():
    school = a_school()
    school.logo.save("crest.jpg", an_upload(), save=False)
    assert school.logo.name.endswith("-1280x720.jpg")
    assert School.objects.get().logo.name == ""
    school.save()
    assert School.objects.get().logo.name == school.logo.name


@pytest.mark.django_db
def test_what_the_form_has_prepared_is_not_prepared_again(monkeypatch):
    upload = PictureFormField().clean(an_upload())
    monkeypatch.setattr("pictures.fields.prepare", None)
    school = a_school()
    school.logo = upload
    school.save()
    assert School.objects.get().logo.name == f"logos/{upload.prepared.name}"
