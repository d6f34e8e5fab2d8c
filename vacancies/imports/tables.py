"""Reads a table that somebody sends, CSV or XLSX, line by line; whatever is wrong with the file is told in a sentence.

The file is a stranger's: every size is bounded before it is believed, and nothing in it is evaluated.
"""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain, islice
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, cast

import openpyxl

from web import quantities

from .. import rules

MOST_COLUMNS = 400
LONGEST_LINE = 1_000_000
MOST_BYTES_UNPACKED = 100_000_000
MOST_TAGS = 1_000_000
MOST_BYTES_HELD = 20_000_000
MOST_SHEETS = 20
HEAD_WITHIN = 10  # lines: titles may stand above the names of the columns
DELIMITERS = ",;\t"
_SEPARATOR = re.compile(r"sep=([,;\t])", re.IGNORECASE)
_NO_WORKBOOK = "This workbook cannot be read. Open it in Excel and save it again as .xlsx, or as CSV UTF-8."
MOST_CELLS = 250_000
TAGS_OF_A_CELL = 4  # one that holds something; an empty one is a single tag and costs as much
TOO_LARGE = "This workbook is too large to open safely. Save the sheet as CSV UTF-8, or split it."
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


def rows(file: BinaryIO, needed: list[str], known: Mapping[str, str] | None = None) -> Iterator[tuple[int, Row]]:
    """Each line's number and its cells by the names of their columns; empty lines are passed over.

    ``known`` are the columns that there are, by every name they go by, in small letters; without it any column may stand there.
    """
    sheets = _sheets(file)  # kept until the last line: it holds what was unpacked
    names, lines = _with_head(sheets, needed, known or {})
    _check_head(names, needed)
    _check_known(names, known)
    for number, cells in lines:
        if any(cells):
            yield number, dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False))


Lines = Iterator[tuple[int, list[str]]]


def _sheets(file: BinaryIO) -> Iterator[Lines]:
    file.seek(0)
    start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("This is an old Excel file (.xls) or one with a password. Save it as .xlsx, or as CSV UTF-8.")
    if start.startswith(b"PK\x03\x04"):
        with SpooledTemporaryFile(max_size=MOST_BYTES_HELD) as held:
            is_csv = _unpacked(file, held)
            yield from [_csv_lines(cast(BinaryIO, held))] if is_csv else _xlsx_sheets(file)
    else:
        yield _csv_lines(file)


def _with_head(sheets: Iterator[Lines], needed: list[str], known: Mapping[str, str]) -> tuple[list[str], Lines]:
    """The names of the columns and the lines below them: a title may stand above, and the table on another sheet."""
    first: tuple[list[str], Lines] | None = None
    for sheet in sheets:
        above = []
        for number, cells in islice(sheet, HEAD_WITHIN):
            names = [_name(cell, known) for cell in cells]
            if all(name in names for name in needed):
                return names, sheet
            above.append((number, cells))
        first = first or ([_name(cell, known) for cell in above[0][1]] if above else [], sheet)
    return first or ([], iter(()))


def _name(cell: str, known: Mapping[str, str]) -> str:
    name = " ".join(cell.split())
    return known.get(name.lower().replace("-", " ").rstrip(":* "), name)


def _check_known(names: list[str], known: Mapping[str, str] | None) -> None:
    """A column that nobody knows would be dropped in silence, with everything in it."""
    for name in names:
        if known and name and name not in known.values():
            near = get_close_matches(name.lower(), known, 1, 0.6)
            meant = f" Is it “{known[near[0]]}”?" if near else ""
            raise Unreadable(f"There is no column “{name[:60]}”.{meant} Give it the name that the template has, or leave it out.")


def _unpacked(file: BinaryIO, into: IO[bytes]) -> bool:
    """The one CSV of an archive, as the register of schools hands it out; False if the archive is a workbook, or damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            tables = [member for member in archive.infolist() if member.filename.lower().endswith(".csv")]
            if len(tables) > 1:
                raise Unreadable("This ZIP file holds several tables. Unpack it, and choose the one that you need.")
            if tables and tables[0].file_size > rules.LARGEST_CSV:
                raise Unreadable(f"The table in this ZIP file is larger than {quantities.size(rules.LARGEST_CSV)}.")
            for member in tables:
                with archive.open(member) as packed:
                    copyfileobj(packed, into)
            return bool(tables)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return False


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


def _csv_lines(file: BinaryIO) -> Lines:
    lines = _bounded(_text(file))
    beginning = list(islice(lines, HEAD_WITHIN))
    told = _SEPARATOR.fullmatch(beginning[0].strip()) if beginning else None
    delimiter = told[1] if told else _delimiter(beginning)
    reader = csv.reader(chain([""] if told else [], beginning[bool(told) :], lines), strict=True, delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise Unreadable(f"Line {reader.line_num}: this is not a CSV table ({error}). Save it again as CSV.") from error


def _delimiter(beginning: list[str]) -> str:
    """Excel abroad writes semicolons, and “Unicode Text” has tabs."""
    for line in beginning:
        signs = [sign for sign in DELIMITERS if sign in line]
        if len(signs) == 1:
            return signs[0]
    return max(DELIMITERS, key=lambda sign: sum(line.count(sign) for line in beginning))


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
        if size == len(chunk) and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
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
        if max(map(line.count, DELIMITERS)) > 40 * MOST_COLUMNS:
            raise Unreadable(f"Line {number} has more than {MOST_COLUMNS} columns, so this cannot be the right table.")
        yield line


def _xlsx_sheets(file: BinaryIO) -> Iterator[Lines]:
    _check_archive(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = book.worksheets[:MOST_SHEETS]
    except Exception as error:  # the library raises whatever its parsers do
        raise Unreadable(_NO_WORKBOOK) from error
    budget = [MOST_CELLS]  # of the whole workbook
    yield from (_xlsx_lines(sheet, budget) for sheet in sheets)


def _xlsx_lines(sheet: Any, budget: list[int]) -> Lines:
    try:
        sheet.reset_dimensions()  # what the file says about its own size is not believed
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            budget[0] -= max(len(cells), 1)  # rows that are left out are counted, too
            if budget[0] < 0:
                raise Unreadable(TOO_LARGE)
            yield number, _without_tail([_cell(value) for value in cells[: MOST_COLUMNS + 1]])
    except Unreadable:
        raise
    except Exception as error:  # the library raises whatever its parsers do
        raise Unreadable(_NO_WORKBOOK) from error


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
        raise Unreadable(TOO_LARGE)
    file.seek(0)


def _tags(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Counted, not parsed: a hundred megabytes of them in a second."""
    count = 0
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            count += chunk.count(b"<") + (TAGS_OF_A_CELL - 1) * chunk.count(b"/>")
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
