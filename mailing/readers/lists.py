"""Lists of addresses as people have them: typed on a line, saved from Excel, taken out of Outlook, Google or Mailchimp."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import openpyxl

from .addresses import cleaned

MOST_UNPACKED = 100_000_000
XLSX = b"PK\x03\x04"
# What Outlook, Google, Mailchimp, Apple and others call the column, in lower case.
HEADING = re.compile(
    r"(primary |home |work |personal )?e-?mail([ -]?address(es)?)?( ?1)?( - value)?|mail|adresse e-mail|e-mail-adresse"
)
_IN_BRACKETS = re.compile(r"<([^<>@\s]+@[^<>\s]+)>")
_BETWEEN = re.compile(r"[\s,;|]+|:::")


class Unreadable(Exception):
    """Why a file cannot be read, in a sentence for staff."""


@dataclass(frozen=True)
class Entry:
    """One address of a list, or the text that stands where one should."""

    line: int
    text: str


def entries(content: bytes) -> Iterator[Entry]:
    column: int | None = None
    for number, row in _rows(content):
        if number == 1 and (headed := _headed(row)) is not None:
            column = headed
        elif column is None:
            yield from _of_cells(number, row)
        elif any(row):
            yield from _of_cells(number, row[column : column + 1] or [""])


def _headed(row: list[str]) -> int | None:
    names = [HEADING.fullmatch(" ".join(cleaned(cell).lower().split())) for cell in row]
    return next((place for place, name in enumerate(names) if name), None)


def _of_cells(number: int, cells: list[str]) -> Iterator[Entry]:
    """Every address in some cells. Where there is none, what stands there is told, so that somebody can look at it."""
    found = [address for cell in cells for address in _addresses(cell)]
    yield from (Entry(number, address) for address in found)
    if not found and any(cell.strip() for cell in cells):
        yield Entry(number, " ".join(" ".join(cells).split()))


def _addresses(cell: str) -> list[str]:
    bracketed = _IN_BRACKETS.findall(cell)
    parts = bracketed or (_BETWEEN.split(cell) if cell.count("@") > 1 else [cell])
    return [address for part in parts if "@" in part and (address := cleaned(part))]


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each line's number and its cells; empty lines are passed over."""
    lines: Iterable[list[str]] = _of_workbook(content) if content.startswith(XLSX) else _of_text(_decoded(content))
    yield from ((number, row) for number, row in enumerate(lines, start=1) if any(cell.strip() for cell in row))


def _decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 as Excel's "Unicode text", or what Windows wrote before either."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content[1:200:2].count(0) > len(content[1:200:2]) / 2:
        return content.decode("utf-16-le", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _of_text(text: str) -> Iterator[list[str]]:
    lines = text.replace("\x00", "").splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    except csv.Error as error:  # a quotation mark that opens and never closes, for instance
        raise Unreadable("This is not a CSV table: a quoted text in it never ends. Save it again as CSV.") from error


def _of_workbook(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable("This workbook is too large to be a list of readers.")
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield ["" if value is None else str(value) for value in row]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise Unreadable("This is no Excel workbook that can be read. Save it again as .xlsx or as CSV.") from error
