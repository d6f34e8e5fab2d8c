"""Opens a picture that a stranger may have made: few formats, bounded in bytes and pixels, upright, in sRGB, without metadata."""

import io
import struct
import warnings
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from PIL import Image, ImageCms, ImageFile, ImageOps

from . import rules

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8")
KNOWN = "Use a JPEG, PNG, WebP or GIF file."
TOO_LARGE = f"This picture is larger than {rules.LARGEST_PICTURE // 1024**2} MB. Save it smaller: 2,000 pixels across is plenty."
UNREADABLE = f"This file cannot be read as a picture. {KNOWN}"
DAMAGED = "This picture is damaged or incomplete. Save it again from the program that made it, or ask for it again."
# What Pillow raises for files that lie, stop short or explode; a decoder's own errors are all among them.
FAULTS = (OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError, struct.error)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


class Refused(ValidationError):
    """A file that is not taken, with a sentence that says what to do."""


def open_picture(file: "BinaryIO | File[bytes]") -> Image.Image:
    """The picture in ``file``, all of it decoded; in mode RGB, or RGBA where parts of it are transparent."""
    content = _read(file)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, once imported, makes the whole process accept truncated pictures.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            _verify(content)
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                picture.load()
                return _plain(picture)
        except BOMBS as error:
            raise _too_many_pixels() from error
        except FAULTS as error:
            raise Refused(DAMAGED, code="damaged") from error


def _read(file: "BinaryIO | File[bytes]") -> bytes:
    file.seek(0)
    content = file.read(rules.LARGEST_PICTURE + 1)
    if len(content) > rules.LARGEST_PICTURE:
        raise Refused(TOO_LARGE, code="bytes")
    if not content:
        raise Refused("This file is empty.", code="empty")
    return content


def _verify(content: bytes) -> None:
    """Look at the head of the file only: is it one of ours, of a sensible size, and whole as far as its own sums tell?"""
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except FAULTS as error:
        raise Refused(_what_it_is(content), code="format") from error
    with picture:
        if picture.width * picture.height > rules.MOST_PIXELS:
            raise _too_many_pixels()
        if min(picture.size) < rules.SMALLEST_SIDE:
            raise Refused(f"This picture is smaller than {rules.SMALLEST_SIDE} pixels, too small to be seen.", code="small")
        picture.verify()


def _too_many_pixels() -> Refused:
    return Refused(
        f"This picture has more than {rules.MOST_PIXELS // 1_000_000} million pixels. Save it smaller: 2,000 pixels "
        "across is plenty.",
        code="pixels",
    )


def _what_it_is(content: bytes) -> str:
    """The sentence for a file of another kind; the kinds that people do try have their own."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<") and b"<svg" in start:
        return "SVG drawings are not accepted because they can contain programs. Export it as PNG."
    if start.startswith(b"<"):
        return f"This file is a web page, not a picture. {KNOWN}"
    if content[4:8] == b"ftyp":
        return "Photographs in HEIC or AVIF format are not accepted. Save it as JPEG."
    if start.startswith(b"%pdf"):
        return "This file is a PDF, not a picture. Save the page you want as JPEG or PNG."
    return DAMAGED if content.startswith(BEGINNINGS) else UNREADABLE


def _plain(picture: Image.Image) -> Image.Image:
    """Turned as its camera meant it, in sRGB; only the pixels are kept, so where and with what it was taken is not."""
    profile = picture.info.get("icc_profile")
    upright = _eight_bits(ImageOps.exif_transpose(picture))
    transparency = upright.convert("RGBA").getchannel("A") if upright.has_transparency_data else None
    colours = _in_srgb(upright, profile)
    if transparency and transparency.getextrema() != (255, 255):
        colours.putalpha(transparency)
    colours.info = {}
    return colours


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Grey in 16 bits, which Pillow would cut off at white instead of scaling."""
    if not picture.mode.startswith(("I", "F")):
        return picture
    return picture.convert("I").point(lambda level: level / 256).convert("L")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB")
            return converted or picture.convert("RGB")
        except (ImageCms.PyCMSError, *FAULTS):
            pass  # A broken profile is no reason to refuse: the colours are then taken as they are.
    return picture.convert("RGBA").convert("RGB") if picture.mode in ("P", "PA", "LA", "La") else picture.convert("RGB")
