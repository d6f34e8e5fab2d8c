"""Tables for a spreadsheet: rows as they come, and no cell that a spreadsheet would take for a formula."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    @staticmethod
    def write(line: str) -> str:
        return line


def text(header: list[str], rows: Iterable[list[object]]) -> str:
    return "".join(_lines(header, rows))


def response(name: str, header: list[str], rows: Iterable[list[object]]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _lines(header: list[str], rows: Iterable[list[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo)
    yield "\ufeff" + writer.writerow(header)  # Excel takes a file for UTF-8 only with this mark
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def cell(value: object) -> str:
    """An apostrophe in front makes a spreadsheet show what it would otherwise calculate."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
