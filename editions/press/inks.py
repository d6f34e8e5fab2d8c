"""The inks of the print shop's PDF: whatever is still in red, green and blue, crests and crop marks, becomes cyan to black."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

STROKE, FILL = {"RG": "K", "G": "K"}, {"rg": "k", "g": "k"}
OPERATORS = STROKE | FILL


def separate(written: Path, pdf: Path) -> None:
    """The same bytes for the same input."""
    with pikepdf.open(written) as document:
        for image in drawn(document, "/Image"):
            if image.get("/ColorSpace") == "/DeviceRGB":
                separate_image(image)
        for form in drawn(document, "/Form"):
            form.write(separate_drawing(form))
        for page in document.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]  # Paper has no links, and PDF/X none where it prints.
            page.obj.Contents.write(separate_drawing(page))
        document.save(pdf, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def drawn(document: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Stream]:
    return (thing for thing in document.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == kind)


def separate_image(image: pikepdf.Stream) -> None:
    """What cyan, magenta and yellow have in common is left to black, so that a grey crest stays grey on any press."""
    picture = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    image.write(zlib.compress(separated(picture).tobytes(), 9), filter=pikepdf.Name.FlateDecode)
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceCMYK, 8


def separated(picture: Image.Image) -> Image.Image:
    inks = ImageChops.invert(picture).split()
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return Image.merge("CMYK", [*(ImageChops.subtract(ink, black) for ink in inks), black])


def separate_drawing(drawing: pikepdf.Page | pikepdf.Stream) -> bytes:
    """With every colour of light replaced; crop marks have the only ones, and they are black."""
    instructions: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    for instruction in pikepdf.parse_content_stream(drawing):
        name = str(instruction.operator)
        if name in OPERATORS:
            light = [float(value) for value in instruction.operands] * (3 if name in {"g", "G"} else 1)
            black = 1 - max(light)
            inks = [round(1 - value - black, 4) for value in light]
            inked = pikepdf.ContentStreamInstruction([*inks, round(black, 4)], pikepdf.Operator(OPERATORS[name]))
            instructions.append(inked)
        else:
            instructions.append(instruction)
    return pikepdf.unparse_content_stream(instructions)
