"""Writes a Word document anew: the parts that Word needs to show it, each read and written by us, under names of our own.

What is left behind: macros, controls, embedded files and programs, remote templates and pictures, foreign chunks, fields that
fetch or start something, and every entry of the archive that nothing shown refers to.
"""

import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

from . import word_fields
from .addresses import is_harmless
from .refusals import NEITHER, WORD_DAMAGED, WORD_MACROS, Refused
from .word_kinds import FONT, FONT_TYPE, LINK, MAIN, ONLY_ONE, PICTURE, ROOT_KINDS, TEMPLATE, XML_KINDS, picture_kind
from .word_package import FAULTS, Package, Relationship, local

MADE = (1980, 1, 1, 0, 0, 0)
LINKS = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
OF_OFFICE = ("schemas.openxmlformats.org", "purl.oclc.org/ooxml", "schemas.microsoft.com", "urn:schemas-microsoft-com")
VML = ("urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office")
ACTIVE = {
    "altChunk",
    "subDoc",
    "control",
    "OLEObject",
    "objectEmbed",
    "objectLink",
    "attachedTemplate",
    "mailMerge",
    "saveThroughXslt",
    "webVideoPr",
    "externalData",
    "entryMacro",
    "exitMacro",
    "printerSettings",
    "sourceFileName",
    "videoFile",
    "audioFile",
    "audioCd",
    "wavAudioFile",
    "quickTimeFile",
    "media",
    "webextensionref",
    "snd",
    "docEvents",
    "mcds",
    "movie",
    "attachedSchema",
    "schemaLibrary",
    "HyperlinkBase",
}
# These are whole without what they refer to; any other element that refers to something left behind goes with it.
WHOLE_WITHOUT = {"hyperlink", "blip", "imagedata", "fill", "stroke", "shape", "rect"}


def write_word(source: Path, target: Path) -> None:
    """Raises ``Refused`` for what is no Word document, holds macros, is damaged or would unpack without end."""
    try:
        with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
            Writer(Package(archive), written).write()
    except FAULTS as error:
        if isinstance(error, Refused):
            raise
        raise Refused(WORD_DAMAGED) from error


