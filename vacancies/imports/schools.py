"""Schools from the DfE's "Get Information about Schools" extract: new, changed and closed ones of the authorities served.

The extract is the truth about what it says; what it leaves empty, and what only the office knows (email, crest, copies,
safeguarding text), stays as it is. A second run of the same file finds nothing to do.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ..models import Authority, School
from . import gias
from .tables import LineProblem, Row, rows

TOGETHER = 500
MOST_NAMED = 50
REASON = "Import of schools"
_NAMES = {column.name: column.verbose_name for column in School._meta.fields} | {"authority_id": "authority"}


@dataclass
class SchoolsReport:
    """What an import did, or would do."""

    lines: int = 0
    new: int = 0
    changed: int = 0
    closed: int = 0
    unchanged: int = 0
    elsewhere: int = 0
    """Of authorities that are not served, or never opened, or closed before anybody here knew them."""
    named: list[str] = field(default_factory=list)
    """The first few schools that are new or change, each with what happens to it."""
    problems: list[LineProblem] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.lines:,} lines: {self.new:,} new, {self.changed:,} changed, of which {self.closed:,} closed, "
            f"{self.unchanged:,} unchanged, {self.elsewhere:,} of no concern, {len(self.problems):,} in doubt"
        )

    @property
    def so_far(self) -> str:
        return f"{self.lines:,} lines read, {self.new:,} new, {self.changed:,} changed"

    def name(self, words: str) -> None:
        if len(self.named) < MOST_NAMED:
            self.named.append(words)


@dataclass
class _Line:
    number: int
    urn: int
    authority: int
    fields: dict[str, Any]
    is_open: bool


def import_schools(
    file: BinaryIO, at: date, progress: Callable[[SchoolsReport], None] = lambda report: None, **options: Any
) -> SchoolsReport:
    """As ``steps``, to the end."""
    for report in schools_in_steps(file, at, **options):
        progress(report)
    return report


def schools_in_steps(
    file: BinaryIO, at: date, *, dry_run: bool = False, user: AbstractBaseUser | None = None
) -> Iterator[SchoolsReport]:
    """The report as it grows. Lines in doubt are left out and named.

    All or nothing: whatever stops it half-way, nothing of the file is kept.
    """
    report = SchoolsReport()
    with nullcontext() if dry_run else transaction.atomic():
        orphans = _without_urn()
        for lines in _batches(_lines(file, at, report)):
            _take(lines, orphans, report, None if dry_run else _Writer(user))
            yield report
    yield report


class _Writer:
    def __init__(self, user: AbstractBaseUser | None) -> None:
        self.options = {"batch_size": TOGETHER, "default_user": user, "default_change_reason": REASON}

    def write(self, new: list[School], changed: list[School], names: set[str]) -> None:
        if new:
            bulk_create_with_history(new, School, **self.options)
        if changed:
            bulk_update_with_history(changed, School, sorted(names), **self.options)


def _lines(file: BinaryIO, at: date, report: SchoolsReport) -> Iterator[_Line]:
    authorities = dict(Authority.objects.values_list("code", "pk"))
    for number, row in rows(file, gias.NEEDED):
        report.lines += 1
        authority = authorities.get(row["LA (code)"])
        if authority is None or row["EstablishmentStatus (name)"] == gias.PROPOSED:
            report.elsewhere += 1
            continue
        line = _line(number, row, authority, at, report)
        if line:
            yield line


def _line(number: int, row: Row, authority: int, at: date, report: SchoolsReport) -> _Line | None:
    try:
        is_open = row["EstablishmentStatus (name)"] != gias.CLOSED
        return _Line(number, gias.urn(row), authority, gias.fields(row, at), is_open)
    except gias.Doubtful as doubt:
        report.problems.append(LineProblem(number, doubt.column, str(doubt)))
        return None


def _batches(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    together: dict[int, _Line] = {}
    for line in lines:
        together[line.urn] = line  # of two lines with one number, the later counts
        if len(together) == TOGETHER:
            yield list(together.values())
            together = {}
    if together:
        yield list(together.values())


def _without_urn() -> dict[tuple[int, str, str], School]:
    """Schools that staff entered by hand, to be known again by name and postcode; two that look alike are left alone."""
    found: dict[tuple[int, str, str], School] = {}
    alike = set()
    for school in School.objects.filter(urn=None).exclude(postcode=""):
        key = _key(school.authority_id, school.name, school.postcode)
        (alike.add(key) if key in found else found.update({key: school}))
    return {key: school for key, school in found.items() if key not in alike}


def _key(authority: int, name: str, postcode: str) -> tuple[int, str, str]:
    return authority, "".join(filter(str.isalnum, name.lower())), postcode.upper().replace(" ", "")


def _take(lines: list[_Line], orphans: dict[tuple[int, str, str], School], report: SchoolsReport, writer: _Writer | None) -> None:
    known = School.objects.in_bulk([line.urn for line in lines], field_name="urn")
    new: list[School] = []
    changed: list[School] = []
    names: set[str] = set()
    for line in lines:
        key = _key(line.authority, line.fields["name"], line.fields.get("postcode", ""))
        school = known.get(line.urn) or orphans.pop(key, None)
        if school is None:
            new += _new(line, report)
        elif differing := _differing(school, line):
            _note_change(school, line, differing, report)
            for name, value in differing.items():
                setattr(school, name, value)
            names |= differing.keys()
            changed.append(school)
        else:
            report.unchanged += 1
    if writer:
        writer.write(new, changed, names)


def _new(line: _Line, report: SchoolsReport) -> list[School]:
    if not line.is_open:
        report.elsewhere += 1
        return []
    report.new += 1
    report.name(f"New: {line.fields['name']} (URN {line.urn})")
    return [School(urn=line.urn, authority_id=line.authority, **line.fields)]


def _differing(school: School, line: _Line) -> dict[str, Any]:
    said = {"urn": line.urn, "authority_id": line.authority, **line.fields}
    return {name.removesuffix("_id"): _value(name, value) for name, value in said.items() if getattr(school, name) != value}


def _value(name: str, value: Any) -> Any:
    return Authority(pk=value) if name == "authority_id" else value


def _note_change(school: School, line: _Line, differing: dict[str, Any], report: SchoolsReport) -> None:
    report.changed += 1
    if differing.get("closed_on"):
        report.closed += 1
        report.name(f"Closed: {school.name} (URN {line.urn}), on {differing['closed_on']:%d/%m/%Y}")
    else:
        labels = ", ".join(sorted(str(_NAMES[name]) for name in differing))
        report.name(f"Changed: {school.name} (URN {line.urn}): {labels}")
