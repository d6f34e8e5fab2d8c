from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from editions.building import crests
from tests.builders import a_school


def a_logo(content: bytes, name="crest.png"):
    """As it may lie in the media folder, whoever put it there."""
    return a_school(logo=default_storage.save(f"logos/{name}", ContentFile(content))).logo


def a_picture(size, mode="RGBA"):
    out = BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


@pytest.mark.django_db
def test_a_huge_logo_becomes_a_small_flat_crest():
    prepared = Image.open(BytesIO(crests.prepare(a_logo(a_picture((6000, 3000))))))

    assert (prepared.size, prepared.mode, prepared.getpixel((0, 0))) == ((189, 95), "RGB", (255, 255, 255))


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"<svg onload='x'/>", a_picture((400, 400))[:200], b"", a_picture((7000, 7000), "1")])
def test_what_cannot_be_a_crest_is_left_out(content):
    assert crests.prepare(a_logo(content)) == b""


@pytest.mark.django_db
def test_a_logo_whose_file_is_gone_is_left_out():
    logo = a_logo(a_picture((20, 20)))
    logo.storage.delete(logo.name)

    assert crests.prepare(logo) == b""
