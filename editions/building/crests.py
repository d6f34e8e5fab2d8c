"""A school's logo as the bulletin prints it: small and flat, so that 120 of them make the file neither large nor slow."""

from io import BytesIO

from django.db.models.fields.files import FieldFile
from PIL import Image, ImageFile, UnidentifiedImageError

PIXELS = 189  # 16 mm at 300 to the inch
MOST_PIXELS = 40_000_000


def prepare(logo: FieldFile) -> bytes:
    """The prepared picture; empty, and the advert then has no crest, if it is missing, no picture or too large to open safely."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, once imported, makes the whole process accept truncated pictures.
    try:
        with logo.open("rb") as file, Image.open(file, formats=["PNG", "JPEG", "WEBP", "GIF"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return b""
            picture.draft("RGB", (PIXELS, PIXELS))
            crest = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return b""
    crest.thumbnail((PIXELS, PIXELS))
    flat = Image.new("RGB", crest.size, "white")
    flat.paste(crest, mask=crest.getchannel("A"))
    return min(encoded(flat, "PNG"), encoded(flat, "JPEG", quality=85, subsampling=0), key=len)


def encoded(picture: Image.Image, kind: str, **options: int) -> bytes:
    out = BytesIO()
    picture.save(out, kind, optimize=True, **options)
    return out.getvalue()
