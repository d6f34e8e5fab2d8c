"""Pictures for tests, as cameras, programs and mischief make them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def encoded(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def halves(size=(64, 32), left="#ff0000", right="#0000ff", mode="RGB") -> Image.Image:
    """Left half red, right half blue: tells how it was turned."""
    image = Image.new(mode, size, right)
    image.paste(Image.new(mode, (size[0] // 2, size[1]), left), (0, 0))
    return image


def a_jpeg(size=(64, 32), **options) -> bytes:
    return encoded(halves(size), "JPEG", quality=95, **options)


def a_phone_photo(orientation: int, size=(64, 32)) -> bytes:
    """With what phones write beside the pixels: which way up, what made it, and where."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Nosy Camera Works"
    exif[GPS] = {1: "N", 2: (51.0, 27.0, 0.0), 3: "W", 4: (2.0, 35.0, 0.0)}
    return a_jpeg(size, exif=exif.tobytes(), comment=b"taken at home")


def in_profile(name: str) -> bytes:
    """A picture with a colour profile: ``LAB`` is one that cannot be meant for RGB, ``sRGB`` changes nothing."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(name))
    return a_jpeg(icc_profile=profile.tobytes())


def an_upload(content: bytes | None = None, name="school.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_jpeg((1600, 900)) if content is None else content, "image/jpeg")
