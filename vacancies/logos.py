"""A school's logo as pages show it: small, and made anew from the uploaded file, so that nothing but its picture is ever served.

Made when it is first asked for and kept beside the uploads; the name tells which upload it was made from.
"""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from PIL import Image, UnidentifiedImageError

from .models import School

PIXELS = 224
MOST_PIXELS = 40_000_000
FORMATS = ["PNG", "JPEG", "WEBP", "GIF"]


def picture(school: School, version: str) -> bytes:
    """A WebP; empty if the school has no such logo or the file is not a picture that is safe to open."""
    if not school.logo or version != school.logo_version:
        return b""
    name = f"logos/small/{hashlib.sha256(school.logo.name.encode()).hexdigest()[:24]}.webp"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return kept.read()
    made = small(school.logo)
    if made:
        default_storage.save(name, ContentFile(made))
    return made


def small(logo: FieldFile) -> bytes:
    try:
        with logo.open("rb") as file, Image.open(file, formats=FORMATS) as uploaded:
            if uploaded.width * uploaded.height > MOST_PIXELS:
                return b""
            uploaded.draft("RGB", (PIXELS, PIXELS))
            copy = uploaded.convert("RGBA")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return b""
    copy.thumbnail((PIXELS, PIXELS))
    out = BytesIO()
    copy.save(out, "WEBP", quality=85, method=6)
    return out.getvalue()
