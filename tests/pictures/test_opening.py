import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pictures import opening, rules
from pictures.opening import Refused, open_picture

from .files import a_jpeg, a_phone_photo, encoded, halves, in_profile

SVG = "SVG drawings are not accepted because they can contain programs. Export it as PNG."


def opened(content: bytes) -> Image.Image:
    return open_picture(io.BytesIO(content))


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        opened(content)
    return refused.value.message


def is_near(pixel, colour) -> bool:
    return all(abs(mine - theirs) < 24 for mine, theirs in zip(pixel, colour, strict=False))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "MPO"])
def test_the_formats_that_cameras_and_programs_write_are_taken(kind):
    picture = opened(encoded(halves(), kind))
    assert (picture.size, picture.mode, is_near(picture.getpixel((5, 5)), (255, 0, 0))) == ((64, 32), "RGB", True)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "JPEG"), ("CMYK", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("RGBA", "WEBP")],
)
def test_every_colour_mode_ends_in_srgb(mode, kind):
    picture = opened(encoded(Image.new(mode, (40, 30)), kind))
    assert (picture.size, picture.mode in ("RGB", "RGBA")) == ((40, 30), True)


def test_grey_of_sixteen_bits_keeps_its_shades():
    grey = Image.new("I;16", (40, 30), 32_768)
    assert opened(encoded(grey, "PNG")).getpixel((3, 3)) == (128, 128, 128)


def test_transparency_is_kept_and_only_where_there_is_some():
    clear = Image.new("RGBA", (40, 30), (255, 0, 0, 0))
    assert [opened(encoded(image, "PNG")).mode for image in (clear, halves(mode="RGBA"))] == ["RGBA", "RGB"]


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [(1, (64, 32), (5, 5)), (3, (64, 32), (60, 5)), (6, (32, 64), (5, 5)), (8, (32, 64), (5, 60))],
)
def test_a_photo_is_turned_as_its_camera_meant_it(orientation, size, red_at):
    picture = opened(a_phone_photo(orientation))
    assert (picture.size, is_near(picture.getpixel(red_at), (255, 0, 0))) == (size, True)


def test_where_and_with_what_a_photo_was_taken_is_forgotten():
    picture = opened(a_phone_photo(6))
    again = encoded(picture, "JPEG")
    assert (dict(picture.getexif()), picture.info) == ({}, {})
    assert [word in again for word in (b"Nosy", b"home", b"Exif")] == [False, False, False]


@pytest.mark.parametrize("profile", ["sRGB", "LAB"])
def test_a_colour_profile_that_does_not_fit_is_no_reason_to_refuse(profile):
    assert is_near(opened(in_profile(profile)).getpixel((5, 5)), (255, 0, 0))


def test_colours_of_another_profile_are_converted():
    swapped = a_jpeg(icc_profile=a_profile_with_red_and_blue_swapped())
    assert is_near(opened(swapped).getpixel((5, 5)), (0, 0, 255))


def a_profile_with_red_and_blue_swapped() -> bytes:
    """sRGB with the tags of its red and its blue exchanged."""
    profile = bytearray(opening.SRGB.tobytes())
    for position in range(132, 132 + 12 * struct.unpack(">I", profile[128:132])[0], 12):
        name = bytes(profile[position : position + 4])
        profile[position : position + 4] = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}.get(name, name)
    return bytes(profile)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"<svg onload='x'/>", SVG),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<SVG></SVG>",
            SVG,
        ),
        (b"  <!doctype html><script>x()</script>", f"This file is a web page, not a picture. {opening.KNOWN}"),
        (b"\0\0\0\x18ftypheic", "Photographs in HEIC or AVIF format are not accepted. Save it as JPEG."),
        (b"%PDF-1.7", "This file is a PDF, not a picture. Save the page you want as JPEG or PNG."),
        (b"MZ\x90", opening.UNREADABLE),
        (encoded(Image.new("RGB", (40, 30)), "TIFF"), opening.UNREADABLE),
        (encoded(Image.new("RGB", (40, 30)), "BMP"), opening.UNREADABLE),
        (encoded(Image.new("RGB", (12, 300)), "PNG"), "This picture is smaller than 16 pixels, too small to be seen."),
    ],
)
def test_other_files_are_refused_with_a_sentence_that_says_what_to_do(content, sentence):
    assert refusal(content) == sentence


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_truncated_picture_is_refused(kind):
    noise = Image.effect_noise((300, 300), 90)
    assert refusal(encoded(noise, kind)[:-2_000]) == opening.DAMAGED


def test_a_large_file_is_refused_without_being_read_whole():
    assert refusal(a_jpeg() + b"\0" * rules.LARGEST_PICTURE).startswith("This picture is larger than 10 MB.")


@pytest.mark.parametrize("side", [7_000, 20_000, 60_000])
def test_a_bomb_is_refused_before_it_is_unpacked(side):
    """A PNG whose head promises so many pixels; its data is never asked for."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    data = struct.pack(">I", 9_999) + b"IDAT"
    assert refusal(b"\x89PNG\r\n\x1a\n" + chunk + data).startswith("This picture has more than 40 million pixels.")


def test_forty_million_pixels_are_taken():
    assert opened(encoded(Image.new("1", (8_000, 5_000)), "PNG")).size == (8_000, 5_000)


@given(data=st.data())
@settings(deadline=None)
def test_whatever_is_wrong_with_a_file_the_answer_is_a_picture_or_a_sentence(data):
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]))
    content = bytearray(encoded(halves(), kind))
    for position, byte in data.draw(st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=12)):
        content[position] = byte
    assert taken_or_refused(bytes(content[: data.draw(st.integers(0, len(content)))]))


def taken_or_refused(content: bytes) -> bool:
    try:
        return opened(content).mode in ("RGB", "RGBA")
    except Refused as refused:
        return refused.message.endswith(".")


def test_a_picture_of_sixteen_pixels_is_large_enough():
    assert opened(encoded(halves((16, 16)), "PNG")).size == (16, 16)


def test_a_file_of_exactly_ten_megabytes_is_taken():
    content = a_jpeg()
    assert opened(content + b"\0" * (rules.LARGEST_PICTURE - len(content))).size == (64, 32)


def test_a_file_that_was_read_before_is_read_again():
    file = io.BytesIO(a_jpeg())
    assert [open_picture(file).size, open_picture(file).size] == [(64, 32), (64, 32)]


def test_a_drawing_with_a_long_beginning_is_known_as_one():
    assert refusal(b"<?xml version='1.0'?><!-- " + b"x" * 500 + b" --><svg/>") == SVG


@pytest.mark.parametrize("beginning", opening.BEGINNINGS)
def test_a_picture_of_which_only_the_beginning_came_is_damaged(beginning):
    assert refusal(beginning + b"x") == opening.DAMAGED


def test_the_colours_of_a_printers_picture_are_kept():
    green = opened(encoded(Image.new("CMYK", (40, 30), (255, 0, 255, 0)), "JPEG"))
    assert is_near(green.getpixel((5, 5)), (0, 255, 0))


def test_the_clear_parts_of_a_picture_with_a_palette_stay_clear():
    clear = Image.new("P", (40, 30), 0)
    clear.putpalette([255, 0, 0, 0, 0, 255])
    clear.paste(1, (20, 0, 40, 30))
    picture = opened(encoded(clear, "PNG", transparency=0))
    assert (picture.getpixel((5, 5))[3], picture.getpixel((30, 5))) == (0, (0, 0, 255, 255))
