"""Reads the archive that a Word document is: parts by their names, what refers to what, and no more than may be unpacked."""

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from . import rules
from .refusals import NEITHER, WORD_DAMAGED, WORD_LARGE, Refused

CONTENT_TYPES = "[content_types].xml"
KNOWN_TYPE = re.compile(
    r"http://(schemas\.openxmlformats\.org/(officeDocument|package)/2006|purl\.oclc\.org/ooxml/officeDocument"
    r"|schemas\.microsoft\.com/office/\d{4}(/\d{2})?)/relationships/([\w/-]+)"
)
FAULTS = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


@dataclass(frozen=True)
class Relationship:
    key: str
    type: str
    target: str
    is_external: bool

    @property
    def kind(self) -> str:
        """The last word of a type that Office knows; nothing for any other."""
        known = KNOWN_TYPE.fullmatch(self.type)
        return known[4].rpartition("/")[2] if known else ""


class Package:
    def __init__(self, archive: zipfile.ZipFile):
        entries = archive.infolist()
        if len(entries) > rules.MOST_WORD_PARTS:
            raise Refused(NEITHER)
        self._archive = archive
        self._entries = {named(entry.filename): entry for entry in entries if not entry.is_dir()}
        self._left = rules.LARGEST_WORD_UNPACKED
        self._left_of_xml = rules.LARGEST_XML_UNPACKED
        if CONTENT_TYPES not in self._entries:
            raise Refused(NEITHER)
        types = self.tree(CONTENT_TYPES)
        found = [(local(one), one.attrib) for one in types]
        self._defaults = {a.get("Extension", "").lower(): a.get("ContentType", "") for tag, a in found if tag == "Default"}
        self._types = {named(a.get("PartName", "")): a.get("ContentType", "") for tag, a in found if tag == "Override"}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def type_of(self, name: str) -> str:
        return str(self._types.get(name) or self._defaults.get(name.rpartition(".")[2], ""))

    def content(self, name: str) -> bytes:
        """What the part holds; its length is what the archive says, and more is never unpacked."""
        entry = self._entries[name]
        self._left -= entry.file_size
        if self._left < 0:
            raise Refused(WORD_LARGE)
        try:
            return self._archive.read(entry)
        except FAULTS as error:
            raise Refused(WORD_DAMAGED) from error

    def tree(self, name: str) -> etree._Element:
        self._left_of_xml -= self._entries[name].file_size
        if self._left_of_xml < 0:
            raise Refused(WORD_LARGE)
        return parsed(self.content(name))

    def relationships(self, name: str) -> list[Relationship]:
        """What a part refers to; the package itself has the name of nothing."""
        folder, base = posixpath.split(name)
        where = posixpath.join(folder, "_rels", f"{base}.rels")
        if where not in self:
            return []
        return [
            Relationship(
                one.get("Id", ""), one.get("Type", ""), one.get("Target", ""), one.get("TargetMode", "").lower() == "external"
            )
            for one in self.tree(where)
            if local(one) == "Relationship"
        ]

    def meant(self, name: str, target: str) -> str:
        """The name of the part that a relationship of another one points to."""
        target = unquote(target).replace("\\", "/").partition("#")[0]
        return named(target if target.startswith("/") else posixpath.join(posixpath.dirname(name), target))


def named(name: str) -> str:
    """One spelling for each part: names do not tell capitals, and some programs write the other slash."""
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()


def local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def parsed(content: bytes) -> etree._Element:
    """Without comments and instructions; a part that defines entities is not read."""
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, reader)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(WORD_DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise Refused(WORD_DAMAGED)
    return root