class Writer:
    def __init__(self, package: Package, written: zipfile.ZipFile):
        self._package, self._written = package, written
        self._named: dict[str, str] = {}  # by the name that it had: the name that it has now
        self._types: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._waiting: list[str] = []

    def write(self) -> None:
        references = [one for one in self._package.relationships("") if one.kind in ROOT_KINDS and not one.is_external]
        mains = [one for one in references if one.kind == "officeDocument"]
        self._must_be_word([self._package.meant("", one.target) for one in mains])
        self._refer("", self._kept("", [*mains[:1], *[one for one in references if one not in mains]]))
        while self._waiting:
            self._rewrite(self._waiting.pop())
        self._put("[Content_Types].xml", content_types(self._types))

    def _must_be_word(self, mains: list[str]) -> None:
        if not mains or mains[0] not in self._package:
            raise Refused(NEITHER)
        kinds = {self._package.type_of(main) for main in mains}
        if any("macroenabled" in kind.lower() for kind in kinds) or any("vbaproject" in name for name in self._package.names):
            raise Refused(WORD_MACROS)
        if not kinds <= {MAIN, TEMPLATE}:
            raise Refused(NEITHER)

    def _rewrite(self, name: str) -> None:
        """One part that is XML: first what it refers to, then itself without what is left behind."""
        root = self._package.tree(name)
        kept = self._kept(name, self._package.relationships(name))
        clean(root, {one.key for one, _ in kept})
        self._refer(self._named[name], kept)
        self._put(self._named[name], as_bytes(root))

    def _kept(self, name: str, references: list[Relationship]) -> list[tuple[Relationship, str]]:
        """Those that may stay, each with what it points to now."""
        pairs = [(one, self._target(name, one)) for one in references if one.key]
        return [(one, target) for one, target in pairs if target]

    def _target(self, name: str, one: Relationship) -> str:
        if one.kind == LINK:
            return one.target if one.is_external and is_harmless(one.target) else ""
        part = self._package.meant(name, one.target)
        if one.is_external or part not in self._package:
            return ""
        if part not in self._named:
            self._take(part, one.kind)
        return f"/{self._named[part]}" if part in self._named else ""

    def _take(self, part: str, kind: str) -> None:
        if content_type := XML_KINDS.get(kind) or ROOT_KINDS.get(kind):
            self._named[part] = self._name(kind, "xml")
            self._types[self._named[part]] = content_type
            self._waiting.append(part)
        elif kind in {PICTURE, FONT}:
            content = self._package.content(part)
            found = picture_kind(content)
            if kind == PICTURE and not found:
                return
            self._named[part] = self._name(kind, found.ending if found else "odttf")
            self._types[self._named[part]] = found.content_type if found else FONT_TYPE
            self._put(self._named[part], content)

    def _name(self, kind: str, ending: str) -> str:
        """As Word itself would call it, so that other programs find it too."""
        self._counts[kind] += 1
        folder = {PICTURE: "word/media/", FONT: "word/fonts/"}.get(kind, "word/" if kind not in ONLY_ONE else "docProps/")
        folder = "word/" if kind == "officeDocument" else folder
        count = self._counts[kind]
        number = str(count) if count > 1 or kind in {PICTURE, FONT, "header", "footer", "theme", "chart"} else ""
        return f"{folder}{ONLY_ONE.get(kind, kind)}{number}.{ending}"

    def _refer(self, name: str, kept: list[tuple[Relationship, str]]) -> None:
        folder, _, base = name.rpartition("/")
        where = f"{folder}/_rels/{base}.rels" if name else "_rels/.rels"
        if kept:
            self._put(where, relationships(kept))

    def _put(self, name: str, content: bytes) -> None:
        self._written.writestr(zipfile.ZipInfo(name, MADE), content, zipfile.ZIP_DEFLATED)


def clean(root: etree._Element, kept: set[str]) -> None:
    """Take out what is active, and what refers to anything that does not stay."""
    for element in list(root.iter()):
        if is_active(element):
            take_out(element)
        else:
            free_of_references(element, kept)
    word_fields.disarm_fields(root)


def is_active(element: etree._Element) -> bool:
    space = etree.QName(element).namespace or ""
    return local(element) in ACTIVE and any(office in space for office in OF_OFFICE)


def free_of_references(element: etree._Element, kept: set[str]) -> None:
    for key, value in list(element.attrib.items()):
        name = etree.QName(key)
        if name.namespace in LINKS and value and value not in kept:
            if local(element) not in WHOLE_WITHOUT:
                take_out(element)
                return
            del element.attrib[key]
        elif is_address_of_a_drawing(element, name) and not (name.localname == "href" and is_harmless(value)):
            del element.attrib[key]


def is_address_of_a_drawing(element: etree._Element, name: etree.QName) -> bool:
    """In drawings of old, an address may stand in an attribute instead of a relationship."""
    of_drawings = etree.QName(element).namespace in VML or name.namespace in VML
    return of_drawings and name.localname in {"src", "href", "althref"}


def take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def relationships(kept: list[tuple[Relationship, str]]) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for one, target in kept:
        entry = etree.SubElement(root, f"{{{space}}}Relationship", Id=one.key, Type=one.type, Target=target)
        if one.is_external:
            entry.set("TargetMode", "External")
    return as_bytes(root)


def content_types(types: dict[str, str]) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    package = "application/vnd.openxmlformats-package.relationships+xml"
    etree.SubElement(root, f"{{{space}}}Default", Extension="rels", ContentType=package)
    etree.SubElement(root, f"{{{space}}}Default", Extension="xml", ContentType="application/xml")
    for name, content_type in types.items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{name}", ContentType=content_type)
    return as_bytes(root)


def as_bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
