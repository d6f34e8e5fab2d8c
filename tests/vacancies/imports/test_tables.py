"""Files that are not what they say: each gets a sentence, and none gets the machine's memory."""

import re
import tracemalloc
import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from vacancies.imports import tables
from vacancies.imports.tables import LineProblem, Unreadable


def read(content: bytes, needed=("Title",)):
    return list(tables.rows(BytesIO(content), list(needed)))


def a_workbook(*lines) -> bytes:
    book, file = openpyxl.Workbook(), BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(file)
    return file.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read(content)
    return str(refusal.value)


def repacked(content: bytes, **members: bytes) -> bytes:
    """A workbook with some of its parts replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.get(name.rsplit("/", 1)[-1].removesuffix(".xml"), old.read(name)))
    return out.getvalue()


def test_lines_come_with_their_numbers_and_cells_by_name():
    assert read(b'Title, School \r\nCook,"Oak, field"\r\n\r\n,\r\nCleaner\r\n') == [
        (2, {"Title": "Cook", "School": "Oak, field"}),
        (5, {"Title": "Cleaner", "School": ""}),
    ]


def test_a_line_number_is_that_of_the_file_though_a_cell_has_several_lines():
    assert [number for number, _ in read(b'Title,Text\nCook,"a\nb\nc"\nCleaner,x\n')] == [4, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_encoding_is_found(encoding):
    assert read("Title\nCafé “Zoë” – £5\n".encode(encoding)) == [(2, {"Title": "Café “Zoë” – £5"})]


@pytest.mark.parametrize(
    "content",
    [
        b"Title;School\nCook;Oak, field\n",
        b"Title\tSchool\nCook\tOak, field\n",
        "Title\tSchool\r\nCook\tOak, field\r\n".encode("utf-16"),
        b'sep=,\nTitle,School\nCook,"Oak, field"\n',
        b"sep=;\r\nTitle;School\r\nCook;Oak, field\r\n",
        b'Adverts for 7 December,\n,\nTitle,School\nCook,"Oak, field"\n',
    ],
)
def test_a_table_is_found_however_a_program_has_saved_it(content):
    assert [row for _, row in read(content)] == [{"Title": "Cook", "School": "Oak, field"}]


def test_the_table_may_stand_on_another_sheet():
    book, file = openpyxl.Workbook(), BytesIO()
    book.active.append(["How to fill this in"])
    sheet = book.create_sheet("Adverts")
    sheet.append(["Title"])
    sheet.append(["Cook"])
    book.save(file)
    assert read(file.getvalue()) == [(2, {"Title": "Cook"})]


def a_zip_of(**files: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.csv", content)
    return file.getvalue()


def test_the_one_table_of_a_zip_file_is_opened():
    assert read(a_zip_of(extract=b"Title\nCook\n")) == [(2, {"Title": "Cook"})]


def test_of_several_tables_in_a_zip_file_none_is_guessed():
    assert refused(a_zip_of(one=b"Title\n", two=b"Title\n")).startswith("This ZIP file holds several tables.")


KNOWN = {"title": "Title", "job title": "Title", "closing date": "Closing date"}


def read_known(content: bytes):
    return list(tables.rows(BytesIO(content), ["Title"], KNOWN))


def test_columns_go_by_other_names_in_any_case():
    assert read_known(b"JOB TITLE,Closing-Date:\nCook,today\n") == [(2, {"Title": "Cook", "Closing date": "today"})]


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        (
            "Closng date",
            "There is no column “Closng date”. Is it “Closing date”? Give it the name that the template has, or leave it out.",
        ),
        ("Shoe size", "There is no column “Shoe size”. Give it the name that the template has, or leave it out."),
    ],
)
def test_a_column_that_nobody_knows_is_not_dropped_in_silence(column, sentence):
    with pytest.raises(Unreadable, match=f"^{re.escape(sentence)}$"):
        read_known(f"Title,{column}\nCook,x\n".encode())


def test_a_letter_cut_by_the_end_of_a_piece_is_no_other_encoding(monkeypatch):
    monkeypatch.setattr(tables, "_CHUNK", 1)
    assert read("Title\nCafé\n".encode()) == [(2, {"Title": "Café"})]


def test_a_workbook_reads_as_its_table():
    rows = [["Title", "Hours", "Date", None], ["Cook", 27.5, date(2026, 5, 12)], [None], ["Cleaner", 12.0]]
    assert read(a_workbook(*rows)) == [
        (2, {"Title": "Cook", "Hours": "27.5", "Date": "2026-05-12"}),
        (4, {"Title": "Cleaner", "Hours": "12", "Date": ""}),
    ]


def test_a_formula_is_not_worked_out():
    assert read(a_workbook(["Title", "Text"], ["Cook", "=1+1"])) == [(2, {"Title": "Cook", "Text": ""})]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"Name\nx\n", "Missing: Title."),
        (b"Title,Title\nx,y\n", "Two columns have the same name: Title."),
        (b"Title\nC\0ook\n", "it contains NUL bytes"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Excel file (.xls) or one with a password."),
        (b"Title\n\x81\x8d\xff\n", "neither UTF-8 nor Windows text"),
        (b'Title\n"Cook\n', "this is not a CSV table"),
        (b'Title\n"Co"ok"\n', "this is not a CSV table"),
        (b"Title\n" + b"x" * 1_000_001, "Line 2 is longer than 1,000,000 characters"),
        (b"Title" + b"," * 10_000_000, "longer than 1,000,000 characters"),
        (b"Title" + b"," * 20_000, "more than 400 columns"),
        (b"Title" + b",x" * 500, "more than 400 columns"),
        (b"PK\x03\x04 and nothing else", "This workbook is damaged."),
        (b"%PDF-1.7 \xe2\xe3", "Missing: Title."),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(content, sentence):
    assert sentence in refused(content)


def test_a_zip_that_is_no_workbook_is_refused():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "This workbook cannot be read." in refused(file.getvalue())


class Endless(BytesIO):
    """A file of so many bytes, two to the line, that nobody has to keep."""

    def __init__(self, size: int):
        super().__init__()
        self.left = self.size = size

    def seek(self, offset, whence=0):
        self.left = self.size
        return 0

    def read(self, size=-1):
        taken = min(size, self.left)
        self.left -= taken
        return (b"x\n" * (taken // 2 + 1))[:taken]


def test_a_csv_file_of_150_megabytes_is_read_and_a_larger_one_is_not():
    assert next(tables.rows(Endless(150_000_000), [])) == (2, {"x": "x"})
    with pytest.raises(Unreadable, match="larger than 150 MB"):
        next(tables.rows(Endless(150_000_001), []))


def padded(content: bytes, size: int) -> bytes:
    """A workbook of so many bytes, with a part in it that nobody asks for."""

    def with_part(length):
        out = BytesIO(content)
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("pad.bin", b"x" * length)
        return out.getvalue()

    return with_part(size - len(with_part(0)))


def test_a_workbook_of_ten_megabytes_is_read_and_a_larger_one_is_not():
    small = a_workbook(["Title"], ["Cook"])
    assert read(padded(small, 10_000_000)) == [(2, {"Title": "Cook"})]
    assert "too large to open safely" in refused(padded(small, 10_000_001))


def test_a_table_has_four_hundred_columns_at_most():
    names = [f"N{number}" for number in range(399)]
    assert read(",".join(["Title", *names]).encode() + b"\nCook\n")[0][1]["Title"] == "Cook"
    assert "more than 400 columns" in refused(",".join(["Title", *names, "N400"]).encode())


def test_a_bomb_is_not_unpacked():
    bomb = repacked(a_workbook(["Title"]), sheet1=b"<worksheet>" + b" " * 150_000_000)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    sentence = refused(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "too large to open safely" in sentence
    assert peak < 5_000_000


def test_a_million_short_texts_are_not_read():
    """46 kB that would take a web process half a minute; ten times as many fit under the limit of bytes."""
    crowded = repacked(a_workbook(["Title"]), styles=b"<styleSheet>" + b"<a/>" * 1_000_001 + b"</styleSheet>")
    assert len(crowded) < 20_000
    assert "too large to open safely" in refused(crowded)


HEAD = b'<row><c t="inlineStr"><is><t>Title</t></is></c></row>'
COOK = b'<row><c t="inlineStr"><is><t>Cook</t></is></c></row>'


def a_sheet(rows):
    space = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return repacked(a_workbook(["Title"]), sheet1=space + HEAD + rows + b"</sheetData></worksheet>")


@pytest.mark.parametrize(
    "rows",
    [
        b"<row>" + b"<c/>" * 250_000 + b"</row>",
        b"<row/>" * 250_000,
        b'<row r="250002"><c><v>1</v></c></row>',
        b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(2, 18)),
    ],
    ids=["empty cells", "empty rows", "rows left out", "cells left out"],
)
def test_a_workbook_has_a_quarter_of_a_million_cells_at_most_whether_written_or_left_out(rows):
    crowded = a_sheet(rows)
    assert len(crowded) < 12_000
    assert "too large to open safely" in refused(crowded)


def test_a_table_of_a_quarter_of_a_million_rows_is_read_to_its_end():
    assert len(read(a_sheet(b'<row r="249999"/>' + COOK))) == 1
    assert "too large to open safely" in refused(a_sheet(b'<row r="250000"/>' + COOK))


@pytest.mark.parametrize("compression", [b"\x01\x00", b"\x08\x00"])
def test_a_part_that_cannot_be_unpacked_is_a_damaged_workbook(compression):
    good = a_workbook(["Title"])
    at = good.index(b"PK\x01\x02")
    assert "damaged" in refused(good[: at + 8] + b"\x01\x00" + compression + good[at + 12 :])  # encrypted, it says


def test_entities_that_multiply_are_refused():
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    sheet = laughs + b"]><worksheet><sheetData><row><c t='inlineStr'><is><t>&j;</t></is></c></row></sheetData></worksheet>"
    assert "This workbook cannot be read." in refused(repacked(a_workbook(["Title"]), sheet1=sheet))


def test_a_workbook_that_lies_about_its_width_is_not_believed():
    cell = b'<c r="XFD1" t="inlineStr"><is><t>x</t></is></c>'
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet += b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">' + cell + b"</row></sheetData></worksheet>"
    assert "Missing: Title." in refused(repacked(a_workbook(["Title"]), sheet1=sheet))


def test_the_file_is_left_open_for_its_owner():
    file = BytesIO(b"Title\nCook\n")
    list(tables.rows(file, ["Title"]))
    assert (file.closed, list(tables.rows(file, ["Title"]))) == (False, [(2, {"Title": "Cook"})])


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (LineProblem(3, "Title", "There is none."), "Line 3, Title: There is none."),
        (LineProblem(3, "", "Too much."), "Line 3: Too much."),
        (LineProblem(0, "", "Empty."), "The file: Empty."),
    ],
)
def test_a_problem_names_line_column_and_reason(problem, words):
    assert str(problem) == words
