"""What WeasyPrint leaves undone, in its ``finisher``, before a byte is written: running heads are no part of the text.

They become artifacts, as PDF/UA-1 asks of what every page repeats, and what the press measured by is forgotten.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pydyf
from weasyprint import Document

from . import verifying

OUR_MARKS = ("end-", "cover-")


def finish_pdf(document: Document, pdf: pydyf.PDF, places: Mapping[str, str] = MappingProxyType({})) -> None:
    """``places``: what links within the file lead to, by the name of the place."""
    if "StructTreeRoot" in pdf.catalog:
        for stream, outside in astray(pdf):
            stream.stream = list(marked(stream.stream, outside))
    describe_links(pdf, places)
    forget_marks(pdf)
    verifying.fonts(font_names(pdf))


def astray(pdf: pydyf.PDF) -> Iterator[tuple[pydyf.Stream, set[int]]]:
    """The content of each page, with the numbers of what is drawn there and has no place in the structure of the document."""
    root = target(pdf, pdf.catalog["StructTreeRoot"])
    (document,) = root["K"]
    inside = set(target(pdf, document)["K"])
    elements = target(pdf, root["ParentTree"])["Nums"][1::2]
    for page, of_page in zip(pdf.pages["Kids"][::3], elements, strict=False):  # After the pages come the links.
        tops = (top(pdf, element, document) for element in of_page)
        content = target(pdf, pdf.objects[page]["Contents"])
        yield content, {number for number, element in enumerate(tops) if element not in inside}


def top(pdf: pydyf.PDF, element: bytes, document: bytes) -> bytes:
    """The ancestor of an element that is a child of the document."""
    while (parent := target(pdf, element)["P"]) != document:
        element = parent
    return element


def target(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def marked(content: list[Any], outside: set[int]) -> Iterator[object]:
    """A mark is three operands in a row: its tag, its number, and that it begins."""
    place = 0
    while place < len(content):
        number = content[place + 1].get("MCID") if content[place + 2 : place + 3] == [b"BDC"] else None
        yield from (b"/Artifact", b"BMC") if number in outside else content[place : place + 1]
        place += 3 if number in outside else 1


def describe_links(pdf: pydyf.PDF, places: Mapping[str, str]) -> None:
    """In words, where a screen reader would spell an address."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("Subtype") == "/Link":
            thing["Contents"] = pydyf.String(description(thing, places))


def description(link: pydyf.Dictionary, places: Mapping[str, str]) -> str:
    if "Dest" in link:
        name = str(link["Dest"].string)
        return places.get(name, name)
    address = str(link["A"]["URI"].string)
    return f"Email to {address.removeprefix('mailto:')}" if address.startswith("mailto:") else f"Open {address}"


def forget_marks(pdf: pydyf.PDF) -> None:
    """Only references stay as named places in the file."""
    places = pdf.catalog["Names"]["Dests"]
    pairs = zip(places["Names"][::2], places["Names"][1::2], strict=True)
    kept = [pair for pair in pairs if not pair[0].string.startswith(OUR_MARKS)]
    places["Names"] = pydyf.Array(item for pair in kept for item in pair)


def font_names(pdf: pydyf.PDF) -> set[str]:
    fonts = (thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Font")
    return {font["BaseFont"].decode().lstrip("/") for font in fonts}
