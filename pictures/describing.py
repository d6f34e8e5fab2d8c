"""What a picture shows, in words, for people who cannot see it: what counts as a description and what does not."""

import re
from pathlib import PurePath

MISSING = "Say in a few words what the picture shows, or tick that it is decorative."
FILE_NAME = "That is a file name. Say in words what the picture shows."
NOTHING = "That says nothing about the picture. Say in words what it shows."
BOTH = "A decorative picture has no description. Clear the description, or untick the box."
EXTENSION = re.compile(r"\.(jpe?g|png|gif|webp|heic|avif|tiff?|bmp|svg)$", re.IGNORECASE)
CAMERA = re.compile(
    r"(img|dsc|dscn|dscf|pxl|mvimg|p|image|photo|picture|scan|screenshot|whatsapp image)[-_ ()]*\d[-_ ().:\dat]*", re.I
)
EMPTY_WORDS = {
    "image",
    "picture",
    "photo",
    "photograph",
    "graphic",
    "logo",
    "untitled",
    "alt",
    "alt text",
    "n/a",
    "none",
    "decorative",
}


def problem(alt: str, is_decorative: bool, file_name: str = "") -> str:
    """What is wrong with the description of a picture, as a sentence; empty if nothing is."""
    alt = alt.strip()
    if is_decorative:
        return BOTH if alt else ""
    if not alt:
        return MISSING
    if EXTENSION.search(alt) or CAMERA.fullmatch(alt) or (file_name and alt == PurePath(file_name).stem and "_" in alt):
        return FILE_NAME
    if alt.lower().rstrip(".") in EMPTY_WORDS or not re.search(r"[^\W\d_]{2}", alt):
        return NOTHING
    return ""
