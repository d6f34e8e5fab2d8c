"""A Word document as HTML of the plainest kind: paragraphs, headings, lists with their levels, tables, bold, italic, links.

What was deleted with tracked changes stays out, as do comments, headers and footers; what was inserted is text.
"""

import io
import zipfile
from collections.abc import Iterator
from html import escape

from lxml import etree

LARGEST_PART = 10_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HEADINGS = {"title": 1, "heading1": 1, "heading2": 2, "heading3": 3, "heading4": 4}
_NEVER_TEXT = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr")}


class NotWord(ValueError):
    pass


def html_of_docx(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = _part(archive, "word/document.xml")
            links = _links(archive)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, NotImplementedError, RuntimeError) as error:
        raise NotWord from error
    body = document.find(f"{_W}body")
    if body is None:
        raise NotWord
    return "".join(_blocks(body, links))


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise NotWord
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)  # without entities and without the network


def _links(archive: zipfile.ZipFile) -> dict[str, str]:
    name = "word/_rels/document.xml.rels"
    if name not in archive.namelist():
        return {}
    return {one.get("Id", ""): one.get("Target", "") for one in _part(archive, name)}


def _blocks(parent: etree._Element, links: dict[str, str]) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child, links)
        elif child.tag == f"{_W}tbl":
            yield f"<table>{''.join(_row(row, links) for row in child.iter(f'{_W}tr'))}</table>"
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _blocks(child, links)


def _row(row: etree._Element, links: dict[str, str]) -> str:
    cells = ["".join(_blocks(cell, links)) for cell in row.findall(f"{_W}tc")]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _paragraph(paragraph: etree._Element, links: dict[str, str]) -> str:
    words = "".join(_words(paragraph, links))
    style = _value(paragraph, f"{_W}pPr/{_W}pStyle").lower().replace(" ", "")
    if level := _HEADINGS.get(style):
        return f"<h{level}>{words}</h{level}>"
    numbering = paragraph.find(f"{_W}pPr/{_W}numPr")
    if (numbering is not None and _value(numbering, f"{_W}numId") != "0") or style.startswith("listbullet"):
        depth = int(_value(paragraph, f"{_W}pPr/{_W}numPr/{_W}ilvl") or 0) + 1
        return f"{'<ul>' * depth}<li>{words}</li>{'</ul>' * depth}"
    return f"<p>{words}</p>"


def _value(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return found.get(f"{_W}val", "") if found is not None else ""


def _words(parent: etree._Element, links: dict[str, str]) -> Iterator[str]:
    for child in parent:
        if child.tag in _NEVER_TEXT:
            continue
        if child.tag == f"{_W}r":
            yield _run(child)
        elif child.tag == f"{_W}hyperlink":
            inside = "".join(_words(child, links))
            href = links.get(child.get(f"{_R}id", ""), "")
            yield f'<a href="{escape(href)}">{inside}</a>' if href else inside
        else:
            yield from _words(child, links)


def _run(run: etree._Element) -> str:
    text = "".join(_signs(run))
    for name, tag in (("b", "strong"), ("i", "em")):
        mark = run.find(f"{_W}rPr/{_W}{name}")
        if mark is not None and mark.get(f"{_W}val", "1") not in {"0", "false"} and text.strip():
            text = f"<{tag}>{text}</{tag}>"
    return text


def _signs(run: etree._Element) -> Iterator[str]:
    for child in run:
        match child.tag.removeprefix(_W) if isinstance(child.tag, str) else "":
            case "t":
                yield escape(child.text or "", quote=False)
            case "tab":
                yield " "
            case "br" | "cr":
                yield "<br>"
            case "noBreakHyphen":
                yield "-"
