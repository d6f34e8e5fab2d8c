"""The table of adverts to fill in: its columns, one line to show how, and what may stand where there is a choice."""

from io import BytesIO
from itertools import chain

import openpyxl
from openpyxl.styles import Font

from web import csv_files

from ..models import RoleType, Subject
from .columns import COLUMNS


def as_csv() -> bytes:
    return csv_files.text([column.name for column in COLUMNS], [[column.example for column in COLUMNS]]).encode()


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    table, known = book.active, book.create_sheet("What may stand there")
    table.title = "Adverts"
    table.append([column.name for column in COLUMNS])
    table.append([column.example for column in COLUMNS])
    table.freeze_panes = "A2"
    for cell in table[1]:
        cell.font = Font(bold=True)
        table.column_dimensions[cell.column_letter].width = 22
    for name, values in _choices().items():
        known.append([name, *values])
    for cell in chain.from_iterable(known):
        cell.data_type = "s"  # a name that begins with "=" is a name, not a formula
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _choices() -> dict[str, list[str]]:
    return {
        "Role type": list(RoleType.objects.values_list("name", flat=True)),
        "Subjects": list(Subject.objects.values_list("name", flat=True)),
        **{column.name: list(column.choices) for column in COLUMNS if column.choices},
        "In the bulletin": ["Yes", "No"],
    }
