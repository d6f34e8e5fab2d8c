"""Fields of a Word document: page numbers, links and form fields stay; others keep what they show and lose what they would do."""

import re
from dataclasses import dataclass

from lxml import etree

from .addresses import is_harmless
from .word_package import local

HARMLESS = {
    "PAGE",
    "NUMPAGES",
    "SECTIONPAGES",
    "SECTION",
    "DATE",
    "TIME",
    "CREATEDATE",
    "SAVEDATE",
    "PRINTDATE",
    "EDITTIME",
    "AUTHOR",
    "TITLE",
    "SUBJECT",
    "KEYWORDS",
    "COMMENTS",
    "FILENAME",
    "FILESIZE",
    "LASTSAVEDBY",
    "NUMCHARS",
    "NUMWORDS",
    "REVNUM",
    "DOCPROPERTY",
    "DOCVARIABLE",
    "REF",
    "PAGEREF",
    "NOTEREF",
    "STYLEREF",
    "SEQ",
    "SYMBOL",
    "TOC",
    "TC",
    "TOA",
    "TA",
    "INDEX",
    "XE",
    "HYPERLINK",
    "FORMTEXT",
    "FORMCHECKBOX",
    "FORMDROPDOWN",
    "MERGEFIELD",
    "IF",
    "COMPARE",
    "EQ",
    "ADVANCE",
    "LISTNUM",
    "AUTONUM",
    "AUTONUMLGL",
    "AUTONUMOUT",
    "BIBLIOGRAPHY",
    "CITATION",
    "SHAPE",
}
INSTRUCTION = re.compile(r"\s*(?P<keyword>=|[A-Za-z]+(?=[\s\\]|$))(?P<rest>.*)", re.DOTALL)
SWITCH = re.compile(r'\\(?:[lot]\s*(?:"[^"]*"|\S+)|[a-z]\b|\*\s*\S+)', re.IGNORECASE)


@dataclass
class Field:
    pieces: list[etree._Element]
    words: str = ""
    is_shown: bool = False  # past its instruction, what follows is what it shows
    is_certain: bool = True


def disarm_fields(root: etree._Element) -> None:
    still_open: list[Field] = []
    for element in list(root.iter()):
        match local(element):
            case "fldSimple" if not is_allowed(attribute(element, "instr")):
                unwrap(element)
            case "fldChar":
                mark(element, still_open)
            case "instrText" | "delInstrText" if still_open:
                at = still_open[-1]
                at.pieces.append(element)
                at.words += element.text or "" if not at.is_shown else ""
    for at in still_open:
        close(at)


def mark(element: etree._Element, still_open: list[Field]) -> None:
    match attribute(element, "fldCharType"):
        case "begin":
            if still_open and not still_open[-1].is_shown:
                still_open[-1].is_certain &= may_hold_another(still_open[-1].words)
            still_open.append(Field([element]))
        case "separate" if still_open:
            still_open[-1].pieces.append(element)
            still_open[-1].is_shown = True
        case "end" if still_open:
            at = still_open.pop()
            at.pieces.append(element)
            close(at)


def close(at: Field) -> None:
    if not (at.is_certain and is_allowed(at.words)):
        for piece in at.pieces:
            parent = piece.getparent()
            if parent is not None:
                parent.remove(piece)


def may_hold_another(words: str) -> bool:
    """A field within the instruction of another may write it: only once its keyword is complete, and never an address."""
    said = re.match(r"\s*(=|[A-Za-z]+\s)", words)
    return bool(said) and not words.lstrip().upper().startswith("HYPERLINK")


def is_allowed(words: str) -> bool:
    said = INSTRUCTION.match(words)
    if not said or (said["keyword"] != "=" and said["keyword"].upper() not in HARMLESS):
        return False
    return said["keyword"].upper() != "HYPERLINK" or leads_nowhere_else(said["rest"])


def leads_nowhere_else(rest: str) -> bool:
    """What is left of a link without its switches is its address; nothing is left of one within the document."""
    address = SWITCH.sub(" ", rest).strip().strip('"')
    return not address or is_harmless(address)


def attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if etree.QName(key).localname == name), "")


def unwrap(element: etree._Element) -> None:
    """What it shows stays where it stood."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = [child for child in element if local(child) != "fldData"]
