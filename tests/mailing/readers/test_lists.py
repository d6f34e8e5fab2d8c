"""Lists of readers as people have them."""

import io

import openpyxl
import pytest

from mailing.readers.lists import Entry, Unreadable, entries

ANNA, BEN = "anna@readers.example", "ben@readers.example"


def found(content: bytes) -> list[tuple[int, str]]:
    return [(entry.line, entry.text) for entry in entries(content)]


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"anna@readers.example, ben@readers.example",
        b"anna@readers.example;ben@readers.example",
        b"anna@readers.example\tben@readers.example",
        b"anna@readers.example ben@readers.example",
        b"Anna Lee <anna@readers.example>; Ben <ben@readers.example>",
        b'"anna@readers.example, ben@readers.example"',
        b"anna@readers.example ::: ben@readers.example",
        b"mailto:anna@readers.example,(ben@readers.example).",
        "Zoë;anna@readers.example;ben@readers.example".encode("cp1252"),
    ],
)
def test_several_addresses_on_a_line_are_as_many(content):
    assert found(content) == [(1, ANNA), (1, BEN)]


@pytest.mark.parametrize(
    "heading",
    [
        "Email",
        "E-mail",
        "Email Address",
        "E-mail Address",
        "E-mail 1 - Value",
        "Primary Email",
        "E-Mail-Adresse",
        "Email 1",
    ],
)
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_column_is_known_by_what_the_usual_programs_call_it(heading, sign):
    table = f"First Name{sign}{heading}{sign}E-mail 2 Address\nJo{sign}{ANNA}{sign}{BEN}\nBo{sign}{sign}\n"
    assert found(table.encode()) == [(2, ANNA)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_table_is_read_in_whatever_way_it_was_saved(encoding):
    assert found(f"Name;Email\nZoë;{ANNA}\n".encode(encoding)) == [(2, ANNA)]


def test_a_workbook_of_excel_is_read():
    assert found(workbook(["Name", "E-mail"], ["Anna", ANNA], [None, None], [7, "nobody"])) == [(2, ANNA), (4, "nobody")]
    assert found(workbook([ANNA, BEN])) == [(1, ANNA), (1, BEN)]


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u00a0", "\x00"])
def test_signs_that_nobody_sees_are_no_part_of_an_address(sign):
    assert found(f"Email\n{ANNA}{sign}\n{sign}{BEN}\n".encode()) == [(2, ANNA), (3, BEN)]


def test_what_is_no_address_is_told_with_its_line():
    assert list(entries(b"Email,Name\n,Jo\nnonsense,Bo\n\n,,\n")) == [Entry(3, "nonsense")]
    assert found(b"nonsense\n\n,,\n=1+1\n") == [(1, "nonsense"), (4, "=1+1")]


@pytest.mark.parametrize("content", [b'a\n"' + b"x" * 200_000, b"PK\x03\x04 no workbook"])
def test_a_file_that_cannot_be_read_is_refused_in_words(content):
    with pytest.raises(Unreadable):
        list(entries(content))
