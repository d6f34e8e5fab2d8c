"""One upload becomes a JPEG (for email, print and sharing) and WebPs in three widths, all under a name that tells their size.

The name is the digest of what was made, so that the same picture is stored once, a file never changes, and browsers may keep it
for ever: ``news/3f2a90c4d1e85b67-1280x720.jpg`` has ``news/3f2a90c4d1e85b67-1280x720-640.webp`` beside it.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from PIL import Image

from .opening import open_picture

BOX = (1280, 1280)
WIDTHS = (320, 640, 960)
STEM = re.compile(r"[0-9a-f]{16}-(?P<width>[1-9][0-9]{0,3})x(?P<height>[1-9][0-9]{0,3})")


@dataclass(frozen=True)
class Prepared:
    """What is stored of a picture: files by their name."""

    name: str
    files: dict[str, bytes]


def widths(width: int) -> list[int]:
    """Of the WebPs of a picture so many pixels wide: none is wider than the picture itself."""
    return sorted({min(width, each) for each in WIDTHS})


def webp_name(name: str, width: int) -> str:
    return f"{name.removesuffix('.jpg')}-{width}.webp"


def size_of(name: str) -> tuple[int, int] | None:
    """Width and height of a stored picture, read from its name; None if the name is not one of ours."""
    path = PurePosixPath(name)
    found = STEM.fullmatch(path.stem) if path.suffix == ".jpg" else None
    return (int(found["width"]), int(found["height"])) if found else None


def prepare(file: "BinaryIO | File[bytes]") -> Prepared:
    """Raises ``Refused`` with a sentence for staff if the file is no picture that is taken."""
    picture = open_picture(file)
    picture.thumbnail(BOX, Image.Resampling.LANCZOS)
    jpeg = _jpeg(picture)
    name = f"{hashlib.sha256(jpeg).hexdigest()[:16]}-{picture.width}x{picture.height}.jpg"
    webps = {webp_name(name, width): _webp(picture, width) for width in widths(picture.width)}
    return Prepared(name, {name: jpeg, **webps})


def keep(prepared: Prepared, folder: str, storage: Storage) -> str:
    """Store what is not stored yet, the JPEG last: a name that exists has all its files."""
    for name, content in reversed(prepared.files.items()):
        path = f"{folder.strip('/')}/{name}"
        if not storage.exists(path):
            storage.save(path, ContentFile(content))
    return f"{folder.strip('/')}/{prepared.name}"


def _jpeg(picture: Image.Image) -> bytes:
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=86, optimize=True, progressive=True)
    return out.getvalue()


def _webp(picture: Image.Image, width: int) -> bytes:
    height = max(1, round(picture.height * width / picture.width))
    out = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(out, "WEBP", quality=80, method=4)
    return out.getvalue()
