"""The site's sign where browsers and telephones look for it: in the page, and at the top of the site without being told."""

from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from PIL import Image

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "kind", "size"),
    [("favicon.ico", "image/x-icon", 32), ("apple-touch-icon.png", "image/png", 180)],
)
def test_browsers_and_telephones_find_the_sign_at_the_top_of_the_site(client, name, kind, size):
    answer = client.get(f"/{name}")
    picture = Image.open(BytesIO(b"".join(answer.streaming_content)))
    assert (answer.status_code, answer["Content-Type"], picture.size) == (200, kind, (size, size))
    left, below = (picture.convert("RGB").getpixel((1, at)) for at in (1, size - 2))
    assert [left, below] == [(0x0B, 0x6B, 0x3A), (0x06, 0x43, 0x2A)]  # the greens of static/img/icon.svg
    answer.close()


def test_every_page_names_the_sign_for_telephones(client):
    name = "root/apple-touch-icon.png"
    assert finders.find(name)
    assert f'<link rel="apple-touch-icon" href="{static(name)}">' in client.get("/news/").text
