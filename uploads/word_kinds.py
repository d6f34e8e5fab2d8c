"""The parts that a Word document may keep, by what its relationships call them, and what each is called when written anew."""

from dataclasses import dataclass

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DRAWING = "application/vnd.openxmlformats-officedocument.drawingml."
OFFICE = "application/vnd.openxmlformats-officedocument."
MICROSOFT = "application/vnd.ms-"
MAIN = f"{WORD}document.main+xml"
TEMPLATE = f"{WORD}template.main+xml"
PICTURE, FONT, LINK = "image", "font", "hyperlink"
FONT_TYPE = f"{OFFICE}obfuscatedFont"

# By the last word of the relationship's type: the type of its content.
XML_KINDS = {
    "styles": f"{WORD}styles+xml",
    "stylesWithEffects": f"{MICROSOFT}word.stylesWithEffects+xml",
    "settings": f"{WORD}settings+xml",
    "webSettings": f"{WORD}webSettings+xml",
    "fontTable": f"{WORD}fontTable+xml",
    "numbering": f"{WORD}numbering+xml",
    "footnotes": f"{WORD}footnotes+xml",
    "endnotes": f"{WORD}endnotes+xml",
    "header": f"{WORD}header+xml",
    "footer": f"{WORD}footer+xml",
    "comments": f"{WORD}comments+xml",
    "commentsExtended": f"{WORD}commentsExtended+xml",
    "commentsIds": f"{WORD}commentsIds+xml",
    "commentsExtensible": f"{WORD}commentsExtensible+xml",
    "people": f"{WORD}people+xml",
    "glossaryDocument": f"{WORD}document.glossary+xml",
    "theme": f"{OFFICE}theme+xml",
    "themeOverride": f"{OFFICE}themeOverride+xml",
    "customXml": "application/xml",
    "customXmlProps": f"{OFFICE}customXmlProperties+xml",
    "chart": f"{DRAWING}chart+xml",
    "chartUserShapes": f"{DRAWING}chartshapes+xml",
    "chartEx": f"{MICROSOFT}office.chartex+xml",
    "chartStyle": f"{MICROSOFT}office.chartstyle+xml",
    "chartColorStyle": f"{MICROSOFT}office.chartcolorstyle+xml",
    "diagramData": f"{DRAWING}diagramData+xml",
    "diagramLayout": f"{DRAWING}diagramLayout+xml",
    "diagramQuickStyle": f"{DRAWING}diagramStyle+xml",
    "diagramColors": f"{DRAWING}diagramColors+xml",
    "diagramDrawing": f"{MICROSOFT}office.drawingml.diagramDrawing+xml",
}
ROOT_KINDS = {
    "officeDocument": MAIN,
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
    "extended-properties": f"{OFFICE}extended-properties+xml",
    "custom-properties": f"{OFFICE}custom-properties+xml",
}
ONLY_ONE = {"officeDocument": "document", "core-properties": "core", "extended-properties": "app", "custom-properties": "custom"}


@dataclass(frozen=True)
class Kind:
    """What a file turned out to be, whatever it was called."""

    ending: str
    content_type: str


def picture_kind(content: bytes) -> Kind | None:
    """Nothing for what is no picture that Word documents hold as one; SVG can carry scripts and always has a PNG beside it."""
    for beginning, kind in PICTURES.items():
        if content.startswith(beginning):
            return kind
    return EMF if content[:4] == b"\1\0\0\0" and content[40:44] == b" EMF" else None


EMF = Kind("emf", "image/x-emf")
WMF = Kind("wmf", "image/x-wmf")
TIFF = Kind("tiff", "image/tiff")
PICTURES = {
    b"\x89PNG\r\n\x1a\n": Kind("png", "image/png"),
    b"\xff\xd8\xff": Kind("jpeg", "image/jpeg"),
    b"GIF8": Kind("gif", "image/gif"),
    b"BM": Kind("bmp", "image/bmp"),
    b"II*\0": TIFF,
    b"MM\0*": TIFF,
    b"\xd7\xcd\xc6\x9a": WMF,
    b"\1\0\x09\0": WMF,
    b"II\xbc\1": Kind("wdp", "image/vnd.ms-photo"),
}
