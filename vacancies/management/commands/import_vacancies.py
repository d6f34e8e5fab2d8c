from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vacancies.imports import template
from vacancies.imports.adverts import AdvertsReport, import_adverts
from vacancies.imports.tables import Unreadable


class Command(BaseCommand):
    help = "Take adverts from a table (CSV or XLSX) as drafts: all of them, or none if a line is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Check every line without importing anything.")
        parser.add_argument("--template", action="store_true", help="Write an empty table to FILE (.csv or .xlsx) instead.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            if options["template"]:
                file.write_bytes(template.as_xlsx() if file.suffix == ".xlsx" else template.as_csv())
                return
            with file.open("rb") as opened:
                report = import_adverts(opened, dry_run=dry_run, progress=self.say)
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from error
        for words in map(str, report.problems or report.named):
            self.stdout.write(words)
        if report.problems:
            raise CommandError(str(report))
        self.stdout.write(f"{'Nothing was imported. ' if dry_run else ''}{report}")

    def say(self, report: AdvertsReport) -> None:
        if report.done % 100 == 0:
            self.stderr.write(report.so_far)
