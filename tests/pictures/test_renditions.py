import io

import pytest
from django.core.files.storage import InMemoryStorage
from PIL import Image

from pictures.renditions import keep, prepare, size_of, webp_name, widths

from .files import a_jpeg, encoded


def prepared(size=(1600, 900)):
    return prepare(io.BytesIO(a_jpeg(size)))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((1600, 900), [(1280, 720), (320, 180), (640, 360), (960, 540)]),
        ((700, 350), [(700, 350), (320, 160), (640, 320), (700, 350)]),
        ((200, 100), [(200, 100), (200, 100)]),
        ((900, 2700), [(427, 1280), (320, 959), (427, 1280)]),
        ((5000, 16), [(1280, 4), (320, 1), (640, 2), (960, 3)]),
    ],
)
def test_a_picture_becomes_a_jpeg_and_webps_none_wider_than_itself(size, made):
    assert [opened(content).size for content in prepared(size).files.values()] == made


def test_the_name_tells_the_size_and_the_formats_are_what_the_names_say():
    files = prepared().files
    jpeg, *webps = files
    assert size_of(f"news/{jpeg}") == (1280, 720)
    assert webps == [webp_name(jpeg, width) for width in widths(1280)]
    assert [opened(content).format for content in files.values()] == ["JPEG", "WEBP", "WEBP", "WEBP"]


def test_a_logo_stays_transparent_on_the_web_and_is_white_on_paper():
    clear = encoded(Image.new("RGBA", (400, 200), (10, 20, 30, 0)), "PNG")
    jpeg, small, _ = prepare(io.BytesIO(clear)).files.values()
    assert opened(jpeg).getpixel((9, 9)) == (255, 255, 255)
    assert opened(small).getpixel((9, 9))[3] == 0


def test_the_same_picture_is_stored_once_and_another_beside_it():
    storage = InMemoryStorage()
    first, again, other = (keep(prepared(size), "news/", storage) for size in ((64, 32), (64, 32), (66, 32)))
    assert (first == again, first == other) == (True, False)
    assert sorted(storage.listdir("news")[1]) == sorted(
        [first[5:], webp_name(first, 64)[5:], other[5:], webp_name(other, 66)[5:]]
    )


@pytest.mark.parametrize("broken_at", [0, 1, 2, 3])
def test_a_picture_that_was_stored_by_half_is_completed_by_the_next_try(monkeypatch, broken_at):
    storage, ready, saved = InMemoryStorage(), prepared(), []
    save = storage.save

    def failing(path, content):
        if len(saved) == broken_at:
            raise OSError("No space left on device")
        saved.append(path)
        return save(path, content)

    monkeypatch.setattr(storage, "save", failing)
    with pytest.raises(OSError, match="No space"):
        keep(ready, "news", storage)
    monkeypatch.setattr(storage, "save", save)
    assert not storage.exists(f"news/{ready.name}")
    keep(ready, "news", storage)
    assert {name: storage.open(f"news/{name}").read() for name in ready.files} == ready.files


@pytest.mark.parametrize(
    "name",
    ["", "crest.png", "news/0123456789abcdef-0x9.jpg", "news/0123456789abcdef-10x9-320.webp", "news/0123456789abcdef-10x9-2.jpg",
     "0123456789abcdef-10x9.png", "0123456789abcdeg-10x9.jpg", "0123456789abcdef-10x09.jpg", "0123456789abcdef-10x10000.jpg"]
)  # fmt: skip
def test_a_file_that_was_not_made_here_has_no_size_in_its_name(name):
    assert size_of(name) is None
