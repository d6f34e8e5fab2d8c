"""Reads a table that somebody sends, CSV or XLSX, line by line; whatever is wrong with the file is told in a sentence.

The file is a stranger's: every size is bounded before it is believed, and nothing in it is evaluated.
"""

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import openpyxl

from web import quantities

from .. import rules

MOST_COLUMNS = 400
LONGEST_LINE = 1_000_000
MOST_BYTES_UNPACKED = 100_000_000
MOST_TAGS = 1_000_000
_CHUNK = 1 << 20

Row = dict[str, str]


class Unreadable(Exception):
    """Why a file cannot be read, in a sentence for staff."""


@dataclass(frozen=True)
class LineProblem:
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"Line {self.line}" if self.line else "The file"
        return f"{where}, {self.column}: {self.reason}" if self.column else f"{where}: {self.reason}"


def rows(file: BinaryIO, needed: list[str]) -> Iterator[tuple[int, Row]]:
    """Each line's number and its cells by the names of their columns; empty lines are passed over."""
    file.seek(0)
    is_xlsx = file.read(4) == b"PK\x03\x04"
    lines = _xlsx_lines(file) if is_xlsx else _csv_lines(file)
    _, head = next(lines, (0, []))
    names = [" ".join(name.split()) for name in head]
    _check_head(names, needed)
    for number, cells in lines:
        if any(cells):
            yield number, dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False))


def _check_head(names: list[str], needed: list[str]) -> None:
    if len(names) > MOST_COLUMNS:
        raise Unreadable(f"This file has more than {MOST_COLUMNS} columns, so it cannot be the right table.")
    missing = [name for name in needed if name not in names]
    if missing:
        raise Unreadable(
            f"The first line must name the columns. Missing: {', '.join(missing)}. "
            "Use the template, or the file as you downloaded it."
        )
    twice = sorted({name for name in names if name in needed and names.count(name) > 1})
    if twice:
        raise Unreadable(f"Two columns have the same name: {', '.join(twice)}. Keep one of them.")


def _csv_lines(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_bounded(_text(file)), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise Unreadable(f"Line {reader.line_num}: this is not a CSV table ({error}). Save it again as CSV.") from error


def _text(file: BinaryIO) -> io.TextIOWrapper:
    """As UTF-8 if it is that from beginning to end, else as Windows wrote it."""
    encoding = _encoding(file)
    file.seek(0)
    return io.TextIOWrapper(_Unclosed(file), encoding=encoding, newline="")


def _encoding(file: BinaryIO) -> str:
    utf8, windows = codecs.getincrementaldecoder("utf-8")(), codecs.getincrementaldecoder("cp1252")()
    possible = {"utf-8-sig": utf8, "cp1252": windows}
    file.seek(0)
    size = 0
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > rules.LARGEST_CSV:
            raise Unreadable(
                f"This file is larger than {quantities.size(rules.LARGEST_CSV)}. Split it, or keep only the rows you need."
            )
        if b"\0" in chunk:
            raise Unreadable("This is not plain text: it contains NUL bytes. Save it as “CSV UTF-8”.")
        possible = {name: decoder for name, decoder in possible.items() if _takes(decoder, chunk)}
        if not possible:
            raise Unreadable("This file is neither UTF-8 nor Windows text. Save it as “CSV UTF-8”.")
    if size == 0:
        raise Unreadable("This file is empty.")
    if "utf-8-sig" in possible and not _takes(utf8, b"", final=True):
        del possible["utf-8-sig"]
    return next(iter(possible), "cp1252")


def _takes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


class _Unclosed(io.BufferedReader):
    """A reader that leaves its file open when it goes: the file is the caller's."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(_Raw(file))


class _Raw(io.RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a Buffer is never anything else here
        chunk = self.file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    """Line by line, none longer than a line can sensibly be, so that ten million columns never become a list."""
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"Line {number} is longer than {LONGEST_LINE:,} characters, so this cannot be the right table.")
        if line.count(",") > 40 * MOST_COLUMNS:
            raise Unreadable(f"Line {number} has more than {MOST_COLUMNS} columns, so this cannot be the right table.")
        yield line


def _xlsx_lines(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    _check_archive(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says about its own size is not believed
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
            yield number, _without_tail([_cell(value) for value in cells])
    except Unreadable:
        raise
    except Exception as error:  # the library raises whatever its parsers do
        raise Unreadable("This workbook cannot be read. Open it in Excel and save it again as .xlsx, or as CSV UTF-8.") from error


def _check_archive(file: BinaryIO) -> None:
    """A workbook is a ZIP file, a thousand times larger than it looks; and a million short texts are slow to read."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            is_small = size <= rules.LARGEST_WORKBOOK and unpacked <= MOST_BYTES_UNPACKED
            is_small = is_small and sum(_tags(archive, member) for member in archive.infolist()) <= MOST_TAGS
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable("This workbook is damaged. Open it in Excel and save it again.") from error
    if not is_small:
        raise Unreadable("This workbook is too large to open safely. Save the sheet as CSV UTF-8, or split it.")
    file.seek(0)


def _tags(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Counted, not parsed: a hundred megabytes of them in a second."""
    count = 0
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            count += chunk.count(b"<")
    return count


def _cell(value: object) -> str:
    """A cell as it would stand in a CSV file; midnight is a date without a time."""
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\0", "").strip()


def _without_tail(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells
